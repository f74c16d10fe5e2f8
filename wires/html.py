"""The two lists of HTML that we let through, and plain text out of HTML.

Imported by web processes, so it uses nh3 alone: no feed parser, no tree builder.
"""

import re
from functools import cache, lru_cache
from html import escape, unescape
from typing import Any
from unicodedata import combining

import nh3

# A foreign body longer than this is cut before it is parsed: nobody reads it, and the time and
# memory of the tree builder grow with it.
LONGEST_FOREIGN_HTML = 1_000_000

_FOREIGN_TAGS = {"a", "blockquote", "br", "em", "li", "ol", "p", "pre", "strong", "ul"}
# What holds no words of the post: dropped with its content, where other unknown tags are unwrapped.
_SILENT_TAGS = {
    "applet", "audio", "button", "canvas", "embed", "form", "frameset", "head", "iframe", "math",
    "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "title", "video", "xmp",
}  # fmt: skip

_FOREIGN_RULES: dict[str, Any] = {
    "tags": _FOREIGN_TAGS,
    "clean_content_tags": _SILENT_TAGS,
    "attributes": {"a": {"href"}},
    "link_rel": "nofollow noopener",
    "url_schemes": {"http", "https"},
}
# On our pages a relative address would lead into our own site, /desk/ included.
_FOREIGN = nh3.Cleaner(**_FOREIGN_RULES, url_relative="deny")

_PROSE_BLOCKS = {
    "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_PROSE_WORDS = {
    "a", "abbr", "b", "bdi", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins",
    "kbd", "mark", "picture", "q", "s", "small", "source", "span", "strong", "sub", "sup", "time",
}  # fmt: skip
_PROSE = nh3.Cleaner(
    tags=_PROSE_BLOCKS | _PROSE_WORDS,
    clean_content_tags=_SILENT_TAGS,
    attributes={
        "*": {"class", "dir", "hidden", "id", "lang", "role", "tabindex", "title"},
        "a": {"href", "rel"},
        "img": {"alt", "decoding", "height", "loading", "sizes", "src", "srcset", "width"},
        "ol": {"start"},
        "li": {"value"},
        "source": {"height", "media", "sizes", "srcset", "type", "width"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
        "time": {"datetime"},
        "data": {"value"},
    },
    generic_attribute_prefixes={"aria-", "data-"},
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
    url_relative="pass_through",
)

# Unknown tags are unwrapped, which would join the words of two neighbouring blocks: give them the
# nearest tag of the list first. Only the name is exchanged; the cleaner judges the result.
_NEAREST = {"b": "strong", "i": "em", "dir": "ul", "menu": "ul", "listing": "pre"}
_EXCHANGED = re.compile(
    r"<(/?)([bi]|dir|menu|listing|address|article|aside|body|caption|center|dd|details|div|dl|dt"
    r"|figcaption|figure|footer|h[1-6]|header|hr|legend|main|nav|section|summary|table|td|th|tr)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"<(p|strong|em|blockquote|li|ul|ol|pre)>\s*</\1>")
# Controls, and the marks that reorder the text around them; tab and line breaks stay.
_ANY_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]"
)
# In our own prose isolates may stay: Arabic needs them around Latin names.
_OVERRIDES = re.compile("[\u202a-\u202e]")

_REFERENCE = re.compile(r"&#(x[0-9a-f]+|\d+);?", re.IGNORECASE)
_HALVES = re.compile(
    r"(?:&#(?:x0*d[89a-f][0-9a-f]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]))(?![0-9a-f]);?)+",
    re.IGNORECASE,
)
_PREFORMATTED = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
_WHITE = re.compile(r"[ \t\r\n\f]+")
_PARAGRAPH = re.compile(r"</?(?:p|blockquote|pre|ul|ol)>")
_LINE = re.compile(r"<(?:br|li)>")
_TAG = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')
_FOREIGN_TAG = re.compile(r"<(/?)(a|blockquote|em|li|ol|p|pre|strong|ul)(?=[ >])")
# The tree builder's time grows with the square of the depth, and 100,000 levels take a minute.
_SHALLOW_LENGTH = 20_000
_DEEPEST = 500
_NESTING = re.compile(
    r"<(/?)(?!(?:p|li|br|hr|img|input|meta|link|area|base|col|wbr|source|track|embed)[\s/>])[a-z]",
    re.IGNORECASE,
)
_TAG_OR_REST = re.compile(r"<[^>]*>?")
_AROUND_BREAKS = re.compile(r"[^\S\n]*\n[^\S\n]*")
_MANY_BREAKS = re.compile(r"\n{3,}")


# "&amp;nbsp;" was escaped twice. Not &amp;lt; and &amp;gt;, which text about markup may mean.
_ENTITY_TWICE = re.compile(
    r"&amp;((?!lt;|gt;|#0*60;|#0*62;|#x0*3[ce];)(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,30}));"
)
_CODE = re.compile(r"<(?:code|pre|kbd|samp|tt)[\s>]", re.IGNORECASE)
_TEXT_TAG = (
    r"(?:a|abbr|b|blockquote|br|center|div|em|figure|font|h[1-6]|hr|i|img|li|ol|p|small|span|strong|"
    r"sub|sup|table|tbody|td|th|tr|u|ul)"
)
_OPEN_AS_TEXT = re.compile(rf"&lt;({_TEXT_TAG})(?=[\s/&])", re.IGNORECASE)
_CLOSE_AS_TEXT = re.compile(rf"&lt;/({_TEXT_TAG})\s*&gt;", re.IGNORECASE)
_LONE_AS_TEXT = re.compile(
    r"&lt;(?:br\s*/?&gt;|(?:a\s[^<>&]{0,80}href|img\s[^<>&]{0,80}src)\s*=)", re.IGNORECASE
)
_COMMENT_AS_TEXT = re.compile(r"&lt;!--(?:(?!&lt;!--).){0,2000}?--&gt;", re.DOTALL)
_TAG_AS_TEXT = re.compile(
    rf"&lt;/?{_TEXT_TAG}(?:\s(?:(?!&gt;|&lt;)[^<>]){{0,1000}})?/?&gt;", re.IGNORECASE
)


def without_surrogates(text: str) -> str:
    """Join surrogate pairs and replace lone ones, which neither UTF-8 nor a database can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def join_references(html: str) -> str:
    """Join character references that spell an emoji as two halves; replace lone halves."""
    if "&#" not in html:
        return html
    return _HALVES.sub(_joined, html)


def _joined(halves: re.Match[str]) -> str:
    codes = [
        int(code[1:], 16) if code[0] in "xX" else int(code)
        for code in _REFERENCE.findall(halves.group())
    ]
    return without_surrogates("".join(map(chr, codes)))


MOST_MARKS = 16


@cache
def _heaps() -> re.Pattern[str]:
    """Return what finds more combining marks on one letter than any script has."""
    marks = "".join(chr(code) for code in range(0x300, 0xFE30) if combining(chr(code)))
    return re.compile(f"([{marks}]{{{MOST_MARKS}}})[{marks}]+")


def without_heaps(text: str) -> str:
    """Return text with at most sixteen combining marks on a letter.

    To put a run of them in order takes time that grows with its square, wherever it is done later.
    """
    return text if text.isascii() else _heaps().sub(r"\1", text)


def clean_foreign(html: str, *, base: str = "") -> str:
    """Return what we show of another publisher's HTML: paragraphs, lists, quotes, absolute links.

    Links are resolved against base, an absolute http(s) address; without one, relative links lose
    their address. Cleaning its own result changes nothing, so it may run at ingest and at display.
    """
    html = _prepared(html)
    cleaned = without_heaps(_without_empty(_resolving(base).clean(html)))
    # Unwrapping tags can leave a tree that reads differently the second time (a link inside a
    # link), and a browser is that second time.
    for _ in range(4):
        if _reads_the_same(cleaned):
            return cleaned
        cleaned = _without_empty(_FOREIGN.clean(cleaned))
    return escape(words_of(cleaned), quote=False)


def escaped_once(html: str) -> str:
    """Return a body that was escaped once too often as it was meant; any other as it came.

    Markup that stands in it as text is markup, except where code is shown.
    """
    if "&" not in html:
        return html
    html = _ENTITY_TWICE.sub(r"&\1;", html)
    if "&lt;" in html and not _CODE.search(html) and _has_markup_as_text(html):
        html = _TAG_AS_TEXT.sub(_as_tag, _COMMENT_AS_TEXT.sub("", html))
    return html


def _has_markup_as_text(html: str) -> bool:
    """Return whether tags stand in it as text: a link, a break, or what is opened and closed.

    A lone <b> may be what the text is about.
    """
    if _LONE_AS_TEXT.search(html):
        return True
    opened = {name.lower() for name in _OPEN_AS_TEXT.findall(html)}
    return not opened.isdisjoint(name.lower() for name in _CLOSE_AS_TEXT.findall(html))


def _as_tag(escaped: re.Match[str]) -> str:
    return unescape(escaped[0])


def clean_prose(html: str) -> str:
    """Return the HTML of our own renderer, with anything it cannot have meant taken out."""
    return _OVERRIDES.sub("", _PROSE.clean(without_surrogates(html)))


def words_of(cleaned: str) -> str:
    """Return the words of what clean_foreign returned.

    Blocks are set apart by blank lines, breaks by one.
    """
    # A serialised tree has no bare angle bracket and no bare quote but those of its tags.
    if "<pre>" in cleaned:
        cleaned = _PREFORMATTED.sub(_with_breaks, cleaned)
    flat = _WHITE.sub(" ", cleaned)
    if "<" in flat:
        flat = _TAG.sub("", _PARAGRAPH.sub("\n\n", _LINE.sub("\n", flat)))
    flat = unescape(flat).replace("\xa0", " ")
    if "\n" in flat:
        flat = _MANY_BREAKS.sub("\n\n", _AROUND_BREAKS.sub("\n", flat))
    return flat.strip()


def _prepared(html: str) -> str:
    html = join_references(html[:LONGEST_FOREIGN_HTML])
    html = without_surrogates(html)
    if _ANY_UNWANTED.search(html):
        html = _ANY_UNWANTED.sub("", html)
    if "<" not in html:
        return html
    if len(html) > _SHALLOW_LENGTH and _depth(html) > _DEEPEST:
        return _TAG_OR_REST.sub(" ", html)
    return _EXCHANGED.sub(_exchange, html)


def _depth(html: str) -> int:
    """Return how deep the tags nest at most, taken by their brackets alone."""
    depth = deepest = 0
    for tag in _NESTING.finditer(html):
        depth += -1 if tag[1] else 1
        deepest = max(deepest, depth)
    return deepest


@lru_cache(maxsize=64)
def _resolving(base: str) -> nh3.Cleaner:
    if not base:
        return _FOREIGN
    try:
        return nh3.Cleaner(**_FOREIGN_RULES, url_relative=("rewrite_with_base", base))
    except ValueError:
        # nh3 reads addresses more strictly than the author of this one.
        return _FOREIGN


def _exchange(tag: re.Match[str]) -> str:
    return f"<{tag[1]}{_NEAREST.get(tag[2].lower(), 'p')}"


def _without_empty(html: str) -> str:
    while True:
        fewer = _EMPTY.sub("", html)
        if fewer == html:
            return html.strip()
        html = fewer


def _reads_the_same(cleaned: str) -> bool:
    """Return whether an HTML parser would build from this the tree it was written from."""
    if "<pre>\n" in cleaned:
        return False  # a parser drops the first line break of a pre
    around: list[str] = []
    for tag in _FOREIGN_TAG.finditer(cleaned):
        closing, name = tag.groups()
        if closing:
            around.pop()
            continue
        if _ends_another(name, around):
            return False
        around.append(name)
    return True


def _ends_another(name: str, around: list[str]) -> bool:
    if name == "a":
        return "a" in around
    if name == "li":
        lists = [tag for tag in around if tag in {"li", "ol", "ul"}]
        return bool(lists) and lists[-1] == "li"
    return name in {"blockquote", "ol", "p", "pre", "ul"} and "p" in around


def _with_breaks(pre: re.Match[str]) -> str:
    return "<p></p>" + pre[1].replace("\n", "<br>") + "<p></p>"
