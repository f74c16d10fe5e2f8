"""The elements of cleaned HTML in their order, each with the look that its words have."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape

# A serialised tree: quotation marks around every value, no bare bracket but those of its tags.
_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"]*")*)\s*/?>|([^<]+)')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_PROPERTIES = frozenset({
    "display", "font-size", "font-style", "font-weight", "mso-element", "mso-hide", "mso-list",
    "text-decoration", "text-decoration-line", "vertical-align", "visibility", "white-space",
})  # fmt: skip
# How the value begins of a property that hides the words.
_HIDING = (
    ("display", "none"),
    ("visibility", "hidden"),
    ("mso-hide", "all"),
    ("mso-hide", "screen"),
    ("mso-element", "comment"),
    ("font-size", "0px"),
    ("font-size", "0pt"),
)
_DECORATIONS = ("text-decoration", "text-decoration-line")
_VOID = frozenset({"br", "hr", "img"})
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"cite", "dfn", "em", "i", "var"})
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SEMIBOLD = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What an element says of all words inside it."""

    is_bold: bool = False
    is_italic: bool = False
    is_hidden: bool = False
    is_struck: bool = False
    is_raised: bool = False
    is_preformatted: bool = False
    # Where the type is bold in any case, it says nothing.
    is_heading: bool = False
    # The bullet or number that Word types in front of an item.
    is_marker: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    tag: str
    look: Look
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def style(self) -> Mapping[str, str]:
        return properties(self.attributes.get("style", ""))

    @property
    def classes(self) -> str:
        return self.attributes.get("class", "").lower()


@dataclass(frozen=True, slots=True)
class Opened:
    element: Element


@dataclass(frozen=True, slots=True)
class Closed:
    element: Element


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    look: Look


def events(cleaned: str) -> Iterator[Opened | Closed | Words]:
    """Yield what begins and ends in cleaned HTML, and the words in between, in order."""
    around: list[Element] = []
    outside = Look()
    for closing, tag, attributes, text in _TOKEN.findall(cleaned):
        look = around[-1].look if around else outside
        if text:
            yield Words(unescape(text), look)
        elif not closing:
            element = _element(tag, attributes, look)
            if tag not in _VOID:
                around.append(element)
            yield Opened(element)
        elif around:
            yield Closed(around.pop())


def _element(tag: str, attributes: str, around: Look) -> Element:
    if not attributes and tag in {"p", "div", "br", "li", "ul", "tr", "td"}:
        return Element(tag=tag, look=around)
    said = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
    return Element(tag=tag, look=_look(tag, said, around), attributes=said)


def _look(tag: str, said: Mapping[str, str], around: Look) -> Look:
    style, classes = properties(said.get("style", "")), said.get("class", "").lower()
    is_heading = around.is_heading or tag in _HEADINGS or tag == "th"
    return replace(
        around,
        is_bold=not is_heading and _is_bold(tag, style, is_bold=around.is_bold),
        is_italic=_is_italic(tag, style, is_italic=around.is_italic),
        is_hidden=around.is_hidden
        or "hidden" in said
        or "msocomment" in classes
        or any(style.get(name, "").startswith(value) for name, value in _HIDING),
        is_struck=around.is_struck
        or tag in _STRUCK_TAGS
        or any("line-through" in style.get(name, "") for name in _DECORATIONS),
        is_raised=around.is_raised or tag == "sup" or style.get("vertical-align") == "super",
        is_preformatted=around.is_preformatted
        or tag == "pre"
        or style.get("white-space", "").startswith("pre"),
        is_heading=is_heading,
        is_marker=around.is_marker or style.get("mso-list") == "ignore",
        href=said.get("href", "") if tag == "a" else around.href,
    )


@lru_cache(maxsize=512)
def properties(style: str) -> Mapping[str, str]:
    """Return what a style says about words, in small letters; the last one of a name counts."""
    found: dict[str, str] = {}
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        if name in _PROPERTIES:
            found[name] = value.strip().lower()
    return found


def _is_bold(tag: str, style: Mapping[str, str], *, is_bold: bool) -> bool:
    said = style.get("font-weight", "")
    if not said or said == "inherit":
        return is_bold or tag in _BOLD
    return int(said[:4]) >= _SEMIBOLD if said.isdecimal() else said.startswith("bold")


def _is_italic(tag: str, style: Mapping[str, str], *, is_italic: bool) -> bool:
    said = style.get("font-style", "")
    if not said or said == "inherit":
        return is_italic or tag in _ITALIC
    return said.startswith(("italic", "oblique"))
