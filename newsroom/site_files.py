"""Small files at fixed addresses that browsers and programs ask every site for."""

import json
from collections.abc import Callable
from datetime import UTC
from functools import wraps
from xml.etree import ElementTree as ET  # written, never read

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles.cards.drawing import NoFont
from articles.cards.faces import ground
from articles.cards.icons import ICONS, draw_icon
from web.addresses import absolute
from web.excerpts import cut
from web.interface import for_readers, told_language

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
OPENSEARCH_TYPE = "application/opensearchdescription+xml"
DAY = 24 * 60 * 60
PLAIN = "text/plain; charset=utf-8"

type View = Callable[..., HttpResponse]


def kept_for_a_day(view: View) -> View:
    """Let caches keep an answer for a day; a file that is not there is asked for again."""
    kept = cache_control(public=True, max_age=DAY)(view)
    return require_safe(wraps(view)(kept))


@kept_for_a_day
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a security hole (RFC 9116). Not found unless the settings say it.

    Nor once it has expired: what is out of date is worse than nothing.
    """
    expires = settings.SECURITY_EXPIRES
    if expires is None or expires <= timezone.now():
        message = "The site says nobody to tell of a security hole."
        raise Http404(message)
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {expires.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {absolute(reverse('security_txt'))}",
        "Preferred-Languages: en",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type=PLAIN)


@kept_for_a_day
def trust_txt(request: HttpRequest) -> HttpResponse:
    """Say what the publisher belongs to and controls (trust.txt). Not found unless the settings do."""
    if not settings.TRUST_TXT:
        message = "The site has no trust.txt."
        raise Http404(message)
    lines = [f"# {settings.PUBLISHER_NAME}", *settings.TRUST_TXT, ""]
    return HttpResponse("\n".join(lines), content_type=PLAIN)


@kept_for_a_day
def manifest(request: HttpRequest) -> HttpResponse:
    """Say how the site looks among the apps of a phone."""
    colours = ground()
    told = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_SHORT_NAME,
        "lang": told_language(),
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": colours.paper,
        "theme_color": colours.paper,
        "icons": [
            {
                "src": reverse("icon", args=[name]),
                "sizes": f"{icon.size}x{icon.size}",
                "type": "image/png",
                "purpose": "maskable" if icon.is_maskable else "any",
            }
            for name, icon in ICONS.items()
            if icon.in_manifest
        ],
    }
    body = json.dumps(told, ensure_ascii=False, indent=1)
    return HttpResponse(f"{body}\n", content_type="application/manifest+json; charset=utf-8")


@kept_for_a_day
@for_readers
def opensearch(request: HttpRequest) -> HttpResponse:
    """Say to browsers how the site is searched (OpenSearch 1.1), so that its field can be theirs."""
    searched = gettext("Search the articles of %(SITE_NAME)s, and the posts on its wire.")
    texts = {
        "ShortName": cut(settings.SITE_SHORT_NAME, 16),
        "LongName": cut(settings.SITE_NAME, 48),
        "Description": cut(searched % {"SITE_NAME": settings.SITE_NAME}, 1_024),
        "InputEncoding": "UTF-8",
        "OutputEncoding": "UTF-8",
        "Language": told_language(),
        "SyndicationRight": "open",
    }
    root = ET.Element("OpenSearchDescription", xmlns=OPENSEARCH)
    for name, text in texts.items():
        ET.SubElement(root, name).text = text
    for name, media_type in (("favicon.ico", "image/x-icon"), ("icon-192.png", "image/png")):
        size = str(ICONS[name].size)
        where = {"width": size, "height": size, "type": media_type}
        picture = ET.SubElement(root, "Image", where)
        picture.text = absolute(reverse("icon", args=[name]))
    search = absolute(reverse("articles:search"))
    for rel, media_type, template in (
        ("results", "text/html", f"{search}?q={{searchTerms}}"),
        ("self", OPENSEARCH_TYPE, absolute(reverse("opensearch"))),
    ):
        attributes = {"type": media_type, "rel": rel, "template": template}
        ET.SubElement(root, "Url", attributes)
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type=OPENSEARCH_TYPE)


@kept_for_a_day
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """Draw an icon of the site, once a process."""
    try:
        body = draw_icon(name, settings.SITE_SHORT_NAME, ground())
    except NoFont as error:
        raise Http404(str(error)) from error
    return HttpResponse(body, content_type=ICONS[name].media_type)
