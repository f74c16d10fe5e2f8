"""What the desk's first page shows somebody: their own work, the paper, the wire.

Other parts hand it alerts: one function each in ALERTS, which yields a code, a sentence and a link.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    F,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, RowNumber
from django.urls import reverse

from articles import archive
from articles.models import (
    Article,
    ArticleVisit,
    Comment,
    DraftVetting,
    OverrideRequest,
    Review,
    Schedule,
    WorkingCopy,
)
from articles.models.frozen import ONLY_IN_FORM
from desk.times import clock_time
from mail.models import Email
from markets.models import HeldQuote, Provider
from newsroom.front import top_of_front
from web.fragments import shared
from wires import generations
from wires.admin.posts import UNSHOWN
from wires.models import Post
from wires.poll_status import wire_alarm
from wires.watching import AilingChannels, find_ailing

AT_A_GLANCE = 5
_pages = generations.reader("pages")
# Of schedules and reviews, which are worked off.
MOST_WAITING = 20
VIEW, CHANGE = "articles.view_article", "articles.change_article"
PUBLISH = "articles.publish_article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that somebody must see to: a code for programs, a sentence, and where to go."""

    code: str
    sentence: str
    link: str
    # Where somebody says that they know, so that it goes away.
    seen_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPiece:
    """An article of one's own: what an editor said of it, and who else has it open.

    `vetting` is None until the worker has counted the findings of the draft as it is saved.
    """

    article: Article
    returned: Review | None
    others: Sequence[str]
    vetting: DraftVetting | None


def work_in_hand(user: User, *, at: datetime) -> dict[str, Any]:
    """Return the newest few rows of each kind that this person may look at. Some lazy, none
    counted but for the articles that no longer stand.
    """
    work: dict[str, Any] = {}
    if user.has_perm(VIEW):
        work |= _of_articles(user, at=at)
        work["alerts"] = _alerts(at)
    if user.has_perm("articles.override_hold"):
        requests = OverrideRequest.objects.select_related("article", "by")
        work["override_requests"] = requests.defer("article__body").order_by("at", "pk")[
            :AT_A_GLANCE
        ]
    if user.has_perm("wires.view_post"):
        work["wire_alarm"] = wire_alarm(at)
        work |= _posts(may_confirm=user.has_perm("wires.import_post"))
    if user.has_perm("wires.view_channel"):
        work["ailing"] = _ailing(at)[0]
    work |= _troubles(at, of_markets=user.has_perm("markets.view_instrument"))
    work["handed"] = [alert for part in ALERTS for alert in part(user, work, at)]
    return work


def _posts(*, may_confirm: bool) -> dict[str, list[Post]]:
    """Return the newest posts, and those whose words wait to be confirmed. One query."""
    newest = Post.objects.visible().newest_first().values("pk")[:AT_A_GLANCE]
    waiting = Post.objects.filter(unconfirmed_version__isnull=False).newest_first()
    wanted = Q(pk__in=newest)
    if may_confirm:
        wanted |= Q(pk__in=waiting.values("pk")[:AT_A_GLANCE])
    rows = list(Post.objects.filter(wanted).with_newest_words().defer(*UNSHOWN).newest_first())
    found = {"newest_posts": [post for post in rows if is_visible(post)][:AT_A_GLANCE]}
    if may_confirm:
        unconfirmed = [post for post in rows if post.unconfirmed_version_id is not None]
        found["unconfirmed_posts"] = unconfirmed[:AT_A_GLANCE]
    return found


def is_visible(post: Post) -> bool:
    """Return whether a post is one of PostQuerySet.visible()."""
    return not post.is_hidden and post.latest_version_id is not None


# What a row of `_troubles` has, whichever table it is from.
TROUBLE = ("kind", "key", "name", "said", "at", "number", "is_given_up")
NEVER = Value(value=False, output_field=BooleanField())


def _troubles(at: datetime, *, of_markets: bool) -> dict[str, list[dict[str, Any]]]:
    """Return the newest quotes held, failing providers and e-mail that does not go out. One query.

    E-mail is for everybody: who waits for one asks the next colleague.
    """
    failing = Email.objects.failing(at=at)
    parts: list[QuerySet[Any, Any]] = [
        failing.filter(pk__in=failing.newest_first().values("pk")[:AT_A_GLANCE]).annotate(
            **_trouble("failing_emails", "pk", "subject", "last_error", "asked_at"),
            number=F("attempts"),
            is_given_up=Case(When(given_up_at__isnull=False, then=True), default=NEVER),
        )
    ]
    if of_markets:
        held = HeldQuote.objects.filter(over_at=None)
        few = held.order_by("-held_at", "-pk").values("pk")[:AT_A_GLANCE]
        parts += [
            held.filter(pk__in=few).annotate(
                **_trouble(
                    "held_quotes", "instrument_id", "instrument__label", "reason", "held_at"
                ),
                number=F("times"),
                is_given_up=NEVER,
            ),
            Provider.objects.exclude(health=Provider.Health.SOUND).annotate(
                **_trouble("failing_providers", "pk", "code", "last_error", "last_error_at"),
                number=F("failures"),
                is_given_up=NEVER,
            ),
        ]
    first, *others = (part.order_by().values(*TROUBLE) for part in parts)
    rows = sorted(first.union(*others, all=True) if others else first, key=_newest_of_troubles)
    for row in rows:
        if row["kind"] == "failing_providers":
            row["name"] = Provider(code=row["name"]).name
    kinds = ("held_quotes", "failing_providers", "failing_emails")
    return {kind: [row for row in rows if row["kind"] == kind][:AT_A_GLANCE] for kind in kinds}


def _trouble(kind: str, key: str, name: str, said: str, at: str) -> dict[str, Any]:
    text = TextField()
    return {
        "kind": Value(kind, output_field=text),
        "key": Cast(F(key), BigIntegerField()),
        "name": Cast(F(name), text),
        "said": Cast(F(said), text),
        "at": F(at),
    }


def _newest_of_troubles(row: dict[str, Any]) -> tuple[float, int]:
    return (-(row["at"].timestamp() if row["at"] else 0), -row["key"])


def _alerts(at: datetime) -> archive.AlertCount:
    """Return how many live articles have alerts. One query where a worker counts them, else nine."""
    made_of, told = archive.tallied(at)
    if told is not None:
        return told
    kept = shared("desk alerts", at=at, numbers=made_of, make=lambda: (archive.count_alerts(),))
    return kept[0]


def _ailing(at: datetime) -> tuple[AilingChannels]:
    """Return the channels with problems, as they were this minute. One query, or none.

    What the desk does to a channel shows at once: it moves the pages.
    """
    return shared(
        "desk channels", at=at, numbers=_pages(), make=lambda: (find_ailing(AT_A_GLANCE, at=at),)
    )


def _of_articles(user: User, *, at: datetime) -> dict[str, Any]:
    """Return what is written, in review, scheduled, and on top of the front. Six queries.

    Two more where the front has changed.
    """
    drafts, in_review = _unfinished(user)
    came_back, waiting = _reviews(user)
    mine = {article.pk: article for article in (*(row.article for row in came_back), *drafts)}
    others = _others(user, list(mine), at=at)
    back = {row.article_id: row for row in came_back}
    asked = {row.article_id: row for row in waiting}
    return {
        "own": [
            OwnPiece(
                article=article,
                returned=back.get(pk),
                others=others.get(pk, ()),
                vetting=_vetting(article),
            )
            for pk, article in mine.items()
        ],
        "mentions": list(_mentions(user)) if user.has_perm(CHANGE) else [],
        "in_review": [(article, asked.get(article.pk)) for article in in_review],
        "for_me": [row for row in waiting if row.to_id == user.pk],
        "schedules": list(_schedules()),
        "front": shared(
            "desk front", at=at, numbers=_pages(), make=lambda: top_of_front(AT_A_GLANCE)
        ),
    }


def _unfinished(user: User) -> tuple[list[Article], list[Article]]:
    """Return one's own drafts and what is in review, those saved last first. One query."""
    is_own = Q(created_by=user) | Q(created_by=None)
    order = [F("updated_at").desc(), F("pk").desc()]
    first = (
        Article.objects.not_yet_public()
        .filter(Q(is_own, status=Article.Status.DRAFT) | Q(status=Article.Status.REVIEW))
        .annotate(place=Window(RowNumber(), partition_by=F("status"), order_by=order))
        .filter(place__lte=AT_A_GLANCE)
    )
    rows = (
        Article.objects.filter(pk__in=first.values("pk"))
        .select_related("section", "draft_vetting")
        .defer(*ONLY_IN_FORM)
        .order_by("-updated_at", "-pk")
    )
    found: dict[str, list[Article]] = {Article.Status.DRAFT: [], Article.Status.REVIEW: []}
    for article in rows:
        found[article.status].append(article)
    return found[Article.Status.DRAFT], found[Article.Status.REVIEW]


def _vetting(article: Article) -> DraftVetting | None:
    """Return what the checks say of the draft as it is saved, where they have read it. No query."""
    row: DraftVetting | None = getattr(article, "draft_vetting", None)
    return row if row is not None and row.is_of(article.updated_at) else None


def _reviews(user: User) -> tuple[list[Review], list[Review]]:
    """Return what came back to this person, and what waits for an answer. One query."""
    came_back = Q(by=user, is_returned=True, article__status=Article.Status.DRAFT)
    waits = Q(answered_at=None, article__status=Article.Status.REVIEW)
    # Picked before they are joined: SQLite would begin with all articles.
    few = Review.objects.filter(Q(by=user, is_returned=True) | Q(answered_at=None))
    rows = (
        Review.objects.filter(came_back | waits, pk__in=few.values("pk"))
        .select_related("article__section", "article__draft_vetting", "by", "to", "answered_by")
        .defer(*(f"article__{name}" for name in ONLY_IN_FORM))
        .newest_first()[:MOST_WAITING]
    )
    found = list(rows)
    back = {row.article_id: row for row in reversed(found) if row.answered_at is not None}
    return list(back.values()), [row for row in found if row.answered_at is None]


def _others(user: User, keys: Sequence[int], *, at: datetime) -> dict[int, list[str]]:
    """Return who else has these articles open. One query, none without articles."""
    if not keys:
        return {}
    names = ("article", "user__first_name", "user__last_name", "user__username")
    typing, reading = (
        model.objects.alive(at).filter(article__in=keys).exclude(user=user).values_list(*names)
        for model in (WorkingCopy, ArticleVisit)
    )
    found: dict[int, list[str]] = {}
    for article, first, last, username in typing.union(reading):
        found.setdefault(article, []).append(f"{first} {last}".strip() or username)
    return {article: sorted(people) for article, people in found.items()}


def _mentions(user: User) -> Any:
    """Return the open comments that mention this person, newest first. One lazy query."""
    rows = Comment.objects.open().mentioning(user).select_related("article", "by")
    return rows.defer(*(f"article__{name}" for name in ONLY_IN_FORM)).newest_first()[:MOST_WAITING]


def _schedules() -> Any:
    """Return what is to go out, soonest first, and what was stopped unseen. One lazy query."""
    waits = Q(over_at=None) | Q(outcome=Schedule.Outcome.STOPPED, seen_at=None)
    # Picked before they are joined, as reviews are.
    few = Schedule.objects.filter(waits).values("pk")
    rows = Schedule.objects.filter(pk__in=few).select_related("article", "by")
    hidden = ("draft", "cited", *(f"article__{name}" for name in ONLY_IN_FORM))
    return rows.defer(*hidden).soonest_first()[:MOST_WAITING]


# What other parts hand it


def _of_schedules(user: User, work: dict[str, Any], at: datetime) -> Iterator[Alert]:
    """Yield what did not go out, and what is late. No query."""
    for row in work.get("schedules", ()):
        page = reverse("admin:articles_article_change", args=[row.article_id])
        if not row.is_open:
            yield Alert(
                code="schedule-stopped",
                sentence=f"“{row.article}” did not go out {clock_time(row.due_at)}. {row.problem}",
                link=page,
                seen_at=reverse("admin:articles_article_schedule_seen", args=[row.pk])
                if user.has_perm(PUBLISH)
                else "",
            )
        elif row.is_late(at):
            yield Alert(
                code="schedule-late",
                sentence=(
                    f"“{row.article}” should have gone out {clock_time(row.due_at)} and did not."
                    " Is a worker running? Tell the people who run the site."
                ),
                link=page,
            )


ALERTS: tuple[Callable[[User, dict[str, Any], datetime], Iterator[Alert]], ...] = (_of_schedules,)
