"""Faults of what stands around the body: headline, standfirst, social text, note and pictures."""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from articles.prose import Picture
from benchmarks.seeded.articles import Article
from benchmarks.seeded.fault import QUERY, Fault, first, in_body, put
from benchmarks.seeded.faults.outlets import name_of_an_unlinked_outlet
from benchmarks.seeded.places import fold, given, is_figure, numbers, quotations, quoted_at_all

_FIELDS = ("headline", "dek")
_DRIFT = "headline-drift"
QUAY = Picture(
    id=17, url="/media/quay.jpg", alt="The scene by daylight", credit="Ada Lind", width=1200, height=800
)  # fmt: skip
_TOO_MUCH = 1_100_000


def swap_digit(article: Article, rng: Random) -> Fault | None:
    """Change a digit of a figure in headline or standfirst."""

    def swapped(found: tuple[str, int, int]) -> Fault | None:
        field, at, zero = found
        text = getattr(article, field)
        digits = [d for d in "23456789" if d != str(int(text[at]))]
        return first(
            rng, digits, lambda d: _drifted(article, field, at, at + 1, chr(zero + int(d)))
        )

    return first(rng, _digits(article), swapped)


def _digits(article: Article) -> Iterator[tuple[str, int, int]]:
    for field in _FIELDS:
        text = getattr(article, field)
        for number in numbers(text):
            # In other languages a single digit of the headline may be a word of the body.
            if is_figure(text, number) and (article.is_english or len(number.text) > 1):
                for at in range(number.start, number.digits_end):
                    if text[at].isdecimal():
                        yield field, at, ord(text[at]) - int(text[at])


def _drifted(article: Article, field: str, start: int, end: int, new: str) -> Fault | None:
    was = getattr(article, field)
    text = put(was, start, end, new)
    number = next((n for n in numbers(text) if n.start <= start < n.end), None)
    if number is None or not is_figure(text, number) or _is_said(number.values, article.body):
        return None
    return Fault(
        article=replace(article, **{field: text}),
        code=_DRIFT,
        field=field,
        start=number.start,
        end=number.end,
        what=f"{was!r} -> {text!r}",
    )


def _is_said(values: tuple[float, ...], body: str) -> bool:
    known = given(body)
    return any(not known or abs(v - k) <= 0.06 * max(abs(k), 1) for v in values for k in known)


def change_social_text(article: Article, rng: Random) -> Fault | None:
    """Announce the article with a figure that it does not have."""
    figure = next(
        n for n in rng.sample(range(211, 989), 200) if not _is_said((float(n),), article.body)
    )
    text = f"{article.headline}: {figure}"
    return _beside(article, "social_text", text, str(figure))


def change_alt(article: Article, rng: Random) -> Fault | None:
    """Describe the picture with a figure that the text does not have."""
    figure = next(
        n for n in rng.sample(range(211, 989), 200) if not _is_said((float(n),), article.body)
    )
    alt = f"{figure} people at the scene" if article.is_english else f"{figure} km"
    return Fault(
        article=replace(article, pictures=(replace(QUAY, alt=alt),)),
        code=_DRIFT,
        field="image",
        start=alt.index(str(figure)),
        end=alt.index(str(figure)) + 3,
        what=f"alt {alt!r}",
    )


def _beside(article: Article, field: str, text: str, what: str) -> Fault:
    start = text.rindex(what)
    return Fault(
        article=replace(article, **{field: text}),
        code=_DRIFT,
        field=field,
        start=start,
        end=start + len(what),
        what=f"{field} {text!r}",
    )


def quote_otherwise(article: Article, rng: Random) -> Fault | None:
    """Change a word in the quotation of headline or standfirst, or quote there what is not in the body."""

    def changed(field: str) -> Fault | None:
        text = getattr(article, field)
        for start, end in quotations(text):
            words = list(re.finditer(r"(?<= )\w+(?= )", text[start:end]))
            if not words:
                continue
            word = rng.choice(words)
            new = text[start : start + word.start()] + "hardly" + text[start + word.end() : end]
            return _quoted(article, field, put(text, start, end, new), new)
        return None

    return first(rng, _FIELDS, changed)


def quote_what_is_not_there(article: Article, rng: Random) -> Fault | None:
    """Put a sentence of the body into the standfirst as a quotation, with a word left out."""
    places = list(quotations(article.body))

    def quoted(place: tuple[int, int]) -> Fault | None:
        words = article.body[slice(*place)].rstrip(".,!?").split()
        if len(words) < 6 or quoted_at_all(article.dek):
            return None
        gone = rng.randrange(1, len(words) - 1)
        said = " ".join(words[:gone] + words[gone + 1 :])
        if fold(said) in fold(article.body):
            return None
        return _quoted(article, "dek", f"{article.dek}: “{said}”", said)

    return first(rng, places, quoted)


def _quoted(article: Article, field: str, text: str, said: str) -> Fault:
    return replace(_beside(article, field, text, said), also=frozenset({"quote-not-found"}))


def credit_an_absent_outlet(article: Article, rng: Random) -> Fault | None:
    """Let headline or standfirst name an outlet that the body does not."""
    name = name_of_an_unlinked_outlet(article, rng)
    if name is None:
        return None
    field = rng.choice(_FIELDS)
    text = f"{getattr(article, field)}, {name} reports"
    return replace(
        _beside(article, field, text, name), also=frozenset({"outlet-not-linked"})
    )  # fmt: skip


def delete_framing_note(article: Article, rng: Random) -> Fault | None:
    note = rng.choice(["", " ", "\n\n", "\u200b", "—", "…", "\u00a0", "> "])
    return Fault(
        article=replace(article, framing_note=note),
        code="framing-note-missing",
        field="framing_note",
        what=f"framing note {note!r}",
        also=frozenset({"conflict"}),
    )


def forget_alt(article: Article, rng: Random) -> Fault | None:
    alt = rng.choice(["", " ", "\u200b", "—", "\n", "..."])
    return _picture(article, "image-alt-missing", replace(QUAY, alt=alt), f"alt {alt!r}")


def forget_credit(article: Article, rng: Random) -> Fault | None:
    credit = rng.choice(["", " ", "\u200b", "–", "?", "\u00a0"])
    return _picture(
        article, "image-credit-missing", replace(QUAY, credit=credit), f"credit {credit!r}"
    )


def _picture(article: Article, code: str, picture: Picture, what: str) -> Fault:
    spoilt = replace(article, pictures=(picture,))
    return Fault(
        article=spoilt, code=code, field="image", keys=frozenset({f"image:{picture.id}"}), what=what
    )


def embed_a_stranger(article: Article, rng: Random) -> Fault | None:
    """Put a picture into the text that is none of the library."""
    src = rng.choice(
        ["https://pbs.twimg.com/media/a.jpg", "image:404", "image:", "/media/a.png", "data:,a",
         "file:///a.png", "image:17x"]
    )  # fmt: skip
    at = article.body.find("\n\n")
    at = at if at >= 0 else len(article.body)
    new = f"\n\n![The scene by daylight]({src})"
    return in_body(
        article, at, at, new, code="image-unknown", shown=(at + 2, at + len(new)),
        also={"unsourced-claim"},
    )  # fmt: skip


def fence_text(article: Article, rng: Random) -> Fault | None:
    """Set a paragraph as code."""
    fence = rng.choice(["```", "~~~", "````"])
    at = article.body.find("\n\n")
    at = at if at >= 0 else len(article.body)
    new = f"\n\n{fence}\nThe scene was calm by then.\n{fence}"
    return in_body(article, at, at, new, code="code-block", shown=(at + 2, at + len(new)))


def write_no_markup(article: Article, rng: Random) -> Fault | None:
    """Write what looks like markup and is none."""
    words = rng.choice(
        ["See [the scene](https://quay.example/a b).", "See [the scene](quay.example).",
         "[We think so.] {.own}", "[We think so.]{.Own}", "See <b>the scene</b>.",
         "See **the scene.", "12. ships in all", "See [@", "It was calm. <!-- ask the port"]
    )  # fmt: skip
    at = article.body.find("\n\n")
    at = at if at >= 0 else len(article.body)
    new = f"\n\n{words}"
    return in_body(
        article, at, at, new, code="markup-shown", level=QUERY, shown=(at + 2, at + len(new)),
        also={"unsourced-claim"},
    )  # fmt: skip


def write_too_much(article: Article, rng: Random) -> Fault | None:
    """Let the body, or the note, grow beyond what anybody reads."""
    field = rng.choice(["body", "body", "framing_note"])
    text = getattr(article, field)
    block = f"{text.strip()}\n\n"
    grown = block * (_TOO_MUCH // len(block) + 1)
    return Fault(
        article=replace(article, **{field: grown}),
        code="too-large",
        field=field,
        what=f"a {field} of {len(grown)} characters",
    )


def archive_too_much(article: Article, rng: Random) -> Fault | None:
    """Cite a post as long as a book."""
    posts = [post for post in article.posts if post.text]

    def grown(post) -> Fault:
        text = f"{post.text} " * (_TOO_MUCH // (len(post.text) + 1) + 1)
        return Fault(
            article=article.with_post(replace(post, text=text)),
            code="too-large",
            field="sources",
            what=f"{post.key} of {len(text)} characters",
        )

    return first(rng, posts, grown)
