"""What is kept, and what guards it: append-only triggers, evidence, legal erasure."""

import logging
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType

from django.apps.registry import Apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from wires import generations
from wires.models import Capture, Channel, Confirmation, Evidence, Post, PostVersion

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


class NothingToErase(Exception):
    """The post has no words left to erase."""


def guard(
    connection: BaseDatabaseWrapper,
    model: type[Model],
    *,
    erasable: Mapping[str, str] = MappingProxyType({}),
    erased_at: str = "",
) -> None:
    """Make the trigger that refuses UPDATE of the model's rows; safe to repeat.

    An UPDATE passes only where it empties every erasable column to the literal given, sets the
    column `erased_at` if one is named, and changes nothing else. Both databases then answer with
    IntegrityError. On SQLite a later AlterField remakes the table and drops its triggers, so
    this runs after every migrate.
    """
    table, quote = model._meta.db_table, connection.ops.quote_name
    same = "IS" if connection.vendor == "sqlite" else "IS NOT DISTINCT FROM"
    columns = [field.column for field in model._meta.local_concrete_fields if field.column]
    # A migration may know the model from before it had them all.
    erasable = {column: empty for column, empty in erasable.items() if column in columns}
    kept = [
        f"NEW.{quote(column)} {same} OLD.{quote(column)}"
        for column in columns
        if column not in erasable and column != erased_at
    ]
    emptied = [f"NEW.{quote(column)} {same} {empty}" for column, empty in erasable.items()]
    if connection.vendor == "postgresql":
        emptied = [
            f"NEW.{quote(column)}::text {same} {empty}" for column, empty in erasable.items()
        ]
    if erased_at:
        emptied += [f"OLD.{quote(erased_at)} IS NULL", f"NEW.{quote(erased_at)} IS NOT NULL"]
    allowed = " AND ".join(kept + emptied) if erasable else "FALSE"
    name, complaint = f"{table}_is_append_only", f"{table} is append-only"
    with connection.cursor() as cursor:
        for statement in _trigger(connection.vendor, name, quote(table), allowed, complaint):
            cursor.execute(statement)


def _trigger(vendor: str, name: str, table: str, allowed: str, complaint: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN NOT ({allowed}) "
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
    guard(connection, apps.get_model("wires", "Evidence"))


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


def erase(post: Post, *, reason: str, by: object, at: datetime) -> int:
    """Empty every version of the post on legal request and return how many; numbers and hashes stay.

    The evidence and the captured bodies behind them go too. Raises NothingToErase.
    """
    with transaction.atomic():
        # As store() does, or a version that it is writing now would keep what this one said.
        Channel.objects.select_for_update(no_key=True).values_list("pk").get(pk=post.channel_id)
        versions = list(
            PostVersion.objects.select_for_update(of=("self",))
            .filter(post=post, erased_at__isnull=True)
            .select_related("capture")
            .order_by("pk")
        )
        if not versions:
            message = f"Post {post.pk} has no words left to erase."
            raise NothingToErase(message)
        Evidence.objects.filter(post_version__in=versions).delete()
        captures = [version.capture for version in versions if version.capture]
        # What a person entered, and the outlet sent later in the same words.
        same = Confirmation.objects.filter(post_version__in=versions, capture__isnull=False)
        captures += [each.capture for each in same.select_related("capture") if each.capture]
        PostVersion.objects.filter(pk__in=[version.pk for version in versions]).update(
            title="",
            text="",
            html="",
            author="",
            media=[],
            changes=None,
            capture=None,
            erased_at=at,
        )
        for version in versions:
            # Passages that articles cite are words of the post too, and a note may repeat them.
            version.citations.update(spans=[], note="", translation="")
        # So is a translation in a draft.
        post.wire_sources.update(translation="")
        for capture in captures:
            capture.body = None
            capture.save(update_fields=["body"])
        # Otherwise a conditional request would be told to keep the erased text.
        transaction.on_commit(lambda: generations.bump("wire"))
        transaction.on_commit(lambda: generations.bump("pages"))
    logger.warning("Post %s erased by %s: %s", post.pk, by, reason)
    return len(versions)
