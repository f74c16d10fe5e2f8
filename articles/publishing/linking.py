"""Posts of the archive that an article may mean where it names an outlet and links none of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from django.db.models import Q

from articles.forms import next_key
from articles.publishing.drawing import Drawn
from articles.vetting import Finding, times
from articles.vetting.content import content
from articles.vetting.marking import mark_added
from articles.vetting.mend import Link, Mend
from articles.vetting.plain import Plain
from articles.vetting.spot import spot
from wires.models import Outlet, Post

CODE = "outlet-not-linked"
# Where a sentence says when, posts of that half day; else those of the last two weeks.
BESIDE_A_TIME = timedelta(hours=12)
BEFORE = timedelta(days=14)
# Findings, posts read for all of them, and posts offered for each.
SOUGHT, READ, OFFERED = 4, 300, 3
FEWEST_SHARED = 2


@dataclass(frozen=True, slots=True)
class Offer:
    """A mend that links a post, and the post."""

    mend: Mend
    post: Post


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: posts of these outlets, around a moment or like a sentence."""

    finding: Finding
    outlets: frozenset[int]
    moment: datetime | None


def offers(drawn: Drawn) -> Mapping[int, list[Offer]]:
    """Return for findings, by their index, the posts to link. Two queries where there is any."""
    found = [(n, f) for n, f in enumerate(drawn.findings) if f.code == CODE][:SOUGHT]
    if not found:
        return {}
    by_name = _outlets()
    at = drawn.context.now
    wanted = {n: _wanted(finding, by_name, at) for n, finding in found}
    posts = list(_posts(wanted.values(), at))
    return {n: _offered(each, posts, drawn) for n, each in wanted.items()}


def _outlets() -> Mapping[str, int]:
    return {_folded(name): pk for pk, name in Outlet.objects.values_list("pk", "name")}


def _folded(name: str) -> str:
    return Plain.of(name).text.strip().casefold()


def _wanted(finding: Finding, by_name: Mapping[str, int], at: datetime) -> Wanted:
    names = cast("list[str]", finding.evidence["outlet"])
    stated = next(iter(times.read(finding.excerpt)), None)
    moments = stated.moments(near=at) if stated else []
    return Wanted(
        finding,
        frozenset(by_name[name] for name in names if name in by_name),
        moments[0] if moments else None,
    )


def _posts(wanted: Iterable[Wanted], at: datetime) -> Iterable[Post]:
    """Return the newest posts of all that is wanted. One query, by the index of channel and time."""
    where = Q(pk__in=[])
    for each in wanted:
        first, last = at - BEFORE, at
        if each.moment is not None:
            first, last = each.moment - BESIDE_A_TIME, each.moment + BESIDE_A_TIME
        where |= Q(channel__outlet__in=each.outlets, wire_at__gte=first, wire_at__lte=last)
    posts = Post.objects.visible().filter(where, latest_version__isnull=False).with_words()
    return posts.defer("latest_version__html").newest_first()[:READ]


def _offered(wanted: Wanted, posts: Iterable[Post], drawn: Drawn) -> list[Offer]:
    """Return the nearest posts, by time where that is said, else by what they share in words."""
    about = content(wanted.finding.excerpt)
    ranked = [
        (rank, n, post)
        for n, post in enumerate(posts)
        if post.channel.outlet_id in wanted.outlets
        and (rank := _rank(post, wanted, about)) is not None
    ]
    ranked.sort(key=lambda row: row[:2])
    return [offer for _, _, post in ranked[:OFFERED] for offer in _offer(wanted, post, drawn)]


def _rank(post: Post, wanted: Wanted, about: frozenset[str]) -> float | None:
    """Return how far a post is from what is wanted; None where it is something else."""
    if wanted.moment is not None:
        return abs(((post.posted_at or post.wire_at) - wanted.moment).total_seconds())
    shared = len(about & content(post.latest_version.words if post.latest_version else ""))
    return -shared if shared >= FEWEST_SHARED else None


def _offer(wanted: Wanted, post: Post, drawn: Drawn) -> Iterator[Offer]:
    finding, piece = wanted.finding, drawn.piece
    key = next_key(post.channel.code, [source.key for source in piece.sources])
    here = spot(finding, piece, drawn.context)
    marks = mark_added(here, here.finding.start, here.finding.end, key) if here else ()
    moment = post.posted_at or post.wire_at
    mend = Mend(
        label=f"Link {post.channel.outlet.name}, {_said(moment, drawn.context.now)} UTC",
        edits=tuple(here.in_whole(edit) for edit in marks if here and finding.field == "body"),
        links=(Link(key=key, post=post.pk),),
        hint=(post.latest_version.title if post.latest_version else "")[:120],
    )
    yield Offer(mend, post)


def _said(moment: datetime, now: datetime) -> str:
    """Return the time of a post, with its day where that is not today."""
    moment, now = moment.astimezone(UTC), now.astimezone(UTC)
    day = "" if moment.date() == now.date() else f"{moment.day} {moment:%b} "
    return f"{day}{moment:%H:%M}"
