"""Lists of feeds: any program's, hostile ones, and our own again."""

import pytest

from wires.platforms.opml import LARGEST, MOST_LINES, ListedSource, NotOpml, read_opml, write_opml

ONE = '<outline text="Harbour" xmlUrl="https://harbour.example/feed"/>'


def opml(body, *, before="", head=""):
    return f'{before}<opml version="2.0">{head}<body>{body}</body></opml>'.encode()


def addresses(body):
    return [line.address for line in read_opml(body)]


def test_folders_are_passed_over_and_lines_are_counted():
    nested = f'<outline text="World">{ONE}<outline text="Ports">{ONE}</outline></outline>{ONE}'

    lines = read_opml(opml(nested))

    assert [(line.n, line.title) for line in lines] == [
        (1, "Harbour"), (2, "Harbour"), (3, "Harbour"),
    ]  # fmt: skip


def test_a_feed_that_holds_others_is_a_line_too():
    assert len(read_opml(opml(f'<outline xmlUrl="https://a.example/">{ONE}</outline>'))) == 2


def test_a_line_without_an_address_is_kept_to_be_named():
    (line,) = read_opml(opml('<outline text="Lost"/>'))

    assert (line.title, line.address) == ("Lost", "")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://a.example/?a=1&b=2", "https://a.example/?a=1&b=2"),
        ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2"),
        ("https://a.example/&copy;", "https://a.example/©"),
        ("https://a.example/?a=1&copy=2", "https://a.example/?a=1&copy=2"),
        ("https://a.example/&nosuch;", "https://a.example/&nosuch;"),
        (" https://a.example/\x0b ", "https://a.example/"),
    ],
)
def test_what_programs_write_badly_is_read(written, read):
    assert addresses(opml(f'<outline XMLURL="{written}"/>')) == [read]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_a_list_is_read_in_its_character_set(charset):
    named = '<?xml version="1.0" encoding="windows-1251"?>' if charset == "windows-1251" else ""
    body = opml('<outline text="Порт" xmlUrl="https://a.example/"/>', before=named)

    (line,) = read_opml(body.decode().encode(charset))

    assert line.title == "Порт"


BOMB = """<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
EXTERNAL = """<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "cannot be read|well-formed"),
        (b"<html><body>Log in</body></html>", "begins with <html>"),
        (b"<rss/>", "begins with <rss>"),
        (b"no list", "not well-formed"),
        (opml(ONE)[:-9], "not well-formed"),
        (opml('<outline text="&b;"/>', before=BOMB), "declares XML entities"),
        (opml('<outline text="&a;"/>', before=EXTERNAL), "declares XML entities"),
        (opml("<outline>" * 60 + "</outline>" * 60), "more than 50 deep"),
        (opml(ONE * (MOST_LINES + 1)), "more than 2,000 lines"),
        (b"<opml>" + b" " * LARGEST, "larger than 5 MB"),
        (b"\x1f\x8b\x08broken", "cannot be read"),
    ],
    ids=range(11),
)
def test_what_is_no_list_is_refused_in_words(body, said):
    with pytest.raises(NotOpml, match=said):
        read_opml(body)


def test_a_document_type_without_entities_does_no_harm():
    body = opml(ONE, before='<!DOCTYPE opml SYSTEM "https://evil.example/opml.dtd">')

    assert addresses(body) == ["https://harbour.example/feed"]


def test_what_is_written_is_read_again():
    lines = [
        ListedSource(n=1, title='Tide & "Port" <1>', address="https://a.example/?a=1&b='2'", code="TIDE"),
        ListedSource(
            n=2, title="Порт", address="https://t.me/portwatch", outlet="Порт", code="PORT",
            platform="telegram", account="portwatch", language="ru", time_zone="Europe/Kyiv",
            minutes="30",
        ),
    ]  # fmt: skip

    assert read_opml(write_opml("Channels & more", lines).encode()) == lines
