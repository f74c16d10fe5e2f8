"""Case files: what is read from them, and what makes one unreadable."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.vetting import cases, check, report
from tests.articles.vetting.factories import NOW

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
    return cases.read_case(json.dumps(whole | {"sources": list(sources)}).encode())


def source(**changes):
    (found,) = read(sources=[SOURCE | changes]).piece.sources
    return found


def test_a_case_is_read_with_all_its_fields():
    case = read(
        {"headline": "H", "dek": "D", "body": "B [@r1].", "framing_note": "F", "language": "fr"},
        now="2026-06-25T12:00:00+02:00",
        outlets=[{"name": "BBC News", "aliases": ["BBC"]}],
    )

    assert (case.id, case.now, case.piece.language) == ("one", NOW, "fr")
    assert (case.piece.headline, case.piece.standfirst) == ("H", "D")
    assert case.piece.prose.cited == ("r1",)
    assert [(outlet.name, outlet.aliases) for outlet in case.outlets] == [("BBC News", ("BBC",))]


def test_missing_case_fields_are_empty():
    (bare,) = read(sources=[{"key": "r1"}]).piece.sources

    assert (bare.text, bare.posted_at, bare.deleted_at, bare.role) == (None, None, None, "basis")
    assert source(links_only=True).role == "background"


def test_a_case_pins_the_post_version_current_when_cited():
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
        (b"[1]", "not an object"),
        (b"{}", "article is not an object"),
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
def test_an_unreadable_case_says_why_in_one_line(body, why):
    with pytest.raises(cases.UnreadableCase) as excinfo:
        cases.read_case(body)

    assert why in str(excinfo.value)
    assert "\n" not in str(excinfo.value)


@given(st.binary())
def test_any_bytes_are_read_as_a_case_or_refused(body):
    with pytest.raises(cases.UnreadableCase):
        cases.read_case(body)


def printed(piece, *, is_coloured=False):
    findings = list(check(piece, now=NOW))
    return list(report.lines("one", piece, findings, report.Ink(is_coloured=is_coloured)))


def test_a_report_points_at_the_words_of_a_finding():
    case = read({"body": "They left.\nShips wait [@zz] [@r1].", "framing_note": "So."})

    lines = printed(case.piece)

    at = next(n for n, line in enumerate(lines) if "citation-unknown" in line)
    assert lines[0] == "one: held, 1 hold, 1 query"
    assert lines[at + 2] == "    | Ships wait [@zz] [@r1]."
    assert lines[at + 3] == "    |             ^^^"


def test_a_report_prints_no_control_character():
    case = read({"headline": "On \x1b[2J 31 June\u202e", "body": "Ships wait [@r1]."})

    report = "".join(printed(case.piece))
    assert "31 June" in report
    assert not {"\x1b", "\u202e"} & set(report)


def test_a_report_names_skipped_checks():
    case = read({"body": "Les navires attendent [@r1].", "language": "fr-CA"})

    assert any("Not checked" in line and "stated times" in line for line in printed(case.piece))


@given(st.text(), st.text())
def test_any_text_can_be_reported(headline, body):
    case = read({"headline": headline, "body": body})

    lines = printed(case.piece, is_coloured=True)
    assert len(lines) > 1
    assert [line for line in lines if "\n" in line] == []


WHOLE = {
    "id": "one",
    "now": "2026-06-25T12:00:00Z",
    "article": {
        "headline": "Ships wait",
        "dek": "",
        "body": "Ships wait [@r1].",
        "framing_note": "So.",
        "language": "en",
        "published_at": "2026-06-25T11:00:00Z",
    },
    "sources": [
        SOURCE
        | {
            "aliases": ["HW"],
            "versions": [{"at": "2026-06-25T03:00:00Z", "text": "Two."}],
            "deleted_at": None,
            "cited_at": "2026-06-25T04:00:00Z",
            "links_only": False,
        }
    ],
    "outlets": [{"name": "BBC News", "aliases": ["BBC"]}],
}
ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**400, max_value=10**401)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["2026-02-30", "0001-01-01", "9999-12-31T23:59:59-14:00", "fax\nx", "\x1b[2J"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value, path=()):
    """Return the path of each value in a case."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        yield (*path, key)
        if isinstance(each, dict | list):
            yield from places(each, (*path, key))


def with_value(value, path, changed):
    """Return a copy with the value at a path replaced."""
    if not path:
        return changed
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = with_value(value[path[0]], path[1:], changed)
    return copy


def read_or_say_why(body):
    """Check a case; return the line that says why it cannot be read, or "" if it can."""
    try:
        case = cases.read_case(body)
    except cases.UnreadableCase as error:
        return one_line(error)
    for finding in check(case.piece, now=case.now or NOW, outlet_directory=case.outlets):
        assert json.dumps(cases.as_case(finding))
    return ""


def one_line(error):
    assert str(error).isprintable()
    return str(error)


def test_a_complete_case_is_read_without_an_error():
    assert read_or_say_why(json.dumps(WHOLE).encode()) == ""


@given(st.sampled_from(list(places(WHOLE))), ANY_JSON)
def test_a_wrong_value_in_a_case_is_a_one_line_error_or_harmless(path, value):
    read_or_say_why(json.dumps(with_value(WHOLE, path, value)).encode())


@given(st.sampled_from(list(places(WHOLE))), st.sampled_from([7, 0.5, True, [1]]))
def test_a_case_value_of_the_wrong_type_is_never_converted(path, value):
    why = read_or_say_why(json.dumps(with_value(WHOLE, path, value)).encode())

    assert why or (path, value) == (("sources", 0, "links_only"), True)


@given(st.data())
def test_a_damaged_case_file_is_a_one_line_error_or_harmless(data):
    body = json.dumps(WHOLE).encode()
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))

    read_or_say_why(body[:start] + data.draw(st.binary(max_size=8)) + body[end:])


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'{"id": "a", "id": "b", "article": {}}', "the key id appears twice"),
        (b'{"id": NaN, "article": {}}', "NaN is no number"),
        (b'{"id": -Infinity, "article": {}}', "-Infinity is no number"),
        (b'{"now": ' + b"9" * 5_000 + b', "article": {}}', "not JSON"),
        (b'{"article": {}, "sources": [{"key": "a", "platform": "fax\\nx"}]}', "platform, fax\u00b7x"),
        (b'{"article": ' + b"[" * 90_000 + b"]" * 90_000 + b"}", "nested too deeply"),
    ],
)  # fmt: skip
def test_case_json_that_a_lenient_parser_accepts_is_refused(body, why):
    assert why in read_or_say_why(body)
