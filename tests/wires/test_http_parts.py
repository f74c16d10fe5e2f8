"""The parts of the client alone: what passes, to which side of each boundary, and what is said."""

import errno
import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from datetime import UTC, datetime, timedelta

import pytest
import requests
import urllib3
from requests_hardened.ip_filter import InvalidIPAddress

from tests.clock import NOON
from tests.waiting import CEILING
from wires.http import REFUSALS, FaultKind, FetchError
from wires.http.answers import sendable
from wires.http.background import in_a_thread
from wires.http.causes import fault_behind
from wires.http.connections import Connections
from wires.http.faults import fault, fault_of_status, shown
from wires.http.freshness import max_age, retry_after
from wires.http.policy import Target, check, check_addresses, is_public

LONGEST = 4_096


def refusal(work, *arguments, **options):
    with pytest.raises(FetchError) as refused:
        work(*arguments, **options)
    return str(refused.value.kind), refused.value.message


# Addresses


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://news.example/a#b", ("http://news.example/a", "news.example", 80)),
        ("https://news.example/?a=1#b", ("https://news.example/?a=1", "news.example", 443)),
        ("HTTP://News.Example", ("http://News.Example", "news.example", 80)),
        ("http://news.example:443/", ("http://news.example:443/", "news.example", 443)),
        ("https://news.example:80/", ("https://news.example:80/", "news.example", 80)),
        ("http://8.8.8.8/", ("http://8.8.8.8/", "8.8.8.8", 80)),
        ("http://[2606:2800::1]/", ("http://[2606:2800::1]/", "2606:2800::1", 80)),
        ("http://news.example/@a", ("http://news.example/@a", "news.example", 80)),
    ],
)
def test_an_address_that_may_be_fetched_is_given_back_with_its_host_and_port(url, target):
    assert check(url) == Target(*target, is_trusted=False)


@pytest.mark.parametrize(
    "host",
    [
        "news", "a_b.example", "_a.example", "a-b.example", "a.example.", "4chan.example",
        "123.example", "0x.example", "a.0xy", "localhost.example", "notlocalhost.example",
        "local.example", "mylocal", "internal.example", "myhome.arpa", "arpa", "home.example",
        "a.ip6-localhost", "ip6-localhost.example", "b\xfccher.example", "xn--bcher-kva.example",
    ],
)  # fmt: skip
def test_a_name_that_only_looks_like_one_of_this_machine_passes(host):
    assert check(f"http://{host}/").host == host


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "a.localhost.", "localhost6", "a.localdomain", "printer.local", "local",
        "a.internal.", "home.arpa", "a.home.arpa", "ip6-localhost", "ip6-loopback.", "0x7f", "1",
        "1.", "a.1", "a.0xff", "256.256.256.256", "[::1]", "[fe80::1%25eth0]", "[::ffff:10.0.0.1]",
    ],
)  # fmt: skip
def test_a_name_of_this_machine_or_its_network_is_refused_unread(host):
    assert refusal(check, f"http://{host}/")[0] == "ssrf"


def test_an_address_may_be_as_long_as_allowed_and_no_longer():
    url = "http://news.example/".ljust(LONGEST, "a")

    assert check(url).url == url
    assert refusal(check, url + "a") == (
        "bad_url",
        "the address news.example is too long, or has spaces or characters that are not allowed:"
        " correct it",
    )


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://a.example/ b", "the address a.example is too long, or has spaces or characters"),
        ("a b", "the address a?b is too long, or has spaces or characters that are not allowed"),
        ("http://[::1/", "the address [::1 is not a web address: correct it"),
        ("http://a.example:port/", "the address a.example:port is not a web address: correct it"),
        ("ftp://a.example/", "the address a.example does not begin with http:// or https://"),
        ("feed", "the address feed does not begin with http:// or https://: correct it"),
        ("http:///feed", "the address http:///feed has no host, or includes a user name or"),
        ("http://me@a.example/", "the address a.example has no host, or includes a user name or"),
        ("http://-a.example/", "the address -a.example has a host name that is not valid: correct"),
        ("http://a.example:81/", "the address a.example uses port 81, and only 80 and 443 are"),
        ("http://127.0.0.1/", "127.0.0.1 points to a private address, which is never fetched"),
        ("http://0x7f/", "0x7f points to a private address, which is never fetched: list a host"),
        ("http://a.local/", "a.local points to a private address, which is never fetched: list"),
    ],
)
def test_a_refused_address_is_named_with_what_is_wrong_with_it(url, message):
    assert refusal(check, url)[1].startswith(message)


@pytest.mark.parametrize(
    ("url", "trusted"),
    [
        ("http://127.0.0.1:8000/feed#a", "127.0.0.1:8000"),
        ("http://[::1]:8000/feed#a", "[::1]:8000"),
        ("http://intranet/feed#a", "intranet:80"),
        ("https://intranet/feed#a", "Intranet:443"),
    ],
)
def test_a_trusted_host_passes_at_its_own_port_and_no_other(url, trusted):
    target = check(url, trusted_hosts=["other:1", trusted])

    assert (target.url, target.is_trusted) == (url.partition("#")[0], True)
    assert f"{target.host}:{target.port}" == trusted.lower().replace("[", "").replace("]", "")
    with pytest.raises(FetchError):
        check("http://127.0.0.1:8001/", trusted_hosts=[trusted])


def test_a_trusted_host_is_still_asked_for_a_web_address_without_a_password():
    trusted = ["127.0.0.1:8000"]

    assert refusal(check, "ftp://127.0.0.1:8000/", trusted_hosts=trusted)[0] == "bad_url"
    assert refusal(check, "http://me@127.0.0.1:8000/", trusted_hosts=trusted)[0] == "bad_url"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("9.255.255.255", True), ("10.0.0.0", False), ("10.255.255.255", False), ("11.0.0.0", True),
        ("172.15.255.255", True), ("172.16.0.0", False), ("172.32.0.0", True),
        ("100.63.255.255", True), ("100.64.0.0", False), ("100.128.0.0", True),
        ("223.255.255.255", True), ("224.0.1.1", False), ("239.1.1.1", False), ("240.0.0.0", False),
        ("2606:2800::1", True), ("::ffff:8.8.8.8", True), ("::ffff:10.0.0.1", False),
        ("::8.8.8.8", False), ("febf::1", False), ("fec0::1", False), ("feff::1", False),
        ("ff0e::1", False), ("ff02::1", False), ("fbff::1", False), ("fc00::", False),
    ],
)  # fmt: skip
def test_an_address_is_public_or_not_at_the_edge_of_each_range(address, expected):
    assert is_public(ipaddress.ip_address(address)) is expected


def test_the_addresses_of_a_name_are_looked_up_at_its_port(monkeypatch):
    asked = []

    def resolve(host, port, **options):
        asked.append((host, port, options))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    check_addresses("news.example", 443)

    assert asked == [("news.example", 443, {"type": socket.SOCK_STREAM})]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ([], "dns"),
        (socket.gaierror(socket.EAI_AGAIN, "later"), "dns"),
        (UnicodeError("label too long"), "bad_url"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(monkeypatch, answer, kind):
    def resolve(host, port, **options):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    found, message = refusal(check_addresses, "news.example", 80)

    assert found == kind
    assert "news.example" in message


def test_a_connection_goes_to_a_private_address_only_for_a_trusted_host():
    connections = Connections()

    assert refusal(connections.check, "[::1]")[0] == "ssrf"
    assert refusal(connections.check, "127.0.0.1")[0] == "ssrf"
    connections.check("[2606:2800::1]")
    connections.is_trusted = True
    connections.check("127.0.0.1")


def test_a_connection_made_after_the_line_was_cut_is_closed():
    connections = Connections()
    one, other = socket.socketpair()
    with other:
        connections.keep(one)
        connections.cut()
        at_once = other.recv(1)
        one.close()
        late, far = socket.socketpair()

        with far, pytest.raises(ConnectionAbortedError):
            connections.keep(late)

    assert at_once == b""
    assert late.fileno() == -1


# What is said of a fault


def test_every_kind_of_fault_has_one_line_with_the_host_and_a_way_out():
    details = {"status": 429, "seconds": 2.5, "megabytes": 0.5}
    kinds = [kind for kind in FaultKind if kind != FaultKind.REDIRECT]

    lines = {kind: fault(kind, "news.example", **details).message for kind in kinds}

    assert len({*lines.values()}) == len(kinds) == 15
    assert all("news.example" in line and ": " in line for line in lines.values())
    assert lines[FaultKind.TIMEOUT].startswith("news.example took longer than 2.5 seconds: ")
    assert lines[FaultKind.TOO_BIG].startswith("news.example sent more than 0.5 MB: ")


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (401, "http_401", "asks for a password (401)"),
        (403, "http_403", "refuses access (403)"),
        (404, "http_404", "has nothing at this address (404)"),
        (410, "http_410", "has removed this for good (410)"),
        (429, "rate_limited", "asks us to come back later (429)"),
        (451, "http_451", "withholds this for legal reasons (451)"),
        (500, "http_500", "answered 500 instead of a feed"),
        (503, "rate_limited", "asks us to come back later (503)"),
    ],
)
def test_a_status_that_is_no_answer_is_said_in_words(status, kind, words):
    wait = timedelta(minutes=5)

    error = fault_of_status(status, "news.example", retry_after=wait)

    assert (error.kind, error.status, error.retry_after) == (kind, status, wait)
    assert error.message.startswith(f"news.example {words}: ")
    assert str(error) == error.message
    assert (status in REFUSALS) == (kind == "rate_limited")


def caused_by(error, cause):
    error.__cause__ = cause
    return error


def during(error, context):
    error.__context__ = context
    return error


POOL = urllib3.HTTPConnectionPool("news.example")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENETUNREACH, "no way"), "unreachable"),
        (caused_by(requests.ConnectTimeout(), OSError(errno.EHOSTUNREACH, "no way")), "unreachable"),
        (during(TimeoutError(), OSError(errno.ENETDOWN, "down")), "unreachable"),
        (requests.ConnectionError(InvalidIPAddress("10.0.0.1")), "ssrf"),
        (requests.ConnectionError(ssl.SSLEOFError()), "reset"),
        (requests.ConnectionError(ssl.SSLZeroReturnError()), "reset"),
        (requests.exceptions.SSLError(ssl.SSLCertVerificationError()), "tls"),
        (urllib3.exceptions.SSLError("bad"), "tls"),
        (urllib3.exceptions.MaxRetryError(POOL, "/", reason=ssl.SSLError("bad")), "tls"),
        (requests.ConnectionError(socket.gaierror("who?")), "dns"),
        (requests.ConnectTimeout(ConnectionRefusedError()), "refused"),
        (during(http.client.IncompleteRead(b""), ConnectionResetError()), "truncated"),
        (urllib3.exceptions.IncompleteRead(1, 2), "truncated"),
        (http.client.RemoteDisconnected(), "reset"),
        (requests.ConnectionError(urllib3.exceptions.ProtocolError("cut", BrokenPipeError())), "reset"),
        (requests.ReadTimeout(), "timeout"),
        (urllib3.exceptions.ReadTimeoutError(POOL, "/", "late"), "timeout"),
        (TimeoutError(), "timeout"),
        (zlib.error("bad"), "bad_encoding"),
        (UnicodeError("label too long"), "bad_url"),
        (requests.exceptions.InvalidURL("bad"), "bad_url"),
        (urllib3.exceptions.LocationParseError("bad"), "bad_url"),
        (http.client.BadStatusLine("SSH"), "bad_answer"),
        (OSError(errno.EMFILE, "too many open files"), "bad_answer"),
        (ValueError("what?"), "bad_answer"),
    ],
)  # fmt: skip
def test_an_error_of_the_libraries_is_known_by_what_lies_behind_it(error, kind):
    found = fault_behind(error, "news.example", seconds=7)

    assert found.kind == kind
    assert "news.example" in found.message
    assert ("7 seconds" in found.message) == (kind == "timeout")


def test_two_errors_that_name_each_other_hide_none_behind_them():
    one, other = ValueError(ConnectionRefusedError()), ValueError()
    one.__context__, other.__context__ = other, one

    assert fault_behind(one, "news.example", seconds=7).kind == "refused"


def test_a_host_is_shown_in_a_hundred_printable_signs():
    assert shown("a" * 100) == "a" * 100
    assert shown("a" * 101) == "a" * 97 + "..."
    assert shown("b\xfc\n!~\x7f ") == "b??!~??"


# When to ask again


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("59", 60), ("60", 60), ("61", 61), (" 90 ", 90), ("86399", 86_399), ("86401", 86_400),
        ("0" * 10 + "90", 90), ("0" * 11 + "90", 86_400),
        ("Thu, 25 Jun 2026 12:00:59 GMT", 60), ("Thu, 25 Jun 2026 12:01:01 GMT", 61),
        ("Thu, 25 Jun 2026 12:10:00 -0000", 600), ("Thu, 25 Jun 2026 14:10:00 +0200", 600),
        ("Fri, 26 Jun 2026 12:00:01 GMT", 86_400),
        ("", None), ("1.5", None), ("+90", None), ("\u0661\u0662\u0663", None),
    ],
)  # fmt: skip
def test_retry_after_is_read_in_both_its_forms(said, seconds):
    wait = retry_after({"retry-after": said}, at=NOON)

    assert wait == (None if seconds is None else timedelta(seconds=seconds))


def test_an_answer_that_says_nothing_of_when_to_come_back_says_none():
    assert retry_after({}, at=NOON) is None
    assert max_age({}, at=NOON) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "max-age=0"}, 0),
        ({"cache-control": "max-age=86399"}, 86_399),
        ({"cache-control": "max-age=86401"}, 86_400),
        ({"cache-control": "no-cache,max-age=5"}, 5),
        ({"cache-control": "x-max-age=5"}, None),
        ({"cache-control": "max-age=5", "expires": "Thu, 25 Jun 2026 13:00:00 GMT"}, 5),
        ({"cache-control": "private", "expires": "Thu, 25 Jun 2026 12:00:30 GMT"}, 30),
        ({"expires": "Thu, 25 Jun 2026 12:00:00 GMT"}, 0),
        ({"expires": "Fri, 26 Jun 2026 13:00:00 GMT"}, 86_400),
        ({"expires": "Thu, 25 Jun 2026 13:00:00 GMT", "date": "Thu, 25 Jun 2026 12:50:00 GMT"}, 600),
        ({"expires": "Thu, 25 Jun 2026 12:10:00 GMT", "date": "some day"}, 600),
    ],
)  # fmt: skip
def test_how_long_an_answer_is_fresh_is_read_and_kept_within_a_day(headers, seconds):
    age = max_age(headers, at=NOON)

    assert age == (None if seconds is None else timedelta(seconds=seconds))


def test_a_date_without_a_zone_is_in_utc():
    at = datetime(2026, 6, 25, 11, 50, tzinfo=UTC)

    assert retry_after({"retry-after": "Thu, 25 Jun 2026 12:00:00"}, at=at) == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("validator", "sent"),
    [('"\xff"', '"\xff"'), ('"\u0100"', ""), ('"a\tb"', ""), ('"a b"', '"a b"'), ("", "")],
)
def test_a_validator_is_sent_back_where_a_header_can_hold_it(validator, sent):
    assert sendable(validator) == sent


# The thread


def test_work_in_a_thread_gives_back_its_result_and_does_not_hold_the_process():
    thread = in_a_thread(threading.current_thread).result()

    assert (thread.name, thread.daemon) == ("fetch", True)
    assert thread is not threading.current_thread()


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(3)])
def test_whatever_is_raised_in_a_thread_is_raised_where_it_is_waited_for(error):
    def work():
        raise error

    told = []
    before, threading.excepthook = threading.excepthook, told.append
    try:
        with pytest.raises(type(error)) as raised:
            in_a_thread(work).result()
        for thread in threading.enumerate():
            if thread.name == "fetch":
                thread.join(CEILING)
    finally:
        threading.excepthook = before

    assert raised.value is error
    # And nowhere else: no traceback of a thread is written.
    assert told == []
