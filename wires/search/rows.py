"""The rows of the index: written in the transaction that writes the post, removed with its words.

A row's key is the post's place on the wire: its second, then its id. So the newest matches come
first without being sorted, and a page goes on from a key.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connections, router, transaction

from web.excerpts import cut
from wires.models import Post
from wires.search.dialects import ALL, PUBLIC, stem_token
from wires.search.terms import Token, primary, tokens

TABLE = "wires_search"
ID_BITS = 31
IDS = (1 << ID_BITS) - 1
NO_KEY = 1 << 62
# What stands where an excerpt ends is found as a phrase too.
OVERLAP = 40
# Up to this version FTS5 keeps deleted words until it merges its segments.
SECURE_DELETE = (3, 42)
ROWS_A_TRANSACTION = 500

_WORDS = ("title", "text", "language", "erased_at")
_VERSIONS = ("latest_version", "unconfirmed_version")
_COLUMNS = (
    "pk", "wire_at", "channel", "channel__platform", "channel__outlet__excerpt_length",
    "is_service", "hidden_at", "state", "latest_version", "unconfirmed_version",
    *(f"{version}__{name}" for version in _VERSIONS for name in _WORDS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """What the index keeps of a post: what readers are shown, the rest, and facts to narrow by."""

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
        lexemes = (f"'{word}':{','.join(at)}" if at else f"'{word}'" for word, at in places.items())
        return self.key, " ".join(lexemes)

    def _stems(self, part: Sequence[Token]) -> list[str]:
        stems = dict.fromkeys(token.stem for token in part if token.stem)
        return [stem_token(self.language, stem) for stem in stems]


def key_of(pk: int, wire_at: datetime) -> int:
    """Return the key of a post's row. Of two posts the one that is newer on the wire has the larger."""
    return second_key(wire_at) | (pk & IDS)


def second_key(moment: datetime) -> int:
    """Return the smallest key of a second, at least that of 1970 and at most one that fits."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    second = int((moment - epoch).total_seconds())
    return min(max(second, 0), (1 << 32) - 1) << ID_BITS


def write_rows(posts: Collection[int]) -> None:
    """Index these posts as they are now; those whose words are gone are removed. Two queries, or three.

    Call it in the transaction that wrote the posts.
    """
    if not posts:
        return
    stored = list(Post.objects.filter(pk__in=posts).values(*_COLUMNS))
    rows = [row for row in map(_row, stored) if row is not None]
    written = {row.key for row in rows}
    keys = (key_of(each["pk"], each["wire_at"]) for each in stored)
    remove_keys([key for key in keys if key not in written])
    _insert(rows)


def remove_keys(keys: Collection[int]) -> None:
    """Remove rows by their keys. One query, none without keys."""
    if not keys:
        return
    marks = ", ".join(["%s"] * len(keys))
    name = "rowid" if _connection().vendor == "sqlite" else "key"
    with _connection().cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE {name} IN ({marks})", list(keys))  # noqa: S608


def forget_removed() -> None:
    """Let nothing be left of rows that were removed, in the bytes of the index either.

    An erasure asks for it. Versions of SQLite before 3.42 rewrite the whole index for that.
    """
    connection = _connection()
    if connection.vendor == "sqlite" and _version() < SECURE_DELETE:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")  # noqa: S608


def rebuild(*, first: int = 0) -> Iterator[int]:
    """Write the rows of all posts again, newest ids first; yield how many, a transaction at a time."""
    last = first or NO_KEY
    while True:
        with transaction.atomic():
            posts = Post.objects.filter(pk__lt=last).order_by("-pk")
            # A change of one of them meanwhile writes its row after us.
            locked = posts.select_for_update(no_key=True).values_list("pk", flat=True)
            keys = list(locked[:ROWS_A_TRANSACTION])
            write_rows(keys)
        if not keys:
            return
        yield len(keys)
        last = keys[-1]


def is_empty() -> bool:
    """Return whether the index has no row at all. One query."""
    with _connection().cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {TABLE} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is None


def create_tables(connection: Any) -> None:
    """Make the table of the index, empty. On PostgreSQL its words are a tsvector under a GIN index."""
    with connection.cursor() as cursor:
        for statement in _TABLES[connection.vendor]:
            cursor.execute(statement)
        if connection.vendor == "sqlite" and _version() >= SECURE_DELETE:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('secure-delete', 1)")  # noqa: S608


def drop_tables(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


# The tokenizer that takes every letter beyond ASCII as it is: ours has split and folded them.
_TABLES = {
    "sqlite": [
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5("
        "head, head_stems, rest, rest_stems, facts, tokenize='ascii', columnsize=0)"
    ],
    "postgresql": [
        f"CREATE TABLE {TABLE} (key bigint PRIMARY KEY, words tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)",
    ],
}


def _row(post: dict[str, Any]) -> Row | None:
    """Return what the index keeps of a post, None where it has no words."""
    newest = _VERSIONS[1] if post[_VERSIONS[1]] else _VERSIONS[0]
    if not post[newest] or post[f"{newest}__erased_at"] is not None:
        return None
    is_shown = bool(
        post["latest_version"]
        and post["latest_version__erased_at"] is None
        and post["hidden_at"] is None
        and not post["is_service"]
        and post["state"] != Post.State.WITHDRAWN
    )
    language = post[f"{newest}__language"]
    words = _words(post, newest)
    shown = _words(post, "latest_version") if is_shown else words
    excerpt = cut(shown, post["channel__outlet__excerpt_length"]).removesuffix("…")
    rest = words
    if words.startswith(excerpt):
        begins = max(0, len(excerpt) - OVERLAP)
        rest = words[begins:] if len(words) > len(excerpt) else ""
        if begins:
            rest = rest.partition(" ")[2] or rest
    return Row(
        key=key_of(post["pk"], post["wire_at"]),
        head=tokens(excerpt, language),
        rest=tokens(rest, language),
        language=primary(language),
        facts=tuple(_facts(post, is_shown=is_shown, language=language)),
    )


def _words(post: dict[str, Any], version: str) -> str:
    title, text = post[f"{version}__title"].strip(), post[f"{version}__text"].strip()
    return text if text.startswith(title.removesuffix("…")) else f"{title}\n{text}".strip()


def _facts(post: dict[str, Any], *, is_shown: bool, language: str) -> Iterator[str]:
    yield from (ALL, f"c{post['channel']}", language_fact(language))
    yield platform_fact(post["channel__platform"])
    if is_shown:
        yield PUBLIC
    if post["hidden_at"] is not None:
        yield state_fact("hidden")
    if post["unconfirmed_version"]:
        yield state_fact("unconfirmed")
    if post["state"] != Post.State.LIVE:
        yield state_fact(post["state"])


def channel_fact(channel: int) -> str:
    return f"c{channel}"


def language_fact(tag: str) -> str:
    return f"l{''.join(filter(str.isalnum, primary(tag)))}"


def platform_fact(code: str) -> str:
    return f"p{''.join(filter(str.isalnum, code))}"


def state_fact(state: str) -> str:
    return f"s{state}"


def _insert(rows: Sequence[Row]) -> None:
    if not rows:
        return
    connection = _connection()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                f"INSERT OR REPLACE INTO {TABLE}(rowid, head, head_stems, rest, rest_stems, facts)"  # noqa: S608
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [row.for_sqlite() for row in rows],
            )
            return
        keys, words = zip(*(row.for_postgresql() for row in rows), strict=True)
        cursor.execute(
            f"INSERT INTO {TABLE} (key, words) SELECT key, words::tsvector"  # noqa: S608
            " FROM unnest(%s::bigint[], %s::text[]) AS given(key, words)"
            " ON CONFLICT (key) DO UPDATE SET words = EXCLUDED.words",
            [list(keys), list(words)],
        )


def _connection() -> Any:
    return connections[router.db_for_write(Post)]


def _version() -> tuple[int, ...]:
    import sqlite3

    return sqlite3.sqlite_version_info
