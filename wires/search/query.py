"""What somebody typed into the search line, read into words, exclusions and filters."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from django.utils.translation import gettext

from wires import platforms
from wires.search.terms import Term, indexed_language, term

LONGEST = 500
MOST_TERMS = 24
SHORTEST_PREFIX = 4
FILTERS = ("outlet", "lang", "platform", "since", "until", "is")
STATES = ("hidden", "withdrawn", "edited", "unconfirmed")

# A sign, the name of a filter, and then words in quotes, which may never end, or one word.
_PART = re.compile(
    r"""(?P<minus>-?)(?:(?P<name>[a-z]+):)?(?:["“„«](?P<quoted>[^"”“»]*)["”“»]?|(?P<word>[^\s"“”„«»]+))"""
)
_AGE = re.compile(r"(\d{1,4})\s*(m|min|h|d|w)\Z")
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What is looked for. `problems` are sentences about parts that could not be read.

    While somebody is typing, a word may be the beginning of another.
    """

    text: str = ""
    wanted: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    excluded_states: tuple[str, ...] = ()
    # As they were typed, so that a wider search can leave one out.
    parts: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    problems: tuple[str, ...] = ()
    is_typing: bool = False

    @classmethod
    def read(cls, text: str, *, at: datetime, is_typing: bool = False) -> Self:
        """Read a line such as `outlet:bbc lang:fr since:2h -fog "exact words"`."""
        reading = _Reading(at=at)
        line = " ".join(text.split())
        if len(line) > LONGEST:
            line = line[:LONGEST]
            reading.problems.append(
                gettext("Only the first %(n)s characters were searched for.") % {"n": LONGEST}
            )
        for part in _PART.finditer(line):
            reading.parts.append(part[0])
            reading.take(part)
        return cls(text=line, is_typing=is_typing, **reading.fields())

    def __bool__(self) -> bool:
        """Return whether it asks for anything."""
        return bool(
            self.wanted or self.excluded or self.outlets or self.languages or self.platforms
            or self.states or self.excluded_states or self.since or self.until
        )  # fmt: skip


@dataclass(slots=True, kw_only=True)
class _Reading:
    at: datetime
    wanted: list[Term] = field(default_factory=list)
    excluded: list[Term] = field(default_factory=list)
    named: dict[str, list[str]] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    problems: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def take(self, part: re.Match[str]) -> None:
        name, quoted = part["name"] or "", part["quoted"]
        value = (quoted if quoted is not None else part["word"]).strip()
        if name in FILTERS and not part["minus"]:
            if value:
                self._filter(name, value.lower())
            return
        if name == "is":
            self._filter("-is", value.lower())
            return
        self._word(f"{name} {value}" if name else value, part)

    def _word(self, value: str, part: re.Match[str]) -> None:
        is_quoted = part["quoted"] is not None
        is_prefix = not is_quoted and value.endswith("*")
        if is_prefix and len(value) <= SHORTEST_PREFIX:
            self.problems.append(
                gettext("“%(word)s” is too short: write at least four letters before *.")
                % {"word": value}
            )
        is_prefix = is_prefix and len(value) > SHORTEST_PREFIX
        read = term(value, is_prefix=is_prefix, is_quoted=is_quoted)
        if read is None:
            if value.strip('-"'):
                self.problems.append(
                    gettext("“%(word)s” has no letters or digits to search for.")
                    % {"word": value[:40]}
                )
            return
        terms = self.excluded if part["minus"] else self.wanted
        if read in terms:
            return
        if len(self.wanted) + len(self.excluded) >= MOST_TERMS:
            message = gettext("Only the first %(n)s words were searched for.") % {"n": MOST_TERMS}
            if message not in self.problems:
                self.problems.append(message)
            return
        terms.append(read)

    def _filter(self, name: str, value: str) -> None:
        if name in ("since", "until"):
            moment = _moment(value, at=self.at)
            if moment is None:
                self.problems.append(
                    gettext(
                        "“%(name)s:%(value)s” is no time. Write %(name)s:2h, %(name)s:3d or %(name)s:2026-06-25."
                    )
                    % {"name": name, "value": value[:40]}
                )
            elif name == "since":
                self.since = moment
            else:
                self.until = moment
            return
        if problem := _unknown(name, value):
            self.problems.append(problem)
        self.named.setdefault(name, []).append(value[:120])

    def fields(self) -> dict[str, Any]:
        def of(name: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(self.named.get(name, ())))

        return {
            "wanted": tuple(self.wanted),
            "excluded": tuple(self.excluded),
            "outlets": of("outlet"),
            "languages": tuple(dict.fromkeys(map(indexed_language, of("lang")))),
            "platforms": of("platform"),
            "states": of("is"),
            "excluded_states": of("-is"),
            "parts": tuple(self.parts),
            "since": self.since,
            "until": self.until,
            "problems": tuple(self.problems),
        }


def _unknown(name: str, value: str) -> str:
    """Return what is wrong with the value of a filter, in a sentence, or ""."""
    if name == "platform" and value not in dict(platforms.choices()):
        known = ", ".join(code for code, _ in platforms.choices())
        return gettext("No platform is called “%(value)s”. There are: %(known)s.") % {
            "value": value[:40],
            "known": known,
        }
    if name in ("is", "-is") and value not in STATES:
        return gettext("“is:%(value)s” is unknown. There are: %(known)s.") % {
            "value": value[:40],
            "known": ", ".join(STATES),
        }
    return ""


def _moment(value: str, *, at: datetime) -> datetime | None:
    if age := _AGE.match(value):
        return at - timedelta(**{_UNITS[age[2]]: int(age[1])})
    try:
        moment = datetime.fromisoformat(value.upper())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
