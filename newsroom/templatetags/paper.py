"""What every page carries: the masthead of the moment, the live wire, the sections.

Parts that many pages share are fragments, kept by each process until they change.
"""

from datetime import UTC, datetime

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import dateformat, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.feeds import FORMATS
from articles.sharing import SharePicture, share_picture_of_site
from markets.templatetags.markets import newest_quote_at
from newsroom import masthead
from newsroom.bundles import SCRIPTS, STYLES
from newsroom.directory import directory
from web.addresses import absolute
from web.days import today
from web.fragments import shared
from wires import generations
from wires.lists import ON_TICKER
from wires.live_wire import live_entries

register = template.Library()
register.filter("absolute", absolute)

_wire, _pages = generations.reader("wire"), generations.reader("pages")


@register.filter
def bare_address(url: str) -> str:
    """Return an address of ours as people write it, without https://."""
    return url.partition("://")[2] or url


@register.simple_tag
def site_links() -> SafeString:
    """Return the links to what all public pages have: stylesheets, icons, the search."""

    def make() -> SafeString:
        title = settings.SITE_SHORT_NAME or settings.SITE_NAME
        context = {"styles": STYLES.linked(), "title": title}
        return render_to_string("newsroom/_site_links.html", context)

    return shared("site links", at=timezone.now(), numbers=(), make=make)


@register.simple_tag
def scripts() -> SafeString:
    """Return the scripts of public pages."""

    def make() -> SafeString:
        links = ((static(path),) for path in SCRIPTS.linked())
        return format_html_join("\n", '<script type="module" src="{}"></script>', links)

    return shared("scripts", at=timezone.now(), numbers=(), make=make)


@register.simple_tag
def share_tags(
    kind: str, title: str, description: str, path: str, picture: SharePicture | None = None
) -> SafeString:
    """Return what a page says of itself where its address is shared, and its canonical address."""
    context = {
        "kind": kind,
        "title": title,
        "description": description,
        "path": path,
        "picture": picture or share_picture_of_site(),
        "site": settings.SITE_NAME,
    }
    return render_to_string("newsroom/_share_tags.html", context)


@register.simple_tag
def feed_links(page: str, title: str = "") -> SafeString:
    """Return the links by which programs find the feeds of the page at a path."""

    def make() -> SafeString:
        links = [(form.media_type, form.address(page)) for form in FORMATS]
        name = f"{settings.SITE_NAME} – {title}" if title else settings.SITE_NAME
        return render_to_string("newsroom/_feed_links.html", {"title": name, "links": links})

    return shared("feed links", page, title, at=timezone.now(), numbers=(), make=make)


@register.simple_tag
def demo_notice() -> SafeString:
    """Return what a page with anything of the demo edition says of it."""

    def make() -> SafeString:
        return render_to_string("newsroom/_demo_notice.html")

    return shared("demo notice", at=timezone.now(), numbers=(), make=make)


@register.simple_tag(name="masthead")
def head_of_page(updated_at: datetime | None, *, inside: bool) -> SafeString:
    """Return the masthead; `updated_at` is the newest change of the page's own, `inside` on one line.

    What stands on its strips is newer than most pages, so that these share it. Two queries, none
    while the strips are kept.
    """
    newest_at = newest(updated_at) if updated_at else None

    def make() -> SafeString:
        context = {"name": settings.SITE_NAME, "newest_at": newest_at, "inside": inside}
        return render_to_string("newsroom/_masthead.html", context)

    return shared("masthead", inside, newest_at, at=timezone.now(), numbers=(), make=make)


@register.simple_tag
def live_wire(*, deep: bool = False) -> SafeString:
    """Return the strip of the live wire; `deep` has two rows. One query, none while it is kept."""
    at = timezone.now()

    def make() -> SafeString:
        context = {"entries": live_entries(at)[:ON_TICKER], "deep": deep}
        return render_to_string("newsroom/_strip.html", context)

    return shared("strip", deep, at=at, numbers=_wire(), make=make)


@register.simple_tag
def sections(here: int | str | None = None) -> SafeString:
    """Return the navigation, on the page of a section (its key), of "wire" or of "front".

    One query, none while it is kept.
    """
    at = timezone.now()

    def make() -> SafeString:
        context = {"sections": directory(at).sections, "here": here}
        return render_to_string("newsroom/_sections.html", context)

    return shared("sections", here, at=at, numbers=_pages(), make=make)


@register.simple_tag
def foot() -> SafeString:
    """Return the foot of a page. One query, none while what it names is kept."""
    at = timezone.now()

    def make() -> SafeString:
        context = {"publisher": settings.PUBLISHER_NAME, "directory": directory(at)}
        return render_to_string("newsroom/_foot.html", context)

    return shared("foot", at=at, numbers=_pages(), make=make)


@register.simple_tag
def issue() -> SafeString:
    """Return the volume, the number and the date of today."""
    at = timezone.now()

    def make() -> SafeString:
        issued = masthead.issue(today(at), launched_on=settings.LAUNCHED_ON)
        return render_to_string("newsroom/_issue.html", {"today": issued})

    return shared("issue", at=at, numbers=(), make=make)


@register.simple_tag
def clocks() -> SafeString:
    """Return the clocks of the masthead."""
    at = timezone.now()

    def make() -> SafeString:
        return render_to_string("newsroom/_clocks.html", {"clocks": masthead.clocks(at)})

    return shared("clocks", at=at, numbers=(), make=make)


@register.simple_tag
def this_year() -> int:
    """Return the year of the day that the masthead names."""
    return today(timezone.now()).year


def newest(updated_at: datetime) -> datetime:
    """Return when the newest thing on a page is of: its own change, or one on its strips.

    Two queries, none while the strips are kept.
    """
    at = timezone.now()
    entries = [entry.at for entry in live_entries(at)[:ON_TICKER]]
    return min(max([updated_at, *entries, *filter(None, [newest_quote_at(at)])]), at)


@register.simple_tag
def moment(
    at: datetime | None, form: str = "short", *, now: datetime | None = None
) -> SafeString | str:
    """Show a moment in UTC; a script adds the reader's own hour, beside a full one for all to see.

    Forms: short ("10:11 UTC", with the date where the masthead has another), day ("25 June, 10:11 UTC") and full
    ("25 June 2026, 10:11 UTC"). Another year than this is always said.
    """
    if at is None:
        return ""
    at, on = at.astimezone(UTC), today(now or timezone.now())
    if form == "full" or at.year != on.year:
        shown = f"{dateformat.format(at, gettext('j F Y'))}, {at:%H:%M} UTC"
    elif form == "day" or at.date() != on:
        shown = f"{dateformat.format(at, gettext('j F'))}, {at:%H:%M} UTC"
    else:
        shown = f"{at:%H:%M} UTC"
    return format_html(
        '<local-time{}><time datetime="{}">{}</time></local-time>',
        SafeString(" full") if form == "full" else "",
        f"{at:%Y-%m-%dT%H:%M:%SZ}",
        shown,
    )
