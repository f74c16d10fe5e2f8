"""No markup hides text from the checks, and broken markup is reported."""

from pathlib import Path

import pytest

from articles.prose import Picture
from articles.vetting import Level, Piece, SourceRef, check
from tests.articles.vetting.factories import NOW, make_piece, make_source_ref
from tests.clock import NOON

REPORTED = Path("../shared/corpora/reported/desk")
BRIBES = "The minister took 40 bribes"


def found_in(body, *, text="The harbour is closed.", note="Ours.", **fields):
    source = SourceRef(key="r1", outlet="Z", platform="rss", url="https://z.example/1", text=text)
    piece = Piece.written(body=body, framing_note=note, sources=[source], **fields)
    return {finding.code: finding for finding in check(piece, now=NOON)}


@pytest.mark.parametrize(
    "body",
    [
        "\t{}.", "    {}.", "```\n{}.\n```", "~~~\n{}.", "`{}`.", "``{}``.", "> {}.", "- {}.",
        "> ```\n> {}.", "1. {}.", "| x |\n|---|\n| {} |", "# {}",
        "**{}**.", "[{}](https://e.example/).", "[{}](e.example \"t\").", "<div>{}.</div>",
        "![a quay](image:3 \"{}\")",
    ],
)  # fmt: skip
def test_a_figure_is_held_in_every_kind_of_markup(body):
    quay = Picture(id=3, url="/a.png", alt="A quay", credit="Ada", width=4, height=3)
    held = {
        code
        for code, finding in found_in(
            f"The harbour is closed [@r1].\n\n{body.format(BRIBES)}", pictures={3: quay}
        ).items()
        if finding.level is Level.HOLD
    }

    assert held & {"unsourced-claim", "headline-drift"}


def test_a_figure_in_a_library_caption_must_be_in_the_body():
    quay = Picture(
        id=3,
        url="/a.png",
        alt="A quay",
        credit="A",
        width=4,
        height=3,
        caption="40 bribes were paid",
    )

    assert found_in("It is closed [@r1].", images=[quay])["headline-drift"].field == "image"


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_a_code_fence_is_held_with_advice(fence):
    body = f"The harbour is closed [@r1].\n\n{fence}\nIt is calm."
    finding = found_in(body)["code-block"]

    assert (finding.level, finding.excerpt) == (Level.HOLD, "It is calm.")
    assert body[finding.start : finding.end] == f"{fence}\nIt is calm."
    assert finding.message.endswith("Delete that line.")


def test_a_code_fence_in_the_framing_note_is_held():
    assert found_in("It is closed [@r1].", note="```\nOurs.")["code-block"].field == "framing_note"


def test_broken_markup_is_a_query():
    finding = found_in("The [harbour](https://e.example/a b) is closed [@r1].")["markup-shown"]

    assert finding.level is Level.QUERY
    assert finding.message.startswith("“](” is not a link and is shown as written")
    assert finding.excerpt == "The [harbour](https://e.example/a b) is closed [@r1]."


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("tab-paragraph.md", {"unsourced-claim"}),
        ("unclosed-fence.md", {"code-block", "unsourced-claim"}),
        ("number-as-list.md", {"figure-not-found", "markup-shown"}),
        ("links-not-links.md", {"markup-shown"}),
        ("voices-not-voices.md", {"markup-shown"}),
        ("comment-shown.md", set()),
    ],
)
def test_the_reported_evasions_are_detected(name, codes):
    if not REPORTED.exists():
        pytest.skip("the reported inputs are not on this machine")
    found = found_in((REPORTED / name).read_text(), text="The harbour is closed. 14 ships left.")

    assert codes <= set(found)
    assert codes or not set(found) & {"unsourced-claim", "code-block", "markup-shown"}


def shown_in(field, text, **fields):
    """Return the kinds of markup that one field of an otherwise clean article shows to readers."""
    piece = make_piece(**{field: text} | fields)
    found = [finding for finding in check(piece, now=NOW) if finding.code == "markup-shown"]
    assert {finding.field for finding in found} <= {field}
    return [finding.evidence["kind"] for finding in found]


@pytest.mark.parametrize("field", ["headline", "standfirst", "social_text"])
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Ships wait [@r1]", "mark"), ("Ships wait [r1]", "mark"), ("**Ships** wait", "stars"),
        ("*Ships* wait", "stars"), ("_Ships_ wait", "stars"), ("[Ships wait.]{.own}", "voice"),
        ("[Ships](https://e.example/) wait", "link"), ("<i>Ships</i> wait", "tag"),
        ("Ships&nbsp;wait", "entity"), ("# Ships wait", "heading"),
        ("Ships wait <!-- why? -->", "uncommented"), ("~~Ships~~ wait", "signs"),
    ],
)  # fmt: skip
def test_markup_in_a_field_that_has_none_is_asked_about(field, words, kind):
    assert set(shown_in(field, words)) == {kind}


@pytest.mark.parametrize("field", ["headline", "standfirst", "social_text", "framing_note"])
@pytest.mark.parametrize(
    "words",
    [
        "Ships wait", "It costs $5: [sic]", "“[N]obody came”", "C# and AT&T; Q&A", "#MeToo grows",
        "“F*** off”, he said", "3 * 4 = 12", "@harbourwire: 14 ships wait", "A ***** hotel", "<3",
        "Ada Lind (r1) waits", "The snake_case @ada_lind_ name", "5* hotel", "10^9 | A & B",
        "[Updated] Ships wait", "ships@e.example", "https://e.example/a_b?c=d&e=f", "M*A*S*H",
    ],
)  # fmt: skip
def test_signs_that_are_no_markup_are_not_asked_about(field, words):
    assert shown_in(field, words) == []


def test_a_mark_in_the_framing_note_is_shown_and_asked_about():
    note = "We lead with *ships* [@r1].\n\n[Ours.]{.own} **No."
    found = [f for f in check(make_piece(framing_note=note), now=NOW) if f.code == "markup-shown"]

    assert [note[finding.start : finding.end] for finding in found] == ["[@", "]{.own}", "**"]
    assert [finding.excerpt for finding in found] == [
        "We lead with *ships* [@r1].", "[Ours.]{.own} **No.", "[Ours.]{.own} **No.",
    ]  # fmt: skip
    assert "Write" not in found[0].message


def test_markup_that_works_in_the_framing_note_is_not_asked_about():
    assert (
        shown_in("framing_note", "We *lead* with [ships](https://e.example/). <!-- why? -->") == []
    )


def test_what_was_acknowledged_in_the_body_is_asked_about_in_the_headline():
    piece = make_piece(headline="**Ships", body="**Ships wait [@r1].")
    found = [f for f in check(piece, now=NOW) if f.code == "markup-shown"]

    assert len({finding.fingerprint for finding in found}) == 2


def test_a_cell_without_a_column_is_reported_with_its_words():
    body = "| Port | State |\n|---|---|\n| Lindow | shut | 14 ships [@r1] |\n| Meray | open |"
    [finding] = [f for f in check(make_piece(body=body), now=NOW) if f.code == "markup-shown"]

    assert body[finding.start : finding.end] == "14 ships [@r1]"
    assert finding.evidence == {"kind": "cell", "text": "14 ships [@r1]"}


def test_a_framing_note_of_nothing_but_a_comment_is_missing():
    codes = {f.code for f in check(make_piece(framing_note="<!-- to do -->"), now=NOW)}

    assert "framing-note-missing" in codes


@pytest.mark.parametrize(
    "start", ["12. ", "12) ", "- 12 ", "* 12 ", "+ 12 ", "1. 12 ", "> 12. ", "- 12. "]
)
def test_a_figure_at_the_start_of_a_line_is_held_against_the_post(start):
    post = make_source_ref(text="14 ships turned back off Calvera.")
    body = f"Ships wait [@r1].\n\n{start}ships turned back off Calvera [@r1]."
    found = check(make_piece(body=body, sources=[post]), now=NOW)

    assert {body[f.start : f.end] for f in found if f.code == "figure-not-found"} == {"12"}


@pytest.mark.parametrize("start", ["14. ", "14) ", "- 14 ", "1. 14 ", "- 14. "])
def test_a_figure_at_the_start_of_a_line_is_found_in_the_post(start):
    post = make_source_ref(text="14 ships turned back off Calvera.")
    body = f"Ships wait [@r1].\n\n{start}ships turned back off Calvera [@r1]."
    found = check(make_piece(body=body, sources=[post]), now=NOW)

    assert [finding.message for finding in found if finding.level is Level.HOLD] == []
