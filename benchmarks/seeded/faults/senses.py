"""Sentences that say the opposite of their post, gain or lose a "not", or name another speaker."""

import re
from dataclasses import replace
from random import Random

from articles.prose import Claim
from benchmarks.seeded.articles import Article, Post
from benchmarks.seeded.fault import QUERY, Fault, first, in_body
from benchmarks.seeded.places import fold, is_in_english, masked, quoted_at_all

_OPPOSED = (
    ("rose", "fell"), ("rises", "falls"), ("increased", "decreased"), ("climbed", "dropped"),
    ("raised", "lowered"), ("closed higher", "closed lower"), ("widened", "narrowed"),
    ("approved", "rejected"), ("north", "south"), ("east", "west"), ("northern", "southern"),
    ("eastern", "western"), ("convicted", "acquitted"), ("imposed", "lifted"),
)  # fmt: skip
# What is told of a thing, each followed by the opposite.
_CHANGES = (
    ("rose {n} per cent", "fell {n} per cent"),
    ("climbed to {n} per cent", "dropped to {n} per cent"),
    ("were raised by {n} per cent", "were cut by {n} per cent"),
    ("increased by {n} points", "decreased by {n} points"),
    ("were up {n} per cent", "were down {n} per cent"),
    ("jumped {n} per cent", "plunged {n} per cent"),
    ("grew by {n} per cent", "shrank by {n} per cent"),
)
_THINGS = (
    "Harbour fees", "Hotel bookings", "Orders for new ferries", "Landings of herring", "Rents",
    "Diesel prices", "Complaints about noise", "Shares of Quill Shipping", "Cement exports",
)  # fmt: skip
_PLACES = ("Ostmere", "Hallin", "Tresk", "the province of Varl", "Port Ansel")
_PERIODS = ("in the last quarter", "over the year", "last week", "since the spring")
_DENIED = (
    ("The inquiry has {not}named the owner of the barge in {place}.", "not "),
    ("The old lock in {place} was {not}inspected by the harbour board.", "not "),
    ("The salvage crew will {not}lift the barge off {place}.", "not "),
    ("Divers {not}reached the engine room of the barge off {place}.", "never "),
    ("The pump station in {place} was {not}guarded when the tide came.", "not "),
    ("The insurer has {not}paid for the damage to the pier in {place}.", "never "),
    ("The mayor of {place} could {not}explain the missing lifeboats.", "not "),
)
_WORDS = (
    "We have asked for two more pilots.", "The tide left us no choice.", "We counted every boat twice.",
    "It will take a month to dry the hall.", "Somebody must have seen the lights.",
)  # fmt: skip
_PEOPLE = (
    "Odile Marchetti", "Benno Takács", "Wanda Leclair", "Tobias Ekdahl", "Renata Quist", "Hugo Bellamy",
)  # fmt: skip
_ATTRIBUTED = re.compile(r"(?<=[”\"’] said )[A-Z][a-zà-ÿ]+ [A-Z][a-zà-ÿ]+(?=[,.]? ?\[@|, [a-z\d])")
# What a sentence that is added may cause besides.
# The names and towns of the tables are in the posts only where a mutator puts them there, too.
_ALSO = frozenset({
    "single-origin", "source-uncited", "verbatim-copy", "quote-ambiguous", "name-not-found", "place-differs",
})  # fmt: skip


def turn_a_word_round(article: Article, rng: Random) -> Fault | None:
    """Write the opposite of a word that the only post cited for its sentence has, too."""
    body, inside = masked(article.body), quoted_at_all(article.body)

    def turned(place: tuple[Claim, str, str]) -> Fault | None:
        claim, word, other = place
        found = re.search(rf"\b{word}\b", body[claim.start : claim.end])
        post = article.post(claim.keys[0]).text or ""
        is_said = found and re.search(rf"\b{word}\b", post)
        if not found or not is_said or other in post or other in claim.text:
            return None
        start, end = claim.start + found.start(), claim.start + found.end()
        if any(low <= start < high for low, high in inside) or not _is_alike(
            claim.text, post, word
        ):
            return None
        return in_body(article, start, end, other, code="opposite-told", level=QUERY)

    pairs = [*_OPPOSED, *((other, word) for word, other in _OPPOSED)]
    places = [(claim, *pair) for claim in _told(article) for pair in pairs]
    return first(rng, places, turned)


def tell_the_opposite(article: Article, rng: Random) -> Fault | None:
    """Let a post say that something rose, and the article that it fell."""
    change = rng.choice(_CHANGES)
    said, told = change if rng.random() < 1 / 2 else change[::-1]
    thing, n, place = rng.choice(_THINGS), rng.randint(3, 48), rng.choice(_PLACES)
    sentence = f"{thing} in {place} {{}} {rng.choice(_PERIODS)}."
    return reported(
        article, rng, sentence.format(said.format(n=n)), sentence.format(told.format(n=n)),
        code="opposite-told",
    )  # fmt: skip


def deny_or_affirm(article: Article, rng: Random) -> Fault | None:
    """Let a post say that something was done, and the article that it was not, or the reverse."""
    template, negation = rng.choice(_DENIED)
    place = rng.choice(_PLACES)
    forms = [template.format_map({"not": word, "place": place}) for word in ("", negation)]
    rng.shuffle(forms)
    return reported(article, rng, *forms, code="negation-differs")


def insert_not(article: Article, rng: Random) -> Fault | None:
    """Deny what the only post cited for a sentence says in the same words."""
    body, inside = masked(article.body), quoted_at_all(article.body)

    def denied(claim: Claim) -> Fault | None:
        post = article.post(claim.keys[0]).text or ""
        found = re.search(r"\b(?:was|were|is|are|has been|have been|will) (?=([a-z]{4,}ed)\b)", body[claim.start : claim.end])  # fmt: skip
        if (
            not found
            or not re.search(rf"\b{found[1]}\b", post)
            or re.search(r"\bno|n['’]t\b", post)
        ):
            return None
        at = claim.start + found.end()
        if any(low <= at < high for low, high in inside) or not _is_alike(
            claim.text, post, found[1]
        ):
            return None
        return in_body(article, at, at, "not ", code="negation-differs", level=QUERY)

    return first(rng, _told(article), denied)


def name_another_speaker(article: Article, rng: Random) -> Fault | None:
    """Give a quotation to somebody else than the post does."""

    def named(found: re.Match[str]) -> Fault | None:
        claim = next((c for c in _told(article) if c.start <= found.start() < c.end), None)
        if claim is None or not _is_beside_words(found.group(), article.post(claim.keys[0])):
            return None
        return in_body(
            article, found.start(), found.end(), rng.choice(_PEOPLE), code="speaker-differs",
            level=QUERY, also={"name-not-found"},
        )  # fmt: skip

    return first(rng, _ATTRIBUTED.finditer(article.body), named) if article.is_english else None


def quote_somebody_else(article: Article, rng: Random) -> Fault | None:
    """Let a post quote one person, and the article give the words to another."""
    words = rng.choice(_WORDS)
    one, other = rng.sample(_PEOPLE, 2)
    said = rng.choice(["“{}” {} said.", "“{}” said {}."])
    return reported(
        article, rng, said.format(words.replace(".", ","), one),
        said.format(words.replace(".", ","), other), code="speaker-differs",
    )  # fmt: skip


def _is_beside_words(name: str, post: Post) -> bool:
    """Return whether a name stands in a post right before or after what is quoted."""
    near = rf"{re.escape(name)}[^.!?“”\"\n]{{0,60}}[“\"]|[”\"],? said {re.escape(name)}"
    return re.search(near, post.text or "") is not None


def reported(article: Article, rng: Random, said: str, told: str, *, code: str) -> Fault | None:
    """Add a sentence to a post, and another that cites it to the end of the article."""
    if not article.is_english:
        return None

    def added(post: Post) -> Fault | None:
        spoilt = article.with_post(replace(post, text=f"{(post.text or '').rstrip()}\n{said}"))
        at = len(article.body.rstrip())
        new = f"\n\n{told[:-1]} [@{post.key}]."
        fault = in_body(
            spoilt, at, at, new, code=code, level=QUERY, also=_ALSO,
            shown=(at + 2, at + len(new)),
        )  # fmt: skip
        return replace(fault, what=f"{post.key} now says {said!r}, and the article {told!r}")

    return first(rng, filter(_is_whole, article.posts), added)


def _is_whole(post: Post) -> bool:
    text = post.text or ""
    return (
        not post.is_edited and not post.links_only and is_in_english(text) and post.pinned == text
    )


def _told(article: Article) -> list[Claim]:
    """Return the sentences that cite one English post and nothing else."""
    if not article.is_english:
        return []
    return [
        claim
        for claim in article.claims()
        if claim.voice == "cited" and len(claim.keys) == 1 and not claim.voice_spans
        and is_in_english(article.post(claim.keys[0]).text or "")
    ]  # fmt: skip


def _is_alike(said: str, post: str, word: str) -> bool:
    """Return whether one sentence of a post has the word and most of what is said."""
    mine = _content(said)
    for sentence in re.split(r"(?<=[.!?])\s|\n", post):
        theirs = _content(sentence)
        if word in sentence and len(mine & theirs) >= max(3, 0.6 * min(len(mine), len(theirs))):
            return True
    return False


def _content(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W_]+", fold(text)) if len(word) > 3 or word.isdigit()}
