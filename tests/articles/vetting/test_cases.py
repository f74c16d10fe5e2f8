"""Cases as files: what is read of them, and what makes one unreadable."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.vetting import cases, check, report
from tests.articles.vetting.test_source_checks import NOW

SOURCE = {
    "key": "r1",
    "outlet": "Harbour Wire",
    "platform": "telegram",
    "url": "https://t.me/harbourwire/7",
    "posted_at": "2026-06-25T02:40:00Z",
    "text": "Ships wait.",
}


def read(article=None, sources=(SOURCE,), **more):
    whole = {"id": "one", "article": article or {"body": "Ships wait [@r1]."}} | more
    return cases.read(json.dumps(whole | {"sources": list(sources)}).encode())


def source(**changes):
    (found,) = read(sources=[SOURCE | changes]).piece.sources
    return found


def test_a_case_is_read_whole():
    case = read(
        {"headline": "H", "dek": "D", "body": "B [@r1].", "framing_note": "F", "language": "fr"},
        now="2026-06-25T12:00:00+02:00",
        outlets=[{"name": "BBC News", "aliases": ["BBC"]}],
    )

    assert (case.id, case.now, case.piece.language) == ("one", NOW, "fr")
    assert (case.piece.headline, case.piece.standfirst) == ("H", "D")
    assert case.piece.prose.cited == ("r1",)
    assert [(outlet.name, outlet.aliases) for outlet in case.outlets] == [("BBC News", ("BBC",))]


def test_what_is_missing_is_absent():
    (bare,) = read(sources=[{"key": "r1"}]).piece.sources

    assert (bare.text, bare.posted_at, bare.deleted_at, bare.role) == (None, None, None, "basis")
    assert source(links_only=True).role == "background"


def test_the_version_current_when_it_was_cited_is_pinned():
    versions = [
        {"at": "2026-06-25T03:00:00Z", "text": "Two."},
        {"at": "2026-06-25T05:00:00Z", "text": "Three."},
    ]

    pinned = source(versions=versions, cited_at="2026-06-25T04:00:00Z")
    newest = source(versions=versions, cited_at="2026-06-25T06:00:00Z")
    first = source(versions=versions)

    assert (pinned.text, [later.text for later in pinned.versions]) == ("Two.", ["Three."])
    assert (newest.text, newest.versions) == ("Three.", ())
    assert (first.text, [later.text for later in first.versions]) == (
        "Ships wait.",
        ["Two.", "Three."],
    )


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe\xfd", "UTF-8"),
        (b"[1]", "no object"),
        (b"{}", "article is no object"),
        (b'{"article": {"body": 1}}', "body of article is not text"),
        (b'{"article": {}, "now": "noon"}', "now of the case is not a time"),
        (b'{"article": {}, "now": "0001-01-01T00:00:00+14:00"}', "within the calendar"),
        (b'{"article": {}, "sources": {}}', "sources of the case is not a list"),
        (b'{"article": {}, "sources": [{}]}', "sources[0] has no key"),
        (b'{"article": {}, "sources": [{"key": "a"}, {"key": "a"}]}', "two sources"),
        (b'{"article": {}, "sources": [{"key": "a", "platform": "fax"}]}', "unknown platform"),
        (b'{"article": {}, "sources": [{"key": "a", "aliases": "b"}]}', "a list of texts"),
        (b'{"article": {}, "sources": [{"key": "a", "versions": [{}]}]}', "has no time"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_cannot_be_read_says_why_in_one_line(body, why):
    with pytest.raises(cases.Unreadable) as excinfo:
        cases.read(body)

    assert why in str(excinfo.value)
    assert "\n" not in str(excinfo.value)


@given(st.binary())
def test_no_bytes_break_the_reader(body):
    with pytest.raises(cases.Unreadable):
        cases.read(body)


def printed(piece, *, is_coloured=False):
    findings = list(check(piece, now=NOW))
    return list(report.lines("one", piece, findings, report.Ink(is_coloured=is_coloured)))


def test_a_report_points_at_the_words():
    case = read({"body": "They left.\nShips wait [@zz] [@r1].", "framing_note": "So."})

    lines = printed(case.piece)

    at = next(n for n, line in enumerate(lines) if "citation-unknown" in line)
    assert lines[0] == "one: held, 1 hold, 1 query"
    assert lines[at + 2] == "    | Ships wait [@zz] [@r1]."
    assert lines[at + 3] == "    |             ^^^"


def test_a_report_lets_no_control_character_out():
    case = read({"headline": "On \x1b[2J 31 June\u202e", "body": "Ships wait [@r1]."})

    assert not {"\x1b", "\u202e"} & set("".join(printed(case.piece)))


def test_a_report_says_what_it_did_not_read():
    case = read({"body": "Les navires attendent [@r1].", "language": "fr-CA"})

    assert any("Not looked at" in line and "stated times" in line for line in printed(case.piece))


@given(st.text(), st.text())
def test_no_text_breaks_a_report(headline, body):
    case = read({"headline": headline, "body": body})

    assert all("\n" not in line for line in printed(case.piece, is_coloured=True))
