"""Which requests ask for a page as everybody gets it, and what they say of it that counts."""

import sys
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve

from newsroom.health import any_host
from web.conditional import PublicPage, page_of

type Environ = dict[str, Any]

# Who sends one of these wants something else than the page as everybody gets it.
OTHERWISE = {"HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_TRANSFER_ENCODING"}  # fmt: skip
LONGEST_ADDRESS = 2_000
LONGEST_ACCEPT = 200


def is_plain(environ: Environ) -> bool:
    """Return whether a request asks for a page as everybody gets it."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or not OTHERWISE.isdisjoint(environ):
        return False
    if environ.get("CONTENT_TYPE") or environ.get("CONTENT_LENGTH", "0") not in {"", "0"}:
        return False
    path = environ["PATH_INFO"]
    return (
        settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")
        and not environ.get("SCRIPT_NAME")
        and path.isascii()
        and len(path) + len(environ.get("QUERY_STRING", "")) <= LONGEST_ADDRESS
        and (is_secure(environ) or not settings.SECURE_SSL_REDIRECT)
    )


def is_secure(environ: Environ) -> bool:
    """Return whether the request came by https, as Django takes it (HttpRequest.scheme)."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        sent = environ.get(name)
        if sent is not None:
            return bool(sent.partition(",")[0].strip() == secure)
    return bool(environ["wsgi.url_scheme"] == "https")


@lru_cache(maxsize=64)
def domain_of(host: str) -> str:
    """Return the host of a request without its port, "" for one that the site does not answer to."""
    domain, _ = split_domain_port(host)
    return domain if domain and validate_host(domain, settings.ALLOWED_HOSTS) else ""


@lru_cache(maxsize=256)
def takes_gzip(accepted: str) -> bool:
    """Return whether an Accept-Encoding takes gzip; where it is broken or absurdly long, not."""
    if len(accepted) > LONGEST_ACCEPT:
        return False
    weights: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        name, _, weight = (piece.strip() for piece in part.partition(";"))
        quality = weight.replace(" ", "").removeprefix("q=")
        try:
            weights.setdefault(name, float(quality or "1") > 0)
        except ValueError:
            weights[name] = False
    return weights.get("gzip", weights.get("*", False))


def declared(path: str) -> PublicPage | None:
    """Return what the view of a path says of its pages, None where they are not to be kept."""
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL, settings.SESSION_COOKIE_PATH)):
        return None
    try:
        return page_of(resolve(path).func)
    except Resolver404:
        return None


def canonical(query: str, page: PublicPage) -> str:
    """Return the declared parameters of a query, in one order and each once.

    Of a parameter that is no list the last value counts, as it does to the view.
    """
    sent = QueryDict(query.encode("iso-8859-1"))
    wanted = QueryDict(mutable=True)
    for name in page.query:
        values = [value for value in sent.getlist(name) if value]
        if name in page.lists:
            wanted.setlist(name, sorted(set(values)))
        elif values and sent.get(name):
            wanted[name] = values[-1]
    return wanted.urlencode()


def plain_request(
    path: str, query: str = "", *, host: str = "", secure: bool = True
) -> dict[str, Any]:
    """Return a GET that has nothing of any reader, at a host of the site."""
    asked = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
        "HTTP_HOST": host or any_host(), "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }  # fmt: skip
    if secure and settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        asked[name] = value
    return asked
