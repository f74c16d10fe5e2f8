"""What sites send in place of quotes: a puzzle for robots, a limit that is reached, an error.

Many of them send it with status 200, so the words have to be looked at.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

# A page says early what it is; the rest may be megabytes of scripts.
LOOKED_AT = 20_000
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|script|noscript|meta|title)\b")
_PUZZLE = re.compile(
    r"captcha|challenge|(?:not|a) a? ?robot|(?:are|you.re) human|proof.of.work|puzzle"
    r"|just a moment|(?:check|verif)\w* your browser|enable javascript|requires javascript"
    r"|unusual traffic|cf-chl"
)
_LIMIT = re.compile(
    r"too many requests|throttl|quota|credits|(?:rate|daily|hits|hourly|call|request|usage)s? limit"
    r"|limit (?:is )?(?:reach|exceed)|(?:requests|calls|hits) (?:per|a|each) (?:second|minute|hour|day)"
    r"|exceeded"
)
_KEY = re.compile(r"api[ _-]?key|token|unauthori[sz]ed|forbidden|subscription|your plan")
# What says that something went wrong, whatever stands beside it; and what does so alone.
_ERRORS = ("error", "errors", "error message", "error_message", "errormessage")
_NOTES = ("note", "information", "message", "detail")
_CODES = ("code", "error_code", "status_code", "status")


class Refusal(StrEnum):
    """Why there are no quotes, as people are told; what the site said itself goes after it."""

    PUZZLE = (
        "the site answers with a puzzle page, a check for robots, instead of quotes: it turns"
        " programs away; choose another provider for its instruments"
    )
    LIMIT = "the site says that its limit is reached"
    KEY = "the site refuses the key, or the plan it belongs to"
    PAGE = "the answer is a web page, not quotes: open the address in a browser"
    ERROR = "the site answers with an error"


def page_in(text: str) -> Refusal | None:
    """Return what a web page in place of quotes says; None where the text is none."""
    beginning = text.lstrip()[:LOOKED_AT].lower()
    if not beginning.startswith("<") or not _PAGE.search(beginning):
        return None
    if _PUZZLE.search(beginning):
        return Refusal.PUZZLE
    return Refusal.LIMIT if _LIMIT.search(beginning) else Refusal.PAGE


def line_in(text: str) -> Refusal | None:
    """Return what one line of plain words says; None where it may be the head of a table."""
    line = text.strip()
    if "\n" in line or "," in line.partition(" ")[0] or line[:1] in "[{<":
        return None
    return _of_words(line)


def error_in(given: Any) -> tuple[Refusal, str] | None:
    """Return what JSON that tells of an error says, and its words; None where it tells of none."""
    if not isinstance(given, Mapping):
        return None
    fields = {str(name).strip().lower(): value for name, value in given.items()}
    words = _words_of_error(fields)
    if not words:
        return None
    deeper = [value for value in fields.values() if isinstance(value, Mapping)]
    if any(str(part.get(name)) == "429" for part in (fields, *deeper) for name in _CODES):
        return Refusal.LIMIT, words
    return _of_words(words) or Refusal.ERROR, words


def _words_of_error(fields: Mapping[str, Any]) -> str:
    for name in _ERRORS:
        if fields.get(name):
            return _flat(fields[name]) if fields[name] is not True else _note(fields) or name
    status = fields.get("status")
    if isinstance(status, Mapping) and status.get("error_message"):
        return _flat(status["error_message"])
    has_more = any(isinstance(value, Mapping | list) and value for value in fields.values())
    return "" if has_more else _note(fields)


def _note(fields: Mapping[str, Any]) -> str:
    return next((_flat(fields[name]) for name in _NOTES if fields.get(name)), "")


def _flat(value: Any) -> str:
    """Return the words of an error, which may lie deeper."""
    if isinstance(value, Mapping):
        return "; ".join(str(part) for part in value.values() if not isinstance(part, list))
    if isinstance(value, list):
        return "; ".join(map(str, value[:3]))
    return str(value)


def _of_words(words: str) -> Refusal | None:
    lower = words[:LOOKED_AT].lower()
    if _LIMIT.search(lower):
        return Refusal.LIMIT
    return Refusal.KEY if _KEY.search(lower) else None
