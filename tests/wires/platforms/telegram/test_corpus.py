"""Recorded blocks of Telegram channel pages, compared with the results of another parser."""

import ast
from datetime import UTC, datetime

import pytest

from wires.platforms import parse

# An excerpt of a page's head with [...] between the parts, not a message block.
NOT_A_BLOCK = {"channel_info"}
KINDS = {
    "round-video": {"video"},
    "multimedia": {"photo", "video"},
    "text": set(),
    "service": set(),
}


@pytest.fixture(scope="module")
def corpus(corpora):
    return corpora / "telegram/tchan"


def value_of(node):
    """Return the value of a literal, or of a call to datetime.datetime(…, tzinfo=UTC)."""
    if isinstance(node, ast.Call):
        return datetime(*map(ast.literal_eval, node.args), tzinfo=UTC)
    return ast.literal_eval(node)


def expectation(path):
    tree = ast.parse(path.read_text(), mode="eval").body
    if isinstance(tree, ast.List):
        return None
    return {keyword.arg: value_of(keyword.value) for keyword in tree.keywords}


def letters(text):
    return "".join((text or "").split())


def test_every_recorded_block_agrees_on_text_time_and_flags(corpus):
    checked = 0
    for path in sorted(corpus.glob("*.html")):
        if path.stem in NOT_A_BLOCK:
            continue
        expected = expectation(path.with_suffix(".expected.txt"))

        document = parse(path.read_bytes())

        checked += 1
        if expected is None:
            assert document.posts == (), path.stem
            assert document.faults == ("no_messages",)
            continue
        (post,) = document.posts
        assert document.account == expected["channel"].lower(), path.stem
        assert post.native_id == f"{document.numeric_id}/{expected['id']}", path.stem
        assert f"{document.account}/{expected['id']}" in post.aliases, path.stem
        assert post.posted_at == expected["created_at"], path.stem
        assert post.source_edited_at is None
        # Its expected text has a line break before each link and each emoji.
        assert letters(post.text) == letters(expected["text"]), path.stem
        assert ("edited" in post.flags) is expected["edited"], path.stem
        assert ("service" in post.flags) is (expected["type"] == "service"), path.stem
        assert ("forwarded" in post.flags) is ("forwarded_author" in expected), path.stem
        assert post.forwarded_from == expected.get("forwarded_author", ""), path.stem
        assert ("reply" in post.flags) is ("reply_to_id" in expected), path.stem
        assert ("signed" in post.flags) is bool(expected["author"]), path.stem
        assert post.author == (expected["author"] or ""), path.stem
        kinds = KINDS.get(expected["type"], {expected["type"]})
        assert {media.kind for media in post.media} == kinds, path.stem
        addresses = {url for kind, url in expected["urls"] if kind in {"photo", "video", "audio"}}
        own = {url for url in addresses if "telegram-cdn" in url} if kinds else set()
        assert own <= {media.url for media in post.media}, path.stem
    assert checked == 31


def test_a_multiline_message_keeps_its_lines(corpus):
    body = (corpus / "parse_text_message_multiline.html").read_bytes()

    (post,) = parse(body).posts

    assert post.text == "Bigger\ntext\nmessage\nnumber\n34"
    assert post.title == "Bigger"
