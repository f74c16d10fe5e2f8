"""The same words in other letters, lines and marks: nothing that a reader would take for a change."""

import re
import unicodedata
from dataclasses import replace
from random import Random

from benchmarks.seeded.articles import Article, Post
from benchmarks.seeded.places import MARK, is_figure, masked, numbers, quotations

_STRAIGHT = str.maketrans("“”„", '"""')
_GUILLEMETS = {"de": ("»", "«"), "fr": ("«\u00a0", "\u00a0»"), "es": ("«", "»"), "pt": ("«", "»")}
_STARTS_A_BLOCK = re.compile(r"[#>*+\-\d|`~=:]")


def straight_quotes(article: Article, rng: Random) -> Article | None:
    return replace(article, body=_straight(article.body))


def straight_quotes_in_posts(article: Article, rng: Random) -> Article | None:
    return _posts(article, _straight)


def _straight(text: str) -> str:
    return re.sub(r"(?<=\w)’(?=\w)", "'", text.translate(_STRAIGHT))


def curly_quotes(article: Article, rng: Random) -> Article | None:
    body = re.sub(r'(?<![\w.,!?])"(?=\w)', "“", article.body)
    body = re.sub(r'(?<=[\w.,!?…])"', "”", body)
    body = re.sub(r"(?<=\w)'(?=\w)", "’", body)
    return replace(article, body=body) if body.count("“") == body.count("”") else None


def guillemets(article: Article, rng: Random) -> Article | None:
    """Set the quotations as German, French and Spanish papers do."""
    marks = _GUILLEMETS.get(article.language)
    if marks is None:
        return None
    body = re.sub(r"[“„«]\s?([^“”„«»\n]+?)\s?[”“»]", rf"{marks[0]}\1{marks[1]}", article.body)
    return replace(article, body=body)


def no_break_spaces(article: Article, rng: Random) -> Article | None:
    spaces = [found.start() for found in re.finditer(r"(?<=\w) (?=[a-z])", article.body)]
    chosen = set(rng.sample(spaces, min(40, len(spaces))))
    body = "".join("\u00a0" if n in chosen else c for n, c in enumerate(article.body))
    return replace(article, body=body)


def reflow(article: Article, rng: Random) -> Article | None:
    """Break the lines of paragraphs as an editor that wraps does."""
    blocks = article.body.split("\n\n")
    wrapped = [block if _STARTS_A_BLOCK.match(block) else _wrapped(block, rng) for block in blocks]
    return replace(article, body="\n\n".join(wrapped))


def _wrapped(block: str, rng: Random) -> str:
    width = rng.randrange(50, 80)
    lines, line = [], ""
    for word in block.split(" "):
        if len(line) + len(word) >= width and line and not _STARTS_A_BLOCK.match(word):
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


def carriage_returns(article: Article, rng: Random) -> Article | None:
    return replace(article, body=article.body.replace("\n", "\r\n"))


def emphasis(article: Article, rng: Random) -> Article | None:
    """Set a figure in bold and the name of an outlet in italics."""
    body = masked(article.body)
    quoted = quotations(article.body)
    spots = [
        (number.digits_end, number.start, "**")
        for number in numbers(article.body)
        if is_figure(article.body, number) and not number.sign
        and not any(start <= number.start < end for start, end in quoted)
    ]  # fmt: skip
    for post in article.posts:
        spots += [
            (found.end(), found.start(), "*")
            for found in re.finditer(rf"(?<![\w*]){re.escape(post.outlet)}(?![\w*’'-])", body)
        ]
    text = article.body
    last = len(text) + 1
    for end, start, mark in sorted(set(spots), reverse=True):
        if end < last and rng.random() < 0.7:
            text = text[:start] + mark + text[start:end] + mark + text[end:]
            last = start
    return replace(article, body=text)


def full_width_digits(article: Article, rng: Random) -> Article | None:
    """Write figures of the body with the wide digits of East Asian keyboards."""
    text = article.body
    for number in numbers(article.body):
        if is_figure(article.body, number) and number.text.isascii():
            wide = "".join(
                chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text[number.start : number.digits_end]
            )  # fmt: skip
            text = text[: number.start] + wide + text[number.digits_end :]
    return replace(article, body=text)


def mark_before_the_stop(article: Article, rng: Random) -> Article | None:
    """Write "word [@r1]." for "word. [@r1]"."""
    body = re.sub(r"(?<=[a-z])\. (\[@[^\]]+\])(?!\.)(?=\s|\Z)", r" \1.", article.body)
    return replace(article, body=body) if body != article.body else None


def mark_after_the_stop(article: Article, rng: Random) -> Article | None:
    """Write "word. [@r1]" for "word [@r1].", and without the blank."""
    blank = rng.choice([" ", ""])
    body = re.sub(r"(?<=[a-z]) (\[@[^\]]+\])\.(?=\s|\Z)", rf".{blank}\1", article.body)
    return replace(article, body=body) if body != article.body else None


def spaced_marks(article: Article, rng: Random) -> Article | None:
    body = MARK.sub(
        lambda m: m.group().replace("[", "[ ").replace("]", " ]").replace(";", " ,"), article.body
    )
    return replace(article, body=body)


def zero_width(article: Article, rng: Random) -> Article | None:
    """Strew what platforms strew into words of posts: joiners, soft hyphens, marks of direction."""
    return _posts(article, lambda text: _strewn(text, r"(?<=[^\W\d])(?=[^\W\d]|\W)", rng))


def zero_width_in_figures(article: Article, rng: Random) -> Article | None:
    """Strew them between the digits of posts, where they are seen as little."""
    return _posts(article, lambda text: _strewn(text, r"(?<=\d)(?=\d)", rng))


def _strewn(text: str, where: str, rng: Random) -> str:
    spots = [found.start() for found in re.finditer(where, text)]
    letters = list(text)
    for n in sorted(rng.sample(spots, min(6, len(spots))), reverse=True):
        letters.insert(n, rng.choice("\u200b\u2060\u200e\ufeff\u00ad"))
    return "".join(letters)


def decomposed(article: Article, rng: Random) -> Article | None:
    """Write é as e and an accent, as some phones do."""
    return _posts(article, lambda text: unicodedata.normalize("NFD", text))


def dashes(article: Article, rng: Random) -> Article | None:
    body = article.body.replace(" – ", " — ").replace("—", rng.choice(["–", "—", "―"]))
    return replace(article, body=body)


def emoji_and_tags(article: Article, rng: Random) -> Article | None:
    return _posts(article, lambda text: f"🔴 {text}\n\n#news #now 🧵👇")


def shouting_posts(article: Article, rng: Random) -> Article | None:
    return _posts(article, str.upper) if article.is_english else None


def comma_inside(article: Article, rng: Random) -> Article | None:
    """Move the comma after a quotation inside its marks, as American papers do."""
    if "‘" in article.body:
        return None
    body = re.sub(r"(?<=[a-z])”,", ",”", article.body)
    return replace(article, body=body) if body != article.body else None


def lower_first_word(article: Article, rng: Random) -> Article | None:
    """Fit the first word of quotations into the sentence."""
    body = re.sub(
        r"(?<=[a-z,:] )“([A-Z])(?=[a-z]+ [a-z])", lambda m: "“" + m[1].lower(), article.body
    )
    return replace(article, body=body) if body != article.body else None


def elide(article: Article, rng: Random) -> Article | None:
    """Leave out some words of a quotation, and say so by … or […]."""
    places = [
        place for place in quotations(article.body) if len(article.body[slice(*place)].split()) > 8
    ]
    if not places or any(
        article.body[slice(*place)] in article.headline + article.dek for place in places
    ):
        return None
    start, end = rng.choice(places)
    words = article.body[start:end].split(" ")
    cut = rng.randrange(3, len(words) - 4)
    if not all(word.isalpha() for word in words[cut - 1 : cut + 3]):
        return None
    said = " ".join([*words[:cut], rng.choice(["…", "[…]", "...", "(...)"]), *words[cut + 2 :]])
    return replace(article, body=article.body[:start] + said + article.body[end:])


def bracketed_insertion(article: Article, rng: Random) -> Article | None:
    """Explain a word of a quotation in brackets."""
    places = [
        place for place in quotations(article.body) if "\n" not in article.body[slice(*place)]
    ]
    if not places:
        return None
    start, end = rng.choice(places)
    gaps = [
        found.start() for found in re.finditer(r"(?<=[a-z]) (?=[a-z])", article.body[start:end])
    ]
    if not gaps:
        return None
    if article.body[start:end].rstrip(".,") in f"{article.headline} {article.dek}":
        return None
    at = start + rng.choice(gaps)
    return replace(article, body=f"{article.body[:at]} [that is]{article.body[at:]}")


def _posts(article: Article, change) -> Article:
    def changed(post: Post) -> Post:
        versions = tuple((at, change(text)) for at, text in post.versions)
        text = None if post.text is None else change(post.text)
        return replace(post, text=text, versions=versions)

    return replace(article, posts=tuple(map(changed, article.posts)))
