"""Outlets that are named and not linked, or named where another one is cited; English."""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from benchmarks.seeded.articles import Article, Post
from benchmarks.seeded.fault import QUERY, Fault, first, in_body
from benchmarks.seeded.faults.figures import MOVED_MARK
from benchmarks.seeded.places import in_cited_scope, is_within, masked, quoted_at_all

_ALSO = frozenset({"headline-drift", "stated-time", "single-origin", "outlet-mismatch"})
_REPORTED = r"(?:reported|said|wrote|posted|reports|says|writes)"
_INTO = re.compile(r"(?:\btold|\b[Aa]ccording to|\bquoted by|\bseen by|\bciting)(?: the)? \Z")
_VERB = re.compile(
    rf" (?:also )?(?:{_REPORTED}|counted|put|quoted|estimates)\b|[’']s own (?:count|tally)\b"
)
_ENDS = re.compile(r"[a-z](?P<end>\.? ?\[@[^\]]+\]\.?)(?=\s|\Z)")
# They are words, or names of several papers, and no fault when they stand for nobody.
_WORDS = frozenset({
    "the sun", "the times", "time", "the hill", "the age", "the independent", "the herald", "politico",
    "the guardian", "the telegraph", "axios", "the economist", "nature", "science", "metro",
    "the post", "post", "the star", "the record", "the nation", "the atlantic",
})  # fmt: skip


def name_an_unlinked_outlet(article: Article, rng: Random) -> Fault | None:
    """Write "AFP reported" for "Reuters reported"."""
    unlinked = _unlinked(article)

    def renamed(place: tuple[int, int, Post]) -> Fault | None:
        start, end, _ = place
        new = rng.choice(unlinked)
        return in_body(article, start, end, new, code="outlet-not-linked", also=_ALSO)

    return first(rng, attributions(article), renamed) if unlinked else None


def credit_an_unlinked_outlet(article: Article, rng: Random) -> Fault | None:
    """Write "…, AFP reported." at the end of a sentence that rests on somebody else."""
    unlinked = _unlinked(article)
    if not unlinked:
        return None
    return _credited(article, rng, rng.choice(unlinked), code="outlet-not-linked")


def credit_by_way_of(article: Article, rng: Random) -> Fault | None:
    """Begin a sentence with "According to AFP," that rests on somebody else."""
    unlinked = _unlinked(article)

    def credited(start: int) -> Fault | None:
        name = rng.choice(unlinked)
        word = re.match(
            r"(?:The|A|An|It|They|He|She|There|In|On|At|Some|About|More) ", article.body[start:]
        )
        if word is None:
            return None
        lead = f"According to {name}, "
        new = lead + word.group().lower()
        at = start + len("According to ")
        return in_body(
            article, start, start + len(word.group()), new, code="outlet-not-linked", also=_ALSO,
            shown=(at, at + len(name)),
        )  # fmt: skip

    return (
        first(rng, [start for start, _, _ in _plain_claims(article)], credited)
        if unlinked
        else None
    )


def move_mark(article: Article, rng: Random) -> Fault | None:
    """Move the mark of "Reuters reported" to a post of another outlet."""

    def moved(place: tuple[int, int, Post]) -> Fault | None:
        start, end, post = place
        claim = next(c for c in article.claims() if c.start <= start < c.end)
        if len(claim.marks) != 1:
            return None
        mark = claim.marks[0]
        others = [other.key for other in article.posts if _is_stranger(other, post)]
        if not others:
            return None
        new = "@" + rng.choice(others)
        fault = in_body(
            article, mark.start, mark.end, new, code="outlet-mismatch",
            also=MOVED_MARK | {"unsourced-claim", "quote-not-found"},
        )  # fmt: skip
        grown = len(new) - (mark.end - mark.start) if mark.start < start else 0
        return replace(fault, start=start + grown, end=end + grown)

    return first(rng, attributions(article), moved)


def name_another_linked_outlet(article: Article, rng: Random) -> Fault | None:
    """Write the name of another outlet that this article also cites, elsewhere."""

    def renamed(place: tuple[int, int, Post]) -> Fault | None:
        start, end, post = place
        others = sorted(
            {
                other.outlet
                for other in article.posts
                if _is_stranger(other, post) and other.outlet.casefold() not in _WORDS
            }
        )
        if not others:
            return None
        new = rng.choice(others)
        return in_body(article, start, end, new, code="outlet-mismatch", also=_ALSO | MOVED_MARK)

    return first(rng, attributions(article), renamed)


def credit_another_linked_outlet(article: Article, rng: Random) -> Fault | None:
    """Write "…, Reuters reported." at the end of a sentence that cites another outlet."""
    names = sorted({post.outlet for post in article.posts if post.outlet.casefold() not in _WORDS})
    if not names or not article.is_english:
        return None
    return _credited(article, rng, rng.choice(names), code="outlet-mismatch")


def cite_through_another(article: Article, rng: Random) -> Fault | None:
    """Write "…, AFP reported." of what the cited post says that AFP reported."""
    names = _unlinked(article)
    if not names:
        return None
    name = rng.choice(names)
    fault = _credited(article, rng, name, code="outlet-relayed")
    if fault is None:
        return None
    claim = next(c for c in fault.article.claims() if c.start <= fault.start < c.end)
    post = _unknown(article, article.post(claim.keys[0]))
    if post is None:
        return None
    relay = replace(post, text=f"{post.text}\n{claim.text}")
    also = _ALSO | {"figure-not-found", "conflict", "verbatim-copy", "quote-ambiguous"}
    return replace(fault, article=fault.article.with_post(relay), level=QUERY, also=also)


def _unknown(article: Article, post: Post) -> Post | None:
    """Return a post as that of somebody who is no news organisation, where the text names nobody."""
    if article.is_wire:
        return post
    told = f"{article.headline} {article.dek} {article.body} {article.framing_note}"
    if any(name in told for name in post.names):
        return None
    return replace(post, outlet="Wren of the Estuary", aliases=())


def attributions(article: Article) -> Iterator[tuple[int, int, Post]]:
    """Yield where a cited outlet is named as the source of a sentence, and its post."""
    if not article.is_english:
        return
    body, inside = masked(article.body), quoted_at_all(article.body)
    for claim in article.claims():
        if claim.voice != "cited":
            continue
        for start, end, post in _names(article, body, claim.start, claim.end):
            if is_within(start, inside) or any(s.start <= start < s.end for s in claim.voice_spans):
                continue
            if _VERB.match(body, end) or _is_led_to(body, start, end):
                yield start, end, post


def speakers(article: Article) -> Iterator[tuple[int, int, Post]]:
    """Yield where "Reuters reported" stands, and the post cited for it."""
    for start, end, post in attributions(article):
        found = re.compile(r" (?:reported|posted)\b(?! (?:at|on|from)\b)").match(article.body, end)
        if found:
            yield start, found.end(), post


def _is_led_to(body: str, start: int, end: int) -> bool:
    return _INTO.search(body[max(0, start - 24) : start]) is not None and not re.match(
        r" (?:to\b|[A-Z])|[’'\w-]", body[end:]
    )


def _names(article: Article, body: str, low: int, high: int) -> Iterator[tuple[int, int, Post]]:
    for post in article.posts:
        for name in sorted(post.names, key=len, reverse=True):
            if name.casefold() in _WORDS:
                continue
            for found in re.finditer(rf"(?<![\w@]){re.escape(name)}(?!\w)", body[low:high]):
                start = low + found.start()
                if post.key in in_cited_scope(article, start):
                    yield start, low + found.end(), post


def _unlinked(article: Article) -> list[str]:
    """Return the unmistakable names of outlets that no post is of."""
    if not article.is_english:
        return []
    linked = {name.casefold() for post in article.posts for name in post.names}
    told = " ".join(
        [article.body, article.framing_note, *(post.text or "" for post in article.posts)]
    )
    names = [
        name
        for outlet in article.outlets
        if not {outlet.name.casefold(), *map(str.casefold, outlet.aliases)} & linked
        and not any(each in told for each in (outlet.name, *outlet.aliases))
        for name in (outlet.name, *filter(str.isupper, outlet.aliases))
    ]
    return [name for name in names if name.casefold() not in _WORDS]


def _is_stranger(other: Post, post: Post) -> bool:
    """Return whether another post is of another outlet, and neither names the other's."""
    texts = f"{other.text or ''} {post.text or ''}"
    return (
        other.outlet != post.outlet
        and not set(other.names) & set(post.names)
        and not any(name in texts for name in (*other.names, *post.names))
    )


def _plain_claims(article: Article) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield start, end and keys of cited sentences that name nobody and quote nothing."""
    names = {name for post in article.posts for name in post.names}
    for claim in article.claims():
        text = article.body[claim.start : claim.end]
        if (
            claim.voice != "cited"
            or claim.voice_spans
            or quoted_at_all(text)
            or len(claim.marks) != 1
        ):
            continue
        if not any(name in text for name in names) and not set(text) & set('“”"‘’:`*|'):
            yield claim.start, claim.end, claim.keys


def _credited(article: Article, rng: Random, name: str, *, code: str) -> Fault | None:
    def credited(claim: tuple[int, int, tuple[str, ...]]) -> Fault | None:
        start, end, keys = claim
        found = _ENDS.search(article.body, start, end + 1)
        posts = [article.post(key) for key in keys]
        if found is None or found.end() < end or any(name in post.names for post in posts):
            return None
        if any(set(post.names) & {name} or name in (post.text or "") for post in posts):
            return None
        at = found.start("end")
        new = f", {name} {rng.choice(['reported', 'said'])}"
        return in_body(
            article, at, at, new, code=code, also=_ALSO, shown=(at + 2, at + 2 + len(name))
        )

    if not article.is_english:
        return None
    return first(rng, _plain_claims(article), credited)


def name_of_an_unlinked_outlet(article: Article, rng: Random) -> str | None:
    names = _unlinked(article)
    return rng.choice(names) if names else None
