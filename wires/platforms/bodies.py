"""What a fetched body is, judged by its content alone, and its text whatever charset it declares.

Servers send feeds as text/html and login pages as application/rss+xml, so nobody asks them.
"""

import re
import zlib
from dataclasses import dataclass

from wires.html import join_references, without_surrogates
from wires.platforms.base import EMPTY, TOO_BIG, TRUNCATED, UNKNOWN_FORMAT, UnreadableBody
from wires.platforms.charsets import UTF8, codec_of, undeclared_codec

LARGEST_BODY = 20_000_000  # bytes, unpacked

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
# The first characters of XML, HTML or JSON, as wide encodings without a mark write them.
_WIDE_STARTS = (
    (re.compile(rb"[<\[{]\x00\x00\x00"), "utf-32-le"), (re.compile(rb"\x00\x00\x00[<\[{]"), "utf-32-be"),
    (re.compile(rb"[<\[{\s]\x00[^\x00]\x00"), "utf-16-le"), (re.compile(rb"\x00[<\[{\s]\x00[^\x00]"), "utf-16-be"),
)  # fmt: skip
_EBCDIC_XML = b"\x4c\x6f\xa7\x94\x93"
_DECLARED = re.compile(
    rb"""<\?xml[^>]{1,200}?encoding\s*=\s*["']\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_SEVEN_BITS = re.compile(r"(?:iso-2022|hz|utf-7)", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_BEFORE_ROOT = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*(?:\[.*?\]\s*)?>",
    re.IGNORECASE | re.DOTALL,
)
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_FEED_ROOTS = {"rss", "rdf", "feed", "channel", "item", "entry"}
_FEED_START = re.compile(r"<(?:[\w.-]+:)?(?:rss|rdf|feed|channel)[\s>]", re.IGNORECASE)
_HTML_START = re.compile(
    r"<!doctype\s+html|<(?:html|head|body|div|main|title|meta|script)[\s>]", re.IGNORECASE
)
_CLOSING_ROOT = re.compile(r"</(?:[\w.-]+:)?(?:rss|rdf|feed)\s*(?:>|\Z)", re.IGNORECASE)
_OPENING_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|rdf|feed)(?=[\s>])[^>]*(?<!/)>", re.IGNORECASE)
_LAST_ITEM = re.compile(r".*</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE | re.DOTALL)
_LOOKED_AT = 65_536  # characters in which a root element must begin


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedBody:
    """A body as text. kind is xml, json or html; faults and truncated as in base.Document."""

    kind: str
    text: str
    faults: tuple[str, ...] = ()
    truncated: bool = False


def read_body(body: bytes, *, charset: str = "") -> DecodedBody:
    """Classify a body; `charset` is what it was served with, asked where the body itself says nothing.

    Raises UnreadableBody: empty, too_big, unknown_format, truncated.
    """
    raw, cut_short = _unpacked(body)
    text, faults = _text(raw, charset)
    if faults_in_text := _NOT_XML.search(text):
        text = _NOT_XML.sub("", text)
        faults = [*faults, "control_characters"] if faults_in_text.group() else faults
    start = text.lstrip("\ufeff \t\r\n")
    if not start:
        raise UnreadableBody(EMPTY, "the body is empty")
    if start[0] in "{[":
        return DecodedBody(kind="json", text=start, faults=tuple(faults), truncated=cut_short)
    if _is_feed(start):
        return _xml(text, faults, cut_short=cut_short)
    if _HTML_START.search(start[:_LOOKED_AT]):
        return DecodedBody(kind="html", text=start, faults=tuple(faults), truncated=cut_short)
    if start[0] == "<":
        name = _first_element(start) or "no element"
        raise UnreadableBody(UNKNOWN_FORMAT, f"XML, but not a feed: it begins with <{name[:40]}>")
    raise UnreadableBody(
        UNKNOWN_FORMAT, "neither a feed nor a web page: the body is not XML, JSON or HTML"
    )


def read_text(body: bytes) -> str:
    """Return the text of any bytes, whatever they are. Raises UnreadableBody for broken gzip."""
    text, _ = _text(_unpacked(body)[0], "")
    return text


def _unpacked(body: bytes) -> tuple[bytes, bool]:
    """Return the bytes themselves, unpacked when they are a gzip file, and whether the end is missing."""
    if len(body) > LARGEST_BODY:
        raise UnreadableBody(TOO_BIG, f"the body has more than {LARGEST_BODY:,} bytes")
    if not body.startswith(b"\x1f\x8b"):
        return body, False
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(body, LARGEST_BODY + 1)
    except zlib.error as error:
        raise UnreadableBody(UNKNOWN_FORMAT, f"a broken gzip file: {error}") from error
    if len(unpacked) > LARGEST_BODY:
        raise UnreadableBody(TOO_BIG, f"the gzip file unpacks to more than {LARGEST_BODY:,} bytes")
    if unpacked.startswith(b"\x1f\x8b"):
        raise UnreadableBody(TOO_BIG, "a gzip file inside a gzip file")
    return unpacked, not unpacker.eof


def _text(raw: bytes, served: str) -> tuple[str, list[str]]:
    """Decode by what the bytes show, then by what they declare; say where the two disagree.

    What they were `served` with counts last: servers add a charset of their own to any file.
    """
    for mark, charset in _BOMS:
        if raw.startswith(mark):
            return _replacing(raw, charset)
    for start, charset in _WIDE_STARTS:
        if start.match(raw):
            return _replacing(raw, charset)
    if raw.startswith(_EBCDIC_XML):
        return _replacing(raw, "cp037")
    found = _DECLARED.search(raw[:1000])
    declared = found[1].decode("ascii", "replace").lower() if found else ""
    if _SEVEN_BITS.match(declared):
        return _replacing(raw, declared)
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return _not_utf8(raw, declared, served)
    wrong = declared not in ("", "utf-8", "utf8") and not text.isascii()
    # What is valid UTF-8 is UTF-8: real text in another charset hardly ever is by accident.
    return text, ["wrong_charset"] if wrong else []


def _not_utf8(raw: bytes, declared: str, served: str) -> tuple[str, list[str]]:
    for charset in (declared, served.lower()):
        if charset not in UTF8 and codec_of(charset):
            return _replacing(raw, charset)
    if _is_halved(raw):
        return without_surrogates(raw.decode("utf-8", "surrogatepass")), ["bad_bytes"]
    text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    if good >= bad:
        return text, ["bad_bytes"]
    return raw.decode(undeclared_codec(raw), "replace"), ["wrong_charset"]


def _is_halved(raw: bytes) -> bool:
    """Return whether all that is wrong with this UTF-8 are surrogates encoded one by one."""
    try:
        raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _replacing(raw: bytes, charset: str) -> tuple[str, list[str]]:
    try:
        text = raw.decode(codec_of(charset) or charset, "replace")
    except (LookupError, UnicodeError):
        return raw.decode("utf-8", "replace"), ["unknown_charset"]
    return text, ["bad_bytes"] if "\ufffd" in text else []


def _is_feed(start: str) -> bool:
    head = start[:_LOOKED_AT]
    if _first_element(head).lower() in _FEED_ROOTS:
        return True
    feed, page = _FEED_START.search(head), _HTML_START.search(head)
    if not feed:
        return False
    # PHP prints its warnings as <br /><b>Warning</b> before the feed; a page that quotes a feed
    # begins as a page.
    return not page or feed.start() < page.start()


def _first_element(text: str) -> str:
    at = 0
    while skipped := _BEFORE_ROOT.match(text, at):
        at = skipped.end()
    element = _ELEMENT.match(text, at)
    return element[1] if element else ""


def _xml(text: str, faults: list[str], *, cut_short: bool) -> DecodedBody:
    feed = _FEED_START.search(text[:_LOOKED_AT])
    if feed and _first_element(text.lstrip("\ufeff")).lower() not in _FEED_ROOTS:
        faults = [*faults, "junk_before"]
        text = text[feed.start() :]
    truncated = cut_short or (bool(_OPENING_ROOT.search(text)) and not _CLOSING_ROOT.search(text))
    if truncated:
        # The last item may have lost its words and keep its id: a false edit. Whole items only.
        whole = _LAST_ITEM.match(text)
        if not whole:
            raise UnreadableBody(
                TRUNCATED, "the end of the feed is missing, and no item is complete"
            )
        text = whole.group()
        faults = [*faults, "truncated"]
    return DecodedBody(
        kind="xml",
        text=join_references(text.lstrip("\ufeff \t\r\n")),
        faults=tuple(faults),
        truncated=truncated,
    )
