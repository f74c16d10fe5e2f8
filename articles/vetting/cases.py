"""Cases: an article and its sources in a JSON file, to be checked without a database.

docs/checks.md describes the format. A null key counts as missing.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from articles.vetting.finding import Finding
from articles.vetting.piece import OutletName, Piece, PostText, SourceRef
from wires.platforms import FEED, find_platform
from wires.platforms.permalinks import recognise

# Names that a case has for the fields of a piece.
_FIELDS = {"standfirst": "dek"}
_LONGEST = 200


class UnreadableCase(Exception):
    """A case that cannot be read; the message says why in one line, for any input."""

    def __init__(self, why: str) -> None:
        shown = "".join(each if each.isprintable() else "·" for each in why)
        super().__init__(shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The contents of one file. now is aware; id is empty if the case has none."""

    id: str
    now: datetime | None
    piece: Piece
    outlets: tuple[OutletName, ...]


def read_case(body: bytes) -> Case:
    """Read a case. Raises UnreadableCase."""
    try:
        whole = json.loads(body, object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        message = "it is not text in UTF-8"
        raise UnreadableCase(message) from error
    except RecursionError as error:
        message = "it is nested too deeply"
        raise UnreadableCase(message) from error
    except ValueError as error:
        message = f"it is not JSON: {error}"
        raise UnreadableCase(message) from error
    case = _Table(whole, "the case")
    article = case.table("article")
    sources = [_source(table) for table in case.tables("sources")]
    _refuse_twins([source.key for source in sources])
    return Case(
        id=case.text("id"),
        now=case.moment("now"),
        piece=Piece.written(
            headline=article.text("headline"),
            standfirst=article.text("dek") or article.text("standfirst"),
            body=article.text("body"),
            framing_note=article.text("framing_note"),
            social_text=article.text("social_text"),
            language=article.text("language") or "en",
            sources=sources,
            published_at=article.moment("published_at"),
        ),
        outlets=tuple(
            OutletName(name=table.text("name"), aliases=table.words("aliases"))
            for table in case.tables("outlets")
        ),
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; of two values for one key the parser would drop one in silence."""
    whole = dict(pairs)
    if len(whole) < len(pairs):
        twins = sorted(
            key for key, number in Counter(key for key, _ in pairs).items() if number > 1
        )
        message = f"the key {twins[0]} appears twice in one object"
        raise UnreadableCase(message)
    return whole


def _no_number(name: str) -> Any:
    message = f"{name} is no number"
    raise ValueError(message)


def as_case(finding: Finding) -> dict[str, object]:
    """Return a finding as JSON values, with the field name that cases use."""
    answer = finding.as_dict()
    del answer["fingerprint"]
    return answer | {"field": _FIELDS.get(finding.field, finding.field)}


def _source(table: "_Table") -> SourceRef:
    key, platform = table.text("key"), table.text("platform").casefold() or FEED.code
    if not key:
        message = f"{table.name} has no key"
        raise UnreadableCase(message)
    if find_platform(platform) is None:
        message = f"{table.name} has an unknown platform, {platform}"
        raise UnreadableCase(message)
    url, cited_at = table.text("url"), table.moment("cited_at")
    versions = _versions(table)
    text, later = _pinned(table.optional("text"), versions, cited_at)
    link = recognise(url)
    return SourceRef(
        key=key,
        outlet=table.text("outlet"),
        aliases=table.words("aliases"),
        platform=platform,
        url=url,
        account=link.account if link else "",
        native_id=link.native_id if link else "",
        posted_at=table.moment("posted_at"),
        text=text,
        versions=later,
        edits=tuple(version.at for version in versions),
        deleted_at=table.moment("deleted_at"),
        cited_at=cited_at,
        role="background" if table.flag("links_only") else table.text("role") or "basis",
        language=table.text("language"),
        translation=table.text("translation"),
        is_unconfirmed=table.flag("unconfirmed"),
    )


def _versions(table: "_Table") -> list[PostText]:
    versions = []
    for each in table.tables("versions"):
        at = each.moment("at")
        if at is None:
            message = f"{each.name} has no time"
            raise UnreadableCase(message)
        versions.append(PostText(at=at, text=each.text("text")))
    return sorted(versions, key=lambda version: version.at)


def _pinned(
    first: str | None, versions: list[PostText], cited_at: datetime | None
) -> tuple[str | None, tuple[PostText, ...]]:
    """Return the words that were current when they were cited, and the later ones.

    Without a time of citing those are the first: that is when whatever came later came in.
    """
    known = [version for version in versions if cited_at is not None and version.at <= cited_at]
    text = known[-1].text if known else first
    return text, tuple(versions[len(known) :])


def _refuse_twins(keys: list[str]) -> None:
    twins = sorted(key for key, number in Counter(keys).items() if number > 1)
    if twins:
        message = f"two sources have the key {twins[0]}"
        raise UnreadableCase(message)


class _Table:
    """An object of a case, whose values are asked for by type. Its methods raise UnreadableCase."""

    def __init__(self, value: object, name: str) -> None:
        if not isinstance(value, Mapping):
            message = f"{name} is not an object"
            raise UnreadableCase(message)
        self.name = name
        self._value: Mapping[str, Any] = value

    def optional(self, key: str) -> str | None:
        value = self._value.get(key)
        if value is None or isinstance(value, str):
            return value
        raise self._wrong(key, "text")

    def text(self, key: str) -> str:
        return self.optional(key) or ""

    def flag(self, key: str) -> bool:
        value = self._value.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise self._wrong(key, "true or false")

    def words(self, key: str) -> tuple[str, ...]:
        value = self._value.get(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
        raise self._wrong(key, "a list of texts")

    def moment(self, key: str) -> datetime | None:
        """Return a time as an aware datetime, in UTC if the case gives no zone."""
        value = self.optional(key)
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise self._wrong(key, "a time such as 2026-03-02T12:00:00Z") from None
        try:
            return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        except OverflowError:
            raise self._wrong(key, "a time within the calendar") from None

    def table(self, key: str) -> "_Table":
        return _Table(
            self._value.get(key), key if self.name == "the case" else f"{self.name}.{key}"
        )

    def tables(self, key: str) -> list["_Table"]:
        value = self._value.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._wrong(key, "a list")
        return [_Table(each, f"{key}[{n}]") for n, each in enumerate(value)]

    def _wrong(self, key: str, wanted: str) -> UnreadableCase:
        return UnreadableCase(f"{key} of {self.name} is not {wanted}")
