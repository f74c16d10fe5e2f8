"""The public wire: its list, the live fragment, archived posts and outlets."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import groupby
from typing import Any, Self
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db.models import F, Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from wires import generations, platforms
from wires.changes import REWRITTEN, Change, fit
from wires.models import Channel, Outlet, Post, PostQuerySet, PostVersion
from wires.templatetags.wire import language_name

type View = Callable[..., HttpResponse]

ON_TICKER = 8
PAGE = 50
EDITS_SHOWN = 5
CITATIONS_SHOWN = 20
VERSIONS_SHOWN = 50
CHANNELS_SHOWN = 40
MICROSECONDS = 1_000_000
CURSOR_DIGITS = 18


# Conditional requests


def public_page(*names: str, each_minute: bool = False) -> Callable[[View], View]:
    """Give a page a weak ETag out of these generations, and answer 304 before the view runs.

    Clocks, quotes, the live wire and what it carries are left out of it: else every reader's copy
    would die each minute. The day is not, for the masthead says it. A fragment that is about the
    hour itself may count each minute.
    """

    def etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str | None:
        if settings.DEBUG:
            return None
        now = timezone.now().astimezone(settings.NEWSROOM_TIME_ZONE)
        until = now.isoformat(timespec="minutes") if each_minute else now.date().isoformat()
        parts = [str(generations.current(name)) for name in names]
        parts += [request.get_full_path(), until, appearance()]
        return f'W/"{sha256("\n".join(parts).encode()).hexdigest()[:24]}"'

    def decorate(view: View) -> View:
        conditional = condition(etag_func=etag)(view)
        return require_safe(cache_control(public=True, no_cache=True)(conditional))

    return decorate


@cache
def appearance() -> str:
    """Return what changes with a new release or name of the site: templates, styles, its name."""
    digest = sha256(f"{settings.SITE_NAME}\n{settings.SITE_URL}".encode())
    digest.update(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


# Keyset pages


@dataclass(frozen=True, slots=True)
class Cursor:
    """A row's place in a list that is newest first."""

    at: datetime
    pk: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Read "microseconds since 1970-pk". Raises Http404 for anything else."""
        at, _, pk = text.partition("-")
        if not all(
            part.isascii() and part.isdigit() and len(part) <= CURSOR_DIGITS for part in (at, pk)
        ):
            message = "This list has no such page."
            raise Http404(message)
        try:
            moment = datetime.fromtimestamp(int(at) // MICROSECONDS, UTC)
        except (OverflowError, ValueError) as error:
            message = "This list has no such page."
            raise Http404(message) from error
        return cls(moment.replace(microsecond=int(at) % MICROSECONDS), int(pk))

    @classmethod
    def of(cls, row: Model, field: str) -> Self:
        return cls(getattr(row, field), row.pk)

    def __str__(self) -> str:
        return f"{int(self.at.timestamp()) * MICROSECONDS + self.at.microsecond}-{self.pk}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window[Row: Model]:
    """One page of a list, and the query strings of its neighbours, "" if there is none."""

    rows: list[Row]
    newer: str
    older: str

    @property
    def last(self) -> Row | None:
        return self.rows[-1] if self.rows else None


def window[Row: Model](
    rows: QuerySet[Row], query: QueryDict, *, field: str, size: int = PAGE, **kept: Any
) -> Window[Row]:
    """Return the page that ?older= or ?newer= asks for, by keyset. One query; raises Http404.

    `kept` goes into the neighbours' query strings.
    """
    newer, older = query.get("newer", ""), query.get("older", "")
    ahead = bool(newer)
    if ahead:
        found = list(_beyond(rows, Cursor.read(newer), field, "gt")[: size + 1])
    elif older:
        found = list(_beyond(rows, Cursor.read(older), field, "lt")[: size + 1])
    else:
        found = list(rows.order_by(f"-{field}", "-pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if ahead:
        found.reverse()
    has_newer, has_older = (more, True) if ahead else (bool(older), more)

    def neighbour(name: str, row: Row) -> str:
        return urlencode(kept | {name: str(Cursor.of(row, field))}, doseq=True)

    return Window(
        rows=found,
        newer=neighbour("newer", found[0]) if found and has_newer else "",
        older=neighbour("older", found[-1]) if found and has_older else "",
    )


def _beyond[Row: Model](
    rows: QuerySet[Row], cursor: Cursor, field: str, side: str
) -> QuerySet[Row]:
    # The first condition alone lets the index begin at the cursor.
    tie = Q(**{field: cursor.at, f"pk__{side}": cursor.pk})
    order = (f"-{field}", "-pk") if side == "lt" else (field, "pk")
    return (
        rows.filter(**{f"{field}__{side}e": cursor.at})
        .filter(Q(**{f"{field}__{side}": cursor.at}) | tie)
        .order_by(*order)
    )


# The live wire


def live_posts() -> PostQuerySet:
    """The live wire, newest first: what its entries show of each post comes in one query."""
    return (
        Post.objects.on_ticker()
        .exclude(state=Post.State.WITHDRAWN)
        .newest_first()
        .with_words()
        .defer(*UNSHOWN)
    )


UNSHOWN = (
    "native_id",
    "latest_version__html",
    "latest_version__text",
    "latest_version__media",
    "latest_version__flags",
)
UNSHOWN_OF_A_POST = ("native_id", "latest_version__html", "latest_version__media")


@public_page("wire")
def fragment(request: HttpRequest) -> HttpResponse:
    """The live wire's entries alone, for the script that refreshes them in place."""
    return render(request, "wires/_live_wire.html", {"posts": live_posts()[:ON_TICKER]})


# The list


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterChoice:
    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the reader asked of the wire; an empty value asks nothing."""

    outlet: str = ""
    language: str = ""
    platforms: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        known = dict(platforms.choices())
        return cls(
            outlet=_asked(query, "outlet", longest=120),
            language=_asked(query, "language", longest=35).lower(),
            platforms=tuple(name for name in query.getlist("platform") if name in known),
        )

    def __bool__(self) -> bool:
        return bool(self.outlet or self.language or self.platforms)

    def apply(self, posts: PostQuerySet) -> PostQuerySet:
        if self.outlet:
            posts = posts.filter(channel__outlet__slug=self.outlet)
        if self.platforms:
            posts = posts.filter(channel__platform__in=self.platforms)
        if self.language:
            field = "latest_version__language"
            posts = posts.filter(
                Q(**{f"{field}__iexact": self.language})
                | Q(**{f"{field}__istartswith": f"{self.language}-"})
            )
        return posts

    def as_query(self) -> dict[str, Any]:
        asked = {"outlet": self.outlet, "language": self.language, "platform": self.platforms}
        return {name: value for name, value in asked.items() if value}


def _asked(query: QueryDict, name: str, *, longest: int) -> str:
    # PostgreSQL takes no NUL, not even to compare with.
    return query.get(name, "").replace("\0", "")[:longest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """The posts of one hour, under the hour; `is_new_day` says that the date is new too."""

    at: datetime
    is_new_day: bool
    posts: list[Post]


def listed_posts() -> PostQuerySet:
    """Posts as the wire's lists show them."""
    return Post.objects.visible().filter(is_service=False).with_words().defer(*UNSHOWN)


def in_articles(posts: Iterable[Post]) -> set[int]:
    """Return the keys of the posts that live articles cite. One query, none for no posts."""
    on_page = Post.objects.filter(pk__in=[post.pk for post in posts])
    return set(on_page.in_live_articles().values_list("pk", flat=True))


def live_citations() -> QuerySet[Any]:
    """The citations that a reader can find now: those of the versions that are live."""
    # Named by the relation: the wire knows nothing of the apps above it.
    citation: Any = PostVersion._meta.get_field("citations").related_model
    found: QuerySet[Any] = citation.objects.filter(version__article__live_version=F("version"))
    return found


@public_page("wire", "pages")
def wire(request: HttpRequest) -> HttpResponse:
    """Every post, newest first, by outlet, platform and language. Three queries of its own."""
    filters = Filters.read(request.GET)
    page = window(filters.apply(listed_posts()), request.GET, field="wire_at", **filters.as_query())
    context = {
        "filters": filters,
        "page": page,
        "hours": by_hour(page.rows),
        "in_articles": in_articles(page.rows),
        "updated_at": newest(page.rows),
        "is_demo": any(post.channel.outlet.is_demo for post in page.rows),
    }
    return render(request, "wires/wire.html", context | choices(filters))


def choices(filters: Filters) -> dict[str, list[FilterChoice]]:
    """What can be chosen among. One query."""
    rows = (
        Channel.objects.order_by("outlet__name")
        .values_list("outlet__slug", "outlet__name", "language", "outlet__language")
        .distinct()
    )
    outlets: dict[str, str] = {}
    languages: dict[str, str] = {}
    for slug, name, *codes in rows:
        outlets[slug] = name
        for code in codes:
            if spoken := language_name(code):
                languages[code.partition("-")[0].lower()] = spoken
    by_name = sorted(languages.items(), key=lambda pair: pair[1])
    return {
        "outlets": _choices(outlets.items(), (filters.outlet,)),
        "languages": _choices(by_name, (filters.language,)),
        "platforms": _choices(platforms.choices(), filters.platforms),
    }


def _choices(pairs: Iterable[tuple[Any, Any]], chosen: Sequence[str]) -> list[FilterChoice]:
    return [
        FilterChoice(value=value, name=str(name), is_chosen=value in chosen)
        for value, name in pairs
    ]


def by_hour(posts: Iterable[Post]) -> list[Hour]:
    """Group posts that are newest first under their UTC hours."""
    hours: list[Hour] = []
    for hour, group in groupby(posts, key=_hour):
        is_new_day = not hours or hours[-1].at.date() != hour.date()
        hours.append(Hour(at=hour, is_new_day=is_new_day, posts=list(group)))
    return hours


def _hour(post: Post) -> datetime:
    return post.wire_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def newest(posts: Sequence[Post]) -> datetime | None:
    return max((post.wire_at for post in posts), default=None)


# One post


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEdit:
    """What one version changed in the one before it."""

    version: PostVersion
    changes: list[Change]

    @property
    def is_rewritten(self) -> bool:
        return REWRITTEN in self.changes


@public_page("wire", "pages")
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """An archived post. A hidden one is not found unless a live article cites it.

    Three queries; a fourth for the words of one that was taken back.
    """
    post = get_object_or_404(Post.objects.with_words().defer(*UNSHOWN_OF_A_POST), pk=pk)
    citations = list(citations_of(post))
    if post.is_hidden and not citations:
        message = "No such post."
        raise Http404(message)
    versions = newest_versions(post)
    context = {
        "post": post,
        "outlet": post.channel.outlet,
        "versions": versions,
        "earlier": versions[0].n - 1 if versions else 0,
        "citations": citations,
        "shown": shown_version(post, citations),
        "edits": edits(versions, limit=post.channel.outlet.excerpt_length)
        if citations and not is_taken_back(post)
        else [],
        "updated_at": max(
            [post.wire_at, *(version.captured_at for version in versions[-1:])]
            + ([post.withdrawn_at] if post.withdrawn_at else [])
        ),
        "is_demo": post.channel.outlet.is_demo,
    }
    response = render(request, "wires/post.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def newest_versions(post: Post) -> list[PostVersion]:
    """Return the newest versions, the last one last, without their words. One query."""
    versions = post.versions.defer("title", "text", "html", "author", "media").order_by("-n")
    return list(reversed(versions[:VERSIONS_SHOWN]))


def citations_of(post: Post) -> QuerySet[Any]:
    """The newest live articles that cite the post, with what a link to them shows."""
    return (
        live_citations()
        .filter(post_version__post=post)
        .select_related("version__article__live_section")
        .defer("version__body", "version__html", "version__findings", "version__claims")
        .order_by("-version__article__first_published_at", "number")[:CITATIONS_SHOWN]
    )


def shown_version(post: Post, citations: Sequence[Any]) -> PostVersion | None:
    """Return the version whose words readers see: of a post taken back the one cited, or none.

    One query where it is the one cited.
    """
    if not is_taken_back(post):
        return post.latest_version
    if not citations:
        return None
    return post.versions.defer("html", "media").get(pk=citations[0].post_version_id)


def is_taken_back(post: Post) -> bool:
    """Return whether its source or the desk took it back, so that only words we cite are shown."""
    return post.is_withdrawn or post.is_hidden


def edits(versions: Sequence[PostVersion], *, limit: int) -> list[PostEdit]:
    """Return what the last few versions changed, within an outlet's limit of characters in all.

    Nothing is compared here: a reader's request must cost the same whatever a source wrote.
    """
    found: list[PostEdit] = []
    for version in reversed(versions[-EDITS_SHOWN:]):
        changes = fit([Change(*part) for part in version.changes or ()], limit)
        limit -= sum(len(change.text) for change in changes)
        if changes:
            found.insert(0, PostEdit(version=version, changes=changes))
    return found


# One outlet


@public_page("wire", "pages")
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """Who an outlet is, where it posts, and what it posted. Four queries."""
    outlet = get_object_or_404(Outlet, slug=slug)
    channels = list(outlet.channels.order_by("platform", "code")[:CHANNELS_SHOWN])
    page = window(listed_posts().filter(channel__outlet=outlet), request.GET, field="wire_at")
    context = {
        "outlet": outlet,
        "channels": channels,
        "page": page,
        "hours": by_hour(page.rows),
        "in_articles": in_articles(page.rows),
        "updated_at": newest(page.rows),
        "is_demo": outlet.is_demo,
    }
    return render(request, "wires/outlet.html", context)
