"""Another weekday, month or year than the cited post says, of the same thing.

What is said stands in tables, once as a post and once as an article writes it. A post that names
the wrong day anywhere, or counts in days, is left alone: then the sentence may be right.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from benchmarks.seeded.articles import Article, Post
from benchmarks.seeded.dates import MONTHS, WEEKDAYS
from benchmarks.seeded.fault import QUERY, Fault, first, in_body
from benchmarks.seeded.places import is_in_english

_CODE = "date-differs"
_ALSO = frozenset({
    "single-origin", "source-uncited", "verbatim-copy", "conflict", "hedge-lost", "future-time",
})  # fmt: skip
# As a post says it, and as an article does.
_ON = (
    ("Tow path closed on {}, canal office says", "The tow path was closed on {}"),
    ("The old granary burned down on {}.", "The old granary burned down on {}"),
    ("Search for the glider ended {}.", "The search for the glider ended on {}"),
    ("Brewery reopened {} after repairs", "The brewery reopened on {}"),
    ("Warden resigned {}", "On {} the warden resigned"),
    ("{} storm tore down the bandstand", "{}'s storm tore down the bandstand"),
    ("Weir gates were opened on {}, all four", "The weir gates were opened on {}"),
    ("Regatta starts {} at the lower lock", "The regatta starts at the lower lock on {}"),
)
_IN = (
    ("Canal fees rise in {}, office says", "Canal fees rise in {}"),
    ("The granary was sold in {}.", "The granary was sold in {}"),
    ("The lock has been shut since {}", "The lock has been shut since {}"),
    ("Warden convicted in {}", "The warden was convicted in {}"),
    ("Regatta to return in {}", "The regatta is to return in {}"),
)
_COUNTS = re.compile(
    r"\b(?:days?|weeks?|weekend|months?|quarter|years?|decades?|century|ago|last|next|spring|summer|autumn"
    r"|winter|today|yesterday|tomorrow|tonight|this \w+)\b",
    re.IGNORECASE,
)
_AN_AGE = timedelta(days=400)


def other_weekday_than_the_post(article: Article, rng: Random) -> Fault | None:
    """Write "reopened on Friday" where the post has "reopened Tuesday"."""

    def said(post: Post) -> Fault | None:
        if post.posted_at is None:
            return None
        # Somewhere on earth it was the day before, or the day after.
        near = {(post.posted_at + timedelta(days=n)).strftime("%A") for n in (-1, 0, 1)}
        wrong = [day for day in WEEKDAYS if day not in near]
        return _told(article, rng, post, _ON, right=WEEKDAYS, wrong=wrong)

    return first(rng, _posts(article), said)


def other_month_than_the_post(article: Article, rng: Random) -> Fault | None:
    """Write "sold in March" where the post has "sold in May"."""
    months = [month for month in MONTHS if month]

    def said(post: Post) -> Fault | None:
        if post.posted_at is None:
            return None
        near = {(post.posted_at + timedelta(days=n)).strftime("%B") for n in (-1, 0, 1)}
        wrong = [month for month in months if month not in near]
        return _told(article, rng, post, _IN, right=months, wrong=wrong)

    return first(rng, _posts(article), said)


def other_year_than_the_post(article: Article, rng: Random) -> Fault | None:
    """Write "shut since 1996" where the post has "shut since 2006"."""

    def said(post: Post) -> Fault | None:
        if post.posted_at is None:
            return None
        last = (post.posted_at - _AN_AGE).year
        years = [str(year) for year in range(1960, last)]
        return _told(article, rng, post, _IN, right=years, wrong=years)

    return first(rng, _posts(article), said)


def _posts(article: Article) -> list[Post]:
    """Return the posts that an English article cites, in English and never edited."""
    if not article.is_english:
        return []
    cited = {key for claim in article.claims() for key in claim.keys}
    return [
        post
        for post in article.posts
        if post.key in cited
        and post.text
        and not post.is_edited
        and is_in_english(post.text)
        and not _COUNTS.search(post.text)
    ]


def _told(
    article: Article,
    rng: Random,
    post: Post,
    shapes: Sequence[tuple[str, str]],
    *,
    right: Sequence[str],
    wrong: Sequence[str],
) -> Fault | None:
    """Add to a post what it says of a day, and to the body the same of another day."""
    text = post.text or ""
    free = [name for name in wrong if not re.search(rf"\b{name[:3]}", text, re.IGNORECASE)]
    if right[0].isdigit():
        free = [name for name in wrong if name[2:] not in text]
    if len(free) < 2:
        return None
    by_post, by_article = rng.choice(shapes)
    new = rng.choice(free)
    given = rng.choice([name for name in right if name != new])
    told = article.with_post(replace(post, text=f"{text}\n{by_post.format(given)}"))
    sentence = f"{by_article.format(new)} [@{post.key}]."
    at = len(article.body.rstrip())
    place = at + 2 + sentence.index(new)
    return in_body(
        told, at, at, f"\n\n{sentence}", code=_CODE, level=QUERY, also=_ALSO,
        shown=(place, place + len(new)),
    )  # fmt: skip
