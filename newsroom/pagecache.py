"""The pages that everybody sees, kept by each process and answered before Django is asked.

Only what a view declares (web.conditional.public_page) is kept, and by its declared parameters
alone. It is made from a request that has nothing else of the one that came: no cookie, no header,
no body. So nobody's page can become another's, and no header can change what is kept.

- The numbers of a page are read before it is made, and again before it is given: after a publish
  no process gives what was true before.
- A page that shows clocks is true until the full minute. While a thread makes it again the others
  give the last one of the same numbers, at most a minute old. Where there is none they wait for
  that thread, a second at most: a process makes a page once, however many ask.
- Pages asked for with parameters, of which anybody can make up as many as they like, have a shelf of
  their own: a flood of searches displaces searches, and no article.
- A page is made from the replica, if there is one and it is not behind (newsroom/replica.py).
- While the database is away the last page of the same numbers is given for a minute, marked stale,
  then 503.
"""

import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any

from newsroom.database_away import MARK, DatabaseWatch
from newsroom.kept_pages import QUARTER, Headers, KeptPage, Shelf, keep
from newsroom.plain_requests import (
    Environ,
    canonical,
    declared,
    domain_of,
    is_plain,
    is_secure,
    plain_request,
    takes_gzip,
)
from newsroom.replica import Replica
from web.conditional import PublicPage

type Start = Callable[..., Any]
type Application = Callable[[Environ, Start], Iterable[bytes]]

STATUSES = ("200 ", "301 ", "410 ")
# Of what a request brings, a page is made from no more than this.
FROM_SERVER = (
    "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "wsgi.version", "wsgi.errors",
    "wsgi.multithread", "wsgi.multiprocess", "wsgi.run_once", "wsgi.url_scheme",
)  # fmt: skip
LONGEST_WAIT = 1.0
STALE_FOR = 60.0
# Of what pages may take, this part is for those asked for with parameters.
SHARE_ASKED = 4
STALE = ("Warning", '110 - "Response is Stale"')


@dataclass(slots=True)
class Made:
    """What Django answered: the headers with their length, and the page if it may be kept."""

    status: str
    headers: Headers
    body: bytes
    kept: KeptPage | None = None
    is_away: bool = False

    def told(self, name: str) -> str:
        """Return what a header says, in lower case; "" where there is none."""
        return ", ".join(value for key, value in self.headers if key.lower() == name).lower()

    @property
    def is_for_all(self) -> bool:
        """Whether it may be given to others than the one who asked."""
        vary = self.told("vary")
        return not self.told("set-cookie") and "cookie" not in vary and "*" not in vary


WAIT = b"This page is being made. Try again in a second.\n"
BUSY = Made(
    status="503 Service Unavailable",
    headers=[
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(WAIT))),
        ("Cache-Control", "no-store"),
        ("Retry-After", "1"),
    ],
    body=WAIT,
)


@dataclass(slots=True, eq=False)
class UnderWay:
    """A page that a thread makes now, for all that wait for it. No answer where it failed."""

    is_done: Event = field(default_factory=Event)
    made: Made | None = None


class PageCache:
    """A WSGI application around Django's. `most` is in bytes; `clock` in seconds since 1970."""

    def __init__(
        self,
        application: Application,
        *,
        most: int,
        watch: DatabaseWatch,
        replica: Replica | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.application = application
        self.shelf = Shelf(most - most // SHARE_ASKED)
        self.shelf_asked = Shelf(most // SHARE_ASKED)
        self._watch = watch
        self._replica = replica
        self._clock = clock
        self._under_way: dict[Hashable, UnderWay] = {}
        self._lock = Lock()
        self._last_refusal: Made | None = None

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if not is_plain(environ):
            return self.application(environ, start)
        host = domain_of(environ.get("HTTP_HOST", ""))
        if not host:
            return self.application(environ, start)
        secure, path = is_secure(environ), environ["PATH_INFO"]
        page = None
        if query := environ.get("QUERY_STRING", ""):
            page = declared(path)
            if page is None:
                return self.application(environ, start)
            query = canonical(query, page)
        key = (host, secure, path, query)
        kept = self._shelf_of(key).get(key)
        if kept is not None:
            if self._is_true(kept, read(kept.page)):
                return self._give(kept, key, environ, start)
            page = kept.page
        else:
            page = page or declared(path)
        if page is None:
            return self.application(environ, start)
        return self._renew(page, key, environ, start)

    def _renew(
        self, page: PublicPage, key: tuple[Any, ...], environ: Environ, start: Start
    ) -> Iterable[bytes]:
        """Answer with what is made now, by this thread or another; see the top."""
        numbers, last = read(page), self._shelf_of(key).get(key)
        if last is not None and last.numbers != numbers:
            last = None
        away = self._watch.seconds_away()
        if away is not None and self._last_refusal is not None:
            return self._give_while_away(away, last, key, environ, start)
        work, is_mine = self._begin((key, numbers))
        if not is_mine and last is not None and self._clock() // QUARTER == last.begins // QUARTER:
            return self._give(last, key, environ, start)
        if is_mine:
            self._do(work, page, key, numbers, environ)
        else:
            work.is_done.wait(LONGEST_WAIT)
        made = work.made or BUSY
        if made.is_away:
            self._last_refusal = made
            return self._give_while_away(0.0, last, key, environ, start)
        if made.kept is not None:
            return self._give(made.kept, key, environ, start)
        if is_mine or made.is_for_all:
            return send(made, environ, start)
        return self.application(environ, start)

    def _shelf_of(self, key: tuple[Any, ...]) -> Shelf:
        *_, query = key
        return self.shelf_asked if query else self.shelf

    def _is_true(self, kept: KeptPage, numbers: tuple[int, ...]) -> bool:
        return kept.begins <= self._clock() < kept.ends and kept.numbers == numbers

    def _begin(self, what: Hashable) -> tuple[UnderWay, bool]:
        """Return the work on a page, and whether it is for this thread to do."""
        with self._lock:
            work = self._under_way.get(what)
            if work is not None:
                return work, False
            work = self._under_way[what] = UnderWay()
            return work, True

    def _do(
        self,
        work: UnderWay,
        page: PublicPage,
        key: tuple[Any, ...],
        numbers: tuple[int, ...],
        environ: Environ,
    ) -> None:
        """Make a page for all that wait for it. Who comes later finds it kept, or makes it again."""
        try:
            work.made = self._make(page, key, numbers, environ)
        finally:
            with self._lock:
                del self._under_way[key, numbers]
            work.is_done.set()

    def _make(
        self, page: PublicPage, key: tuple[Any, ...], numbers: tuple[int, ...], environ: Environ
    ) -> Made:
        shelf = self._shelf_of(key)
        kept = shelf.get(key)
        if kept is not None and self._is_true(kept, numbers):
            # Another thread was done with it just before this one began.
            return Made(kept.status, kept.headers, b"", kept)
        host, secure, path, query = key
        asked = plain_request(path, query, host=host, secure=secure)
        asked |= {name: environ[name] for name in FROM_SERVER if name in environ}
        at = self._clock()
        made = self._ask(asked)
        if may_be_kept(made) and not made.is_away:
            made.kept = keep(
                page, numbers=numbers, status=made.status, headers=made.headers, body=made.body,
                at=at,
            )  # fmt: skip
            # What changed while it was made is for a later thread to keep.
            if read(page) == numbers:
                shelf.put(key, made.kept)
        return made

    def _ask(self, asked: Environ) -> Made:
        """Have a page made, from the replica where it has all that the numbers of now promise."""
        if self._replica is not None:
            numbers = self._replica.numbers_it_has()
            if numbers is not None:
                with self._replica.reading(numbers):
                    made = ask(self.application, {**asked})
                if not made.status.startswith("5"):
                    return made
        return ask(self.application, asked)

    def _give(
        self,
        kept: KeptPage,
        key: tuple[Any, ...],
        environ: Environ,
        start: Start,
        *marks: tuple[str, str],
    ) -> Iterable[bytes]:
        if_none_match = environ.get("HTTP_IF_NONE_MATCH")
        if_modified_since = environ.get("HTTP_IF_MODIFIED_SINCE")
        is_asked = if_none_match is not None or if_modified_since is not None
        if is_asked and kept.status[0] == "2" and kept.is_known(if_none_match, if_modified_since):
            start("304 Not Modified", [*kept.unchanged, *marks])
            return []
        if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            start(kept.status, [*kept.with_gzip, *marks])
            body = kept.compressed
        else:
            body = kept.uncompressed()
            if kept.plain is None:
                self._shelf_of(key).keep_plain(key, kept, body)
            start(kept.status, [*kept.headers, ("Content-Length", str(len(body))), *marks])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _give_while_away(
        self,
        seconds: float,
        last: KeptPage | None,
        key: tuple[Any, ...],
        environ: Environ,
        start: Start,
    ) -> Iterable[bytes]:
        """Answer with the last page of the same numbers for a minute, then that there is none."""
        if last is not None and seconds < STALE_FOR:
            return self._give(last, key, environ, start, STALE)
        return send(self._last_refusal or BUSY, environ, start)


def read(page: PublicPage) -> tuple[int, ...]:
    return tuple(page.numbers())


def ask(application: Application, environ: Environ) -> Made:
    """Return what an application answers, whole."""
    told: list[tuple[str, Headers]] = []
    answer = application(environ, lambda status, headers, *_: told.append((status, headers)))
    try:
        body = b"".join(answer)
    finally:
        # Ends the request for Django.
        if close := getattr(answer, "close", None):
            close()
    status, headers = told[-1]
    headers = [pair for pair in headers if pair[0].lower() != "content-length"]
    return Made(
        status=status,
        headers=[*headers, ("Content-Length", str(len(body)))],
        body=body,
        is_away=bool(environ.get(MARK)),
    )


def send(made: Made, environ: Environ, start: Start) -> Iterable[bytes]:
    start(made.status, made.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [made.body]


def may_be_kept(made: Made) -> bool:
    """Return whether an answer is worth keeping, and says that it is the same for everybody."""
    return (
        made.status.startswith(STATUSES)
        and made.is_for_all
        and "public" in made.told("cache-control")
        and not made.told("content-encoding")
    )
