"""An index of words on either database: its table, its rows, and how it is asked.

A row's key is its place in time: a second, then an id. So the newest matches come first without
being sorted, and a page goes on from a key.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from django.db import connection

from wires.search.dialects import Dialect, Fts5, TsQuery, stem_token
from wires.search.terms import ALGORITHMS, UNKNOWN, Token

ID_BITS = 31
IDS = (1 << ID_BITS) - 1
NO_KEY = 1 << 62
# Up to this version FTS5 keeps deleted words until it merges its segments.
SECURE_DELETE = (3, 42)
# What PostgreSQL sorts at most; where more rows match, the newest are found by walking them all.
MOST_SORTED = 10_000
# What a tsvector holds, a little less than a megabyte, and of how many places of a word it knows.
MOST_BYTES, MOST_PLACES = 1_000_000, 256
# Among so many of the newest a common word has filled a page before the index would be asked.
WALKED_FIRST = 1_000
DIALECTS: dict[str, Dialect] = {"sqlite": Fts5(), "postgresql": TsQuery()}
# By table and database: when they were read, and the languages.
_languages: dict[tuple[str, str], tuple[float, frozenset[str]]] = {}
KEPT_FOR = 60.0  # seconds
_SCANS = ("seqscan", "indexscan", "bitmapscan")


@dataclass(frozen=True, slots=True)
class Row:
    """What an index keeps of a text: its head, the rest, and facts to narrow by."""

    key: int
    head: list[Token]
    rest: list[Token]
    language: str
    facts: tuple[str, ...]

    def for_sqlite(self) -> tuple[int, str, str, str, str, str]:
        return (
            self.key,
            " ".join(token.word for token in self.head),
            " ".join(self._stems(self.head)),
            " ".join(token.word for token in self.rest),
            " ".join(self._stems(self.rest)),
            " ".join(self.facts),
        )

    def for_postgresql(self) -> tuple[int, str]:
        """Return the row as a tsvector is written. Two words that were far apart stay so."""
        places: dict[str, list[str]] = {f"={fact}": [] for fact in self.facts}
        start = 1
        for part, weight in ((self.head, "A"), (self.rest, "B")):
            for place, token in enumerate(part, start):
                places.setdefault(token.word, []).append(f"{place}{weight}")
            for stem in self._stems(part):
                places.setdefault(f"~{stem}", []).append(f"1{weight}")
            start += len(part) + 2
        lexemes = (
            f"'{word}':{','.join(at)}" if at else f"'{word}'" for word, at in _fitting(places)
        )
        return self.key, " ".join(lexemes)

    def _stems(self, part: Sequence[Token]) -> list[str]:
        stems = dict.fromkeys(token.stem for token in part if token.stem)
        return [stem_token(self.language, stem) for stem in stems]


def _fitting(places: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield words with their places as far as a tsvector holds them; else it refuses all of them."""
    room = MOST_BYTES
    for word, at in places.items():
        room -= len(word.encode()) + 4 + 2 * min(len(at), MOST_PLACES)
        if room < 0:
            return
        yield word, at


def key_of(pk: int, at: datetime) -> int:
    """Return the key of a row. Of two the one that is newer has the larger."""
    return second_key(at) | (pk & IDS)


def second_key(moment: datetime) -> int:
    """Return the smallest key of a second, at least that of 1970 and at most one that fits."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    second = int((moment - epoch).total_seconds())
    return min(max(second, 0), (1 << 32) - 1) << ID_BITS


@dataclass(frozen=True, slots=True)
class Index:
    """A table of words: of FTS5 on SQLite, of tsvectors under a GIN index on PostgreSQL."""

    table: str

    def create(self, on: Any) -> None:
        """Make the table, empty, over a connection."""
        # The tokenizer that takes every letter beyond ASCII as it is: ours has split and folded them.
        statements = {
            "sqlite": [
                f"CREATE VIRTUAL TABLE {self.table} USING fts5("
                "head, head_stems, rest, rest_stems, facts, tokenize='ascii', columnsize=0)"
            ],
            "postgresql": [
                f"CREATE TABLE {self.table} (key bigint PRIMARY KEY, words tsvector NOT NULL)",
                f"CREATE INDEX {self.table}_words ON {self.table} USING gin (words)",
            ],
        }
        with on.cursor() as cursor:
            for statement in statements[on.vendor]:
                cursor.execute(statement)
            if on.vendor == "sqlite" and _version() >= SECURE_DELETE:
                cursor.execute(
                    f"INSERT INTO {self.table}({self.table}, rank) VALUES ('secure-delete', 1)"  # noqa: S608
                )

    def drop(self, on: Any) -> None:
        with on.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.table}")

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows, in the place of those with the same keys. One query, none for no rows."""
        if not rows:
            return
        self._add_languages(rows)
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.executemany(
                    f"INSERT OR REPLACE INTO {self.table}"  # noqa: S608
                    "(rowid, head, head_stems, rest, rest_stems, facts)"
                    " VALUES (%s, %s, %s, %s, %s, %s)",
                    [row.for_sqlite() for row in rows],
                )
                return
            keys, words = zip(*(row.for_postgresql() for row in rows), strict=True)
            cursor.execute(
                f"INSERT INTO {self.table} (key, words) SELECT key, words::tsvector"  # noqa: S608
                " FROM unnest(%s::bigint[], %s::text[]) AS given(key, words)"
                " ON CONFLICT (key) DO UPDATE SET words = EXCLUDED.words",
                [list(keys), list(words)],
            )

    def remove(self, keys: Collection[int]) -> None:
        """Remove rows by their keys. One query, none without keys."""
        if not keys:
            return
        marks = ", ".join(["%s"] * len(keys))
        name = "rowid" if connection.vendor == "sqlite" else "key"
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table} WHERE {name} IN ({marks})", list(keys))  # noqa: S608

    def forget_removed(self) -> None:
        """Let nothing be left of rows that were removed, in the bytes of the index either.

        An erasure asks for it. Versions of SQLite before 3.42 rewrite the whole index for that.
        """
        if connection.vendor == "sqlite" and _version() < SECURE_DELETE:
            with connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {self.table}({self.table}) VALUES ('optimize')")  # noqa: S608

    def is_empty(self) -> bool:
        """Return whether there is no row at all. One query."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {self.table} LIMIT 1")  # noqa: S608
            return cursor.fetchone() is None

    def languages(self) -> Sequence[str]:
        """Return the languages of its texts whose words are stemmed.

        FTS5 opens a list of rows for each form of a word in each language, and most sites have a few.
        One query, none while they are kept, which is a minute: by then another process, too, looks
        for all forms of words in a language that is new. PostgreSQL passes over a lexeme that is
        nowhere, and is asked for all.
        """
        if connection.vendor != "sqlite":
            return (UNKNOWN,)
        place, now = self._place(), monotonic()
        kept = _languages.get(place)
        if kept is None or now - kept[0] >= KEPT_FOR:
            kept = _languages[place] = (now, self._read_languages())
        return tuple(sorted(kept[1]))

    def _read_languages(self) -> frozenset[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT value FROM json_each(%s) WHERE EXISTS (SELECT 1 FROM"  # noqa: S608
                f" {self.table} WHERE {self.table} MATCH '{{facts}} : \"l' || value || '\"')",
                [json.dumps(list(ALGORITHMS))],
            )
            return frozenset(tag for (tag,) in cursor.fetchall())

    def _add_languages(self, rows: Sequence[Row]) -> None:
        """Note what was written, so that this process finds it at once."""
        kept = _languages.get(self._place())
        if kept is not None:
            added = {row.language for row in rows if row.language in ALGORITHMS}
            _languages[self._place()] = (kept[0], kept[1] | added)

    def _place(self) -> tuple[str, str]:
        return self.table, str(connection.settings_dict["NAME"])

    @property
    def dialect(self) -> Dialect:
        return DIALECTS[connection.vendor]

    def find(
        self, expression: str, *, low: int, high: int, most: int, is_ahead: bool = False
    ) -> list[int]:
        """Return the keys that match from `low` up to `high`, newest first, at most so many.

        With `is_ahead` those next to `low`. One query on SQLite, three at most on PostgreSQL.
        """
        if low >= high:
            return []
        find = self._from_fts5 if connection.vendor == "sqlite" else self._from_tsvectors
        found = find(expression, (low, high), most, "ASC" if is_ahead else "DESC")
        return found[::-1] if is_ahead else found

    def _from_fts5(
        self, expression: str, bounds: tuple[int, int], most: int, order: str
    ) -> list[int]:
        """Ask FTS5, whose lists of rows are in the order of their keys, so that nothing is sorted."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM {self.table} WHERE {self.table} MATCH %s"  # noqa: S608
                f" AND rowid >= %s AND rowid < %s ORDER BY rowid {order} LIMIT %s",
                [expression, *bounds, most],
            )
            return [key for (key,) in cursor.fetchall()]

    def _from_tsvectors(
        self, expression: str, bounds: tuple[int, int], most: int, order: str
    ) -> list[int]:
        """Walk the newest rows; where they do not fill the page, ask the index of words."""
        between = f"FROM {self.table} WHERE key >= %s AND key < %s"
        asked = [*bounds, expression, most]
        found = ask_by(
            "indexscan",
            f"SELECT key FROM (SELECT key, words {between} ORDER BY key {order} LIMIT {WALKED_FIRST})"  # noqa: S608
            f" AS newest WHERE words @@ %s::tsquery ORDER BY key {order} LIMIT %s",
            asked,
        )
        if len(found) >= most:
            return [key for (key,) in found]
        found = ask_by(
            "bitmapscan",
            f"WITH found AS MATERIALIZED (SELECT key {between} AND words @@ %s::tsquery"  # noqa: S608
            f" LIMIT {MOST_SORTED + 1}) SELECT key, (SELECT count(*) FROM found) FROM found"
            f" ORDER BY key {order} LIMIT %s",
            asked,
        )
        if found and found[0][1] > MOST_SORTED:
            found = ask_by(
                "indexscan",
                f"SELECT key {between} AND words @@ %s::tsquery ORDER BY key {order} LIMIT %s",
                asked,
            )
        return [key for key, *_ in found]


def ask_by(scan: str, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return what PostgreSQL answers when it may read tables in this way only. One query.

    It knows how common a word is only roughly, and may read the whole table for a page of it. The
    three statements go together and are one transaction, if there is no other.
    """
    allow_one, allow_all = (
        ", ".join(
            f"set_config('enable_{each}', '{'on' if each in ways else 'off'}', true)"
            for each in _SCANS
        )
        for ways in ((scan,), _SCANS)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {allow_one}; {statement}; SELECT {allow_all}", values)
        cursor.nextset()
        return list(cursor.fetchall())


def _version() -> tuple[int, ...]:
    import sqlite3

    return sqlite3.sqlite_version_info
