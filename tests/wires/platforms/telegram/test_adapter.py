"""Faulty channel pages; the recorded blocks are tested in test_corpus."""

import pytest

from tests.wires.platforms.documents import channel_page, message
from wires.platforms import UnreadableBody, parse


def read(*messages, account="", url="https://t.me/s/Gazette"):
    return parse(channel_page(*messages).encode(), account=account, url=url)


def only(*arguments, **fields):
    (post,) = read(message(*arguments, **fields)).posts
    return post


def test_a_telegram_page_gives_the_channel_and_its_posts():
    document = read(message(1, "One"), message(2, "Two"))

    assert document.kind == "telegram"
    assert document.account == "gazette"
    assert document.numeric_id == "100"
    assert [post.native_id for post in document.posts] == ["100/1", "100/2"]
    assert [post.aliases for post in document.posts] == [("gazette/1",), ("gazette/2",)]
    assert [post.url for post in document.posts] == [
        "https://t.me/Gazette/1",
        "https://t.me/Gazette/2",
    ]
    assert document.posts[0].link_id == "https://t.me/gazette/1"


def test_only_posts_of_the_requested_channel_are_taken():
    own, other = message(1, "Own"), message(9, "Other", channel="Rumours")

    document = read(other, own, account="@GAZETTE")

    assert [post.title for post in document.posts] == ["Own"]
    with pytest.raises(UnreadableBody) as caught:
        read(other, account="gazette")
    assert caught.value.kind == "not_available"
    assert "@rumours" in str(caught.value)


def test_a_channel_without_a_number_is_identified_by_its_name():
    page = channel_page(message(1)).replace("data-view", "data-hidden")

    (post,) = parse(page.encode()).posts

    assert post.native_id == "gazette/1"
    assert post.aliases == ()


@pytest.mark.parametrize("view", ["", "!!!", "bm90IGpzb24", "eyJjIjoiPHg-In0", "W10", "x" * 5000])
def test_a_broken_data_view_gives_no_channel_number(view):
    page = channel_page(
        f'<div class="tgme_widget_message" data-post="gazette/1" data-view="{view}">'
    )

    assert parse(page.encode()).numeric_id == ""


def test_message_text_keeps_its_lines_emoji_and_links():
    text = (
        'One<br/>two <i class="emoji" style="background-image:url(\'x\')"><b>🔄</b></i> '
        '<a href="https://a.example/?a=1&amp;amp;b=2" onclick="return confirm(1)">link</a>'
        "<pre>code</pre><blockquote>quote</blockquote>"
    )

    post = only(1, text)

    assert post.text == "One\ntwo 🔄 link\n\ncode\n\nquote"
    assert 'href="https://a.example/?a=1&amp;b=2"' in post.html
    assert "onclick" not in post.html
    assert "<em>" not in post.html


def test_the_quoted_message_of_a_reply_is_not_part_of_the_text():
    quote = (
        '<a class="tgme_widget_message_reply" href="https://t.me/Gazette/7">'
        '<div class="tgme_widget_message_text js-message_reply_text">Older words</div></a>'
    )

    post = only(8, "Newer words", inside=quote)

    assert post.text == "Newer words"
    assert post.reply_to == "100/7"
    assert "reply" in post.flags


def test_a_signature_that_says_edited_does_not_count_as_an_edit():
    signed = '<span class="tgme_widget_message_from_author">Ed Writer</span>'

    assert only(1, meta=signed).flags == {"signed"}
    assert only(1, meta=signed).author == "Ed Writer"
    assert only(1, meta=f"{signed}, edited ").flags == {"signed", "edited"}


def test_an_album_registers_all_its_numbers():
    pictures = "".join(
        f'<a class="tgme_widget_message_photo_wrap" href="https://t.me/Gazette/{n}?single"'
        f" style=\"background-image:url('https://cdn.example/{n}.jpg')\"></a>"
        for n in (5, 6, 7)
    )

    post = only(5, "", inside=f'<div class="tgme_widget_message_grouped_wrap">{pictures}</div>')

    assert post.native_id == "100/5"
    assert set(post.aliases) == {"100/6", "100/7", "gazette/5", "gazette/6", "gazette/7"}
    assert [(media.kind, media.id) for media in post.media] == [("photo", n) for n in "567"]
    assert post.media[0].url == "https://cdn.example/5.jpg"
    assert post.title == "[photo]"
    assert "album" in post.flags


def test_a_post_without_recognised_content_is_flagged():
    post = only(1, "", inside='<div class="message_media_not_supported">VIEW</div>')

    assert post.title == "[no text]"
    assert "unsupported" in post.flags


def test_a_service_message_is_flagged():
    assert "service" in only(1, "Channel created", classes="service_message").flags


def test_a_channel_without_messages_gives_an_empty_flagged_document():
    page = channel_page('<div class="tme_no_messages_found">No posts found</div>')

    document = parse(page.encode(), account="gazette")

    assert document.posts == ()
    assert document.faults == ("no_messages",)
    assert "no_messages" not in read(message(1, "tme_no_messages_found No posts found")).faults


def test_a_truncated_page_keeps_its_complete_messages():
    page = channel_page(message(1, "One"), message(2, "Two"))

    document = parse(page[: page.index("Two") + 2].encode())

    assert [post.title for post in document.posts] == ["One"]
    assert document.truncated


@pytest.mark.parametrize("arguments", [{"account": "gazette"}, {"url": "https://t.me/gazette"}])
def test_a_page_without_a_message_list_is_refused_as_unavailable(arguments):
    page = "<!doctype html><html><head><title>Telegram: Contact @gazette</title></head></html>"

    with pytest.raises(UnreadableBody) as caught:
        parse(page.encode(), **arguments)

    assert caught.value.kind == "not_available"
    assert "Contact @gazette" in str(caught.value)
