"""From what a platform adapter read to rows: new posts, new versions, or only seen again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, F, OuterRef, Subquery, Value, When

from web.changes import Change
from wires import generations
from wires.ingest.bodies import FetchedBody
from wires.ingest.by_hand import confirm_fetched, find_same, is_on_file
from wires.ingest.end_of_demo import end_demo
from wires.ingest.identity import Item, find_posts, items_of, switch_to_links
from wires.ingest.outcome import IngestOutcome
from wires.ingest.storable import followable, storable
from wires.models import (
    BACKFILL_AGE,
    Capture,
    Channel,
    Post,
    PostAlias,
    PostVersion,
)
from wires.platforms.base import Document, RawPost

ROWS_A_TRANSACTION = 500
SEEN_EVERY = timedelta(hours=1)
# A clock may be this much ahead of ours before we say so.
CLOCK_SLACK = timedelta(minutes=5)


def store(
    channel: Channel,
    document: Document,
    *,
    at: datetime,
    body: FetchedBody | None = None,
    fields: Mapping[str, Any] | None = None,
    captured_by: Any = None,
) -> IngestOutcome:
    """Store what is new in a document and return the outcome; the same document adds nothing.

    Words entered by hand, `captured_by` a person, wait to be confirmed: readers see the version
    before them, if there is one. At most 500 rows a transaction. `fields` are written to the channel in the last one, with
    its last_read_at, so that validators are kept only once everything is stored.
    """
    if document.guids_repeat and channel.identity == Channel.Identity.NATIVE:
        switch_to_links(channel, at=at)
    items = items_of(document, by_link=channel.identity == Channel.Identity.LINK)
    writer = _Writer(
        channel=channel,
        at=at,
        body=body,
        captured_by=captured_by,
        present=frozenset(hash_ for item in items for hash_ in item.hashes),
        addresses=frozenset(item.canonical_url for item in items),
        are_dates_shared=_share_one_date(items),
        is_whole=not document.truncated,
    )
    *earlier, last = list(_batches(items)) or [[]]
    outcome = IngestOutcome()
    for batch in earlier:
        outcome += writer.write(batch)
    outcome += writer.write(last, fields=_fields_after(channel, document, at) | dict(fields or {}))
    if writer.ids_rotate and channel.identity == Channel.Identity.NATIVE:
        switch_to_links(channel, at=at)
    if writer.is_on_ticker and not channel.outlet.is_demo:
        end_demo(at=at)
    return outcome


def _batches(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Cut where post, version and aliases would pass the rows of one transaction."""
    batch: list[Item] = []
    rows = 0
    for item in items:
        weight = 2 + len(item.aliases)
        if batch and rows + weight > ROWS_A_TRANSACTION:
            yield batch
            batch, rows = [], 0
        batch.append(item)
        rows += weight
    if batch:
        yield batch


def _fields_after(channel: Channel, document: Document, at: datetime) -> dict[str, Any]:
    fields: dict[str, Any] = {"last_read_at": at}
    if document.account and not channel.account:
        fields["account"] = storable(document.account)[:255]
    if document.numeric_id and not channel.numeric_id:
        fields["numeric_id"] = storable(document.numeric_id)[:64]
    return fields


def write_fields(channel: Channel, fields: Mapping[str, Any]) -> None:
    """Write these columns of the channel, and no other."""
    for name, value in fields.items():
        setattr(channel, name, value)
    Channel.objects.filter(pk=channel.pk).update(**fields)


def _share_one_date(items: Sequence[Item]) -> bool:
    """Return whether all posts bear one date, which is then that of the document."""
    return len(items) > 1 and len({item.raw.posted_at for item in items}) == 1


@dataclass(slots=True, kw_only=True)
class _Writer:
    channel: Channel
    at: datetime
    body: FetchedBody | None
    captured_by: Any
    present: frozenset[str]
    addresses: frozenset[str]
    are_dates_shared: bool
    is_whole: bool
    # By the version before and the item's id: what the item changes in it.
    compared: dict[tuple[int, str], list[Change] | None] = field(default_factory=dict)
    ids_rotate: bool = False
    is_on_ticker: bool = False

    def write(
        self, items: Sequence[Item], *, fields: Mapping[str, Any] | None = None
    ) -> IngestOutcome:
        """Store one batch in one transaction; `fields` are given with the last one only."""
        while True:
            with transaction.atomic():
                # One writer per channel: a read that overlaps another finds what the other stored.
                locked = Channel.objects.select_for_update(no_key=True).filter(pk=self.channel.pk)
                locked.values_list("pk").get()
                find_posts(self.channel, items, present=self.present, at=self.at)
                known = self._one_item_a_post(items)
                same = {} if self.captured_by else find_same(known)
                changed = [
                    item
                    for item in known
                    if item.key not in same
                    and _is_new_version(item.raw, item.post, by_hand=bool(self.captured_by))
                ]
                edits = [item for item in changed if _edit(item) not in self.compared]
                if not edits:
                    return self._write(items, known, changed, same, fields)
            # Outside the transaction, for it can be slow; then the posts are looked up once more,
            # because somebody else may have stored or erased a version meanwhile.
            self._compare(edits)

    def _write(
        self,
        items: Sequence[Item],
        known: Sequence[Item],
        changed: Sequence[Item],
        same: Mapping[str, PostVersion],
        fields: Mapping[str, Any] | None,
    ) -> IngestOutcome:
        new = [item for item in items if item.post is None]
        debuts = [] if self.captured_by else [*new, *self._first_shown(changed, same, known)]
        is_done = fields is not None and self.is_whole
        capture = self._capture(is_done=is_done, is_news=bool(new or changed or same))
        self._write_posts(new)
        self._write_versions([*new, *changed], capture)
        confirm_fetched(
            [(item, same[item.key]) for item in known if item.key in same], capture, at=self.at
        )
        self._write_aliases(items)
        self._touch([item.post for item in known if item.post])
        self._write_channel(debuts, fields)
        outcome = IngestOutcome(
            new=len(new), versions=len(changed), seen=len(items) - len(new) - len(changed)
        )
        if outcome.is_news or same:
            told = [item for item in known if item in changed or item.key in same]
            self._tell([item.post.pk for item in told if item.post])
        return outcome

    def _first_shown(
        self, changed: Sequence[Item], same: Mapping[str, PostVersion], known: Sequence[Item]
    ) -> list[Item]:
        """Return the items of posts that a person had entered and readers see from now on."""
        return [
            item
            for item in known
            if item.post
            and item.post.latest_version_id is None
            and (item.key in same or item in changed)
        ]

    def _compare(self, edits: Sequence[Item]) -> None:
        """Say of each item what it changes in the latest version of its post. One query."""
        words = PostVersion.objects.only("title", "text")
        before = words.in_bulk({_edit(item)[0] for item in edits})
        for item in edits:
            latest = before.get(_edit(item)[0])
            changes = self._version(item, None).changes_since(latest) if latest else None
            self.compared[_edit(item)] = changes

    def _one_item_a_post(self, items: Sequence[Item]) -> list[Item]:
        """Two ids of a document may lead to one post; the first speaks for it."""
        by_post: dict[int, Item] = {}
        for item in items:
            if item.post is not None:
                by_post.setdefault(item.post.pk, item)
        return list(by_post.values())

    def _capture(self, *, is_done: bool, is_news: bool) -> Capture | None:
        """Return the row of the bytes; its hash is true only once all of them are stored.

        Until then, and for a body whose end is missing, it stands under a provisional one: a
        process killed half-way must not leave a hash by which the rest would never be read. The
        body is kept where a version rests on it.
        """
        if self.body is None:
            return None
        provisional = f"~{self.body.sha256[:63]}"
        captures = Capture.objects.filter(channel=self.channel)
        rows = captures.filter(sha256__in=[provisional, self.body.sha256]).defer("body")
        capture = next(iter(rows.order_by("sha256")), None)
        if capture is None:
            is_wanted = is_news or not is_done
            is_erased = is_wanted and self._has_erased_post()
            return captures.create(
                channel=self.channel,
                sha256=self.body.sha256 if is_done else provisional,
                fetched_at=self.at,
                url=storable(self.body.url)[:2000],
                size=self.body.size,
                body=self.body.compressed if is_wanted and not is_erased else None,
                erased_at=self.at if is_erased else None,
            )
        if is_done and capture.sha256 == provisional:
            capture.sha256 = self.body.sha256
            capture.save(update_fields=["sha256"])
        return capture

    def _has_erased_post(self) -> bool:
        """Return whether the document still has a post that was erased on legal request.

        One query, two more where anything was ever erased.
        """
        erased = PostVersion.objects.filter(erased_at__isnull=False).values_list("post").distinct()
        # Asked apart: joined to the posts of the channel, it would read all of them.
        posts = [pk for (pk,) in erased]
        if not posts:
            return False
        here = Post.objects.filter(pk__in=posts, channel=self.channel)
        aliases = PostAlias.objects.filter(post__in=posts, channel=self.channel)
        known = {hash_ for (hash_,) in aliases.values_list("native_id_hash")}
        for hash_, address in here.values_list("native_id_hash", "canonical_url"):
            known.add(hash_)
            if address and address in self.addresses:
                return True
        return not known.isdisjoint(self.present)

    def _write_posts(self, new: Sequence[Item]) -> None:
        posts = Post.objects.bulk_create(self._post(item) for item in new)
        for item, post in zip(new, posts, strict=True):
            item.post = post

    def _post(self, item: Item) -> Post:
        raw, at = item.raw, self.at
        native_id = storable(item.key)
        return Post(
            channel=self.channel,
            native_id=native_id,
            native_id_hash=item.hashes[0],
            url=followable(raw.url),
            canonical_url=followable(item.canonical_url),
            posted_at=raw.posted_at,
            posted_raw=storable(raw.posted_raw)[:200],
            first_seen_at=at,
            last_seen_at=at,
            wire_at=min(raw.posted_at or at, at),
            is_backfill=self._is_backfill(raw),
            is_service="service" in raw.flags,
        )

    def _is_backfill(self, raw: RawPost) -> bool:
        """Return whether it was old when first seen.

        On the first read of a channel everything is unknown to us: there a post is news only by
        a date of its own, one that the other posts do not share and that is not in the future.
        """
        if raw.posted_at is not None and raw.posted_at < self.at - BACKFILL_AGE:
            return True
        if self.channel.last_read_at is not None:
            return False
        return raw.posted_at is None or self.are_dates_shared or _is_ahead(raw, self.at)

    def _write_versions(self, items: Sequence[Item], capture: Capture | None) -> None:
        versions = [self._version(item, capture) for item in items]
        PostVersion.objects.bulk_create(versions)
        if not versions:
            return
        newest = Subquery(
            PostVersion.objects.filter(post=OuterRef("pk")).order_by("-n").values("pk")[:1]
        )
        posts = Post.objects.filter(pk__in=[version.post_id for version in versions])
        if self.captured_by:
            posts.update(unconfirmed_version=newest)
            return
        # What readers never saw was not edited.
        changed = [item.post.pk for item in items if item.post and item.post.latest_version_id]
        state: Any = F("state")
        if changed:
            state = Case(
                When(pk__in=changed, state=Post.State.LIVE, then=Value(Post.State.EDITED)),
                default=F("state"),
            )
        posts.update(latest_version=newest, unconfirmed_version=None, state=state)

    def _version(self, item: Item, capture: Capture | None) -> PostVersion:
        raw, post = item.raw, item.post
        newest = post.newest_version if post else None
        flags = raw.flags | {"future_date"} if _is_ahead(raw, self.at) else raw.flags
        return PostVersion(
            post=post,
            n=newest.n + 1 if newest else 1,
            captured_at=self.at,
            title=storable(raw.title),
            text=storable(raw.text),
            html=storable(raw.html),
            author=storable(raw.author),
            language=storable(raw.language or self.channel.language)[:35],
            media=[
                {
                    "kind": media.kind,
                    "id": storable(media.id),
                    "url": storable(media.url),
                    "alt": storable(media.alt),
                }
                for media in raw.media
            ],
            flags=sorted(flags),
            source_edited_at=raw.source_edited_at,
            content_hash=raw.content_hash(),
            capture=capture,
            captured_by=self.captured_by,
            changes=self.compared.get(_edit(item)),
        )

    def _write_aliases(self, items: Sequence[Item]) -> None:
        rewritten = [item.post for item in items if item.rewritten]
        # A third id over one link: the ids of this channel mean nothing.
        if rewritten and PostAlias.objects.filter(post__in=rewritten).exists():
            self.ids_rotate = True
        PostAlias.objects.bulk_create(
            (
                PostAlias(
                    channel=self.channel,
                    native_id=storable(native_id),
                    native_id_hash=hash_,
                    post=item.post,
                )
                for item in items
                for hash_, native_id in item.unknown
                if item.post is not None and hash_ != item.post.native_id_hash
            ),
            ignore_conflicts=True,
        )

    def _touch(self, posts: Sequence[Post]) -> None:
        stale = [post.pk for post in posts if post.last_seen_at <= self.at - SEEN_EVERY]
        if stale:
            Post.objects.filter(pk__in=stale).update(last_seen_at=self.at)

    def _write_channel(self, debuts: Sequence[Item], fields: Mapping[str, Any] | None) -> None:
        posts = [item.post for item in debuts if item.post]
        if self.channel.on_ticker:
            self.is_on_ticker |= any(not post.is_backfill and not post.is_service for post in posts)
        times = [post.wire_at for post in posts]
        if self.channel.last_post_at:
            times.append(self.channel.last_post_at)
        newest = {"last_post_at": max(times)} if posts else {}
        if newest or fields:
            write_fields(self.channel, newest | dict(fields or {}))

    def _tell(self, changed: Sequence[int]) -> None:
        transaction.on_commit(lambda: generations.bump("wire"))
        if cited_by_live_articles(changed):
            transaction.on_commit(lambda: generations.bump("pages"))


def _is_new_version(raw: RawPost, post: Post | None, *, by_hand: bool) -> bool:
    latest = post.newest_version if post else None
    if post is None or latest is None:
        return True
    # What was erased on legal request does not come back by the next read.
    if latest.erased_at is not None or is_on_file(raw, post, by_hand=by_hand):
        return False
    if raw.source_edited_at is None or latest.source_edited_at is None:
        return True
    return raw.source_edited_at >= latest.source_edited_at


def _edit(item: Item) -> tuple[int, str]:
    """Return the key of an item's comparison with the latest version of its post, 0 for none."""
    latest = item.post.latest_version if item.post else None
    return latest.pk if latest else 0, item.hashes[0]


def _is_ahead(raw: RawPost, at: datetime) -> bool:
    return raw.posted_at is not None and raw.posted_at > at + CLOCK_SLACK


def cited_by_live_articles(posts: Sequence[int]) -> bool:
    """Return whether a live article cites one of these posts. One query, none without posts."""
    return bool(posts) and (
        PostVersion.objects.filter(
            post__in=posts, citations__version__article__status="live"
        ).exists()
    )
