"""What editors might type, what readers see of it, and whether a slip among it is reported."""

import re
import tomllib
from html import unescape
from pathlib import Path

import pytest

from articles.prose import Source, render, text_leftovers
from articles.prose.render import note_leftovers

CASES = tomllib.loads(Path(__file__).with_name("as_typed.toml").read_text())
SOURCES = (Source(key="r1"), Source(key="t1"))
NOTE = re.compile(r'<a class="cite__link"[^>]* href="#source-(\w+)"[^>]*>\d+</a>')
LABEL = re.compile(r'<span class="voice__label">[^<]*</span> ')
# Signs would be escaped in the name of a test, twice where it is collected twice.
NO_LETTER = re.compile("[^A-Za-z0-9]+")


def seen_in(prose):
    """Return the words of a page, with ⟨key⟩ for a mark, and a new line for each block."""
    html = LABEL.sub("", NOTE.sub(r"⟨\1⟩", prose.html))
    return unescape(
        re.sub("<[^>]*>", "", html.replace("<hr>", "—").replace("</td><td>", " ¦ ")).strip()
    )


def left_in(prose):
    """Return what is reported of a body: its kind, and the words it points at."""
    return [
        *(f"{leftover.kind} {leftover.text}" for leftover in prose.leftovers),
        *(f"unknown @{mark.key}" for mark in prose.unknown),
    ]


@pytest.mark.parametrize(
    "case",
    [case for cases in CASES.values() for case in cases],
    ids=lambda case: NO_LETTER.sub(" ", case["typed"])[:30],
)
def test_what_is_typed_is_seen_and_reported_exactly_so(case):
    prose = render(case["typed"], sources=SOURCES)

    assert seen_in(prose) == case["seen"]
    assert left_in(prose) == case.get("left", [])


@pytest.mark.parametrize("kind", ["slips", "silent", "innocent"])
def test_only_slips_are_reported(kind):
    reported = [bool(case.get("left")) for case in CASES[kind]]

    assert set(reported) == {kind == "slips"}


@pytest.mark.parametrize(
    "case", CASES["slips"], ids=lambda case: NO_LETTER.sub(" ", case["typed"])[:30]
)
def test_a_slip_is_pointed_at_where_it_is_typed(case):
    body = case["typed"]

    pairs = [
        (NO_LETTER.sub("", left.text), NO_LETTER.sub("", body[left.start : left.end]))
        for left in render(body, sources=SOURCES).leftovers
        if left.start < left.end
    ]

    # Where nothing is left, another rule or nobody reports it: see the table.
    assert len(pairs) == len(render(body, sources=SOURCES).leftovers)
    assert [pair for pair in pairs if pair[0] not in pair[1]] == []


def test_a_text_without_markup_shows_each_sign_of_it():
    text = "\u200b**Ships** wait [@r1], (@t1) too: [Ours.]{.own}"

    found = list(text_leftovers(text, keys=["r1", "t1"]))

    assert [(left.kind, left.text, text[left.start : left.end]) for left in found] == [
        ("voice", "]{.own}", "]{.own}"),
        ("mark", "[@", "[@"),
        ("stars", "**", "**"),
        ("stars", "**", "**"),
        ("mark", "@t1", "@t1"),
    ]


def test_a_framing_note_shows_marks_and_voices_but_no_markup_that_works():
    note = "We *lead* with [ships](https://e.example/), see [@r1] and (@t1). <!-- @r1 --> [Ours.]{.own}"

    found = note_leftovers(note, keys=["r1", "t1"])

    assert [(left.kind, note[left.start : left.end]) for left in found] == [
        ("voice", "]{.own}"),
        ("mark", "[@"),
        ("mark", "@t1"),
    ]
