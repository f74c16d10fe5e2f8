"""One fetch from the address given to the answer that ends it, redirect by redirect."""

import http.client
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from urllib.parse import urljoin

import requests
import urllib3

from wires.http import policy
from wires.http.answers import NOT_MODIFIED, Request, Response, sendable
from wires.http.bodies import read_body
from wires.http.causes import fault_behind
from wires.http.connections import CONNECTIONS, Connections, open_session
from wires.http.faults import (
    FIRST_REFUSAL,
    FaultKind,
    FetchError,
    fault,
    fault_of_status,
    shown,
)
from wires.http.freshness import max_age, rate_limit, retry_after
from wires.http.policy import Target
from wires.http.tokens import authorization

_PERMANENT = frozenset({301, 308})
_REDIRECTS = _PERMANENT | {302, 303, 307}

LONGEST_REFUSAL = 50_000  # bytes


class FetchAttempt:
    """One fetch on its way. Its line may be cut from another thread."""

    def __init__(self, request: Request) -> None:
        self.connections = Connections()
        self._request = request
        # A site that redirects may ask to be told what it said a hop before; no longer than that.
        self._cookies = requests.cookies.RequestsCookieJar()
        self._moved_to = ""
        self._is_permanent = True

    def follow(self, target: Target) -> Response:
        """Ask, and go where redirects lead, until there is an answer. Raises FetchError."""
        CONNECTIONS.set(self.connections)
        seen = {target.url}
        # Where a redirect leads, the token does not go: not even back to its own host.
        secret = authorization(self._request.tokens, target)
        for _ in range(self._request.max_redirects + 1):
            with self._asked(target, secret) as answer:
                place = _redirect_of(answer)
                if not place:
                    return self._read(answer, target)
                self._is_permanent = self._is_permanent and answer.status_code in _PERMANENT
            target, secret = _checked_redirect(target, place), {}
            if target.url in seen:
                raise _bad_redirect(target.host, "in a circle")
            seen.add(target.url)
            if self._is_permanent:
                self._moved_to = target.url
        raise _bad_redirect(target.host, f"more than {self._request.max_redirects} times")

    @contextmanager
    def _asked(self, target: Target, secret: Mapping[str, str]) -> Iterator[requests.Response]:
        """The answer of one address, its headers read and its body not yet."""
        request = self._request
        session = open_session(
            is_trusted=target.is_trusted,
            connect_timeout=request.connect_timeout,
            user_agent=request.user_agent,
        )
        session.cookies = self._cookies
        with session, self._named_faults(target.host):
            prepared = session.prepare_request(
                requests.Request("GET", target.url, headers={**request.headers(), **secret})
            )
            self._check_prepared(prepared, target)
            timeouts = (request.connect_timeout, request.total_timeout)
            with session.send(prepared, stream=True, timeout=timeouts) as answer:
                yield answer

    def _check_prepared(self, prepared: requests.PreparedRequest, target: Target) -> None:
        """Check again what requests made of the address: it reads some letters as others."""
        trusted = self._request.trusted_hosts if target.is_trusted else ()
        final = policy.check(prepared.url or "", trusted_hosts=trusted)
        self.connections.is_trusted = final.is_trusted
        if not final.is_trusted:
            policy.check_addresses(final.host, final.port)

    @contextmanager
    def _named_faults(self, host: str) -> Iterator[None]:
        try:
            yield
        except (
            requests.RequestException,
            urllib3.exceptions.HTTPError,
            http.client.HTTPException,
            OSError,
            UnicodeError,
            zlib.error,
        ) as error:
            raise fault_behind(error, host, seconds=self._seconds_for(error)) from error

    def _seconds_for(self, error: BaseException) -> float:
        is_connecting = isinstance(error, requests.ConnectTimeout)
        return self._request.connect_timeout if is_connecting else self._request.total_timeout

    def _read(self, answer: requests.Response, target: Target) -> Response:
        request, status = self._request, answer.status_code
        headers = {name.lower(): value for name, value in answer.headers.items()}
        wait = retry_after(headers, at=request.at) or rate_limit(headers, status, at=request.at)
        if status not in (200, NOT_MODIFIED):
            said = self._said(answer, headers, target) if status >= FIRST_REFUSAL else b""
            raise fault_of_status(status, target.host, retry_after=wait, body=said)
        if status == NOT_MODIFIED and not request.is_conditional:
            raise fault(FaultKind.NOT_ASKED, target.host)
        body = b"" if status == NOT_MODIFIED else self._body(answer, headers, target)
        sent = (request.etag, request.last_modified) if status == NOT_MODIFIED else ("", "")
        return Response(
            url=target.url,
            status=status,
            headers=MappingProxyType(headers),
            body=body,
            etag=sendable(headers.get("etag", sent[0])),
            last_modified=sendable(headers.get("last-modified", sent[1])),
            retry_after=wait,
            max_age=max_age(headers, at=request.at),
            moved_to=self._moved_to,
        )

    def _said(self, answer: requests.Response, headers: Mapping[str, str], target: Target) -> bytes:
        """Return the body of a refusal, if it is short and whole; else nothing."""
        try:
            return read_body(
                answer.raw,
                headers,
                host=target.host,
                wire_cap=LONGEST_REFUSAL,
                body_cap=LONGEST_REFUSAL,
            )
        except (
            FetchError,
            urllib3.exceptions.HTTPError,
            http.client.HTTPException,
            OSError,
            zlib.error,
        ):
            return b""

    def _body(self, answer: requests.Response, headers: Mapping[str, str], target: Target) -> bytes:
        return read_body(
            answer.raw,
            headers,
            host=target.host,
            wire_cap=self._request.wire_cap,
            body_cap=self._request.body_cap,
        )


def _redirect_of(answer: requests.Response) -> str:
    """Where an answer sends us, "" if nowhere."""
    place = answer.headers.get("Location", "")
    if answer.status_code not in _REDIRECTS or not place:
        return ""
    # Headers are read as Latin-1; who writes other letters there means UTF-8.
    return place.encode("latin-1").decode("utf-8", errors="replace").strip()


def _checked_redirect(source: Target, place: str) -> Target:
    try:
        return policy.check(urljoin(source.url, place))
    except ValueError as error:
        raise _bad_redirect(source.host, "to something that is not an address") from error
    except FetchError as error:
        if error.kind != FaultKind.SSRF:
            raise _bad_redirect(
                source.host, f"to an address that is not followed ({error.message})"
            ) from error
        message = (
            f"{shown(source.host)} redirects to a private address, which is not followed: "
            "correct the address"
        )
        raise FetchError(FaultKind.SSRF, message) from error


def _bad_redirect(host: str, how: str) -> FetchError:
    message = f"{shown(host)} redirects {how}: open the address in a browser"
    return FetchError(FaultKind.REDIRECT, message)
