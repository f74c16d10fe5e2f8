"""The one charset of requests: UTF-8, in which every page and every form of ours is."""

import codecs
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse

# ASCII is UTF-8 too. Django would read even the query in whatever charset the client names, of
# which some are no text at all, and others say "<" in ways that nothing after it expects.
OURS = {"utf-8", "ascii"}


def refuse_other_charsets(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 400 to a request in another charset. Middleware, before any that reads a parameter."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.encoding:
            if codecs.lookup(request.encoding).name not in OURS:
                message = f"The charset of a request is UTF-8, not {request.encoding}."
                raise BadRequest(message)
            # Django refuses the same by another name.
            request.encoding = "utf-8"
        return get_response(request)

    return middleware


class AnyCharsetRequest(WSGIRequest):
    """A request in a charset that cannot be read comes as far as the middleware.

    Django reads the query when it learns the charset, before it catches any error.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        with suppress(LookupError, ValueError, SuspiciousOperation):
            super()._set_content_type_params(meta)  # type: ignore[misc]  # Django's own
