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


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.long), 10])
def test_corpus_feeds_are_read_or_refused_in_one_line(every, corpus, capsys):
    became = {path: read(path) for path in files(corpus)[::every]}

    counts = Counter(kind for kind, _ in became.values())
    with capsys.disabled():
        sys.stdout.write(f"\nfeeds of the corpora: {dict(counts.most_common())}\n")
    assert counts.total() > 3000 // every
    assert counts["rss"] > 2500 // every
    assert counts["jsonfeed"] > 150 // every
    assert counts["parser_failed"] == 0
    assert not any("\n" in str(result[1]) for result in became.values())


def test_reading_a_corpus_feed_again_gives_the_same_posts(corpus):
    sample = files(corpus)[::40]

    assert len(sample) > 75
    for path in sample:
        assert read(path) == read(path)
