"""HTML of the clipboard reduced to what says something about its words.

The result is read by our own code and never shown, so styles and classes may stay: Word has its
lists, and Google Docs its bold type, in nothing else.
"""

import re

import nh3

_BLOCKS = {
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl",
    "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
}  # fmt: skip
_WORDS = {
    "a", "b", "cite", "del", "dfn", "em", "font", "i", "img", "q", "s", "small", "span", "strike",
    "strong", "sub", "sup", "var",
}  # fmt: skip
# What holds no words of the text: dropped with its content. Word keeps its settings in <xml>.
_SILENT = {
    "applet", "audio", "button", "canvas", "embed", "iframe", "math", "nav", "noembed", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "title", "video", "xml",
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=_BLOCKS | _WORDS,
    clean_content_tags=_SILENT,
    attributes={
        "*": {"class", "hidden", "style"},
        "a": {"href"},
        "img": {"alt", "height", "width"},
        "li": {"aria-level", "value"},
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
    url_relative="pass_through",
)

# The tree builder's time grows with the square of the depth, with each open element of formatting
# for every block that reopens it, and with the square of the attributes of one tag; a reference
# costs ten times a tag. A long document of Word has some 30,000 tags, nested 30 deep.
_MOST_TAGS = 60_000
_MOST_REFERENCES = 60_000
_DEEPEST = 400
_MOST_REOPENED = 300_000
_LONGEST_TAG = 4_000
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)>?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CLOSED_BY_THE_NEXT = {
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
}  # fmt: skip
_FORMATTING = {
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
}  # fmt: skip


class TooTangled(Exception):
    """The HTML would take too long to read."""


def clean_clipboard(html: str) -> str:
    """Return a serialised tree of the tags that we read. Raises TooTangled."""
    _refuse_tangled(html)
    cleaned = _CLEANER.clean(html)
    if cleaned.count("<") > 2 * _MOST_TAGS or cleaned.count("&") > 2 * _MOST_REFERENCES:
        raise TooTangled
    return cleaned


def _refuse_tangled(html: str) -> None:
    if html.count("<") > _MOST_TAGS or html.count("&") > _MOST_REFERENCES:
        raise TooTangled
    depth = formatting = deepest = most = count = 0
    for closing, name, attributes in _TAG.findall(html):
        if len(attributes) > _LONGEST_TAG and len(_QUOTED.sub("", attributes)) > _LONGEST_TAG:
            raise TooTangled
        name = name.lower()
        step = -1 if closing else 1
        count += 1
        if name not in _CLOSED_BY_THE_NEXT and not attributes.endswith("/"):
            depth += step
            deepest = max(deepest, depth)
        if name in _FORMATTING:
            formatting += step
            most = max(most, formatting)
    if deepest > _DEEPEST or most * count > _MOST_REOPENED:
        raise TooTangled
