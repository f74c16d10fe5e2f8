"""What surrounds every view for the people of the desk: sessions that expire, busy logins."""

import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils import timezone

from accounts.hashers import TooBusy
from web.fragments import shared

logger = logging.getLogger(__name__)

# When the session was last used, and how old that may become before it is written again.
SEEN_AT = "seen_at"
RENEW_AFTER = 300  # seconds
RETRY_AFTER = 2  # seconds
# One whose password is looked at and one that waits for it. A process has four threads unless
# WEB_THREADS says otherwise: half stay free for readers.
LOGINS_AT_ONCE = 2

_logins = threading.BoundedSemaphore(LOGINS_AT_ONCE)


def limit_logins(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 503 to a login beyond those under way in this process, before anything is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.path != reverse("admin:login"):
            return get_response(request)
        if not _logins.acquire(blocking=False):
            return too_busy(request)
        try:
            return get_response(request)
        finally:
            _logins.release()

    return middleware


def too_busy(request: HttpRequest) -> HttpResponse:
    """Say that too many log in at once, and when to come again.

    Nearly all of an attack are told so: the page is made once a minute, and so is the log's line.
    """
    page = shared("too many logins", at=timezone.now(), numbers=(), make=_too_busy_page)
    response = HttpResponse(page, status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    # Django would log an error for each, and mail it.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _too_busy_page() -> str:
    """Return the page as it is for everybody, and note in the log that it is shown."""
    logger.warning("Too many logins at once: those beyond the limit are told to come again")
    nobody = HttpRequest()
    nobody.user = AnonymousUser()
    nobody.META["SCRIPT_NAME"] = get_script_prefix().rstrip("/")
    context = {**admin.site.each_context(nobody), "title": "Too many logins at once"}
    return render_to_string("accounts/too_busy.html", context, nobody)


class DeskSessions:
    """Renew the session of somebody who works, at most every five minutes; it expires when idle.

    Readers carry no session cookie, so their requests read none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A page for readers must not depend on it, even where somebody sends the cookie along.
        is_of_desk = request.path.startswith(settings.SESSION_COOKIE_PATH)
        # What a page asks by itself, while nobody touches it, does not keep a session going.
        is_of_person = not getattr(request, "is_background", False)
        if is_of_desk and is_of_person and settings.SESSION_COOKIE_NAME in request.COOKIES:
            renew(request, now=time.time())
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 503 where too many passwords were looked at."""
        if not isinstance(error, TooBusy):
            return None
        return too_busy(request)


def renew(request: HttpRequest, *, now: float) -> None:
    """Note that the session is used, if somebody is logged in and it was not noted lately."""
    seen_at = request.session.get(SEEN_AT)
    if seen_at is not None and now - seen_at >= RENEW_AFTER:
        request.session[SEEN_AT] = now


def begin(request: HttpRequest, *, now: float) -> None:
    """Begin to note when a session is used: from the login on."""
    request.session[SEEN_AT] = now
