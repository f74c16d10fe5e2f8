"""Fixes: what they change, where none is offered, and that none causes another fault."""

import json
from collections import Counter
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.vetting import Context, Level, OutletName, Piece, PostText, cases, findings
from articles.vetting.evidence import figures_near, sentence, sources_of
from articles.vetting.fix import applied
from articles.vetting.fixes import fixes
from articles.vetting.spot import TEXTS
from benchmarks.seeded.articles import as_case, chance, load
from benchmarks.seeded.faults import FAULTS
from benchmarks.seeded.verdicts import Verdict, fix_applied, judge
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
    return Context(now=NOW, outlet_directory=[OutletName(name="Reuters")])


def found_in(piece, code):
    return [each for each in findings(piece, context()) if each.code == code]


def offered(body, code, **changes):
    piece = write(body, **changes)
    return [
        (fix.label, applied(body, "body", fix.edits))
        for finding in found_in(piece, code)
        for fix in fixes(finding, piece, context())
    ]


@pytest.mark.parametrize(
    ("code", "body", "label", "fixed"),
    [
        ("quote-elsewhere", "“No ship will pass without my written leave,” he said [@m1].",
         "Cite [@h1]", "“No ship will pass without my written leave,” he said [@h1]."),
        ("quote-elsewhere",
         "He told 60 crew that “no ship will pass without my written leave” [@m1].",
         "Also cite [@h1]",
         "He told 60 crew that “no ship will pass without my written leave” [@m1; @h1]."),
        ("citation-unknown", "The master ordered the ships to hold [@h11].", "Change to [@h1]",
         "The master ordered the ships to hold [@h1]."),
        ("unsourced-claim", "Three owners told 60 crew to wait.", "Insert [@m1]",
         "Three owners told 60 crew to wait [@m1]."),
    ],
)  # fmt: skip
def test_a_fix_sets_the_right_mark(code, body, label, fixed):
    ways = offered(body, code)

    assert (label, fixed) in ways


def test_an_unsupported_claim_can_only_be_fixed_as_own_or_background():
    ways = offered("Eleven owners told 71 crew to wait.", "unsourced-claim")

    assert ways == [
        ("Mark as own", "[Eleven owners told 71 crew to wait.]{.own}"),
        ("Mark as background", "[Eleven owners told 71 crew to wait.]{.background}"),
    ]


def test_fixes_to_sources_change_their_rows():
    later = {"versions": (PostText(at=NOW, text="Other words altogether."),)}
    changed = replace(HARBOUR, **later)
    piece = write("The ships hold [@h1].", sources=[changed, MERIDIAN])

    found = {f.code: fixes(f, piece, context()) for f in findings(piece, context())}

    assert [(c.key, c.name) for c in found["source-changed"][0].choices] == [("h1", "repin")]
    assert [(c.name, c.value) for c in found["source-uncited"][0].choices] == [
        ("role", "background")
    ]


def test_a_fix_for_a_post_linked_twice_merges_the_two_sources():
    twin = replace(HARBOUR, key="h2", url="https://t.me/s/harbourwire/7")
    piece = write("The ships hold [@h1]. They wait [@h2]. All [@h1].", sources=[HARBOUR, twin])
    (finding,) = found_in(piece, "source-duplicate")

    (fix,) = fixes(finding, piece, context())

    assert applied(piece.body, "body", fix.edits) == (
        "The ships hold [@h1]. They wait [@h1]. All [@h1]."
    )
    assert [(c.key, c.name) for c in fix.choices] == [("h2", "DELETE")]


def test_a_fix_is_offered_for_each_place_of_an_ambiguous_quotation():
    text = "One. He will not sign the accord. Two.\nAgain: he will not sign the accord at all."
    source = make_feed_source_ref(key="h1", text=text)
    piece = write("He “will not sign the accord” [@h1].", sources=[source])
    (finding,) = found_in(piece, "quote-ambiguous")

    ways = fixes(finding, piece, context())

    assert [way.label for way in ways] == ["Choose this one", "Choose this one"]
    assert "at all" in ways[1].hint


# Over many articles


def held(found):
    return Counter(each.fingerprint for each in found if each.level is Level.HOLD)


FIXED = (
    "citation-unknown", "figure-not-found", "outlet-mismatch", "outlet-not-linked",
    "quote-elsewhere", "quote-not-found", "stated-time", "unsourced-claim",
)  # fmt: skip


def spoilt(code):
    """Yield the first articles of the seeded suite, each with every fault of a check."""
    for article in islice(load(), 12):
        clean = cases.read_case(json.dumps(as_case(article)).encode())
        for mutate in FAULTS[code]:
            fault = mutate(article, chance(article.id, code, mutate.__name__))
            if fault is not None:
                yield clean.piece, cases.read_case(json.dumps(as_case(fault.article)).encode())


@pytest.mark.parametrize("code", FIXED)
def test_every_fix_of_a_faulty_article_gives_the_clean_text_back_and_adds_no_fault(code):
    tried = 0
    for clean, case in spoilt(code):
        around = {"now": case.now, "outlet_directory": case.outlets}
        found = list(findings(case.piece, Context(**around)))
        for finding in (each for each in found if each.code == code):
            for fix in fixes(finding, case.piece, Context(**around)):
                if not fix.edits:
                    continue
                piece = fix_applied(case.piece, fix)
                fixed = list(findings(piece, Context(**around)))
                tried += 1
                assert fix.is_decision or judge(piece, case.piece, clean) is not Verdict.WRONG, (
                    finding,
                    fix,
                )
                assert not held(fixed) - held(found), (finding, fix)
                assert count(fixed, finding) < count(found, finding), (finding, fix)
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
def test_every_fix_offered_for_any_text_can_be_applied(body):
    piece = write(body)
    found = list(findings(piece, context()))

    for finding in found:
        sentence(finding, piece)
        figures_near(finding, piece)
        for fix in fixes(finding, piece, context()):
            for edit in fix.edits:
                assert 0 <= edit.start <= edit.end <= len(getattr(piece, edit.field))
            if fix.edits:
                words = {name: applied(getattr(piece, name), name, fix.edits) for name in TEXTS}
                fixed = Piece.written(sources=piece.sources, **words)
                assert count(list(findings(fixed, context())), finding) < count(found, finding)


# The evidence of a finding


def test_a_finding_shows_its_sentence_posts_and_nearby_figures():
    piece = write("Ships wait [@m1]. The master ordered 25,347 vessels to hold [@h1].")
    (finding,) = found_in(piece, "figure-not-found")

    shown = sentence(finding, piece)

    assert (shown.before, shown.words) == ("The master ordered ", "25,347")
    assert [source.key for source in sources_of(finding, piece)] == ["h1"]
    assert figures_near(finding, piece)[0].words == "25,437"


@pytest.mark.parametrize(
    ("body", "code", "shown"),
    [
        (r"**Four ships wait. Five** ships left \[@h1]", "unsourced-claim", ("", "Five ships left [@h1]", "")),
        ("*Nobody waits. At 7* men died [@h1].", "figure-not-found", ("At ", "7", " men died.")),
        ("[12 ships](http://a.b) wait\\! [@h1]", "figure-not-found", ("", "12", " ships wait!")),
        ("> **$12m** was paid [@h1].", "figure-not-found", ("$", "12m", " was paid.")),
        ("> **Five** ships wait [@zz]", "citation-unknown", ("Five ships wait", "@zz", "")),
        ("Ships ~~wait~~ *off Meray* [@h1].", "markup-shown", ("Ships ", "~~wait~~", " off Meray.")),
    ],
)  # fmt: skip
def test_a_finding_shows_the_words_that_readers_see(body, code, shown):
    piece = write(body)
    finding = found_in(piece, code)[-1]

    found = sentence(finding, piece)

    assert (found.before, found.words, found.after) == shown


@pytest.mark.parametrize(
    ("area", "labels"), [("about 70,000 acres", ["Insert [@r1]"]), ("about 280 square km", [])]
)
def test_no_mark_gives_a_post_what_the_desk_converted(area, labels):
    body = f"The fire near Coldwater covers an area of {area} of forest."
    post = "Coldwater fire covers an area of 70,000 acres of forest, fire service says"
    sources = [make_feed_source_ref(key="r1", text=post)]

    found = offered(body, "unsourced-claim", sources=sources, headline="")

    assert [label for label, _ in found if label.startswith("Insert")] == labels
