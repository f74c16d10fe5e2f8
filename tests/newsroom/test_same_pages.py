"""The demo's pages are, white space aside, what they were before they were made fast."""

from pathlib import Path

import pytest

from tests.newsroom import demo_pages

pytestmark = [pytest.mark.django_db, pytest.mark.long]

DIGESTS = Path(__file__).with_name("demo_pages.txt")
WHAT_NOW = (
    "Another page than before. If it was changed on purpose, look at it and put its new digest into"
    f" {DIGESTS.name}; what only makes pages faster changes none."
)


def stored():
    lines = DIGESTS.read_text().splitlines()
    return {name: digest for digest, _, name in (line.partition(" ") for line in lines)}


def test_the_pages_of_the_demo_are_the_same_whether_made_at_once_or_kept(client):
    demo_pages.load()

    first = demo_pages.read(client)
    second = demo_pages.read(client)

    assert {name: demo_pages.digest(text) for name, text in first.items()} == stored(), WHAT_NOW
    assert second == first
