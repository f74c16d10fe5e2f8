"""Rows: new posts, new versions, captures, aliases, and what a channel shows of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    OuterRef,
    ProtectedError,
    Q,
    Subquery,
    Value,
    When,
)

from web.changes import Change
from wires import generations, search
from wires.ingest.bodies import FetchedBody
from wires.ingest.by_hand import confirm_fetched, find_same
from wires.ingest.deciding import Decision, Verdict, decide
from wires.ingest.erased import has_erased_post
from wires.ingest.identity import find_posts
from wires.ingest.item import Item
from wires.ingest.joining import join_posts
from wires.ingest.media_rows import media_rows
from wires.ingest.outcome import IngestOutcome
from wires.ingest.storable import followable, storable
from wires.models import BACKFILL_AGE, Capture, Channel, Post, PostAlias, PostVersion
from wires.platforms import FEED
from wires.platforms.base import RawPost

SEEN_EVERY = timedelta(hours=1)
# A clock may be this much ahead of ours before we say so.
CLOCK_SLACK = timedelta(minutes=5)
_CHANGES = (Verdict.EDITED, Verdict.FOLDED)
IS_EMPTY = ExpressionWrapper(Q(body__isnull=True), BooleanField())


def write_fields(channel: Channel, fields: Mapping[str, Any]) -> None:
    """Write these columns of the channel, and no other."""
    for name, value in fields.items():
        setattr(channel, name, value)
    Channel.objects.filter(pk=channel.pk).update(**fields)


@dataclass(slots=True, kw_only=True)
class BatchWriter:
    """Writes the batches of one document, each in a transaction of its own."""

    channel: Channel
    at: datetime
    body: FetchedBody | None
    captured_by: Any
    present: frozenset[str]
    addresses: frozenset[str]
    are_dates_shared: bool
    is_whole: bool
    holds_erased: bool = False
    decisions: dict[str, Decision] = field(default_factory=dict)
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
                self.decisions = decide(
                    [item for item in known if item.key not in same],
                    by_person=bool(self.captured_by),
                    may_be_excerpts=self.channel.platform == FEED.code,
                    at=self.at,
                )
                changed = [item for item in known if self._decision(item).verdict in _CHANGES]
                edits = [item for item in changed if self._edit(item) not in self.compared]
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
        folded = self._make_room(changed)
        self._write_versions([*new, *changed], capture)
        confirm_fetched(
            [(item, same[item.key]) for item in known if item.key in same], capture, at=self.at
        )
        self._write_aliases(items)
        joined = join_posts(self.channel, items, at=self.at)
        self._touch([item.post for item in known if item.post])
        returned = self._count_returns(known)
        told = [item for item in known if item in changed or item.key in same]
        search.write_rows(_keys([*new, *told]) + joined)
        self._write_channel(debuts, fields)
        outcome = IngestOutcome(
            new=len(new),
            versions=len(changed) - folded,
            seen=len(items) - len(new) - len(changed),
            folded=folded,
            returned=returned,
        )
        if outcome.is_news or same or joined:
            self._tell(_keys(told))
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

    def _decision(self, item: Item) -> Decision:
        return self.decisions.get(item.key) or Decision(Verdict.SAME)

    def _edit(self, item: Item) -> tuple[int, str]:
        """Return the key of an item's comparison with the version before it, 0 for none."""
        return self._decision(item).before, item.hashes[0]

    def _make_room(self, changed: Sequence[Item]) -> int:
        """Delete the versions that others take the place of. Returns how many.

        A version says for ever what it said, so its number is not given again: the gap and the
        flag of the next one tell that words are missing, and their captures stay. What anything
        rests on is kept, and the new words are a version like any other.
        """
        folded = 0
        for item in changed:
            replaced = self._decision(item).replaced
            if replaced is None or item.post is None:
                continue
            try:
                with transaction.atomic():
                    Post.objects.filter(pk=item.post.pk).update(latest_version=None)
                    PostVersion.objects.filter(pk=replaced.pk).delete()
            except (ProtectedError, IntegrityError):
                self.decisions[item.key] = Decision(Verdict.EDITED, replaced.pk)
                # In the transaction for once: it is rare, and the version before is another now.
                self._compare([item])
            else:
                folded += 1
        return folded

    def _count_returns(self, known: Sequence[Item]) -> int:
        """Count on their posts the words that came back and made no version. Returns how many.

        Each return counts once, however often it is read.
        """
        gone: list[int] = []
        back: list[int] = []
        for item in known:
            is_back = self._decision(item).verdict is Verdict.RETURNED
            if item.post and is_back != (item.post.went_back_at is not None):
                (back if is_back else gone).append(item.post.pk)
        if back:
            Post.objects.filter(pk__in=back).update(reverts=F("reverts") + 1, went_back_at=self.at)
        if gone:
            Post.objects.filter(pk__in=gone).update(went_back_at=None)
        return len(back)

    def _compare(self, edits: Sequence[Item]) -> None:
        """Say of each item what it changes in the latest version of its post. One query."""
        words = PostVersion.objects.only("title", "text")
        before = words.in_bulk({self._edit(item)[0] for item in edits})
        for item in edits:
            latest = before.get(self._edit(item)[0])
            changes = self._version(item, None).changes_since(latest) if latest else None
            self.compared[self._edit(item)] = changes

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
        rows = rows.annotate(is_empty=IS_EMPTY)
        capture = next(iter(rows.order_by("sha256")), None)
        if capture is None:
            is_wanted = is_news or not is_done
            is_erased = is_wanted and self._has_erased()
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
        if is_news and capture.is_empty and capture.erased_at is None:
            self._fill(capture)
        return capture

    def _fill(self, capture: Capture) -> None:
        """Keep a body again, or now, because a version rests on it from now on.

        Its bytes had brought nothing before, or went by age, and have come again.
        """
        if self.body is not None and not self._has_erased():
            Capture.objects.filter(pk=capture.pk).update(body=self.body.compressed)

    def _has_erased(self) -> bool:
        """Return whether words that were erased stand in the body, which is not kept then."""
        return self.holds_erased or has_erased_post(self.channel, self.present, self.addresses)

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
            wire_at=min(raw.posted_at or item.not_after or at, at),
            is_backfill=self._is_backfill(item),
            is_service="service" in raw.flags,
        )

    def _is_backfill(self, item: Item) -> bool:
        """Return whether it was old when first seen.

        On the first read of a channel everything is unknown to us, and so it is where we come back
        after days: paused for long, or restored from an old backup. There a post is news only by a
        date of its own, one that the other posts do not share and that is not in the future.
        """
        raw, posted_at = item.raw, item.raw.posted_at or item.not_after
        if posted_at is not None and posted_at < self.at - BACKFILL_AGE:
            return True
        # A body that did not change was asked for, and is read again only once it does.
        visits = (self.channel.last_read_at, self.channel.last_polled_at)
        if any(visited and visited >= self.at - BACKFILL_AGE for visited in visits):
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
        is_folded = self._decision(item).verdict is Verdict.FOLDED
        return PostVersion(
            post=post,
            n=newest.n + 1 if newest else 1,
            captured_at=self.at,
            title=storable(raw.title),
            text=storable(raw.text),
            html=storable(raw.html),
            author=storable(raw.author),
            language=storable(raw.language or self.channel.language)[:35],
            media=media_rows(raw),
            flags=sorted(flags | {PostVersion.FOLDED} if is_folded else flags),
            source_edited_at=raw.source_edited_at,
            content_hash=raw.content_hash(),
            capture=capture,
            captured_by=self.captured_by,
            changes=self.compared.get(self._edit(item)),
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


def _keys(items: Sequence[Item]) -> list[int]:
    return [item.post.pk for item in items if item.post]


def _is_ahead(raw: RawPost, at: datetime) -> bool:
    return raw.posted_at is not None and raw.posted_at > at + CLOCK_SLACK


def cited_by_live_articles(posts: Sequence[int]) -> bool:
    """Return whether a live article cites one of these posts. One query, none without posts."""
    return bool(posts) and (
        PostVersion.objects.filter(
            post__in=posts, citations__version__article__status="live"
        ).exists()
    )
