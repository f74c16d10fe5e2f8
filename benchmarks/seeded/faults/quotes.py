"""Quotations that nobody posted, that another post has, or that a post has twice."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from random import Random

from benchmarks.seeded.articles import Article, Post
from benchmarks.seeded.fault import QUERY, Fault, first, in_body, put
from benchmarks.seeded.faults.figures import MOVED_MARK
from benchmarks.seeded.places import WORDS, fold, in_cited_scope, quotations

CODE = "quote-not-found"
_NOT = {
    "en": "not", "es": "no", "fr": "pas", "de": "nicht", "pt": "não", "it": "non", "ar": "لا",
    "fa": "نه",
}  # fmt: skip
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|should|must|has|have|had|may|do|did)(?= \w)"
)
_GAP = re.compile(r"(?<=\w) (?=\w)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OTHERS = {
    "is": "was", "are": "were", "was": "is", "were": "are", "will": "may", "would": "will",
    "all": "most", "never": "rarely", "every": "any", "must": "should", "we": "they", "our": "their",
    "my": "his", "more": "less", "before": "after", "always": "often", "can": "could", "best": "worst",
    "no": "some", "nobody": "somebody", "and": "or",
}  # fmt: skip


def insert_not(article: Article, rng: Random) -> Fault | None:
    word = _NOT.get(article.language, "not")

    def negated(place: tuple[int, int]) -> Fault | None:
        start, end = place
        inside = article.body[start:end]
        after = [found.end() for found in _AUXILIARY.finditer(inside)] if article.is_english else []
        gaps = after or [found.start() for found in _GAP.finditer(inside)]
        return first(rng, gaps, lambda gap: _changed(article, place, gap, gap, f" {word}"))

    return first(rng, _carried(article), negated)


def insert_hidden_not(article: Article, rng: Random) -> Fault | None:
    """Insert a "not" with an invisible character in its midst."""
    if not article.is_english:
        return None

    def hidden(place: tuple[int, int]) -> Fault | None:
        gaps = [found.start() for found in _GAP.finditer(article.body[slice(*place)])]
        trick = rng.choice([" n\u200bot", " \u2060not", " \u202dnot\u202c", " no\u00adt"])
        return first(rng, gaps, lambda gap: _changed(article, place, gap, gap, trick))

    return first(rng, _carried(article), hidden)


def drop_word(article: Article, rng: Random) -> Fault | None:
    def dropped(place: tuple[int, int]) -> Fault | None:
        inside = article.body[slice(*place)]
        words = list(_WORD.finditer(inside))
        if len(words) < 5:
            return None
        inner = [word for word in words[1:-1] if inside[word.start() - 1] == " "]
        return first(
            rng, inner, lambda word: _changed(article, place, word.start() - 1, word.end(), "")
        )

    return first(rng, _carried(article), dropped)


def swap_words(article: Article, rng: Random) -> Fault | None:
    """Write two neighbours the other way round."""

    def swapped(place: tuple[int, int]) -> Fault | None:
        inside = article.body[slice(*place)]
        words = list(_WORD.finditer(inside))
        pairs = [
            (a, b)
            for a, b in pairwise(words)
            if inside[a.end() : b.start()] == " " and a.group() != b.group()
        ]
        return first(
            rng,
            pairs,
            lambda pair: _changed(
                article, place, pair[0].start(), pair[1].end(), f"{pair[1][0]} {pair[0][0]}"
            ),
        )

    return first(rng, _carried(article), swapped)


def other_word(article: Article, rng: Random) -> Fault | None:
    """Write "was" for "is", "most" for "all"."""
    if not article.is_english:
        return None

    def changed(place: tuple[int, int]) -> Fault | None:
        words = [w for w in _WORD.finditer(article.body[slice(*place)]) if w.group() in _OTHERS]
        return first(
            rng, words, lambda w: _changed(article, place, w.start(), w.end(), _OTHERS[w.group()])
        )

    return first(rng, _carried(article), changed)


def other_number(article: Article, rng: Random) -> Fault | None:
    """Change a number inside a quotation, in digits or in words."""

    def changed(place: tuple[int, int]) -> Fault | None:
        inside = article.body[slice(*place)]
        digits = [(m.start(), m.end(), m.group()) for m in re.finditer(r"\d", inside)]
        words = [
            (m.start(), m.end(), m.group())
            for m in _WORD.finditer(inside)
            if m.group().casefold() in WORDS
        ]

        def other(found: tuple[int, int, str]) -> Fault | None:
            start, end, was = found
            choices = "23456789" if was.isdigit() else [w for w in WORDS if WORDS[w] < 13]
            new = rng.choice([choice for choice in choices if choice != was.casefold()])
            return _changed(article, place, start, end, new)

        return first(rng, digits + words, other)

    return first(rng, _carried(article), changed)


def graft_an_ending(article: Article, rng: Random) -> Fault | None:
    """Join the beginning of one quotation to the end of another."""
    places = list(_carried(article))

    def grafted(pair: tuple[tuple[int, int], tuple[int, int]]) -> Fault | None:
        (start, end), (other, other_end) = pair
        ours, theirs = article.body[start:end], article.body[other:other_end]
        mine, last = list(_GAP.finditer(ours)), list(_GAP.finditer(theirs))
        if len(mine) < 3 or len(last) < 3:
            return None
        cut = mine[len(mine) // 2].start()
        tail = theirs[last[-3].start() :]
        return _changed(article, (start, end), cut, len(ours), tail)

    pairs = [(one, other) for one in places for other in places if one != other]
    return first(rng, pairs, grafted)


def cite_another_post(article: Article, rng: Random) -> Fault | None:
    """Let the mark of a quotation name a post that does not have it."""
    body = article.body

    def moved(place: tuple[int, int]) -> Fault | None:
        start, end = place
        claims = [claim for claim in article.claims() if claim.start <= start < claim.end]
        if not claims or len(claims[0].marks) != 1 or end > claims[0].end:
            return None
        mark, said = claims[0].marks[0], fold(body[start:end])
        others = [
            post.key
            for post in article.posts
            if post.key != mark.key and post.pinned and _core(said) not in fold(post.pinned)
        ]
        if not others:
            return None
        new = "@" + rng.choice(others)
        fault = in_body(article, mark.start, mark.end, new, code="quote-elsewhere", also=MOVED_MARK)
        grown = len(new) - (mark.end - mark.start) if mark.start < start else 0
        return replace(fault, start=start + grown, end=end + grown)

    return first(rng, _carried(article), moved)


def say_it_twice(article: Article, rng: Random) -> Fault | None:
    """Let the post have the quoted words at a second place."""

    def repeated(place: tuple[int, int]) -> Fault | None:
        start, end = place
        keys = in_cited_scope(article, start)
        said = fold(article.body[start:end])
        key = next(key for key in keys if _core(said) in fold(article.post(key).pinned or ""))
        post = article.post(key)
        if post.is_edited:
            return None
        again = _said_again(article.body[start:end].rstrip(".,"), post.text or "", rng)
        if again is None:
            return None
        spoilt = article.with_post(replace(post, text=again))
        return replace(
            in_body(spoilt, start, end, article.body[start:end], code="quote-ambiguous"),
            level=QUERY,
            what=f"{key} has the words twice",
        )

    return first(rng, _carried(article), repeated)


def quote_a_translation(article: Article, rng: Random) -> Fault | None:
    """Let the quoted words stand in the desk's translation of a post alone."""

    def translated(place: tuple[int, int]) -> Fault | None:
        start, end = place
        keys, said = in_cited_scope(article, start), fold(article.body[start:end])
        post = article.post(keys[0])
        text = post.text or ""
        at = text.find(article.body[start:end].rstrip(".,"))
        if len(keys) > 1 or post.is_edited or at < 0 or _stands_in_others(article, post, said):
            return None
        # What else the post has stays, so that nothing but the quotation is at fault.
        foreign = text.replace(article.body[start:end].rstrip(".,"), rng.choice(_FOREIGN))
        spoilt = article.with_post(
            replace(post, text=foreign, language=rng.choice(_UNREAD), translation=text)
        )
        return replace(
            in_body(spoilt, start, end, article.body[start:end], code="quote-translated"),
            level=QUERY,
            what=f"only the translation of {post.key} has the words",
        )

    return first(rng, _carried(article), translated)


def _stands_in_others(article: Article, post: Post, said: str) -> bool:
    return any(
        other.key != post.key and _core(said) in fold(other.pinned or "") for other in article.posts
    )


_FOREIGN = ("siirrymme vasta myöhemmin", "várunk, amíg lehet", "we wachten nog even af")
# No language that an article of the suite is in.
_UNREAD = ("fi", "hu", "nl")
_AGAIN = ("again", "once more", "later that night")


def _said_again(said: str, text: str, rng: Random) -> str | None:
    """Return a post with the line that has the words once more, and nothing to tell which is meant."""
    lines = [line for line in text.splitlines() if said in line]
    if not lines:
        return None
    at = lines[0].index(said)
    at -= lines[0][at - 1 : at] in {"“", "‘", "„", "«", '"', "'"}
    # On a line of its own it would make a title of a short post.
    end = "" if text.rstrip()[-1:] in {".", "!", "?"} else "."
    return f"{text.rstrip()}{end} {put(lines[0], at, at, rng.choice(_AGAIN) + ' ')}"


def _carried(article: Article) -> Iterator[tuple[int, int]]:
    """Yield the quotations of the body that a post cited there has word for word."""
    for start, end in quotations(article.body):
        keys = in_cited_scope(article, start)
        posts = [article.post(key) for key in keys]
        said = _core(fold(article.body[start:end]))
        if posts and all(post.pinned is not None for post in posts) and _in(posts, said):
            yield start, end


def _core(said: str) -> str:
    return said.strip(" .,;:!?'")


def _in(posts: Iterable[Post], said: str) -> bool:
    return any(said in fold(post.pinned or "") for post in posts)


def _changed(
    article: Article, place: tuple[int, int], start: int, end: int, new: str
) -> Fault | None:
    """Put new for a stretch of a quotation, unless a post happens to say just that."""
    inside = article.body[slice(*place)]
    said = _core(fold(inside[:start] + new + inside[end:]))
    if _in(article.posts, said) or len(said.split()) < 4:
        return None
    grown = len(new) - (end - start)
    at = place[0] + start
    return in_body(
        article,
        at,
        place[0] + end,
        new,
        code=CODE,
        also=("headline-drift", "figure-not-found", "unsourced-claim"),
        shown=(place[0], place[1] + grown),
    )
