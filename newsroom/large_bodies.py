"""Who may send how much: a body that is too large for its sender is refused before it is read.

Django would take in a file of any size from anybody, to look for the token of the form in it.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from web.interface import in_site_language

# A long article in a form whose session has ended, of which the text is sent back. A worker waits
# for such a body without a thread (newsroom/web_worker.py).
MOST_FROM_ANYBODY = 256 * 1024


def refuse_large_bodies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 413 to a body that is too large. Middleware; it needs request.user."""

    def middleware(request: HttpRequest) -> HttpResponse:
        size = announced_size(request)
        if size <= MOST_FROM_ANYBODY or size <= most_from(request):
            return get_response(request)
        context = {"is_staff": request.user.is_staff, "most": most_from(request) // 1024**2}
        with in_site_language():
            return render(request, "413.html", context, status=413)

    return middleware


def announced_size(request: HttpRequest) -> int:
    """Return the Content-Length. Django reads no more than that; 0 if there is none."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def most_from(request: HttpRequest) -> int:
    """Return how many bytes the sender may send: pictures come from the staff. Two queries."""
    return settings.FILE_UPLOAD_MAX_MEMORY_SIZE if request.user.is_staff else MOST_FROM_ANYBODY
