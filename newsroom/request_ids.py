"""A name for each request, the same in our log, the proxy's, and on the page of a fault."""

import re
import secrets
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")

type Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def current() -> str:
    """Return the name of the request that this thread answers, "" where it answers none."""
    return _current.get()


def name_requests(application: Application, *, is_behind_proxy: bool) -> Application:
    """Wrap a WSGI application so that each request has a name, and its answer says it.

    A proxy's own name is kept, where one stands before us; a visitor's is not.
    """

    def named(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        given = environ.get("HTTP_X_REQUEST_ID", "") if is_behind_proxy else ""
        name = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
        _current.set(name)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, (HEADER, name)], *rest)

        return application(environ, start)

    return named
