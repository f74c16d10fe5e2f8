"""Links inside the text of a Bluesky post, which stand beside it as ranges of UTF-8 bytes."""

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from wires.html import clean_foreign
from wires.platforms.bluesky.permalink import account_url
from wires.platforms.json_bodies import Record, record_of, records_of, text_of
from wires.platforms.links import web_address
from wires.platforms.text import words

_MOST = 500


def html_of(record: Record) -> str:
    """Return the text of a post with its links, cleaned."""
    text = text_of(record, "text").encode("utf-8", "replace")
    parts: list[str] = []
    at = 0
    for start, end, address in _links(record, text):
        parts.append(_escaped(text[at:start]))
        parts.append(f'<a href="{escape(address)}">{_escaped(text[start:end])}</a>')
        at = end
    parts.append(_escaped(text[at:]))
    return clean_foreign("".join(parts))


def _escaped(part: bytes) -> str:
    return escape(_words_within(part), quote=False).replace("\n", "<br>")


def _words_within(part: bytes) -> str:
    """Return a part of a text, with the white space at its ends, which words() would drop."""
    text = part.decode("utf-8", "replace")
    inner = words(text)
    if not inner:
        return " " if text[:1].isspace() else ""
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{head}{inner}{tail}"


def _links(record: Record, text: bytes) -> list[tuple[int, int, str]]:
    """Return the ranges that lead somewhere, in order; of two that overlap only the first."""
    found = sorted(_ranges(record, text))
    if not found:
        return []
    apart = [found[0]]
    for before, after in pairwise(found):
        if after[0] >= max(before[1], apart[-1][1]):
            apart.append(after)
    return apart


def _ranges(record: Record, text: bytes) -> Iterator[tuple[int, int, str]]:
    for facet in list(records_of(record, "facets"))[:_MOST]:
        place = record_of(facet, "index")
        start, end = _position(place.get("byteStart")), _position(place.get("byteEnd"))
        address = next(filter(None, map(_address, records_of(facet, "features"))), "")
        if address and 0 <= start < end <= len(text) and _is_whole(text[start:end]):
            yield start, end, address


def _position(value: object) -> int:
    # Numbers come as they were written.
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 7 else -1


def _is_whole(part: bytes) -> bool:
    """Return whether a range begins and ends between two characters."""
    try:
        part.decode()
    except UnicodeDecodeError:
        return False
    return True


def _address(feature: Record) -> str:
    kind = text_of(feature, "$type")
    if kind.endswith("#link"):
        return web_address(text_of(feature, "uri"))
    did = text_of(feature, "did")
    return account_url(did) if kind.endswith("#mention") and did.startswith("did:") else ""
