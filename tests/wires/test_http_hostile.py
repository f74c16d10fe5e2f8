"""Sites that drip, lie, hang up, send too much or stay silent."""

import gzip
import socket
import struct
import threading
import zlib
from pathlib import Path

import pytest

from tests.waiting import CEILING, wait_until
from tests.wires.http_servers import Internet, RawServer, answer, dripping, get, saying
from wires.http import FetchError

PACKED = ["Content-Encoding: gzip"]
MEGABYTE = 1_000_000


def refusal(server, **options):
    with pytest.raises(FetchError) as refused:
        server.get(**options)
    assert server.host.partition(":")[0] in refused.value.message
    assert "\n" not in refused.value.message
    return refused.value


def fetching_threads():
    return [thread for thread in threading.enumerate() if thread.name == "fetch"]


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        b"HTTP/1.1 2",
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        answer(b"<rss>", length=100_000),
        answer(b"<rss>", length="none"),
        answer(b"5\r\n<rss>\r\n", length="none", headers=["Transfer-Encoding: chunked"]),
    ],
    ids=["status", "status line", "headers", "body", "endless body", "chunk"],
)
def test_a_slowly_dripping_response_is_cut_off_in_time(beginning):
    with dripping(beginning, every=0.05, tail=b"1") as server:
        error = refusal(server, total_timeout=0.5)

    # The site would drip as long as the client listens.
    assert error.kind == "timeout"
    assert "0.5 seconds" in error.message
    assert wait_until(lambda: not fetching_threads())


def test_a_silent_server_is_cut_off_in_time():
    with RawServer(lambda connection: server.linger()) as server:
        error = refusal(server, total_timeout=0.3)

    assert error.kind == "timeout"


def test_redirects_share_one_time_limit(monkeypatch):
    internet = Internet(monkeypatch)

    def talk(connection):
        server.linger(0.2)
        connection.sendall(
            answer(status="302 Found", headers=[f"Location: /{len(server.requests)}"])
        )

    with RawServer(talk) as server:
        internet.serve("news.example", server.port)
        with pytest.raises(FetchError) as refused:
            get("http://news.example/", total_timeout=0.5)

    # Each redirect alone was in time.
    assert refused.value.kind == "timeout"


def test_a_name_server_that_never_answers_times_out(monkeypatch):
    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **named: never.wait(CEILING))

    with pytest.raises(FetchError) as refused:
        get("http://news.example/", total_timeout=0.3)

    assert refused.value.kind == "timeout"
    assert not never.is_set()
    never.set()


def test_a_host_that_never_accepts_the_connection_times_out():
    # A full queue of one: further connections wait.
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        callers = [socket.socket() for _ in range(4)]
        for caller in callers:
            caller.settimeout(0)
            caller.connect_ex(listener.getsockname())

        with pytest.raises(FetchError) as refused:
            get(f"http://{host}/", trusted_hosts=[host], connect_timeout=0.3)

        for caller in callers:
            caller.close()
    assert refused.value.kind == "timeout"
    assert "0.3 seconds" in refused.value.message


def test_a_closed_port_has_its_own_error_code():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host = f"127.0.0.1:{listener.getsockname()[1]}"

    with pytest.raises(FetchError) as refused:
        get(f"http://{host}/", trusted_hosts=[host])

    assert refused.value.kind == "refused"


@pytest.mark.parametrize(
    "beginning",
    [b"", b"HTTP/1.1 200 OK\r\nConte", answer(b"<rss>", length=1_000)],
    ids=["at once", "in a header", "in the body"],
)
def test_a_reset_connection_has_its_own_error_code(beginning):
    def talk(connection):
        connection.sendall(beginning)
        server.linger(0.1)
        # Without time to linger, closing the socket sends a reset.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with RawServer(talk) as server:
        assert refusal(server).kind == "reset"


def test_a_connection_closed_without_a_response_has_its_own_error_code():
    with saying(b"") as server:
        assert refusal(server).kind == "reset"


@pytest.mark.parametrize(
    "said",
    [
        answer(b"<rss>", length=1_000),
        answer(b"", length=1_000),
        answer(b"ff\r\n<rss>", length="none", headers=["Transfer-Encoding: chunked"]),
        answer(b"5\r\n<rss>\r\n", length="none", headers=["Transfer-Encoding: chunked"]),
        answer(gzip.compress(b"<rss/>" * 100)[:-12], headers=PACKED),
        answer(gzip.compress(b"<rss/>" * 100)[:-1], headers=PACKED, length="none"),
        answer(gzip.compress(b"<rss/>")[:5], headers=PACKED),
    ],
    ids=["length", "no body", "in a chunk", "no last chunk", "gzip", "gzip tail", "gzip head"],
)
def test_a_body_that_is_shorter_than_announced_is_an_error(said):
    with saying(said) as server:
        assert refusal(server).kind == "truncated"


@pytest.mark.parametrize(
    "said",
    [
        answer(b"<rss/>", headers=PACKED),
        answer(gzip.compress(gzip.compress(b"<rss/>")), headers=PACKED),
        answer(gzip.compress(gzip.compress(b"<rss/>")), headers=["Content-Encoding: gzip, gzip"]),
        answer(gzip.compress(gzip.compress(b"<rss/>"))),
        answer(zlib.compress(b"<rss/>"), headers=["Content-Encoding: deflate"]),
        answer(b"\x0b\x02\x80<rss/>\x03", headers=["Content-Encoding: br"]),
        answer(b"(\xb5/\xfd", headers=["Content-Encoding: zstd"]),
        answer(gzip.compress(b"<rss/>")[:-8] + bytes(8), headers=PACKED),
        answer(gzip.compress(b"<rss/>") + b"\x1fjunk", headers=PACKED),
        answer(gzip.compress(b"") * 1_500, headers=PACKED),
    ],
    ids=[
        "plain",
        "twice",
        "said",
        "unsaid",
        "deflate",
        "br",
        "zstd",
        "checksum",
        "junk",
        "members",
    ],
)
def test_an_unsupported_content_encoding_is_an_error(said):
    with saying(said) as server:
        assert refusal(server).kind == "bad_encoding"


@pytest.mark.parametrize(
    "said", [answer(), answer(gzip.compress(b""), headers=PACKED)], ids=["nothing", "packed"]
)
def test_an_empty_body_is_an_error(said):
    with saying(said) as server:
        assert refusal(server).kind == "empty"


def test_a_decompression_bomb_is_stopped_at_the_limit():
    bomb = gzip.compress(bytes(50 * MEGABYTE))
    with saying(answer(bomb, headers=PACKED)) as server:
        error = refusal(server)

    assert len(bomb) < MEGABYTE
    assert error.kind == "too_big"
    assert "20 MB" in error.message


def test_a_body_of_exactly_the_limit_is_read():
    with saying(answer(gzip.compress(bytes(1_000)), headers=PACKED)) as server:
        assert len(server.get(body_cap=1_000).body) == 1_000
        assert refusal(server, body_cap=999).kind == "too_big"
    with saying(answer(bytes(1_000))) as server:
        assert len(server.get(wire_cap=1_000).body) == 1_000
        assert refusal(server, wire_cap=999).kind == "too_big"


@pytest.mark.parametrize("length", [5 * MEGABYTE + 1, 10**17, 10**400])
def test_a_body_announced_as_too_long_is_not_read(length):
    def talk(connection):
        connection.sendall(answer(b"a", length=length))
        server.linger()

    with RawServer(talk) as server:
        assert refusal(server).kind in {"too_big", "bad_answer"}


def test_an_endless_body_is_stopped_at_the_limit():
    def talk(connection):
        connection.sendall(answer(length="none"))
        while True:
            connection.sendall(bytes(65_536))

    with RawServer(talk) as server:
        error = refusal(server)

    assert (error.kind, "5 MB" in error.message) == ("too_big", True)


def test_the_body_of_a_redirect_is_not_read(monkeypatch):
    internet = Internet(monkeypatch)
    redirect = answer(length="none", status="302 Found", headers=["Location: /feed", *PACKED])

    def talk(connection):
        if len(server.requests) == 2:
            connection.sendall(answer(b"feed"))
            return
        connection.sendall(redirect + gzip.compress(bytes(MEGABYTE))[:-8])
        server.linger()

    with RawServer(talk) as server:
        internet.serve("news.example", server.port)
        response = get("http://news.example/")

    assert response.body == b"feed"


def test_endless_headers_are_stopped():
    def talk(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X-Header: " + b"a" * 60_000 + b"\r\n")

    with RawServer(talk) as server:
        assert refusal(server).kind == "bad_answer"


@pytest.mark.parametrize(
    "said",
    [
        b"<html>not HTTP at all</html>\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss/>",
    ],
)
def test_a_response_that_is_not_http_is_an_error(said):
    with saying(said) as server:
        assert refusal(server).kind in {"bad_answer", "truncated"}


def test_a_fetch_leaves_no_connection_and_no_thread_behind():
    with saying(answer(b"a")) as server:
        before = len(socket_files())
        for _ in range(5):
            server.get()

        assert wait_until(lambda: not fetching_threads())
        assert wait_until(lambda: len(socket_files()) <= before)


def socket_files():
    found = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            found.append(str(entry.readlink()))
        except OSError:
            continue
    return [name for name in found if name.startswith("socket:")]
