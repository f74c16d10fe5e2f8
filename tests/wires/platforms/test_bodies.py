"""Bodies that are not what they claim: wrong encodings, broken frames, missing ends."""

import gzip

import pytest

from tests.wires.platforms.documents import item, rss
from wires.platforms import UnreadableBody, parse

TITLE = "Zürich: « déjà vu » – 5 €"


def only(body, **arguments):
    (post,) = parse(body, **arguments).posts
    return post


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-8", "iso-8859-1"),
        ("utf-8", "us-ascii"),
        ("utf-8", "no-such-charset"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "windows-1252"),
        ("cp1252", "utf-8"),
        ("cp1252", "rot13"),
        ("utf-16", "utf-16"),
        ("utf-16", "utf-8"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-32"),
        ("cp037", "ebcdic-cp-us"),
    ],
)
def test_text_is_decoded_correctly_even_under_a_wrong_declared_charset(charset, declared):
    title = TITLE if charset != "cp037" else "Zürich: déjà vu"
    feed = rss(item(title), start=f'<?xml version="1.0" encoding="{declared}"?>')

    assert only(feed.encode(charset)).title == title


@pytest.mark.parametrize(
    ("charset", "title"),
    [
        ("koi8-r", "Москва объявила бюджет"),
        ("windows-1251", "Москва объявила бюджет"),
        ("gb2312", "中央银行宣布加息"),
        ("shift_jis", "日本銀行が金利を上げた"),
        ("iso-2022-jp", "日本銀行が金利を上げた"),
        ("euc-kr", "한국은행 금리 인상"),
        ("windows-1256", "السلطات تعلن"),
    ],
)
def test_declared_charsets_are_decoded(charset, title):
    feed = rss(item(title), start=f'<?xml version="1.0" encoding="{charset}"?>')

    assert only(feed.encode(charset)).title == title


def test_a_few_bad_bytes_among_good_ones_are_replaced_and_flagged():
    body = rss(item("Zürich déjà vu ici")).encode().replace(b"ici", b"\xe9\xff")

    document = parse(body)

    assert document.posts[0].title == "Zürich déjà vu \ufffd\ufffd"
    assert "bad_bytes" in document.faults


def test_surrogate_pairs_in_bytes_and_references_are_joined():
    assert only(rss(item("\ud83d\ude00 a")).encode("utf-8", "surrogatepass")).title == "😀 a"
    assert only(rss(item("&#xD83D;&#xDE00; a")).encode()).title == "😀 a"
    assert only(rss(item("&#55357;&#56832; a &#xDC00;")).encode()).title == "😀 a \ufffd"


@pytest.mark.parametrize(
    "body",
    [
        rss(item("A & B")),
        rss(item("A &amp; B")),
        rss(item("<![CDATA[A & B]]>")),
        rss(item("<![CDATA[A &amp; B]]>")),
        rss(item("A &nbsp;&amp; B")),
        rss(item("A\x00 &amp;\x08 B")),
        "\n\n  " + rss(item("A &amp; B")),
        "<br />\n<b>Warning</b>: mysql_connect() in <b>/a.php</b><br />\n" + rss(item("A &amp; B")),
        rss(item("A &amp; B")) + "<!-- cached --><p>junk",
        rss(item("A &amp; B")) + "\n" + rss(),
        rss(item("A &amp; B")).replace("<channel>", "").replace("</channel>", ""),
        rss(item("A &amp; B")).replace("rss", "RSS").replace("title>", "TITLE>"),
        rss(item("A &amp; B", more="<foo:bar>x</foo:bar>")),
        rss(item("A &amp; B", more="<description>]]></description>")),
        rss(item("<b>A</b> &amp;amp; B")),
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>1</id>'
        '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A &amp; <b>B</b></div>'
        "</title></entry></feed>",
        '<feed xmlns="http://example.com/wrong"><entry><id>1</id><title>A &amp; B</title></entry></feed>',
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>1</a:id>'
        "<a:title>A &amp; B</a:title></a:entry></a:feed>",
    ],
)
def test_broken_feeds_keep_their_items(body):
    assert parse(body.encode()).posts[0].title == "A & B"


def test_problems_with_a_body_are_flagged():
    faults = parse(b"<br /><b>Warning</b>" + rss(item("A\x01 & B")).encode()).faults

    assert set(faults) == {"junk_before", "control_characters", "not_well_formed"}
    assert parse(rss(item()).encode()).faults == ()


def test_a_truncated_feed_keeps_its_complete_items_and_is_flagged():
    whole = rss(item("One", "1"), item("Two", "2"), item("Three", "3"))

    document = parse(whole[: whole.index("Three") + 3].encode())

    assert [post.title for post in document.posts] == ["One", "Two"]
    assert document.truncated
    assert "truncated" in document.faults
    assert not parse(whole.encode()).truncated


def test_a_feed_without_a_complete_item_is_refused():
    with pytest.raises(UnreadableBody) as caught:
        parse(rss(item())[:120].encode())
    assert caught.value.kind == "truncated"


def test_a_gzip_body_without_a_content_encoding_is_decompressed():
    body = gzip.compress(rss(item()).encode())

    assert only(body).title == "Title"
    with pytest.raises(UnreadableBody):
        parse(body[:60])


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b" \n\t\xef\xbb\xbf", "empty"),
        (b"\x00" * 100, "empty"),
        (b"just words", "unknown_format"),
        (b"PK\x03\x04" + b"\x00" * 100, "unknown_format"),
        (b"\x1f\x8bnonsense", "unknown_format"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "unknown_format"),
        (b'<?xml version="1.0"?><urlset><url/></urlset>', "unknown_format"),
        (b'{"error": "rate limited"}', "unknown_format"),
        (b'{"items": [', "unknown_format"),
        (b"[" * 100_000, "unknown_format"),
        (b"<!DOCTYPE html><html><head><title>Log in</title></head></html>", "not_a_feed"),
        (b"<html><body>Are you a robot?</body></html>", "not_a_feed"),
        (gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "too_big"),
        (gzip.compress(b" " * 21_000_000, mtime=0), "too_big"),
    ],
)
def test_a_body_that_is_not_a_feed_is_refused_in_one_line(body, kind):
    with pytest.raises(UnreadableBody) as caught:
        parse(body)

    assert caught.value.kind == kind
    assert "\n" not in str(caught.value)


def test_refusing_an_html_page_names_the_feeds_it_advertises():
    page = (
        "<!doctype html><html><head><title>Paper &amp; Co</title>"
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        '<link rel="ALTERNATE" type="application/feed+json; charset=utf-8" href="//paper.example/f.json">'
        '<link rel="alternate" type="application/atom+xml" href="javascript:alert(1)">'
        '<link rel="alternate" hreflang="fr" href="/fr"></head></html>'
    )

    with pytest.raises(UnreadableBody) as caught:
        parse(page.encode(), url="https://paper.example/news/")

    assert caught.value.feeds == (
        "https://paper.example/feed.xml",
        "https://paper.example/f.json",
    )
    assert "Paper & Co" in str(caught.value)


@pytest.mark.parametrize("served", ["x-foo", "x-user-defined", "unicode", ""])
def test_a_charset_that_is_served_and_means_nothing_is_found_out_without_it(served):
    feed = rss(
        item("Привет, мир и порт"), head="<language>ru</language>", start='<?xml version="1.0"?>\n'
    ).encode("cp1251")

    assert only(feed, charset=served).title == "Привет, мир и порт"
