"""3,289 real feeds: each is read or refused in one line, and gives the same posts again."""

import sys
from collections import Counter

import pytest

from wires.platforms import UnreadableBody, parse


@pytest.fixture(scope="module")
def corpus(corpora):
    return corpora / "feeds"


def read(path):
    """Return the result of reading a file: its kind, or the refusal, and its posts."""
    try:
        document = parse(path.read_bytes(), url="https://paper.example/feed")
    except UnreadableBody as error:
        return error.kind, str(error)
    for post in document.posts:
        check(post)
    return document.kind, tuple((post.native_id, post.content_hash()) for post in document.posts)


def check(post):
    assert post.native_id
    assert post.title
    assert "\x00" not in repr(post)
    assert repr(post).encode(), "no database takes half an emoji"
    assert "<script" not in post.html.lower()
    assert not post.url or post.url.lower().startswith(("http://", "https://"))


def files(corpus):
    return [path for path in sorted(corpus.rglob("*")) if path.is_file() and path.name != "LICENSE"]


def test_every_corpus_feed_is_read_or_refused_in_one_line(corpus, capsys):
    became = {path: read(path) for path in files(corpus)}

    counts = Counter(kind for kind, _ in became.values())
    with capsys.disabled():
        sys.stdout.write(f"\nfeeds of the corpora: {dict(counts.most_common())}\n")
    assert counts.total() > 3000
    assert counts["rss"] > 2500
    assert counts["jsonfeed"] > 150
    assert counts["parser_failed"] == 0
    assert not any("\n" in str(result[1]) for result in became.values())


def test_reading_a_corpus_feed_again_gives_the_same_posts(corpus):
    sample = files(corpus)[::40]

    assert len(sample) > 75
    for path in sample:
        assert read(path) == read(path)
