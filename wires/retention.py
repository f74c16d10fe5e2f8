"""What is kept, and what guards it: append-only triggers, evidence, legal erasure."""

import json
import logging
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType

from django.apps.registry import Apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, Q

from web.words import REMOVED
from wires import generations, search
from wires.kept_bodies import NOTHING, KeptBodies, find_kept_bodies
from wires.models import (
    Capture,
    Channel,
    Confirmation,
    Evidence,
    PastedLink,
    Post,
    PostAlias,
    PostQuerySet,
    PostVersion,
    Story,
    StoryKey,
)

logger = logging.getLogger(__name__)

# Column → what an erasure leaves in it; every other column stays as it was written.
ERASED_POST_VERSION = {
    "title": "''",
    "text": "''",
    "html": "''",
    "author": "''",
    "media": "'[]'",
    "changes": "NULL",
    "capture_id": "NULL",
}
ERASED_EVIDENCE = {"body": "NULL"}
EMPTIED_CAPTURE = {"body": "NULL"}


class NothingToErase(Exception):
    """The post has no words left to erase."""


def guard(
    connection: BaseDatabaseWrapper,
    model: type[Model],
    *,
    erasable: Mapping[str, str] = MappingProxyType({}),
    erased_at: str = "",
    redactable: Mapping[str, Mapping[str, object]] = MappingProxyType({}),
) -> None:
    """Make the trigger that refuses UPDATE of the model's rows; safe to repeat.

    An UPDATE passes only where it empties every erasable column to the literal given, sets the
    column `erased_at` if one is named, and changes nothing else; or where, in columns that hold a
    list of objects, it only gives some of these the values of `redactable`, by column and key.
    Both databases else answer with IntegrityError. A condition looks at no other table, which
    SQLite could then not remake. On SQLite a later AlterField remakes the table and drops its
    triggers, so this runs after every migrate.
    """
    columns = _columns(model)
    # A migration may know the model from before it had them all.
    erasable = {column: empty for column, empty in erasable.items() if column in columns}
    redactable = {column: keys for column, keys in redactable.items() if column in columns}
    allowed = []
    if erasable and erased_at in ("", *columns):
        allowed.append(_is_emptied(connection, columns, erasable, erased_at))
    if redactable:
        allowed.append(_is_redacted(connection, columns, redactable))
    _make_trigger(connection, model, allowed)


def _columns(model: type[Model]) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields if field.column]


def _make_trigger(
    connection: BaseDatabaseWrapper, model: type[Model], allowed: Sequence[str]
) -> None:
    """Make the trigger that refuses each UPDATE for which none of the conditions holds."""
    table, quote = model._meta.db_table, connection.ops.quote_name
    condition = " OR ".join(f"({each})" for each in allowed) or "FALSE"
    name, complaint = f"{table}_is_append_only", f"{table} is append-only"
    with connection.cursor() as cursor:
        for statement in _trigger(connection.vendor, name, quote(table), condition, complaint):
            cursor.execute(statement)


def _is_emptied(
    connection: BaseDatabaseWrapper,
    columns: Sequence[str],
    erasable: Mapping[str, str],
    erased_at: str,
) -> str:
    """Return the SQL condition that an UPDATE empties a row whole, and changes nothing else."""
    quote, same = connection.ops.quote_name, _same(connection)
    as_text = "::text" if connection.vendor == "postgresql" else ""
    conditions = [
        f"NEW.{quote(column)} {same} OLD.{quote(column)}"
        for column in columns
        if column not in erasable and column != erased_at
    ]
    conditions += [
        f"NEW.{quote(column)}{as_text} {same} {empty}" for column, empty in erasable.items()
    ]
    if erased_at:
        conditions += [f"OLD.{quote(erased_at)} IS NULL", f"NEW.{quote(erased_at)} IS NOT NULL"]
    return " AND ".join(conditions)


def _is_redacted(
    connection: BaseDatabaseWrapper,
    columns: Sequence[str],
    redactable: Mapping[str, Mapping[str, object]],
) -> str:
    """Return the SQL condition that an UPDATE only redacts entries of these lists, at least one."""
    quote, same = connection.ops.quote_name, _same(connection)
    conditions = [
        f"NEW.{quote(column)} {same} OLD.{quote(column)}"
        for column in columns
        if column not in redactable
    ]
    unlike = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    changes = [f"NEW.{quote(column)} {unlike} OLD.{quote(column)}" for column in redactable]
    conditions.append(f"({' OR '.join(changes)})")
    template = _REDACTED[connection.vendor]
    for column, keys in redactable.items():
        conditions.append(
            template.format(column=quote(column), redacted=_redacted(connection.vendor, keys))
        )
    return " AND ".join(conditions)


# Entry by entry: each is as it was, or has exactly the given values under the given keys. What is
# no list of objects is as it was.
_REDACTED = {
    "sqlite": (
        "json_type(NEW.{column}) = 'array' AND json_type(OLD.{column}) = 'array' AND "
        "json_array_length(NEW.{column}) = json_array_length(OLD.{column}) AND NOT EXISTS ("
        "SELECT 1 FROM json_each(OLD.{column}) AS was, json_each(NEW.{column}) AS became "
        "WHERE was.key = became.key AND CASE "
        "WHEN was.type = 'object' AND became.type = 'object' "
        "THEN json(became.value) IS NOT json(was.value) AND json(became.value) IS NOT {redacted} "
        "ELSE became.type IS NOT was.type OR became.value IS NOT was.value END)"
    ),
    "postgresql": (
        "CASE WHEN jsonb_typeof(NEW.{column}) = 'array' AND jsonb_typeof(OLD.{column}) = 'array' "
        "THEN jsonb_array_length(NEW.{column}) = jsonb_array_length(OLD.{column}) AND NOT EXISTS ("
        "SELECT 1 FROM jsonb_array_elements(OLD.{column}) WITH ORDINALITY AS was(value, place) "
        "JOIN jsonb_array_elements(NEW.{column}) WITH ORDINALITY AS became(value, place) "
        "USING (place) WHERE became.value IS DISTINCT FROM was.value AND CASE "
        "WHEN jsonb_typeof(was.value) = 'object' "
        "THEN became.value IS DISTINCT FROM {redacted} ELSE TRUE END) ELSE FALSE END"
    ),
}


def _redacted(vendor: str, keys: Mapping[str, object]) -> str:
    """Return the SQL for an entry with these values under those of the keys that it has."""
    expression = "was.value"
    for key, value in keys.items():
        literal = json.dumps(value).replace("'", "''")
        if vendor == "sqlite":
            expression = f"json_replace({expression}, '$.{key}', json('{literal}'))"
        else:
            expression = f"jsonb_set({expression}, ARRAY['{key}'], '{literal}'::jsonb, false)"
    return expression


def _same(connection: BaseDatabaseWrapper) -> str:
    return "IS" if connection.vendor == "sqlite" else "IS NOT DISTINCT FROM"


def _trigger(vendor: str, name: str, table: str, allowed: str, complaint: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN ({allowed}) IS NOT TRUE "
            f"BEGIN SELECT RAISE(ABORT, '{complaint}'); END",
        ]
    # The rule stands in the function: PostgreSQL refuses to alter a column that a trigger names.
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {allowed} THEN RETURN NEW; END IF; "
        f"RAISE EXCEPTION '{complaint}' USING ERRCODE = '23514'; END $$",
        f"CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def guard_wires(connection: BaseDatabaseWrapper, apps: Apps) -> None:
    """Make the triggers of this app, for its models as `apps` knows them."""
    guard(
        connection,
        apps.get_model("wires", "PostVersion"),
        erasable=ERASED_POST_VERSION,
        erased_at="erased_at",
    )
    guard(
        connection,
        apps.get_model("wires", "Evidence"),
        erasable=ERASED_EVIDENCE,
        erased_at="erased_at",
    )
    _guard_captures(connection, apps.get_model("wires", "Capture"))


def _guard_captures(connection: BaseDatabaseWrapper, model: type[Model]) -> None:
    """Refuse UPDATE of captures but where the body goes or comes back, or the hash becomes final.

    The body goes by age, or by an erasure, which says so in `erased_at`.
    """
    columns = _columns(model)
    allowed = [_is_emptied(connection, columns, EMPTIED_CAPTURE, "")]
    if "erased_at" in columns:
        allowed.append(_is_emptied(connection, columns, EMPTIED_CAPTURE, "erased_at"))
    quote, same = connection.ops.quote_name, _same(connection)
    is_final = [
        f"NEW.{quote(name)} {same} OLD.{quote(name)}" for name in columns if name != "sha256"
    ]
    # As BatchWriter._capture writes it while some of the posts of a body are stored.
    is_final.append("OLD.sha256 = '~' || substr(NEW.sha256, 1, 63) AND length(NEW.sha256) = 64")
    # The very bytes came again after the body went by age: the hash says that they are.
    is_back = [f"NEW.{quote(name)} {same} OLD.{quote(name)}" for name in columns if name != "body"]
    is_back.append("OLD.body IS NULL AND NEW.body IS NOT NULL")
    if "erased_at" in columns:
        is_back.append("OLD.erased_at IS NULL")
    _make_trigger(connection, model, [*allowed, " AND ".join(is_final), " AND ".join(is_back)])


@contextmanager
def unguarded_versions(connection: BaseDatabaseWrapper, apps: Apps) -> Iterator[None]:
    """Let a migration change versions, in a transaction that nobody sees without the triggers."""
    table = apps.get_model("wires", "PostVersion")._meta.db_table
    on_table = f" ON {connection.ops.quote_name(table)}" if connection.vendor != "sqlite" else ""
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_is_append_only{on_table}")
        yield
        guard_wires(connection, apps)


def keep_from_erasure(versions: Sequence[PostVersion]) -> None:
    """Wait for an erasure of these versions, and let none begin before the transaction ends.

    Foreign keys do neither: PostgreSQL checks them only as the transaction ends. One query.
    """
    cited = PostVersion.objects.filter(pk__in=[version.pk for version in versions])
    list(cited.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def keep_evidence(versions: Sequence[PostVersion], *, at: datetime) -> None:
    """Keep the bytes behind cited versions for ever, where they are still held.

    Two queries; a third where words were entered by hand, which may have been fetched since.
    """
    captures = _captures_of(versions)
    held = Capture.objects.filter(pk__in=captures.values(), body__isnull=False).in_bulk()
    Evidence.objects.bulk_create(
        [
            Evidence(
                post_version=version,
                sha256=capture.sha256,
                size=capture.size,
                body=bytes(capture.body or b""),
                kept_at=at,
            )
            for version in versions
            if (capture := held.get(captures.get(version.pk, 0)))
        ],
        ignore_conflicts=True,
    )


def _captures_of(versions: Sequence[PostVersion]) -> dict[int, int]:
    """Return the key of the capture behind each version that has one, by that of the version."""
    own = {each.pk: each.capture_id for each in versions if each.capture_id}
    by_hand = [each.pk for each in versions if each.captured_by_id]
    if not by_hand:
        return own
    same = Confirmation.objects.filter(post_version__in=by_hand, capture__isnull=False)
    return own | dict(same.values_list("post_version", "capture"))


def keep_screenshot(version: PostVersion, image: bytes, *, sha256: str, at: datetime) -> Evidence:
    """Keep a picture that the desk took of a post it could not fetch."""
    evidence, _ = Evidence.objects.get_or_create(
        post_version=version,
        kind=Evidence.Kind.SCREENSHOT,
        sha256=sha256,
        defaults={"size": len(image), "body": zlib.compress(image), "kept_at": at},
    )
    return evidence


def erase(
    post: Post, *, reason: str, by: object, at: datetime, bodies: KeptBodies = NOTHING
) -> int:
    """Empty what this app keeps of a post on legal request; return how many versions it emptied.

    Numbers and hashes stay. `articles.erasure` is what people call: it empties the rows of
    articles too, and keeps the reason. `bodies` are those found before the transaction. Raises
    NothingToErase.
    """
    with transaction.atomic():
        versions = lock_words(post)
        empty(post, versions, at=at, bodies=bodies)
    logger.warning("Post %s erased by %s: %s", post.pk, by, reason)
    return len(versions)


def joined_posts(post: Post) -> PostQuerySet:
    """Return the posts that are one with this: an id of the one leads to the other. Two queries."""
    leading = PostAlias.objects.filter(
        channel=post.channel_id, native_id_hash=post.native_id_hash
    ).values_list("post", flat=True)
    kept = {post.pk, *leading}
    ids = PostAlias.objects.filter(post__in=kept).values("native_id_hash")
    here = Post.objects.filter(channel=post.channel_id)
    return here.filter(Q(pk__in=kept) | Q(native_id_hash__in=ids)).exclude(pk=post.pk)


def lock_words(post: Post) -> list[PostVersion]:
    """Lock the versions of a post that have words and return them. Raises NothingToErase."""
    # As store() does, or a version that it is writing now would keep what this one said.
    Channel.objects.select_for_update(no_key=True).values_list("pk").get(pk=post.channel_id)
    versions = list(
        PostVersion.objects.select_for_update()
        .filter(post=post, erased_at__isnull=True)
        .order_by("pk")
    )
    if not versions:
        raise NothingToErase(nothing_left(post))
    return versions


def nothing_left(post: Post) -> str:
    return f"Post {post.pk} has no words left to erase."


def empty(
    post: Post, versions: Sequence[PostVersion], *, at: datetime, bodies: KeptBodies = NOTHING
) -> KeptBodies:
    """Empty these versions, what the desk noted of the post, and every body that holds it.

    Evidence of the post is deleted; that of its neighbours in the same body keeps its hash.
    Returns the bodies.
    """
    bodies = find_kept_bodies(post, versions, known=bodies)
    Evidence.objects.filter(post_version__in=versions).delete()
    Evidence.objects.filter(pk__in=bodies.evidence).update(body=None, erased_at=at)
    # What a person entered, and the outlet sent later in the same words, came in a body too.
    same = Confirmation.objects.filter(post_version__in=versions, capture__isnull=False)
    own = {version.capture_id for version in versions if version.capture_id}
    own |= set(same.values_list("capture", flat=True))
    Capture.objects.filter(pk__in=bodies.captures | own, body__isnull=False).update(
        body=None, erased_at=at
    )
    PostVersion.objects.filter(pk__in=[version.pk for version in versions]).update(
        title="", text="", html="", author="", media=[], changes=None, capture=None, erased_at=at
    )
    _empty_notes(post)
    search.write_rows([post.pk])
    search.POSTS.forget_removed()
    # Otherwise a conditional request would be told to keep the erased text.
    transaction.on_commit(lambda: generations.bump("wire"))
    transaction.on_commit(lambda: generations.bump("pages"))
    return bodies


def _empty_notes(post: Post) -> None:
    """Empty what the desk wrote of a post, and the date as its source wrote it."""
    rows = Post.objects.filter(pk=post.pk)
    rows.update(posted_raw="")
    rows.exclude(hidden_reason="").update(hidden_reason=REMOVED)
    rows.exclude(withdrawn_reason="").update(withdrawn_reason=REMOVED)
    Story.objects.filter(posts=post.pk).update(title="")
    StoryKey.objects.filter(post=post.pk).delete()
    PastedLink.objects.filter(post=post.pk).delete()
