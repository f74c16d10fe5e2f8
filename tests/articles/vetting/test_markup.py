"""No markup hides text from the checks, and broken markup is reported."""

from pathlib import Path

import pytest

from articles.prose import Picture
from articles.vetting import Level, Piece, SourceRef, check
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
