"""Arrange the front page: pins, their order, and the line for breaking news."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles.models import Article, FrontOrder
from articles.models.front import LONGEST_BANNER, MOST_PINS
from articles.publishing.on_record import allow
from articles.publishing.refusals import BadTime, ChangedMeanwhile, WrongState
from articles.publishing.releasing import pages_changed
from web.words import long_time

RIGHT = "articles.publish_article"
TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What editors decide of the front page; `banner_article` is where the line leads."""

    pins: tuple[int, ...] = ()
    two_leads: bool = False
    banner: str = ""
    banner_article: int | None = None
    banner_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """The arrangement that readers see, and its number: 0 before there was one."""

    n: int = 0
    arrangement: Arrangement = field(default_factory=Arrangement)


def current_front() -> Current:
    """Return how the front page is arranged. One query."""
    order = FrontOrder.objects.newest_first().first()
    return Current(n=order.n, arrangement=arrangement_of(order)) if order else Current()


def arrangement_of(order: FrontOrder) -> Arrangement:
    return Arrangement(
        pins=tuple(order.pins),
        two_leads=order.two_leads,
        banner=order.banner,
        banner_article=order.banner_article_id,
        banner_until=order.banner_until,
    )


def arrange_front(
    wanted: Arrangement, *, seen: int, by: User | None, at: datetime, what: str = "arranged"
) -> FrontOrder:
    """Let readers see the front page arranged in this way.

    `seen` is the number of the arrangement that was changed. Raises NotAllowed, ChangedMeanwhile
    where somebody else arranged it since, WrongState for an article that is not live, and BadTime.
    """
    allow(by, RIGHT, "arrange the front page")
    _check(wanted, at=at)
    if current_front().n != seen:
        message = "Somebody else arranged the front page meanwhile. Look at it, then do it again."
        raise ChangedMeanwhile(message)
    return _write(wanted, n=seen + 1, by=by, at=at, what=what)


def _check(wanted: Arrangement, *, at: datetime) -> None:
    if len(set(wanted.pins)) != len(wanted.pins) or len(wanted.pins) > MOST_PINS:
        message = f"At most {MOST_PINS} articles can be pinned, each once."
        raise WrongState(message)
    named = {*wanted.pins, *([wanted.banner_article] if wanted.banner_article else [])}
    found = Article.objects.only("headline", "status").in_bulk(named)
    for pk in named:
        article = found.get(pk)
        if article is None or not article.is_live:
            what = (
                f"“{article}” is {article.get_status_display().lower()}"
                if article
                else "An article is gone"
            )
            message = f"{what}: only live articles stand on the front page."
            raise WrongState(message)
    until = wanted.banner_until
    if wanted.banner and (until is None or until <= at):
        told = f"{long_time(until)} is over" if until else "It has no end"
        message = f"{told}. Say until when the line for breaking news stands."
        raise BadTime(message)
    if len(wanted.banner) > LONGEST_BANNER:
        message = f"The line for breaking news has more than {LONGEST_BANNER} characters."
        raise WrongState(message)


def _write(wanted: Arrangement, *, n: int, by: User | None, at: datetime, what: str) -> FrontOrder:
    has_banner = bool(wanted.banner)
    try:
        with transaction.atomic():
            order = FrontOrder.objects.create(
                n=n,
                pins=list(wanted.pins),
                two_leads=wanted.two_leads,
                banner=wanted.banner,
                banner_article_id=wanted.banner_article if has_banner else None,
                banner_until=wanted.banner_until if has_banner else None,
                what=what,
                by=by,
                at=at,
            )
            transaction.on_commit(pages_changed, robust=True)
    except IntegrityError as error:
        message = "Somebody else arranged the front page meanwhile. Look at it, then do it again."
        raise ChangedMeanwhile(message) from error
    return order


def undo_front(*, seen: int, by: User | None, at: datetime) -> FrontOrder:
    """Arrange the front page as it was before the arrangement that was seen.

    What is no longer live, and a line that is over, stay away. Raises what arrange_front raises.
    """
    before = FrontOrder.objects.filter(n__lt=seen).newest_first().first()
    wanted = arrangement_of(before) if before else Arrangement()
    live = set(Article.objects.live().filter(pk__in=wanted.pins).values_list("pk", flat=True))
    wanted = replace(wanted, pins=tuple(pk for pk in wanted.pins if pk in live))
    if wanted.banner_until is not None and wanted.banner_until <= at:
        wanted = replace(wanted, banner="", banner_article=None, banner_until=None)
    return arrange_front(wanted, seen=seen, by=by, at=at, what="undone")


def take_off_front(article: Article, *, by: User | None, at: datetime) -> None:
    """Unpin an article that is withdrawn, in the caller's transaction. One query, two where it is."""
    for _ in range(TRIES):
        now = current_front()
        wanted = without(now.arrangement, [article.pk])
        if wanted == now.arrangement:
            return
        # Somebody who arranges it at the same moment does not keep back a withdrawal.
        with suppress(ChangedMeanwhile):
            _write(wanted, n=now.n + 1, by=by, at=at, what="withdrawn")
            return


def without(arrangement: Arrangement, gone: Sequence[int]) -> Arrangement:
    """Return an arrangement in which these articles do not stand."""
    arrangement = replace(arrangement, pins=tuple(pk for pk in arrangement.pins if pk not in gone))
    if arrangement.banner_article in gone:
        return replace(arrangement, banner="", banner_article=None, banner_until=None)
    return arrangement


def end_banner(*, at: datetime) -> bool:
    """Take away a line whose time is over, so that no kept page shows it. One query, else two.

    Of two workers that see it only one does it.
    """
    now = current_front()
    until = now.arrangement.banner_until
    if until is None or at < until:
        return False
    wanted = replace(now.arrangement, banner="", banner_article=None, banner_until=None)
    try:
        _write(wanted, n=now.n + 1, by=None, at=at, what="banner over")
    except ChangedMeanwhile:
        return False
    return True
