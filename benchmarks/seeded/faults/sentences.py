"""Sentences without a mark, in a post's own words, or surer than the post is."""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from articles.prose import Claim
from benchmarks.seeded.articles import Article, Post
from benchmarks.seeded.fault import QUERY, Fault, first, in_body
from benchmarks.seeded.places import (
    MARK,
    fold,
    is_figure,
    is_in_english,
    masked,
    numbers,
    quotations,
    quoted_at_all,
)

_ALSO = frozenset({"source-uncited", "single-origin", "conflict"})
_RUN = 14
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_VOICE = re.compile(r"\[(?P<words>[^\[\]]+)\]\{\.(?:own|background)\}")
_HEDGED = re.compile(
    r"\b(?:alleg|unconfirm|unverif|reportedly|purport|suppos|rumou?r|suspect|apparent|belie|claim|unclear"
    r"|accus|charg|den(?:y|ie)|disput|doubt|likely|possibl|perhaps|probabl|seem|appear|may\b|might\b|could\b"
    r"|confirm|verif)",
    re.IGNORECASE,
)
_SAFE_HEDGES = re.compile(
    r"\b(?:allegedly|alleged|unconfirmed|purportedly|purported|suspected) (?!to\b|reports?\b)",
    re.IGNORECASE,
)
_EMPTY = frozenset({
    "the", "and", "that", "with", "from", "have", "been", "were", "was", "this", "they", "their",
    "which", "who", "for", "are", "not", "but", "had", "has", "his", "her", "its", "said", "says",
    "told", "into", "over", "more", "than", "after", "before", "about",
})  # fmt: skip


def drop_mark(article: Article, rng: Random) -> Fault | None:
    """Take its only mark from a sentence with a figure or a quotation."""

    def dropped(claim: Claim) -> Fault | None:
        mark = next(
            (m for m in MARK.finditer(article.body, claim.start, claim.end + 24)
             if m.start() < claim.marks[0].start < m.end()), None
        )  # fmt: skip
        if mark is None:
            return None
        end = claim.end - len(mark.group()) if mark.end() <= claim.end else claim.start + 1
        return in_body(
            article, mark.start(), mark.end(), "", code="unsourced-claim", also=_ALSO,
            shown=(claim.start, max(end, claim.start + 1)),
        )  # fmt: skip

    return first(rng, _checked_claims(article), dropped)


def add_a_bare_sentence(article: Article, rng: Random) -> Fault | None:
    """Say what a post says in a paragraph of its own, and forget the mark."""

    def added(claim: Claim) -> Fault | None:
        text = MARK.sub("", article.body[claim.start : claim.end]).strip()
        end = article.body.find("\n\n", claim.end)
        at = end if end >= 0 else len(article.body.rstrip())
        if not text[:1].isupper() and text[:1] not in '“«„"‘':
            return None
        stop = "" if text.rstrip('”’»"“')[-1:] in ".!?" else "."
        new = f"\n\n{text}{stop}"
        return in_body(
            article, at, at, new, code="unsourced-claim", also=_ALSO | {"quote-ambiguous"},
            shown=(at + 2, at + len(new)),
        )  # fmt: skip

    return first(rng, _checked_claims(article), added)


def unwrap_voice(article: Article, rng: Random) -> Fault | None:
    """Take away the label of own words or background that hold a figure."""

    def unwrapped(found: re.Match[str]) -> Fault | None:
        words = found["words"]
        figures = [n for n in numbers(words) if is_figure(words, n)]
        if not figures or re.match(r"\s*\[@", article.body[found.end() :]):
            return None
        at = found.start() + figures[0].start
        # A mark at the end of the paragraph would cover the words.
        end = article.body.find("\n\n", found.end())
        block = article.body[found.end() : end if end >= 0 else len(article.body)]
        if MARK.search(block):
            return None
        return in_body(
            article, found.start(), found.end(), words, code="unsourced-claim",
            also={"figure-not-found", "headline-drift", "outlet-not-linked"},
            shown=(at, at + len(figures[0].text)),
        )  # fmt: skip

    return first(rng, _VOICE.finditer(article.body), unwrapped)


def _checked_claims(article: Article) -> Iterator[Claim]:
    """Yield the sentences whose only mark is their own, and which hold a figure or a quotation."""
    body, inside = article.body, quoted_at_all(article.body)
    quoted = quotations(body)
    for claim in article.claims():
        if claim.voice != "cited" or len(claim.marks) != 1 or claim.voice_spans:
            continue
        if not claim.start <= claim.marks[0].start < claim.end:
            continue
        if any(start < claim.end <= end or start < claim.start < end for start, end in inside):
            continue
        text = body[claim.start : claim.end]
        has_figure = any(
            is_figure(text, n) and not any(s <= claim.start + n.start < e for s, e in inside)
            for n in numbers(text)
        )
        if has_figure or any(claim.start <= start < claim.end for start, _ in quoted):
            yield claim


def paste_the_post(article: Article, rng: Random) -> Fault | None:
    """Paste a stretch of a post into the text, without quotation marks."""
    posts = [post for post in article.posts if post.pinned and not post.links_only]

    def pasted(post: Post) -> Fault | None:
        for stretch in _plain_stretches(post.pinned or ""):
            words = list(_WORD.finditer(stretch))
            if len(words) < _RUN:
                continue
            copied = stretch[words[0].start() : words[-1].end()]
            new = f"\n\n{copied[0].upper()}{copied[1:]} [@{post.key}]."
            at = len(article.body.rstrip())
            return in_body(
                article, at, at, new, code="verbatim-copy", level=QUERY,
                also=("outlet-not-linked", "outlet-mismatch", "stated-time", "hedge-lost", "weekday",
                      "source-uncited", "figure-not-found", "conflict", "unsourced-claim"),
                shown=(at + 2, at + 2 + len(copied)),
            )  # fmt: skip
        return None

    return first(rng, posts, pasted)


def lose_the_quotation_marks(article: Article, rng: Random) -> Fault | None:
    """Take the marks from a long quotation."""

    def bared(place: tuple[int, int]) -> Fault | None:
        start, end = place
        said = article.body[start:end]
        if len(_WORD.findall(said)) < _RUN:
            return None
        if not any(fold(said).strip(" .,'") in fold(post.pinned or "") for post in article.posts):
            return None
        low = start - 1 if article.body[start - 1] not in " \u00a0\u202f" else start - 2
        high = end + 1 if article.body[end] not in " \u00a0\u202f" else end + 2
        return in_body(
            article, low, high, said.strip(), code="verbatim-copy", level=QUERY,
            also=("headline-drift", "hedge-lost", "figure-not-found", "unsourced-claim"),
        )  # fmt: skip

    return first(rng, quotations(article.body), bared)


def _plain_stretches(text: str) -> Iterator[str]:
    """Yield what a post says between line breaks, quotations, addresses and tags."""
    for start, end in reversed(quoted_at_all(text)):
        text = f"{text[: start - 1]}\n{text[end + 1 :]}"
    yield from re.split(r"[\n\[\]#@|“”\"«»„<>*_`]|https?://\S+", text)


def doubt_the_post(article: Article, rng: Random) -> Fault | None:
    """Let the only post cited for a flat sentence call it unconfirmed."""
    if not article.is_english:
        return None

    def doubted(claim: Claim) -> Fault | None:
        if claim.voice != "cited" or len(claim.keys) != 1 or _HEDGED.search(claim.text):
            return None
        post = article.post(claim.keys[0])
        if post.is_edited or quoted_at_all(claim.text) or not is_in_english(post.text or ""):
            return None
        stated = _same_sentence(claim.text, post.text or "")
        if stated is None:
            return None
        start, sentence = stated
        new = rng.choice(["Unconfirmed: ", "UNCONFIRMED – ", "Not yet confirmed: "]) + sentence
        if re.match(r"(?:The|A|An|Some|At|In|About|More) ", sentence):
            new = f"Allegedly, {sentence[0].lower()}{sentence[1:]}"
        text = (post.text or "")[:start] + new + (post.text or "")[start + len(sentence) :]
        spoilt = article.with_post(replace(post, text=text))
        return replace(
            in_body(spoilt, claim.start, claim.end, article.body[claim.start : claim.end],
                    code="hedge-lost", level=QUERY, also=("conflict",)),
            what=f"{post.key} now says {new!r}",
        )  # fmt: skip

    return first(rng, article.claims(), doubted)


def state_it_flatly(article: Article, rng: Random) -> Fault | None:
    """Take the "allegedly" from a sentence whose post has it."""
    if not article.is_english:
        return None
    inside = quoted_at_all(article.body)

    def stated(found: re.Match[str]) -> Fault | None:
        claims = [c for c in article.claims() if c.start <= found.start() < c.end]
        if not claims or claims[0].voice != "cited":
            return None
        claim = claims[0]
        rest = claim.text.replace(found.group().strip(), "", 1)
        if _HEDGED.search(rest) or any(start <= found.start() < end for start, end in inside):
            return None
        texts = [article.post(key).text or "" for key in claim.keys]
        if not any(_SAFE_HEDGES.search(text) for text in texts):
            return None
        return in_body(
            article, found.start(), found.end(), "", code="hedge-lost", level=QUERY,
            shown=(claim.start, claim.end - len(found.group())),
        )  # fmt: skip

    return first(rng, _SAFE_HEDGES.finditer(masked(article.body)), stated)


def _same_sentence(said: str, post: str) -> tuple[int, str] | None:
    """Return the sentence of a post that says most of what is said, if one does."""
    mine = _content(said)
    for found in re.finditer(r"[^.!?\n“”\"]+[^.!?\n]*(?:[.!?]|\Z|\n)", post):
        sentence = found.group().strip()
        shared = mine & _content(sentence)
        if (
            sentence
            and len(shared) >= 5
            and len(shared) >= 0.6 * len(mine)
            and not _HEDGED.search(sentence)
        ):
            return found.start() + found.group().index(sentence), sentence
    return None


def _content(text: str) -> set[str]:
    words = (word.casefold() for word in _WORD.findall(text))
    return {word[:5] for word in words if len(word) > 2 and word not in _EMPTY}
