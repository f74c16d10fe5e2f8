"""Conditional requests: a page that did not change is not made again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from web.interface import for_readers

type View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """What a view says of its pages, for those that keep them: see public_page."""

    numbers: Callable[[], Iterable[int]]
    query: tuple[str, ...]
    lists: tuple[str, ...]
    shows_clocks: bool


def public_page(
    numbers: Callable[[], Iterable[int]],
    *,
    shows_clocks: bool = True,
    query: tuple[str, ...] = (),
    lists: tuple[str, ...] = (),
    changed_at: Callable[..., datetime | None] | None = None,
) -> Callable[[View], View]:
    """Give a page a weak ETag, and answer 304 before the view runs.

    `numbers` reads a few numbers, at least one of which is another once the page has changed.
    Leave out what every page carries and changes often, such as quotes and the live wire. A page
    that shows clocks, as all of HTML do, has another tag each minute: without script nothing else
    would tell a reader's copy that its prices and countdowns are old. Any other has another tag
    each day.

    `changed_at` takes what the view takes. It is for what has a date of its own, such as a sitemap;
    who sends a tag as well is answered by the tag.

    The rest is for newsroom.pagecache, which keeps the page: `query` names the parameters that the
    view reads, `lists` those of them of which it reads every value. All others make no difference,
    nor may any header, cookie or person.
    """

    def etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str | None:
        if settings.DEBUG:
            return None
        now = timezone.now().astimezone(settings.NEWSROOM_TIME_ZONE)
        until = now.isoformat(timespec="minutes") if shows_clocks else now.date().isoformat()
        parts = [str(number) for number in numbers()]
        parts += [request.get_full_path(), until, appearance()]
        return f'W/"{sha256("\n".join(parts).encode()).hexdigest()[:24]}"'

    def decorate(view: View) -> View:
        conditional = condition(etag_func=etag, last_modified_func=changed_at)(for_readers(view))
        whole = require_safe(cache_control(public=True, no_cache=True)(conditional))
        whole.public_page = PublicPage(  # type: ignore[attr-defined]  # read by page_of
            numbers=numbers, query=query, lists=lists, shows_clocks=shows_clocks
        )
        return whole

    return decorate


def page_of(view: View) -> PublicPage | None:
    """Return what a view says of its pages; None of one that is no public page."""
    return getattr(view, "public_page", None)


@cache
def appearance() -> str:
    """Return what changes with a new release or name of the site: templates, styles, its name, language."""
    digest = sha256(f"{settings.SITE_NAME}\n{settings.SITE_URL}\n{settings.SITE_LANGUAGE}".encode())
    for path in sorted((settings.BASE_DIR / "locale").rglob("*.mo")):
        digest.update(path.read_bytes())
    digest.update(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
