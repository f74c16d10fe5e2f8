"""The words of a post on X: long ones whole, its own short links as the addresses behind them."""

import re
from html import escape, unescape

from wires.html import clean_foreign
from wires.platforms.json_bodies import Record, record_of, records_of, text_of
from wires.platforms.links import web_address
from wires.platforms.text import words

_SHORT = re.compile(r"https?://t\.co/\w+", re.ASCII)
# The last link of a post with pictures leads to the post itself.
_OWN_PICTURE = re.compile(
    r"https?://(?:x|twitter)\.com/[^/]+/status/[0-9]+/(?:photo|video)/[0-9]+", re.ASCII
)


def either(record: Record, old: str, new: str) -> object:
    """Return a field by its old name, else by the one that X gives it now."""
    value = record.get(old)
    return record.get(new) if value is None else value


def wording_of(post: Record) -> tuple[str, str]:
    """Return the text and the HTML of a post."""
    note = either(post, "note_tweet", "note_post")
    source = note if isinstance(note, dict) and text_of(note, "text") else post
    addresses = _addresses(source) | (_addresses(post) if source is not post else {})
    raw = text_of(source, "text")
    parts: list[tuple[str, str]] = []
    at = 0
    for found in _SHORT.finditer(raw):
        parts.append((raw[at : found.start()], ""))
        address = addresses.get(found.group(), found.group())
        if not _OWN_PICTURE.fullmatch(address):
            parts.append((address, address))
        at = found.end()
    parts.append((raw[at:], ""))
    plain = "".join(words_ if link else unescape(words_) for words_, link in parts)
    return words(plain), clean_foreign(
        "".join(_html(words_, link) for words_, link in parts).strip()
    )


def _html(said: str, link: str) -> str:
    if link:
        return f'<a href="{escape(link)}">{escape(link, quote=False)}</a>'
    return escape(unescape(said), quote=False).replace("\n", "<br>")


def _addresses(record: Record) -> dict[str, str]:
    """Return the address behind each short link that X names."""
    found: dict[str, str] = {}
    for link in records_of(record_of(record, "entities"), "urls"):
        address = text_of(link, "unwound_url") or text_of(link, "expanded_url")
        if web_address(address):
            found[text_of(link, "url")] = web_address(address)
    return found
