"""Texts designed to be slow or to evade the checks, each of about a given size."""

from collections.abc import Callable, Mapping
from typing import Any

from articles.prose import Picture
from articles.vetting import SourceRef

POST = "Ships wait off Meray, said Harbour Wire at 02:40 UTC on 25 June 2026: 25,000 tonnes."


def source(key: str = "r1", text: str = POST) -> SourceRef:
    return SourceRef(
        key=key,
        outlet="Harbour Wire",
        platform="telegram",
        url=f"https://t.me/harbourwire/{key[1:]}",
        text=text,
    )


def repeated(unit: str, *, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return a function that repeats a unit up to a size in code points."""
    return lambda size: before + unit * ((size - len(before) - len(after)) // len(unit)) + after


BODIES: Mapping[str, Callable[[int], str]] = {
    "one paragraph": repeated("ships wait at the quay and no pilot comes ", after="[@r1]."),
    "sentences": repeated("Ships wait. "),
    "one word": repeated("a"),
    "paragraphs of a letter": repeated("a\n\n"),
    "marks": repeated("[@r1]"),
    "marks of words": repeated("a [@r1] "),
    "unknown marks": repeated("Ships wait [@zz]. "),
    "brackets open": repeated("["),
    "brackets nested": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "links open": repeated("[a]("),
    "links nested": repeated("[a](b "),
    "voices open": repeated("[a ", after="]{.own}"),
    "voices nested": lambda size: "[" * (size // 9) + "]{.own} " * (size // 9),
    "stars": repeated("*"),
    "emphasis open": repeated("*a **a "),
    "emphasis and underscores": repeated("*_a"),
    "backticks": lambda size: " ".join("`" * n for n in range(1, int((2 * size) ** 0.5))),
    "backslashes": repeated("\\"),
    "entities": repeated("&amp;"),
    "blockquotes nested": repeated(">"),
    "blockquotes deep": lambda size: "\n".join("> " * (n % 60) + "a" for n in range(size // 60)),
    "lists nested": lambda size: "\n".join("  " * n + "- a" for n in range(int(size**0.5))),
    "rules": repeated("- - - "),
    "tables": repeated("|a", after="\n|-\n|b"),
    "table rows": repeated("|a|b\n", before="|a|b\n|-|-\n"),
    "headings": repeated("# 25 ships\n\n"),
    "definitions": repeated("[a]: b\n"),
    "pictures": repeated("![a](image:1) "),
    "addresses": repeated("<http://a.b> "),
    "address without end": repeated("http://"),
    "quotes, straight": repeated('"'),
    "quotes, opening": repeated("“"),
    "quotes, closing": repeated("”"),
    "quotes, mixed": repeated("“a "),
    "quotes, single": repeated("'a b "),
    "quotations": repeated("“We wait for the tide here,” he said [@r1]. "),
    "quotation without end": repeated("we wait ", before="“"),
    "ellipses in a quotation": repeated("wait … ", before="“", after="”"),
    "digits": repeated("7"),
    "digits with separators": repeated("1,000."),
    "digits with blanks": repeated("1 000 "),
    "numbers": repeated("25,000 ships "),
    "number words": repeated("twenty-five thousand "),
    "number words without end": repeated("hundred thousand and "),
    "stops and commas": repeated(".,"),
    "full stops": repeated("."),
    "titles": repeated("Mr. "),
    "initials": repeated("J. "),
    "dates": repeated("Wednesday, 24 June 2026, "),
    "impossible dates": repeated("31 June 2026 "),
    "weekdays": repeated("Monday "),
    "times": repeated("02:40 UTC "),
    "outlets": repeated("Harbour Wire "),
    "outlets as sources": repeated("Harbour Wire, "),
    "according to outlets": repeated("according to Harbour Wire "),
    "postings": repeated("Harbour Wire at 02:40 UTC on 25 June 2026 "),
    "capitals": repeated("A"),
    "blanks": repeated(" "),
    "blanks before a stop": repeated(" ", before="a", after="."),
    "line ends": repeated("\r\n"),
    "lines": repeated("a\n"),
    "nulls": repeated("\x00"),
    "combining characters": repeated("\u0301", before="a"),
    "bidirectional controls": repeated("\u202e\u2066a"),
    "zero-width characters": repeated("\u200b", before="a", after="b"),
    "variation selectors": repeated("\ufe0f", before="a", after="b"),
    "surrogates": repeated("\ud800"),
    "ligatures": repeated("\ufdfa "),
    "Arabic digits": repeated("٢٥٬٤٣٧ "),
    "Chinese": repeated("船在等。"),
}


def _body(text: Callable[[int], str]) -> Callable[[int], dict[str, Any]]:
    return lambda size: {"body": text(size), "sources": [source()]}


def _posts(text: Callable[[int], str]) -> Callable[[int], dict[str, Any]]:
    return lambda size: {
        "body": f"{POST} [@r1]. “We wait for the tide,” it said [@r1].",
        "sources": [source(text=text(size))],
    }


def _pictures(size: int) -> list[Picture]:
    return [
        Picture(id=n, url="/a.jpg", width=1, height=1, alt="25 ships", credit="")
        for n in range(size // 100)
    ]


PIECES: Mapping[str, Callable[[int], dict[str, Any]]] = {
    **{f"body of {name}": _body(text) for name, text in BODIES.items()},
    **{f"post of {name}": _posts(text) for name, text in BODIES.items()},
    "headline": lambda size: {"headline": "25 ships " * (size // 9), "body": "A."},
    "standfirst": lambda size: {"standfirst": "“We wait here” " * (size // 15), "body": "A."},
    "framing note": lambda size: {"framing_note": "[" * size, "body": "A."},
    "social text": lambda size: {"social_text": "Harbour Wire " * (size // 13), "body": "A."},
    "sources": lambda size: {
        "body": "A.", "sources": [source(f"r{n}") for n in range(size // 100)],
    },
    "sources, all cited": lambda size: {
        "body": "25,000 tonnes " + "".join(f"[@r{n}]" for n in range(size // 100)),
        "sources": [source(f"r{n}") for n in range(size // 100)],
    },
    "figures on both sides": lambda size: {
        "body": " ".join(f"Some {10_001 + 7 * n} ships wait [@r1]." for n in range(size // 60)),
        "sources": [source(text=" ".join(f"{10_003 + 11 * n} boats." for n in range(size // 60)))],
    },
    "figures in millions on both sides": lambda size: {
        "body": " ".join(f"It cost ${1.01 + n / 7:.2f}m [@r1]." for n in range(size // 60)),
        "sources": [source(text=" ".join(f"${1.03 + n / 9:.2f} million." for n in range(size // 60)))],
    },
    "pictures": lambda size: {"body": "A.", "images": _pictures(size)},
}  # fmt: skip
