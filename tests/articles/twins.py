"""Two articles that are otherwise equal: what is done to one must leave the other alone."""

from articles import publishing
from tests.articles.factories import make_article, make_source
from tests.clock import NOON
from tests.wires.factories import make_post


def make_twins(*, post=None, **fields):
    """Make two drafts of the same words that cite the same post by the same key.

    Whatever the checks find in one has the same fingerprint in the other.
    """
    post = post or make_post()
    twins = [make_article(sources=False, **fields) for _ in range(2)]
    for article in twins:
        make_source(article, post=post)
    return twins


def finding_of(article, code, *, at=NOON):
    """Return the only finding with this code on the stored working copy."""
    (finding,) = [each for each in publishing.vet(article, at=at) if each.code == code]
    return finding
