"""Mends: what they write, and that none makes another fault."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.vetting import Context, Level, OutletName, Piece, PostText, cases, findings
from articles.vetting.evidence import figures_near, sentence, sources_of
from articles.vetting.mend import applied
from articles.vetting.mends import mends
from articles.vetting.rewording import time_like, weekday_like
from articles.vetting.spot import TEXTS
from benchmarks.seeded.articles import as_case, chance, load
from benchmarks.seeded.faults import FAULTS
from tests.articles.vetting.factories import (
    HARBOUR,
    MERIDIAN,
    NOW,
    make_feed_source_ref,
    make_piece,
)


def write(body, **changes):
    return make_piece(body=body, **{"sources": [HARBOUR, MERIDIAN]} | changes)


def context():
    return Context(now=NOW, gazetteer=[OutletName(name="Reuters")])


def found_in(piece, code):
    return [each for each in findings(piece, context()) if each.code == code]


def offered(body, code, **changes):
    piece = write(body, **changes)
    return [
        (mend.label, applied(body, "body", mend.edits))
        for finding in found_in(piece, code)
        for mend in mends(finding, piece, context())
    ]


@pytest.mark.parametrize(
    ("code", "body", "label", "mended"),
    [
        ("weekday", "The order is dated Thu 24 June 2026 [@h1].", "Write Wed",
         "The order is dated Wed 24 June 2026 [@h1]."),
        ("figure-not-found", "The master ordered 25,347 vessels to hold [@h1].", "Write 25,437",
         "The master ordered 25,437 vessels to hold [@h1]."),
        ("quote-not-found", "“No ship will ever pass without my written leave,” he said [@h1].",
         "Use the post’s words", "“No ship will pass without my written leave,” he said [@h1]."),
        ("quote-elsewhere", "“No ship will pass without my written leave,” he said [@m1].",
         "Cite [@h1]", "“No ship will pass without my written leave,” he said [@h1]."),
        ("quote-elsewhere",
         "He told 60 crew that “no ship will pass without my written leave” [@m1].",
         "Cite [@h1] too",
         "He told 60 crew that “no ship will pass without my written leave” [@m1; @h1]."),
        ("citation-unknown", "The master ordered the ships to hold [@h11].", "Make it [@h1]",
         "The master ordered the ships to hold [@h1]."),
        ("unsourced-claim", "Three owners told 60 crew to wait.", "Insert [@m1]",
         "Three owners told 60 crew to wait [@m1]."),
        ("outlet-mismatch", "Harbour Wire reports a premium of 0.4 per cent [@m1].",
         "Name Meridian Press", "Meridian Press reports a premium of 0.4 per cent [@m1]."),
        ("outlet-mismatch", "Harbour Wire reports that 25,437 vessels hold [@m1].", "Cite [@h1]",
         "Harbour Wire reports that 25,437 vessels hold [@h1]."),
        ("stated-time", "Harbour Wire reported at 05:40 CEST on 25 June 2026 that ships hold [@h1].",
         "Write 04:40 CEST on 25 June 2026",
         "Harbour Wire reported at 04:40 CEST on 25 June 2026 that ships hold [@h1]."),
    ],
)  # fmt: skip
def test_one_click_writes_what_is_right(code, body, label, mended):
    ways = offered(body, code)

    assert (label, mended) in ways


def test_a_weekday_is_written_in_the_language_of_the_text():
    ((_, mended),) = offered(
        "L’ordre est daté du lundi 24 juin 2026 [@h1].", "weekday", language="fr"
    )

    assert mended == "L’ordre est daté du mercredi 24 juin 2026 [@h1]."


def test_a_claim_that_no_post_carries_can_only_be_the_desks_own_or_background():
    ways = offered("Eleven owners told 71 crew to wait.", "unsourced-claim")

    assert ways == [
        ("Mark as own", "[Eleven owners told 71 crew to wait.]{.own}"),
        ("Mark as background", "[Eleven owners told 71 crew to wait.]{.background}"),
    ]


def test_words_of_a_post_are_set_in_the_marks_that_the_body_uses():
    body = 'He said "stop". Three owners told 60 crew to wait at anchor off Lindow, Meridian Press counts [@m1].'

    ((label, mended),) = offered(body, "verbatim-copy")

    assert label == "Set quotation marks"
    assert '"Three owners told 60 crew' in mended


def test_a_quotation_keeps_the_spelling_of_the_post_and_not_that_of_the_comparison():
    source = make_feed_source_ref(
        key="h1", text="Notice: All Vessels of the «Meray» class hold *west* of the Light."
    )

    ((_, mended),) = offered(
        "It reads “all vessels of the Meray class never hold west of the Light” [@h1].",
        "quote-not-found",
        sources=[source],
    )

    assert "ll Vessels of the ‘Meray’ class hold \\*west\\* of the Light”" in mended


def test_the_headline_goes_along_with_a_figure_that_the_text_has_once():
    piece = write("The master held 25,347 vessels [@h1].", headline="Calvera holds 25,347 vessels")
    (finding,) = found_in(piece, "figure-not-found")

    mend = mends(finding, piece, context())[0]

    assert applied(piece.headline, "headline", mend.edits) == "Calvera holds 25,437 vessels"


def test_sources_are_mended_in_their_rows():
    later = {"versions": (PostText(at=NOW, text="Other words altogether."),)}
    changed = replace(HARBOUR, **later)
    piece = write("The ships hold [@h1].", sources=[changed, MERIDIAN])

    found = {f.code: mends(f, piece, context()) for f in findings(piece, context())}

    assert [(c.key, c.name) for c in found["source-changed"][0].choices] == [("h1", "repin")]
    assert [(c.name, c.value) for c in found["source-uncited"][0].choices] == [
        ("role", "background")
    ]


def test_of_one_post_linked_twice_the_marks_name_one_and_the_other_goes():
    twin = replace(HARBOUR, key="h2", url="https://t.me/s/harbourwire/7")
    piece = write("The ships hold [@h1]. They wait [@h2]. All [@h1].", sources=[HARBOUR, twin])
    (finding,) = found_in(piece, "source-duplicate")

    (mend,) = mends(finding, piece, context())

    assert applied(piece.body, "body", mend.edits) == (
        "The ships hold [@h1]. They wait [@h1]. All [@h1]."
    )
    assert [(c.key, c.name) for c in mend.choices] == [("h2", "DELETE")]


def test_each_place_of_an_ambiguous_quotation_can_be_meant():
    text = "One. He will not sign the accord. Two.\nAgain: he will not sign the accord at all."
    source = make_feed_source_ref(key="h1", text=text)
    piece = write("He “will not sign the accord” [@h1].", sources=[source])
    (finding,) = found_in(piece, "quote-ambiguous")

    ways = mends(finding, piece, context())

    assert [way.label for way in ways] == ["Mean this one", "Mean this one"]
    assert "at all" in ways[1].hint


@pytest.mark.parametrize(
    ("said", "right", "written"),
    [("Thursday", 2, "Wednesday"), ("THURSDAY", 2, "WEDNESDAY"), ("Thu", 2, "Wed"),
     ("Thurs.", 1, "Tues."), ("Fri.", 5, "Sat."), ("Weds", 3, "Thur")],
)  # fmt: skip
def test_a_weekday_keeps_its_form(said, right, written):
    assert weekday_like(said, right) == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("05:41 UTC on 25 June 2026", "23:05 UTC on 24 June 2026"),
        ("0541 GMT", "2305 GMT"),
        ("5.41 a.m. ET on June 25th, 2026", "7.05 p.m. ET on June 24th, 2026"),
        ("2026-06-25T05:41Z", "2026-06-24T23:05Z"),
        ("5 p.m. ET", "7:05 p.m. ET"),
        ("noon GMT", "23:05 GMT"),
        ("02:40 UTC+3", "02:05 UTC+3"),
        ("Thursday, 25 June 2026, 05:41 UTC", "Wednesday, 24 June 2026, 23:05 UTC"),
        ("05:41 UTC on Thu 25 Jun", "23:05 UTC on Wed 24 Jun"),
    ],
)
def test_a_time_is_said_as_before_in_the_same_zone(said, written):
    assert time_like(said, datetime(2026, 6, 24, 23, 5, tzinfo=UTC)) == written


# Over a whole paper


def held(found):
    return Counter(each.fingerprint for each in found if each.level is Level.HOLD)


MENDED = (
    "weekday", "citation-unknown", "figure-not-found", "outlet-mismatch", "quote-elsewhere",
    "quote-not-found", "stated-time", "unsourced-claim", "verbatim-copy",
)  # fmt: skip


def spoilt(code):
    """Yield the first articles of the seeded suite with each of the faults of a check."""
    for article in islice(load(), 12):
        for mutate in FAULTS[code]:
            fault = mutate(article, chance(article.id, code, mutate.__name__))
            if fault is not None:
                yield cases.read(json.dumps(as_case(fault.article)).encode())


@pytest.mark.parametrize("code", MENDED)
def test_no_mend_of_a_spoilt_article_leaves_its_fault_or_makes_another(code):
    tried = 0
    for case in spoilt(code):
        around = {"now": case.now, "gazetteer": case.outlets}
        found = list(findings(case.piece, Context(**around)))
        for finding in (each for each in found if each.code == code):
            for mend in mends(finding, case.piece, Context(**around)):
                if not mend.edits:
                    continue
                words = {
                    name: applied(getattr(case.piece, name), name, mend.edits) for name in TEXTS
                }
                piece = Piece.written(
                    sources=case.piece.sources,
                    language=case.piece.language,
                    published_at=case.piece.published_at,
                    **words,
                )
                mended = list(findings(piece, Context(**around)))
                tried += 1
                assert not held(mended) - held(found), (finding, mend)
                assert count(mended, finding) < count(found, finding), (finding, mend)
    assert tried


def count(found, finding):
    return sum(each.fingerprint == finding.fingerprint for each in found)


FRAGMENTS = st.sampled_from([
    "[@h1]", "[@m1; @h1]", "[@h11]", "[@zz]", "“No ship will ever pass without my leave”", "25,347 vessels",
    "Thursday 24 June 2026", "Harbour Wire reports", "at 03:40 UTC on 25 June 2026", "60 crew", "$1.2bn",
    "٤٠", "«السفن لا تنتظر غرب»", "\u202e", "\u200b", "🚢", "**", "`", "[", "]{.own}", "\n\n", "\n- ", "## ",
    ". ", " ", "“", "'", "p.m.", "no ship will pass without", "Reuters said", "\\", "&amp;", "<b>",
])  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=14).map("".join))
def test_whatever_is_written_its_mends_can_be_made(body):
    piece = write(body)
    found = list(findings(piece, context()))

    for finding in found:
        sentence(finding, piece)
        figures_near(finding, piece)
        for mend in mends(finding, piece, context()):
            for edit in mend.edits:
                assert 0 <= edit.start <= edit.end <= len(getattr(piece, edit.field))
            if mend.edits:
                words = {name: applied(getattr(piece, name), name, mend.edits) for name in TEXTS}
                mended = Piece.written(sources=piece.sources, **words)
                assert count(list(findings(mended, context())), finding) < count(found, finding)


# What a finding rests on


def test_a_finding_shows_its_sentence_its_posts_and_the_figures_near():
    piece = write("Ships wait [@m1]. The master ordered 25,347 vessels to hold [@h1].")
    (finding,) = found_in(piece, "figure-not-found")

    shown = sentence(finding, piece)

    assert (shown.before, shown.words) == ("The master ordered ", "25,347")
    assert [source.key for source in sources_of(finding, piece)] == ["h1"]
    assert figures_near(finding, piece)[0].words == "25,437"
