"""Malicious bodies: nothing is opened, fetched, run or left in what we show."""

import pickle

import pytest

from tests.wires.platforms.documents import item, rss
from wires.platforms import UnreadableBody, parse

ATTACKS = [
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<![CDATA[<svg/onload=alert(1)>]]>",
    "<![CDATA[<a href='javascript:alert(1)'>x</a>]]>",
    "<![CDATA[<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>]]>",
    "<![CDATA[<p style='background:url(https://evil.example/)' onclick='x()'>x</p>]]>",
    "<![CDATA[<img src='https://evil.example/pixel.gif' width=1 height=1>]]>",
    "<![CDATA[<iframe src='https://evil.example/'></iframe>]]>",
]


def only(body, **arguments):
    (post,) = parse(body, **arguments).posts
    return post


def test_a_body_that_is_a_path_is_not_opened(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(rss(item("Secret")))

    for body in (str(path).encode(), f"file://{path}".encode(), b"/etc/passwd"):
        with pytest.raises(UnreadableBody) as caught:
            parse(body)
        assert caught.value.kind == "unknown_format"


def test_a_body_that_is_an_address_is_not_fetched(httpserver):
    httpserver.expect_request("/feed").respond_with_data(rss(item("Secret")))

    with pytest.raises(UnreadableBody):
        parse(httpserver.url_for("/feed").encode())

    assert not httpserver.log


def test_external_entities_are_neither_opened_nor_fetched(tmp_path, httpserver):
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    for address in (secret.as_uri(), httpserver.url_for("/x")):
        doctype = (
            f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "{address}">'
            f'<!ENTITY % p SYSTEM "{address}"> %p;]>'
        )

        post = only(rss(item("A &x; B", body="&x;"), start=doctype).encode())

        assert "SECRET" not in repr(post)
    assert not httpserver.log


def test_entity_expansion_is_limited():
    levels = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    doctype = f'<?xml version="1.0"?><!DOCTYPE rss [{levels}]>'

    post = only(rss(item("A", body="&l9;"), start=doctype).encode())

    assert len(post.text) < 1000


@pytest.mark.parametrize(
    ("body", "titles"),
    [("The harbour is closed.", ["The harbour is closed."]), ("&j;", []), ("", [])],
)
def test_a_cut_off_entity_expansion_is_not_used_as_a_title(body, titles):
    levels = "".join(
        f'<!ENTITY {name} "{f"&{last};" * 10}">'
        for last, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    start = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">{levels}]>'

    document = parse(rss(item("&j;", body=body), start=start).encode())

    assert [post.title for post in document.posts] == titles
    assert all("no_title" in post.flags for post in document.posts)
    assert "undeclared_entities" in document.faults


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_markup_is_removed_from_what_is_shown(attack):
    post = only(rss(item(f"Before {attack} after", body=f"Before {attack} after")).encode())

    shown = f"{post.html} {post.title}".lower()
    assert not any(word in shown for word in ("<script", "onerror", "onload", "onclick", "evil"))
    assert not any(word in shown for word in ("javascript:", "data:", "style=", "<img", "<iframe"))
    assert post.title.startswith("Before")
    assert "after" in post.title


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "java&#10;script:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://paper.example/x",
        "https://",
        "http://[bad",
        "https://paper.example/" + "x" * 3000,
    ],
)
def test_an_invalid_link_is_left_out(link):
    enclosure = f'<enclosure url="{link}" type="image/png"/>'

    post = only(rss(item(link=link, more=enclosure)).encode())

    assert post.url == ""
    assert post.link_id == ""
    assert post.media == ()


def test_a_title_of_20_megabytes_is_truncated():
    post = only(rss(item("x" * 9_000_000)).encode())

    assert len(post.title) == 220


def test_deeply_nested_markup_does_not_crash_the_parser():
    body = rss(item(body="<![CDATA[" + "<div>" * 100_000 + "deep]]>"))

    assert only(body.encode()).text == "deep"


def test_right_to_left_overrides_do_not_reach_the_headline_or_the_body():
    post = only(rss(item("\u202eevil\u202c رويترز", body="a\u202eb")).encode())

    assert post.title == "evil رويترز"
    assert post.text == "ab"
    assert post.html == "ab"


def test_refusals_and_documents_can_be_pickled():
    document = parse(rss(item()).encode())
    with pytest.raises(UnreadableBody) as caught:
        parse(b"<html><link rel=alternate type=text/xml href=https://a.example/f></html>")

    refusal = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes

    assert pickle.loads(pickle.dumps(document)) == document  # noqa: S301 - our own bytes
    assert (refusal.kind, refusal.feeds) == ("not_a_feed", ("https://a.example/f",))
    assert str(refusal) == str(caught.value)
