"""The files of pictures as browsers get them: originals and renditions."""

import logging
from typing import cast

from django.core.files import File
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.cards import CardFace, NoFont, face_of_site, site_card
from articles.models import Image, ReplacedFile, SocialCard
from web.interface import for_readers

logger = logging.getLogger(__name__)

DAY = 24 * 60 * 60
YEAR = 365 * DAY
MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "avif": "image/avif",
}


class CutShort(Exception):
    """The stored file of a picture is not the one that was stored; the message is for the log."""


@require_safe
def original(request: HttpRequest, sha256: str, extension: str) -> HttpResponseBase:
    """Serve an uploaded picture: named by its hash, so it never changes.

    One query; a second where nothing has that hash, for the file may have been replaced.
    """
    image = Image.objects.only("size", "extension").filter(sha256=sha256).first()
    if image is None:
        return _replacement(sha256)
    if image.extension != extension:
        return _no_such_picture()
    return _answer(request, f"{sha256}.{extension}", size=image.size, tag=sha256)


@require_safe
def rendition(
    request: HttpRequest, sha256: str, width: str, mark: str, extension: str
) -> HttpResponseBase:
    """Serve a rendition, or lead to what there is instead. One query, or two as for an original.

    Readers of feeds keep addresses for long: those of files that were made again lead on.
    """
    fields = ("sha256", "extension", "renditions")
    image = Image.objects.only(*fields).filter(sha256=sha256).first()
    if image is None:
        return _replacement(sha256, int(width))
    for row in image.stored:
        if (row.extension, row.width, row.mark) == (extension, int(width), mark):
            tag = f"{sha256}-{width}-{mark}-{extension}"
            return _answer(request, image.file_of(row), size=row.size, tag=tag)
    return _lead_to(image.url_for(int(width)))


@require_safe
def card(request: HttpRequest, mark: str) -> HttpResponseBase:
    """Serve a card for social networks, while what it shows is public. One query.

    Its address never shows anything else, but it may be withdrawn: caches ask again after a day.
    """
    site = face_of_site()
    if mark == site.mark:
        return _card_of_site(site)
    row = SocialCard.objects.shown().filter(mark=mark).first()
    if row is None:
        return _no_such_picture("no-cache")
    return _answer(request, row.filename, size=row.size, tag=mark, may_go=True)


def _card_of_site(face: CardFace) -> HttpResponse:
    try:
        response = HttpResponse(site_card(face), content_type=MEDIA_TYPES["jpg"])
    except NoFont as fault:
        logger.warning("There is no card of the site: %s", fault)
        return _no_such_picture("no-cache")
    patch_cache_control(response, public=True, max_age=DAY)
    return response


@for_readers
def _no_such_picture(cache_control: str = "") -> HttpResponse:
    """Return an answer of one line: what asks is an <img>, and shows no page of ours."""
    headers = {"Cache-Control": cache_control} if cache_control else {}
    said = gettext("No such picture.")
    return HttpResponse(said, "text/plain; charset=utf-8", 404, headers=headers)


def _replacement(sha256: str, width: int = 0) -> HttpResponse:
    """Lead from a file that was replaced to the one that stands in its place."""
    files = ReplacedFile.objects.select_related("image")
    replaced = files.filter(sha256=sha256).first()
    if replaced is None:
        return _no_such_picture()
    return _lead_to(replaced.image.url_for(width) if width else replaced.image.url)


def _lead_to(address: str) -> HttpResponse:
    # It may be replaced again.
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-cache"})


def _answer(
    request: HttpRequest, name: str, *, size: int, tag: str, may_go: bool = False
) -> HttpResponseBase:
    """Send a file, or say that the one the browser keeps is still right. No query.

    A truncated file is not sent, nor called unchanged: caches would keep it for a year.
    """
    try:
        picture = _whole_file(name, size=size)
    except FileNotFoundError:
        return _no_such_picture()
    except (CutShort, OSError) as fault:
        logger.error("%s", fault)
        # Not 503, which Django would log a second time.
        return _no_such_picture("no-store")
    headers = _headers_of(name, tag=tag, may_go=may_go)
    unsent = HttpResponse(headers=headers)
    answer = get_conditional_response(request, etag=headers["ETag"], response=unsent)
    if answer is not unsent:
        # The file alone: closing the response would end the request before it is answered.
        picture.close()
        return cast("HttpResponse", answer)
    try:
        # Of a bucket the bytes come only now.
        return FileResponse(picture, headers=headers)
    except OSError as fault:
        logger.error("%s", fault)
        return _no_such_picture("no-store")


def _headers_of(name: str, *, tag: str, may_go: bool) -> dict[str, str]:
    """Return what a browser and the caches are told of a file."""
    kept = f"max-age={DAY}" if may_go else f"max-age={YEAR}, immutable"
    return {
        "Content-Type": MEDIA_TYPES[name.rpartition(".")[2]],
        "ETag": f'"{tag}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": f"public, {kept}",
    }


def _whole_file(name: str, *, size: int) -> File:
    """Return the file, open. Raises FileNotFoundError, CutShort, and OSError of a bucket."""
    picture = default_storage.open(name)
    if picture.size != size:
        message = f"{name} is cut short: it has {picture.size} bytes of {size}; upload it again"
        picture.close()
        raise CutShort(message)
    return picture
