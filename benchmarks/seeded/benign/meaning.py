"""The same figures, times, addresses and sources said in another way that is as right."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from random import Random

from benchmarks.seeded.articles import Article
from benchmarks.seeded.dates import MONTHS, WEEKDAYS, stated_dates, written
from benchmarks.seeded.faults.around import QUAY
from benchmarks.seeded.faults.outlets import speakers
from benchmarks.seeded.faults.sources import spellings
from benchmarks.seeded.places import (
    WORDS,
    Number,
    fold,
    in_cited_scope,
    is_figure,
    is_hedged,
    is_within,
    numbers,
    quotations,
    quoted_at_all,
)

_NAMES = {value: word for word, value in WORDS.items()}


def thousands_as_k(article: Article, rng: Random) -> Article | None:
    """Write 25k, or 25 thousand, for 25,000."""

    def short(number: Number) -> str | None:
        thousands, rest = divmod(number.values[0], 1000)
        if rest or not 1 < thousands < 1000 or "," not in number.text or number.scale:
            return None
        return f"{thousands:.0f}{rng.choice(['k', ' thousand'])}"

    return _reworded(article, short) if article.is_english else None


def thousands_in_words(article: Article, rng: Random) -> Article | None:
    """Write twenty-five thousand for 25,000."""

    def spelled(number: Number) -> str | None:
        thousands, rest = divmod(number.values[0], 1000)
        if rest or not 1 < thousands < 100 or number.sign or number.is_percent or number.scale:
            return None
        tens, ones = divmod(int(thousands), 10)
        word = (
            _NAMES.get(thousands) or f"{_NAMES.get(tens * 10.0)}-{_NAMES.get(float(ones), 'one')}"
        )
        return f"{word} thousand"

    return _reworded(article, spelled) if article.is_english else None


def small_in_words(article: Article, rng: Random) -> Article | None:
    """Write seven for 7, and eleven for 11."""

    def spelled(number: Number) -> str | None:
        if number.sign or number.is_percent or number.scale or not number.text.isdigit():
            return None
        return _NAMES.get(number.values[0])

    return _reworded(article, spelled) if article.is_english else None


def ungrouped(article: Article, rng: Random) -> Article | None:
    """Write 94000, or 94 000, for 94,000."""
    blank = rng.choice(["\u202f", "\u00a0", ""])

    def bare(number: Number) -> str | None:
        if "," not in number.text or number.values[0] < 10_000 or number.scale:
            return None
        end = number.digits_end - number.start
        return number.text[:end].replace(",", blank) + number.text[end:]

    return _reworded(article, bare) if article.is_english else None


def per_cent(article: Article, rng: Random) -> Article | None:
    """Write % for per cent, and percent for %."""
    if " per cent" in article.body:
        return replace(article, body=article.body.replace(" per cent", "%"))
    if not article.is_english:
        return None
    word = rng.choice([" percent", " per cent"])
    return replace(article, body=re.sub(r"(?<=\d)%(?! points?)", word, article.body))


def rounded(article: Article, rng: Random) -> Article | None:
    """Write about 31,000 for 31,406."""
    told = f"{article.headline} {article.dek} {article.framing_note}"

    def about(number: Number) -> str | None:
        value = number.values[0]
        near = round(value / 1000) * 1000
        if value < 11_000 or not value % 1000 or abs(near - value) / value > 0.02:
            return None
        if number.sign or number.scale or number.text in told:
            return None
        return f"{rng.choice(['about', 'around', 'roughly'])} {near:,}"

    return _reworded(article, about) if article.is_english else None


def more_than(article: Article, rng: Random) -> Article | None:
    """Write more than 31,000 for 31,406."""
    told = f"{article.headline} {article.dek} {article.framing_note}"

    def over(number: Number) -> str | None:
        value = number.values[0]
        below = value // 1000 * 1000
        if value < 11_000 or below == value or number.sign or number.scale or number.text in told:
            return None
        return f"more than {below:,.0f}"

    return _reworded(article, over) if article.is_english else None


def add_right_time(article: Article, rng: Random) -> Article | None:
    """Add to "Reuters reported" when it did, in one zone or another."""
    found = [place for place in speakers(article) if _is_timeless(article, place[1])]
    if not found:
        return None
    _, end, post = rng.choice(found)
    if post.posted_at is None:
        return None
    name, hours = rng.choice([("UTC", 0), ("GMT", 0), ("CEST", 2), ("EDT", -4), ("JST", 9)])
    local = post.posted_at.astimezone(timezone(timedelta(hours=hours)))
    said = f"{local:%H:%M} {name} on {local.day} {MONTHS[local.month]} {local.year}"
    if name == "EDT":
        said = f"{local.hour % 12 or 12}:{local:%M} {'ap'[local.hour >= 12]}.m. {said[6:]}"
    said = rng.choice([said, written(post.posted_at)])
    return replace(article, body=f"{article.body[:end]} at {said}{article.body[end:]}")


def _is_timeless(article: Article, end: int) -> bool:
    return not re.match(r"[^.;\n]{0,60}\b(?:at|on|UTC|GMT|a\.m|p\.m|\d:\d)", article.body[end:])


def right_weekday(article: Article, rng: Random) -> Article | None:
    """Say the weekday of a date, the right one."""
    if not article.is_english:
        return None
    dates = [
        stated for stated in stated_dates(article)
        if not stated.weekday and stated.day.year > 1923 and article.body[: stated.start].endswith(" on ")
    ]  # fmt: skip
    if not dates:
        return None
    stated = rng.choice(dates)
    day = f"{WEEKDAYS[stated.day.weekday()]}{rng.choice([', ', ' '])}"
    return replace(article, body=article.body[: stated.start] + day + article.body[stated.start :])


def other_address(article: Article, rng: Random) -> Article | None:
    """Link the same posts by another spelling of their addresses."""
    posts = tuple(replace(post, url=rng.choice(spellings(post))) for post in article.posts)
    return replace(article, posts=posts)


def second_mark(article: Article, rng: Random) -> Article | None:
    """Name one more post beside another one in a mark: it corroborates, or adds to it."""
    marks = [mark for claim in article.claims() for mark in claim.marks if len(claim.marks) == 1]
    if not marks:
        return None
    mark = rng.choice(marks)
    outlet = article.post(mark.key).outlet
    others = [post.key for post in article.posts if post.key != mark.key and post.outlet == outlet]
    if not others:
        return None
    new = f"; @{rng.choice(others)}"
    return replace(article, body=article.body[: mark.end] + new + article.body[mark.end :])


def cite_it_oftener(article: Article, rng: Random) -> Article | None:
    """Repeat the mark of a sentence after its first clause."""
    claims = [
        claim for claim in article.claims() if len(claim.marks) == 1 and claim.voice == "cited"
    ]
    for claim in rng.sample(claims, len(claims)):
        at = article.body.find(", ", claim.start, claim.marks[0].start)
        if at < 0 or is_within(at, quoted_at_all(article.body)):
            continue
        if (
            re.search(r"[\[\]*(]", article.body[claim.start : at])
            or not claim.start <= claim.marks[0].start < claim.end
        ):
            continue
        return replace(
            article, body=f"{article.body[:at]} [@{claim.marks[0].key}]{article.body[at:]}"
        )  # fmt: skip
    return None


def punctuation_edited(article: Article, rng: Random) -> Article | None:
    """Let an outlet fix the spacing and quotes of a post after it was cited."""
    posts = [post for post in article.posts if post.text and not post.versions and post.cited_at]
    if not posts:
        return None
    post = rng.choice(posts)
    at = post.cited_at + timedelta(minutes=3)
    text = f"{post.text}  ".replace("“", '"').replace("”", '"').replace(" - ", " – ")
    return article.with_post(replace(post, versions=((at, text),))) if at < article.now else None


def background_link(article: Article, rng: Random) -> Article | None:
    """Link a post for readers to go on with, without citing it."""
    post = rng.choice(article.posts)
    more = replace(
        post, key="more", platform="rss", url=f"https://wire.example/{article.id}", links_only=True,
        text="More on the story, hour by hour.", versions=(),
    )  # fmt: skip
    return article.with_post(more)


def announced(article: Article, rng: Random) -> Article | None:
    return replace(article, social_text=f"{article.headline} | {article.dek}")


def good_picture(article: Article, rng: Random) -> Article | None:
    bare = replace(QUAY, id=18, alt="", is_decorative=True)
    return replace(article, pictures=rng.choice([(QUAY,), (bare,), (QUAY, bare)]))


def seconds_apart(article: Article, rng: Random) -> Article | None:
    """Let the feeds give their times to the minute."""
    posts = tuple(
        replace(post, posted_at=post.posted_at and post.posted_at.replace(second=0, microsecond=0))
        for post in article.posts
    )
    return replace(article, posts=posts)


def own_and_background(article: Article, rng: Random) -> Article | None:
    """Add a sentence of the desk's own, and one of background, with figures of their own."""
    more = (
        "[By our own count this is the 14th such case in 3 years.]{.own} "
        "[Some 8,200 people live there.]{.background}"
    )
    return (
        replace(article, body=f"{article.body.rstrip()}\n\n{more}\n")
        if article.is_english
        else None
    )


def scare_quotes(article: Article, rng: Random) -> Article | None:
    """Put two words of a sentence into quotation marks."""
    body, inside = article.body, quoted_at_all(article.body)
    spots = [
        found
        for found in re.finditer(r"(?<=\. )The ([a-z]+ [a-z]+)(?= [a-z])", body)
        if not is_within(found.start(), inside)
    ]
    if not spots:
        return None
    found = rng.choice(spots)
    return replace(article, body=f"{body[: found.start(1)]}“{found[1]}”{body[found.end(1) :]}")


def _reworded(article: Article, word) -> Article | None:
    """Say the cited figures of the body outside quotations in another way."""
    text, inside = article.body, quoted_at_all(article.body)
    for number in reversed(list(_plain(article))):
        new = None if is_within(number.start, inside) else word(number)
        if new is not None:
            text = text[: number.start] + new + text[number.end :]
    return replace(article, body=text) if text != article.body else None


def _plain(article: Article) -> Iterator[Number]:
    for number in numbers(article.body):
        if not is_figure(article.body, number) or is_hedged(article.body, number.start):
            continue
        if re.search(r"[-–(]\s?\Z|\b(?:a|an|the) \Z", article.body[: number.start]):
            continue
        if re.match(r"[-–]|\s?[km]?m\b|\s?kg\b", article.body[number.end :]):
            continue
        if in_cited_scope(article, number.start):
            yield number


def said_again(article: Article, rng: Random) -> Article | None:
    """Take a quotation of the body into the standfirst, word for word."""
    places = [
        p for p in quotations(article.body) if len(fold(article.body[slice(*p)]).split()) < 14
    ]
    if not places or quoted_at_all(article.dek):
        return None
    said = article.body[slice(*rng.choice(places))].rstrip(".,")
    return replace(article, dek=f"{article.dek}: “{said}”")
