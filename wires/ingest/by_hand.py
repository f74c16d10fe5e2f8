"""Words entered by hand: which of them readers may see, and whether their outlet said the same."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Case, Value, When

from wires.ingest.item import Item
from wires.models import Capture, Confirmation, Post, PostVersion


def choose_versions(pk: int) -> None:
    """Write on a post which version readers see, and which newer one waits to be confirmed.

    Two queries. The caller holds the lock of its channel.
    """
    versions = PostVersion.objects.filter(post=pk).order_by("-n")
    rows = list(versions.values_list("pk", "captured_by", "confirmation"))
    shown = [version for version, by, confirmation in rows if by is None or confirmation]
    latest, newest = (shown[0] if shown else None), rows[0][0]
    # Of words that readers never saw, the next ones are no edit.
    state = Post.State.EDITED if len(shown) > 1 else Post.State.LIVE
    Post.objects.filter(pk=pk).update(
        latest_version=latest,
        unconfirmed_version=newest if newest != latest else None,
        state=Case(
            When(state=Post.State.WITHDRAWN, then=Value(Post.State.WITHDRAWN)),
            default=Value(state),
        ),
    )


def says_the_same(words: str, *, title: str, text: str) -> bool:
    """Return whether somebody who copied a post copied all its text, with its title or without."""
    said = [text, f"{title} {text}"] if text.strip() else [title]
    return fold(words) in map(fold, said)


def fold(text: str) -> str:
    """Return the words as the hash of a version takes them."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def find_same(items: Iterable[Item]) -> dict[str, PostVersion]:
    """Return by key the version entered by hand that an item just fetched says again.

    One query where posts were entered by hand and not fetched since, else none.
    """
    candidates = {
        item.key: [version for version in on_file(item.post) if _waits_for_outlet(version)]
        for item in items
        if item.post is not None
    }
    keys = {version.pk for versions in candidates.values() for version in versions}
    if not keys:
        return {}
    texts = dict(PostVersion.objects.filter(pk__in=keys).values_list("pk", "text"))
    same: dict[str, PostVersion] = {}
    for item in items:
        for version in candidates.get(item.key, ()):
            if says_the_same(texts[version.pk], title=item.raw.title, text=item.raw.text):
                same.setdefault(item.key, version)
    return same


def confirm_fetched(
    pairs: Sequence[tuple[Item, PostVersion]], capture: Capture | None, *, at: datetime
) -> None:
    """Count versions entered by hand as fetched, for their outlet says the same now."""
    if not pairs:
        return
    Confirmation.objects.bulk_create(
        [
            Confirmation(
                post_version=version,
                how=Confirmation.How.FETCHED,
                entered_by_id=version.captured_by_id,  # type: ignore[misc]  # it is by hand
                at=at,
                capture=capture,
                content_hash=item.raw.content_hash(),
            )
            for item, version in pairs
        ],
        update_conflicts=True,
        unique_fields=["post_version"],
        update_fields=["how", "by", "at", "capture", "content_hash"],
    )
    for item, _ in pairs:
        if item.post is not None:
            choose_versions(item.post.pk)


def on_file(post: Post) -> list[PostVersion]:
    """Return the versions by which the words of a post are known: the newest, confirmed or not."""
    versions = (post.unconfirmed_version, post.latest_version)
    return [version for version in versions if version is not None]


def _waits_for_outlet(version: PostVersion) -> bool:
    return version.captured_by_id is not None and not version.is_erased and version.is_copied()
