"""What people at the desk are told while the Redis of their sessions does not answer: 503.

Nobody is logged out by it: the session is there again when Redis is. What was typed is sent back,
or stays in the form where a script sent it.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from accounts.redis_sessions import SessionsAway, SessionStore
from newsroom.refused_forms import sessions_away


class DeskSessionMiddleware(SessionMiddleware):
    """Django's, which neither fails nor takes a cookie away where the sessions cannot be reached."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if getattr(request, "is_session_away", False):
            return response
        try:
            return super().process_response(request, response)
        except SessionsAway:
            if request.session.session_key == request.COOKIES.get(settings.SESSION_COOKIE_NAME):
                # What was asked for is done; what was to be remembered of it, a message, is lost.
                return response
            # Who has just logged in would have no session to go on with.
            return answer(request)


class AnswerSessionsAway:
    """Read the session of the desk before anything depends on it, and answer where it is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.SESSIONS_URL:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_of_desk = request.path.startswith(settings.SESSION_COOKIE_PATH)
        if is_of_desk and settings.SESSION_COOKIE_NAME in request.COOKIES:
            try:
                request.session.has_key("")  # reads it
            except SessionsAway:
                return answer(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a login, for one, whose session could not be made."""
        return answer(request) if isinstance(error, SessionsAway) else None


def answer(request: HttpRequest) -> HttpResponse:
    """Answer as to somebody who is not known, and leave the cookie alone."""
    request.is_session_away = True  # type: ignore[attr-defined]  # read above
    request.session = SessionStore()
    request.user = AnonymousUser()
    response = sessions_away(request)
    # The line that says Redis is away is enough; Django would write one for each request.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
