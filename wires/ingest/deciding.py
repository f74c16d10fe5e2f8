"""What a reading of a known post is: the same, an edit, words that came back, or one edit too many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from itertools import accumulate
from typing import Any

from django.db.models import Exists, F, OuterRef

from wires.ingest import by_hand
from wires.ingest.item import Item
from wires.ingest.storable import storable
from wires.models import Post, PostVersion
from wires.platforms.base import RawPost
from wires.platforms.wording import (
    Furniture,
    Wording,
    is_cut_short,
    is_much_shorter,
    is_summary,
    says_the_same,
)

# What goes back and forth within this time is an experiment of the outlet, no news.
FLAPPING = timedelta(days=1)
MOST_VERSIONS_A_DAY = 4
# Earlier versions that may have said the same: of a post, and in characters of all together.
MOST_EARLIER, MOST_EARLIER_TEXT = 20, 2_000_000
# Characters of one batch whose readings differ from what is stored, on both sides. To find what
# moves by itself in more would hold up the worker: what differs there is an edit.
MOST_COMPARED = 2_000_000


class Verdict(Enum):
    """What a reading adds to its post."""

    SAME = "nothing"
    RETURNED = "nothing: it is what an earlier version said, a short time ago"
    EDITED = "a version"
    FOLDED = "a version in the place of the last one"


@dataclass(frozen=True, slots=True)
class Decision:
    """`before` is the version that the new one is compared with, `replaced` the one it replaces."""

    verdict: Verdict
    before: int = 0
    replaced: PostVersion | None = None


def decide(
    items: Sequence[Item], *, by_person: bool, may_be_excerpts: bool, at: datetime
) -> dict[str, Decision]:
    """Return by key what each reading of a known post is. Two queries where some were edited.

    `may_be_excerpts` says that the source may send the beginning of a text in its place, as feeds
    do; elsewhere a writer who shortens a post means it.

    Versions are judged by their words as they are stored, never by their hash: what counts as the
    same may have been decided otherwise when they were written.
    """
    pairs = [(item, version) for item in items if (version := _shown(item.post))]
    uncompared = _beyond_comparing(pairs)
    furniture = Furniture(
        (wording_of(item.raw), wording(version))
        for item, version in pairs
        if item.key not in uncompared
    )
    changed = [
        item
        for item in items
        if _is_new_version(item, None if item.key in uncompared else furniture, by_person=by_person)
    ]
    decisions = {item.key: Decision(Verdict.SAME) for item in items}
    decisions |= {item.key: _edited(item) for item in changed}
    compared = [item for item in changed if item.key not in uncompared]
    histories, cited = ({}, set()) if by_person else _histories(compared)
    for item in compared:
        history = histories.get(item.post.pk, []) if item.post else []
        is_cited = item.post is not None and item.post.pk in cited
        decisions[item.key] = (
            Decision(Verdict.SAME)
            if may_be_excerpts and _is_excerpt(item, history, is_cited=is_cited)
            else _judged(item, history, is_cited=is_cited, at=at)
        )
    return decisions


def _beyond_comparing(pairs: Sequence[tuple[Item, PostVersion]]) -> set[str]:
    """Return the keys of what differs and is not looked into: the longest of far too much."""
    lengths = {
        item.key: len(item.raw.text) + len(version.text)
        for item, version in pairs
        if item.raw.text != version.text
    }
    shortest_first = sorted(lengths, key=lengths.__getitem__)
    so_far = accumulate(lengths[key] for key in shortest_first)
    return {key for key, sum_ in zip(shortest_first, so_far, strict=True) if sum_ > MOST_COMPARED}


def _edited(item: Item) -> Decision:
    latest = _shown(item.post)
    return Decision(Verdict.EDITED, before=latest.pk if latest else 0)


def _shown(post: Post | None) -> PostVersion | None:
    return post.latest_version if post else None


def wording_of(raw: RawPost) -> Wording:
    """Return what an item says, as it would be stored."""
    return Wording(
        title=storable(raw.title),
        text=storable(raw.text),
        author=storable(raw.author),
        captions=raw.captions,
    )


def wording(version: PostVersion) -> Wording:
    return Wording(title=version.title, text=version.text, author=version.author)


def _is_new_version(item: Item, furniture: Furniture | None, *, by_person: bool) -> bool:
    """`furniture` is None where what differs is not to be looked into."""
    raw, post = item.raw, item.post
    newest = post.newest_version if post else None
    # What went by age does not come back by the next read.
    if post is not None and post.is_pruned:
        return False
    if post is None or newest is None:
        return True
    # What was erased on legal request does not come back by the next read.
    if newest.erased_at is not None or _is_on_file(raw, post, furniture, by_person=by_person):
        return False
    if raw.source_edited_at is None or newest.source_edited_at is None:
        return True
    return raw.source_edited_at >= newest.source_edited_at


def _is_on_file(raw: RawPost, post: Post, furniture: Furniture | None, *, by_person: bool) -> bool:
    """Return whether the words are those that the post is known by.

    Words entered by hand may go back to what readers see already: then they correct what waits.
    What a person entered and nobody confirmed is no reason to leave out what the outlet says.
    """
    version = post.newest_version if by_person else post.latest_version
    if version is None or version.erased_at is not None:
        return False
    if version.captured_by_id is not None and _says_what_was_copied(raw, post, version):
        return True
    if furniture is None:
        return False
    is_same = says_the_same(wording_of(raw), wording(version), furniture)
    return is_same and _media_of(raw) == _stored_media(version)


def _says_what_was_copied(raw: RawPost, post: Post, version: PostVersion) -> bool:
    """Return whether an item says what a person copied. Its title was not copied with it.

    Only of the outlet's own title, when it was fetched, there is a hash; the link in it is that
    of the post, whatever it is now.
    """
    if not by_hand.says_the_same(version.text, title=raw.title, text=raw.text):
        return False
    if not wording_of(raw).headline:
        return True
    confirmation = version.find_confirmation()
    fetched = confirmation.content_hash if confirmation else ""
    same_link = replace(raw, link_id=post.canonical_url)
    return bool(fetched) and fetched in (raw.content_hash(), same_link.content_hash())


def _media_of(raw: RawPost) -> frozenset[tuple[str, str]]:
    return frozenset((media.kind, _lasting(storable(media.id))) for media in raw.media if media.id)


def _stored_media(version: PostVersion) -> frozenset[tuple[str, str]]:
    rows: Iterable[Mapping[str, Any]] = version.media
    return frozenset((row["kind"], _lasting(row["id"])) for row in rows if row.get("id"))


def _lasting(media_id: str) -> str:
    """Return a media id without its host, which changes with the CDN."""
    return media_id.partition("/")[2] or media_id


def _histories(changed: Sequence[Item]) -> tuple[dict[int, list[PostVersion]], set[int]]:
    """Return the newest versions of each post, oldest first, and which posts any article cites."""
    posts = {item.post.pk for item in changed if item.post and item.post.latest_version_id}
    histories: dict[int, list[PostVersion]] = {}
    if not posts:
        return histories, set()
    newest = F("post__latest_version__n")
    rows = PostVersion.objects.filter(post__in=posts, n__gt=newest - MOST_EARLIER).defer(
        "html", "changes", "flags", "language"
    )
    left = MOST_EARLIER_TEXT
    for version in rows.order_by("-captured_at", "-pk").iterator():
        histories.setdefault(version.post_id, []).insert(0, version)
        left -= len(version.text)
        if left < 0:
            break
    versions = PostVersion.objects.filter(post=OuterRef("pk"), citations__isnull=False)
    # Drafts too: an editor must see what happened to what she is writing about.
    cited = Post.objects.filter(pk__in=posts).filter(
        Exists(versions)
        | Exists(Post.objects.filter(pk=OuterRef("pk"), wire_sources__isnull=False))
    )
    return histories, set(cited.values_list("pk", flat=True))


def _is_excerpt(item: Item, history: Sequence[PostVersion], *, is_cited: bool) -> bool:
    """Return whether a reading only tells less of what is stored."""
    latest = _shown(item.post)
    if latest is None:
        return False
    new, old = wording_of(item.raw), wording(latest)
    if is_cut_short(new, old) or (not is_cited and is_summary(new, old)):
        return True
    if is_cited or latest.captured_by_id is not None or not is_much_shorter(new, old):
        return False
    # A summary in words of its own that comes by turns with the full text.
    return _last_said(new, history) is not None


def _judged(
    item: Item, history: Sequence[PostVersion], *, is_cited: bool, at: datetime
) -> Decision:
    latest, edited = _shown(item.post), _edited(item)
    if latest is None:
        return edited
    new, old = wording_of(item.raw), wording(latest)
    if is_cited or latest.captured_by_id is not None:
        return edited
    superseded = _last_said(new, history)
    if new.telling != old.telling:
        return edited
    if superseded is not None and superseded > at - FLAPPING:
        return Decision(Verdict.RETURNED)
    today = [version for version in history if version.captured_at > at - FLAPPING]
    if len(today) < MOST_VERSIONS_A_DAY or len(history) < 2 or history[-1].pk != latest.pk:
        return edited
    return Decision(Verdict.FOLDED, before=history[-2].pk, replaced=history[-1])


def _last_said(new: Wording, history: Sequence[PostVersion]) -> datetime | None:
    """Return until when an earlier version said the same; None where none did."""
    ends = [version.captured_at for version in history[1:]]
    found = [
        end
        for version, end in zip(history, ends, strict=False)
        if version.erased_at is None and says_the_same(new, wording(version))
    ]
    return found[-1] if found else None
