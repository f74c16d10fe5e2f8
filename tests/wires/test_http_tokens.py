"""The token of an API goes to the host of that API and nowhere else."""

import functools
import json
import traceback
from datetime import UTC, datetime, timedelta

import pytest

from tests.wires.http_servers import answer, get, saying
from wires.http import BearerToken, FetchError
from wires.http.freshness import rate_limit
from wires.http.policy import Target
from wires.http.tokens import authorization
from wires.platforms import UnreadableBody, parse

WORD = "AAAAunseenAAAA"
AT = datetime(2026, 6, 25, 12, tzinfo=UTC)


def sent(server):
    return [WORD.encode() in request for request in server.requests]


def fetch_with_token(server, **options):
    tokens = {server.host: BearerToken(WORD)}
    return get(server.url, trusted_hosts={server.host}, tokens=tokens, **options)


def test_a_token_is_sent_to_its_own_host():
    with saying(answer(b"{}")) as server:
        fetch_with_token(server)

        assert f"Authorization: Bearer {WORD}\r\n".encode() in server.requests[0]


def test_a_host_without_a_token_gets_none():
    with saying(answer(b"{}")) as server:
        get(server.url, trusted_hosts={server.host}, tokens={"api.x.com": BearerToken(WORD)})

        assert sent(server) == [False]


@pytest.mark.parametrize(
    ("url", "is_sent"),
    [
        ("https://api.x.com/2/users/1/tweets", True),
        ("http://api.x.com/2/users/1/tweets", False),
        ("https://api.x.com.evil.example/2", False),
        ("https://x.com/harbour", False),
    ],
)
def test_a_token_goes_out_only_encrypted_and_only_to_the_host_to_the_letter(url, is_sent):
    scheme, _, rest = url.partition("://")
    host, port = rest.partition("/")[0], 443 if scheme == "https" else 80
    target = Target(url=url, host=host, port=port, is_trusted=False)

    header = authorization({"api.x.com": BearerToken(WORD)}, target)

    assert header == ({"Authorization": f"Bearer {WORD}"} if is_sent else {})


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_a_token_does_not_follow_a_redirect(internet, status):
    moved = answer(status=status, headers=["Location: http://elsewhere.example/"])
    with saying(answer(b"{}")) as elsewhere, saying(moved) as server:
        internet.serve("elsewhere.example", elsewhere.port)

        fetch_with_token(server)

    assert sent(server) == [True]
    assert sent(elsewhere) == [False]


def test_a_token_is_in_no_repr_no_message_and_no_trace():
    tokens = {"api.x.com": BearerToken(WORD)}
    bound = functools.partial(get, tokens=tokens)

    with pytest.raises(FetchError) as caught:
        bound("https://api.x.com.invalid/2", connect_timeout=1, total_timeout=1)

    shown = [repr(bound), str(tokens), f"{tokens['api.x.com']}", str(caught.value)]
    shown += traceback.format_exception(caught.value)
    assert WORD not in "".join(shown)


@pytest.mark.parametrize(
    ("headers", "status", "minutes"),
    [
        (
            {"x-rate-limit-remaining": "0", "x-rate-limit-reset": str(int(AT.timestamp()) + 540)},
            200,
            9,
        ),
        (
            {"x-rate-limit-remaining": "5", "x-rate-limit-reset": str(int(AT.timestamp()) + 540)},
            200,
            None,
        ),
        ({"x-rate-limit-reset": str(int(AT.timestamp()) + 540)}, 429, 9),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-06-25T12:09:00.000Z"}, 200, 9),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "540"}, 200, 9),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "1"}, 200, 1),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "9" * 11}, 200, 1440),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "soon"}, 200, None),
        ({"x-rate-limit-remaining": "0"}, 429, None),
        ({}, 200, None),
    ],
)
def test_a_rate_limit_says_how_long_to_wait(headers, status, minutes):
    expected = None if minutes is None else timedelta(minutes=minutes)

    assert rate_limit(headers, status, at=AT) == expected


def test_what_x_says_of_a_bad_token_does_not_repeat_it():
    body = json.dumps({"title": "Unauthorized", "detail": "Unauthorized", "status": 401}).encode()

    with pytest.raises(UnreadableBody, match="X answers: Unauthorized"):
        parse(body, url="https://api.x.com/2/users/by/username/harbour")
