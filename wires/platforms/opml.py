"""Lists of feeds as readers of feeds exchange them (OPML), in and out.

Read with expat alone, which fetches nothing; a document that declares entities is refused, so that
none can grow. Folders are passed over: channels of this project have no sections.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from wires.platforms.base import UnreadableBody
from wires.platforms.bodies import read_text

LARGEST = 5_000_000  # bytes
MOST_LINES = 2_000
DEEPEST = 50
# The attributes of ours, which other programs pass over.
OURS = "newsroom"
_NAMESPACE = "urn:newsroom:channels"
# More than any address may have, so that one that is too long is refused and not cut.
_LONGEST = 4_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# An & that begins nothing, as addresses have it, and the entities of HTML, which XML has not.
_BARE = re.compile(r"&(?!#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{0,31};)")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{0,31});")


class NotOpml(Exception):
    """A file is no list of feeds. The message says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSource:
    """A line of a list. What is not in it is ""; `n` counts the lines, from 1."""

    n: int
    title: str = ""
    address: str = ""
    outlet: str = ""
    code: str = ""
    platform: str = ""
    account: str = ""
    language: str = ""
    time_zone: str = ""
    minutes: str = ""


_ATTRIBUTES = {
    "xmlurl": "address",
    "language": "language",
    f"{OURS}:outlet": "outlet",
    f"{OURS}:code": "code",
    f"{OURS}:platform": "platform",
    f"{OURS}:account": "account",
    f"{OURS}:timezone": "time_zone",
    f"{OURS}:minutes": "minutes",
}


def read_opml(body: bytes) -> list[ListedSource]:
    """Return the lines of a list, in order. Raises NotOpml."""
    if len(body) > LARGEST:
        message = f"The file is larger than {LARGEST // 1_000_000} MB. Split it."
        raise NotOpml(message)
    try:
        text = read_text(body)
    except UnreadableBody as error:
        message = f"The file cannot be read: {error.message}."
        raise NotOpml(message) from error
    reader = _Reader()
    text = _NOT_XML.sub("", _DECLARATION.sub("", text.lstrip("\ufeff \t\r\n")))
    try:
        reader.parser.Parse(_NAMED.sub(_character, _BARE.sub("&amp;", text)), True)  # noqa: FBT003
    except expat.ExpatError as error:
        message = f"The file is not well-formed XML: line {error.lineno}, {expat.ErrorString(error.code)}."
        raise NotOpml(message) from error
    return reader.lines


def _character(named: re.Match[str]) -> str:
    """Return an entity of HTML as the character it is; one that is none as it stands."""
    character = html.unescape(named.group())
    return html.escape(character)


class _Reader:
    """Collects the outlines of a document."""

    def __init__(self) -> None:
        self.lines: list[ListedSource] = []
        # For each open element, whether it is a line or a folder; None until that is known.
        self._open: list[int | None] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._refuse_entities

    def _refuse_entities(self, *declared: object) -> None:
        message = "The file declares XML entities, which no list of feeds needs. It is not read."
        raise NotOpml(message)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open and name.lower() != "opml":
            message = f"The file is not OPML: it begins with <{name[:40]}>."
            raise NotOpml(message)
        if len(self._open) >= DEEPEST:
            message = f"The folders of the file are more than {DEEPEST} deep."
            raise NotOpml(message)
        if name.lower() != "outline":
            self._open.append(None)
            return
        line = self._line({key.lower(): value for key, value in attributes.items()})
        if self._open and self._open[-1] is not None:
            # What holds other lines is a folder, unless it names a feed itself.
            self._drop_folder(self._open[-1])
        self._open.append(len(self.lines))
        self.lines.append(line)
        if len(self.lines) > MOST_LINES:
            message = f"The file has more than {MOST_LINES:,} lines. Split it."
            raise NotOpml(message)

    def _line(self, attributes: dict[str, str]) -> ListedSource:
        given = {
            field: attributes[name].strip()[:_LONGEST]
            for name, field in _ATTRIBUTES.items()
            if name in attributes
        }
        title = attributes.get("title", "").strip() or attributes.get("text", "").strip()
        return ListedSource(n=len(self.lines) + 1, title=" ".join(title.split())[:300], **given)

    def _drop_folder(self, index: int) -> None:
        folder = self.lines[index]
        if not folder.address:
            self.lines[index] = replace(folder, n=0)

    def _end(self, name: str) -> None:
        self._open.pop()
        if not self._open:
            lines = [line for line in self.lines if line.n]
            self.lines = [replace(line, n=n) for n, line in enumerate(lines, 1)]


def write_opml(title: str, lines: Iterable[ListedSource]) -> str:
    """Return a list that read_opml, and any reader of feeds, reads."""
    outlines = "".join(f"    {_outline(line)}\n" for line in lines)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<opml version="2.0" xmlns:{OURS}="{_NAMESPACE}">\n'
        f"  <head><title>{html.escape(_NOT_XML.sub('', title), quote=False)}</title></head>\n"
        f"  <body>\n{outlines}  </body>\n</opml>\n"
    )


def _outline(line: ListedSource) -> str:
    names = {
        "text": line.title,
        "type": "rss",
        "xmlUrl": line.address,
        "language": line.language,
        f"{OURS}:outlet": line.outlet,
        f"{OURS}:code": line.code,
        f"{OURS}:platform": line.platform,
        f"{OURS}:account": line.account,
        f"{OURS}:timeZone": line.time_zone,
        f"{OURS}:minutes": line.minutes,
    }
    given = (
        f"{name}={quoteattr(_NOT_XML.sub('', value))}" for name, value in names.items() if value
    )
    return f"<outline {' '.join(given)}/>"
