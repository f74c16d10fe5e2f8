"""Sixty kinds of text designed to be slow to check, and dates designed to evade the checks."""

import time
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.vetting import OutletName, Piece, bind, check, limits
from articles.vetting.piece import Context
from benchmarks.hostile import BODIES, PIECES
from tests.articles.vetting.factories import NOW, make_piece, make_source_ref

POST = "We will wait for the tide, the pilot said. 20,000 tonnes lie off Meray."
GAZETTEER = (OutletName(name="Meridian Press", aliases=("Meridian",)),)
FIELDS = ("headline", "standfirst", "body", "framing_note", "social_text")
# Joiners, direction marks and isolates, soft hyphen, variation selectors, tags.
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u061c\u200e\u200f\u202a\u202e\u2066\u2069\ufe0e\ufe0f\U000e0041\U000e0101"
# Each took the square of its length: for the words of a line that many findings stand in, or for
# the address that an endless word may be the start of, for the sentence of each of its figures.
ON_ONE_LINE = ["body of pictures", "post of one word", "post of numbers"]
FAULTS = {
    "weekday": ("They wait since ", "Monday, 24 June 2026", " [@r1]."),
    "impossible-date": ("They wait since ", "31 June 2026", " [@r1]."),
    "unsourced-claim": ("Off Meray lie ", "20,000 tonnes", "."),
}


def findings_of(piece, *, now=NOW):
    return list(check(piece, now=now, outlet_directory=GAZETTEER))


def codes_of(piece):
    return {finding.code for finding in findings_of(piece)}


def expect_places(piece, findings):
    """Assert that each finding points into the field it names, with a one-line message."""
    for finding in findings:
        text = getattr(piece, finding.field) if finding.field in FIELDS else ""
        assert 0 <= finding.start <= finding.end <= max(len(text), finding.end * (not text))
        assert "\n" not in finding.message


@pytest.mark.parametrize("name", PIECES)
def test_a_hostile_text_is_checked_to_its_end(name):
    piece = Piece.written(**PIECES[name](2_000))

    expect_places(piece, findings_of(piece))


@pytest.mark.parametrize("name", ON_ONE_LINE)
def test_a_line_eight_times_as_long_takes_about_eight_times_as_long(name):
    short, long = (least_seconds(PIECES[name](size)) for size in (2_500, 20_000))

    assert long < 24 * short


def least_seconds(given):
    """Return the processor time of reading and checking a piece: the least of two."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        findings_of(Piece.written(**given))
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("name", BODIES)
def test_a_hostile_body_over_the_limit_is_refused_unread(name):
    body = BODIES[name](limits.BODY).ljust(limits.BODY + 1, "a")

    piece = make_piece(body=body)

    assert [finding.code for finding in findings_of(piece)] == ["too-large"]
    assert (piece.prose.html, piece.prose.claims) == ("", ())
    assert bind(piece, Context(now=NOW)) == ()


@pytest.mark.parametrize("field", FIELDS)
def test_any_field_of_a_million_characters_is_refused(field):
    piece = make_piece(**{field: "wait " * 200_000})

    finding, *others = findings_of(piece)

    assert (finding.code, finding.field) == ("too-large", field)
    assert {each.field for each in others} <= {"sources"}


def test_posts_that_are_too_long_or_too_many_are_refused():
    long = make_piece(sources=[make_source_ref(text="wait " * 200_000)])
    many = make_piece(sources=[make_source_ref(key=f"r{n}") for n in range(10_000)])

    assert codes_of(long) == codes_of(many) == {"too-large"}


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_checks_work_at_any_current_time(now, posted_at):
    body = (
        "Harbour Wire reported at 23:59 UTC on Wednesday, 24 June 2026 that ships left on 1 January"
        " at 00:01 GMT+14 and at 24:00 UTC on 31 December 9999 [@r1]."
    )
    source = make_source_ref(posted_at=posted_at, cited_at=now, text="Ships left on 24 June.")
    piece = make_piece(body=body, sources=[source], published_at=now)

    expect_places(piece, findings_of(piece, now=now))


@pytest.mark.parametrize("code", FAULTS)
@given(data=st.data())
def test_invisible_characters_hide_no_fault(code, data):
    before, faulty, after = FAULTS[code]
    assert code in codes_of(make_piece(body=before + faulty + after))

    hidden = data.draw(with_unseen(faulty))

    assert code in codes_of(make_piece(body=before + hidden + after)), ascii(hidden)


@given(data=st.data())
def test_invisible_characters_make_no_fault(data):
    quoted = "We will wait for the tide, the pilot said"
    post = data.draw(with_unseen(POST))

    piece = make_piece(
        body=f"“{quoted},” and 20,000 tonnes lie off Meray [@r1].",
        sources=[make_source_ref(text=post)],
    )

    assert codes_of(piece) <= {"single-origin"}, ascii(post)


@st.composite
def with_unseen(draw, text):
    """Insert invisible characters anywhere inside a text."""
    for place in draw(st.lists(st.integers(1, len(text) - 1), min_size=1, max_size=4)):
        text = text[:place] + draw(st.sampled_from(UNSEEN)) + text[place:]
    return text


def test_a_thousand_faults_are_each_found():
    piece = make_piece(body="Off Meray lie 25,000 tonnes [@r1].\n\n" * 1_000)

    found = [finding for finding in findings_of(piece) if finding.code == "figure-not-found"]

    assert len({finding.start for finding in found}) == 1_000
