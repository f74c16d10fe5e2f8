"""Sessions in a Redis, or in what speaks its protocol, where SESSIONS_URL names one.

A session is kept as the database would keep it: signed, so that who can write to the Redis is
nobody else for that, and without pickles, which would run what they hold. Redis forgets it by
itself when its time is over. The library is imported only where it is used.
"""

import logging
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from operator import methodcaller
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError

if TYPE_CHECKING:
    from redis import Redis

logger = logging.getLogger(__name__)

PREFIX = "newsroom:session:"
# A cookie may hold anything; our keys look so.
KEY = re.compile(r"[a-z0-9]{8,64}", re.A)
# How long a request waits for an answer.
SECONDS = 1.0
# After a failure others do not wait for the next one.
PAUSE = 1.0


class SessionsAway(Exception):
    """Redis does not answer, or takes nothing: nobody at the desk can be told from anybody."""

    def __init__(self) -> None:
        super().__init__("The Redis of SESSIONS_URL does not answer.")


class RedisLine:
    """The one line to Redis. It logs a line when Redis goes away, and one when it answers again.

    For a second after a failure it raises SessionsAway at once: no thread waits for what is known.
    """

    def __init__(
        self, connect: Callable[[], "Redis"], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = connect()
        self._clock = clock
        self._lock = Lock()
        self._failed_at: float | None = None

    def ask[T](self, question: Callable[["Redis"], T]) -> T:
        """Return the answer to a question. Raises SessionsAway."""
        from redis.exceptions import RedisError, ResponseError

        if self._failed_at is not None and self._clock() - self._failed_at < PAUSE:
            raise SessionsAway
        try:
            answer = question(self._client)
        except ResponseError as error:
            # It is there, and full for one: what is read goes on.
            logger.error("Redis refuses a session: %s", error)
            raise SessionsAway from error
        except RedisError as error:
            self._note_failure(error)
            raise SessionsAway from error
        self._note_answer()
        return answer

    def _note_failure(self, error: Exception) -> None:
        with self._lock:
            is_known, self._failed_at = self._failed_at is not None, self._clock()
        if not is_known:
            logger.error(
                "The Redis of SESSIONS_URL does not answer (%s): nobody can work at the desk until"
                " it does; readers are served",
                error,
            )

    def _note_answer(self) -> None:
        if self._failed_at is None:
            return
        with self._lock:
            was_away, self._failed_at = self._failed_at is not None, None
        if was_away:
            logger.error("The Redis of SESSIONS_URL answers again")


def connect(url: str) -> "Redis":
    """Return a client, not yet connected. A connection that a restart left dead is made again."""
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.exceptions import ConnectionError as Disconnected
    from redis.retry import Retry

    return Redis.from_url(
        url,
        protocol=2,
        socket_connect_timeout=SECONDS,
        socket_timeout=SECONDS,
        retry=Retry(NoBackoff(), 1, supported_errors=(Disconnected,)),
    )


@cache
def line_to(url: str) -> RedisLine:
    return RedisLine(lambda: connect(url))


def ask[T](question: Callable[["Redis"], T]) -> T:
    """Ask the Redis of SESSIONS_URL. Raises SessionsAway."""
    return line_to(settings.SESSIONS_URL).ask(question)


class SessionStore(SessionBase):
    """A session of Django in Redis. Unlike Django's own, one that cannot be read is not an empty one.

    Else everybody would be logged out, cookie and all, by a Redis that is away for a second.
    """

    def _place(self, key: str | None) -> str:
        return f"{PREFIX}{key}"

    def load(self) -> dict[str, Any]:
        key = self.session_key or ""
        body = ask(lambda redis: redis.get(self._place(key))) if KEY.fullmatch(key) else None
        if body is None:
            self._session_key = None
            return {}
        return self.decode(text_of(body))

    def exists(self, session_key: str) -> bool:
        return bool(ask(lambda redis: redis.exists(self._place(session_key))))

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  # Django's signature
        if self.session_key is None:
            self.create()
            return
        held = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        body = self.encode(held)
        place, seconds = self._place(self.session_key), max(self.get_expiry_age(), 1)
        is_kept = ask(
            lambda redis: redis.set(place, body, ex=seconds, nx=must_create, xx=not must_create)
        )
        if not is_kept:
            raise CreateError if must_create else UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            ask(lambda redis: redis.delete(self._place(key)))

    @classmethod
    def clear_expired(cls) -> None:
        """Leave it to Redis."""


def text_of(body: Any) -> str:
    return body.decode("ascii", "replace") if isinstance(body, bytes) else str(body)


def answers() -> bool:
    """Return whether the Redis of SESSIONS_URL answers."""
    try:
        return bool(ask(lambda redis: redis.ping()))
    except SessionsAway:
        return False


def all_sessions() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield where each session is kept, and what it holds. Raises SessionsAway."""
    store = SessionStore()
    for place in all_places():
        body = ask(methodcaller("get", place))
        if body is not None:
            yield place, store.decode(text_of(body))


def all_places() -> list[str]:
    """Return where the sessions are kept. Raises SessionsAway."""
    found = ask(lambda redis: list(redis.scan_iter(match=f"{PREFIX}*", count=500)))
    return [text_of(place) for place in found]


def replace(place: str, data: dict[str, Any]) -> None:
    """Let a session hold something else, for as long as it lasts. Raises SessionsAway."""
    body = SessionStore().encode(data)
    ask(lambda redis: redis.set(place, body, keepttl=True, xx=True))


def end_all() -> None:
    """End every session. Raises SessionsAway."""
    for place in all_places():
        ask(methodcaller("delete", place))
