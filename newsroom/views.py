"""The front page, and what belongs to no app: errors, health, robots."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from articles.models import Correction
from articles.publishing import Arrangement
from articles.views import cards, latest, redirect_moved
from newsroom import request_ids
from newsroom.front import slots
from newsroom.health import looking
from web.addresses import absolute
from web.conditional import appearance, public_page
from web.fragments import shared
from web.interface import for_readers
from web.words import first_line
from wires import generations
from wires.lists import ON_TICKER
from wires.live_wire import LiveEntry, live_entries

_pages = generations.reader("pages")

CORRECTIONS, FEW_CORRECTIONS = 4, 2
logger = logging.getLogger(__name__)

FEW = 3
STILL_THERE = 4
# What is said of a fault where its page cannot be made, before the number.
IN_WORDS = (
    gettext_noop("Something went wrong"),
    gettext_noop("If you write to us about it, name this number:"),
)
DAY = 24 * 60 * 60
# At the root of the site, or it would see no page: so it is no static file.
SERVICE_WORKER = Path(__file__).with_name("service_worker.js")


@public_page(generations.reader("pages"))
def home(request: HttpRequest) -> HttpResponse:
    """The front page. Four queries of its own where it is not kept, one more for the live wire."""
    at = timezone.now()
    entries = below_the_strip(live_entries(at))
    make = partial(front_parts, has_wire=bool(entries), at=at)
    parts = shared("front", bool(entries), at=at, numbers=_pages(), make=make)
    context = {
        "parts": parts,
        "entries": entries,
        "updated_at": latest(parts.changed_at, newest(entries)),
        "is_demo": parts.is_demo or any(entry.is_demo for entry in entries),
    }
    return render(request, "newsroom/front.html", context)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontParts:
    """The articles of the front page as HTML: `opening` is "" where there are none."""

    banner: SafeString
    opening: SafeString
    rest: SafeString
    # How wide what stands beside the opening is: 3 or 4 of twelve columns.
    wire_columns: int
    changed_at: datetime | None
    is_demo: bool

    def __len__(self) -> int:
        """Return how many characters it keeps."""
        return len(self.banner) + len(self.opening) + len(self.rest)


def front_parts(*, has_wire: bool, at: datetime, tried: Arrangement | None = None) -> FrontParts:
    """Make the articles of the front page. Four queries, five where a lead was updated.

    A line for breaking news ends at a full minute, as these parts do.
    """
    page = slots(at, tried=tried)
    told = {note.pk for story in page.live.values() for note in story.notes}
    # Nothing appears twice: what stands in a timeline is left out of the list.
    corrections = [
        note for note in recent_corrections(CORRECTIONS + len(told)) if note.pk not in told
    ]
    # Beside few articles stand few notes.
    corrections = corrections[: max(len(page.recent), FEW_CORRECTIONS)]
    changes = [article.live_version.at for article in page.articles if article.live_version]
    opening = {"front": page, "entries": has_wire}
    rest = {"front": page, "corrections": corrections}
    return FrontParts(
        banner=render_to_string("newsroom/_banner.html", {"banner": page.banner})
        if page.banner
        else SafeString(),
        opening=render_to_string("newsroom/_front_opening.html", opening)
        if page.lead
        else SafeString(),
        rest=render_to_string("newsroom/_front_rest.html", rest),
        wire_columns=3 if page.side or page.second else 4,
        changed_at=latest(*changes, *(note.at for note in corrections)),
        is_demo=any(article.is_demo for article in page.articles),
    )


def below_the_strip(entries: Sequence[LiveEntry]) -> Sequence[LiveEntry]:
    """Return what follows the strip's entries; on a quiet day, where little does, those again."""
    return entries[ON_TICKER:] if len(entries) > ON_TICKER + FEW else entries[:ON_TICKER]


def newest(entries: Sequence[LiveEntry]) -> datetime | None:
    return max((entry.at for entry in entries), default=None)


def recent_corrections(count: int) -> QuerySet[Correction]:
    """The newest public notes, each with the headline it is about."""
    return (
        Correction.objects.select_related("article__live_version", "version_before")
        .only(
            "kind",
            "note",
            "at",
            "article__first_published_at",
            "article__live_slug",
            "article__live_version__headline",
            "article__live_version__language",
            "version_before__headline",
            "version_before__language",
        )
        .order_by("-at", "-pk")[:count]
    )


@for_readers
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Lead on from the address that an article had in another program, else 404 with links.

    Two queries besides the page's own.
    """
    match = request.resolver_match
    # What another address of ours has looked for already is looked for no more.
    is_nobodys = match is None or match.url_name == "site_page"
    # PostgreSQL takes no NUL, not even to compare with.
    if is_nobodys and "\0" not in request.path:
        with suppress(Http404):
            return redirect_moved(request.path)
    articles = list(cards().newest_first()[:STILL_THERE])
    context = {
        "articles": articles,
        "is_demo": any(article.is_demo for article in articles),
        "entries": live_entries(timezone.now())[ON_TICKER : ON_TICKER + STILL_THERE],
    }
    return render(request, "404.html", context, status=404)


@for_readers
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 to what no program of ours sends. No query."""
    return render(request, "400.html", status=400)


@for_readers
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 to somebody without the right to a page. No query."""
    return render(request, "403.html", status=403)


@for_readers
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500. No query: the database may be what failed.

    Where the page itself cannot be made, such as without the manifest of the static files, in words.
    """
    name = request_ids.current()
    try:
        return render(request, "500.html", {"request_id": name}, status=500)
    except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for an answer
        logger.error("The page of a fault could not be made: %s", first_line(error))
        said = [gettext(each) for each in IN_WORDS]
        return HttpResponse(
            f"{'. '.join(said)} {name}\n", status=500, content_type="text/plain; charset=utf-8"
        )


@require_safe
@cache_control(public=True, no_cache=True)
@for_readers
def offline(request: HttpRequest) -> HttpResponse:
    """Show what a browser keeps for when it cannot load a page. No query."""
    return render(request, "offline.html")


@require_safe
@cache_control(public=True, no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Return the script that shows the page of `offline`: another one with each release."""
    script = SERVICE_WORKER.read_text(encoding="utf-8").replace("{version}", appearance())
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=DAY)
def robots(request: HttpRequest) -> HttpResponse:
    maps = [f"Sitemap: {absolute(path)}" for path in ("/sitemap.xml", "/sitemaps/news.xml")]
    lines = ["User-agent: *", "Disallow: /desk/", "", *maps]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """This process can serve pages: a line for each part they need, with 503 if one is missing."""
    found = looking.look()
    status = 200 if found.is_ready else 503
    return HttpResponse(str(found), status=status, content_type="text/plain; charset=utf-8")
