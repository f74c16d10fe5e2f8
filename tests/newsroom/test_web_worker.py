"""Clients that are slow on purpose, and real gunicorn: readers still get their pages."""

import contextlib
import gc
import http.client
import io
import os
import runpy
import socket
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client

from articles.models import Image
from newsroom.large_bodies import MOST_FROM_ANYBODY
from tests.clock import NOON
from tests.newsroom.factories import make_user
from tests.newsroom.web_server import Gunicorn
from tests.waiting import CEILING, wait_until
from tests.wires.databases import shared_database

__all__ = ["shared_database"]

# More than there are threads; gunicorn's own worker is gone with the first two.
CROWD = 12
PLACES = 30
MEGABYTE = 1024 * 1024
HEAD = "Host: 127.0.0.1\r\n"
POST = f"POST /desk/login/ HTTP/1.1\r\n{HEAD}Content-Type: application/x-www-form-urlencoded\r\n"
WHOLE = f"GET /robots.txt HTTP/1.1\r\n{HEAD}\r\n"
HALVES = {
    "nothing": "",
    "half a request line": "GET /rob",
    "half a header": f"GET /robots.txt HTTP/1.1\r\n{HEAD}Accept: te",
    "half a body": f"{POST}Content-Length: 20\r\n\r\nusername=",
    "half of the largest body": f"{POST}Content-Length: {MOST_FROM_ANYBODY}\r\n\r\nusername=",
    "half a body that was asked for": f"{POST}Expect: 100-continue\r\nContent-Length: 20\r\n\r\nu",
    "half a large body": f"{POST}Content-Length: {15 * MEGABYTE}\r\n\r\nusername=",
    "half a chunk": f"{POST}Transfer-Encoding: chunked\r\n\r\n20\r\nusername=",
    "one and a half request": WHOLE + WHOLE[:-20],
    "line ends before a request": "\r\n\r\nGET /rob",
    "a body behind a page": f"GET /robots.txt HTTP/1.1\r\n{HEAD}Content-Length: 999999\r\n\r\nx",
    "two lengths": f"{POST}Content-Length: 3\r\nContent-Length: 20\r\n\r\nuse",
}


@pytest.fixture
def serve(tmp_path):
    started = []

    def begin(*arguments, **environment):
        started.append(Gunicorn(tmp_path, *arguments, **environment))
        return started[-1]

    yield begin
    for server in started:
        server.stop()


@pytest.fixture(scope="module")
def patient(tmp_path_factory):
    """A server that waits for half a request as long as these tests last."""
    folder = tmp_path_factory.mktemp("patient")
    server = Gunicorn(folder, "--worker-connections", str(PLACES), WEB_REQUEST_SECONDS="3600")
    yield server
    server.stop()


@pytest.fixture
def clients():
    """Return a stack that closes the connections of a test."""
    with contextlib.ExitStack() as stack:
        yield stack


def all_of(client):
    """Return what a server sends until it ends the connection."""
    answer = io.BytesIO()
    with contextlib.suppress(ConnectionResetError):
        while data := client.recv(MEGABYTE):
            answer.write(data)
    return answer.getvalue()


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_readers_get_pages_while_many_requests_are_half_sent(patient, clients, half):
    for _ in range(CROWD):
        clients.enter_context(patient.connect(half))

    status = patient.status_of("/robots.txt")

    assert status == 200
    assert "Traceback" not in patient.text()


def test_a_request_that_drips_is_answered_408_at_its_deadline(serve, clients):
    server = serve(WEB_REQUEST_SECONDS="1")
    dripping = [
        clients.enter_context(server.connect(half)) for half in ("GE", POST, HALVES["half a body"])
    ]
    silent = clients.enter_context(server.connect())

    ended = set()

    def are_answered():
        for client in dripping:
            with contextlib.suppress(OSError):
                client.send(b"x", socket.MSG_DONTWAIT)
                if client.recv(MEGABYTE, socket.MSG_PEEK | socket.MSG_DONTWAIT).startswith(b"HTTP"):
                    ended.add(client)
        return len(ended) == len(dripping)

    assert wait_until(are_answered)
    assert all(all_of(client).startswith(b"HTTP/1.1 408 ") for client in dripping)
    assert all_of(silent) == b""
    assert server.status_of("/robots.txt") == 200


def test_readers_get_pages_when_more_clients_wait_than_there_are_places(patient, clients):
    first = clients.enter_context(patient.connect("GET /"))
    for half in ("", "GET /", POST) * PLACES:
        clients.enter_context(patient.connect(half))

    status = patient.status_of("/robots.txt")

    assert status == 200
    # Who has kept a place waiting longest made room.
    assert all_of(first) == b""


def test_readers_get_pages_while_clients_do_not_read_their_answers(patient, clients):
    for _ in range(CROWD):
        client = clients.enter_context(socket.socket())
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        client.connect(("127.0.0.1", patient.port))
        client.settimeout(0)
        with contextlib.suppress(BlockingIOError):
            for _ in range(500):
                client.send(WHOLE.encode() * 20)

    status = patient.status_of("/robots.txt")

    assert status == 200


def test_requests_sent_ahead_are_answered_in_turn(patient, clients):
    last = WHOLE.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
    ahead = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

    client = clients.enter_context(patient.connect(WHOLE * 2 + ahead + last[:9]))
    client.sendall(last[9:].encode())
    answer = all_of(client)

    assert answer.count(b"HTTP/1.1 200 OK") == 4
    assert answer.count(b"Disallow: /desk/") == 3


def test_a_head_that_does_not_end_is_refused(patient, clients):
    client = clients.enter_context(patient.connect("GET / HTTP/1.1\r\n" + "X-More: x\r\n" * 10_000))

    answer = all_of(client)

    assert answer.startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize("path", ["/desk/login/", "/desk/upload/", "/wire/", "/"])
def test_a_large_body_of_nobody_is_refused_before_it_has_come(patient, clients, path):
    head = (
        f"POST {path} HTTP/1.1\r\n{HEAD}Content-Length: {15 * MEGABYTE}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    )

    client = clients.enter_context(patient.connect(head))
    answer = client.recv(MEGABYTE)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"\r\nConnection: close\r\n" in answer


def test_a_large_body_of_nobody_takes_no_memory(patient):
    web = http.client.HTTPConnection("127.0.0.1", patient.port, timeout=CEILING)
    before = patient.memory()

    web.request("POST", "/desk/upload/", b"x" * 15 * MEGABYTE)
    status = web.getresponse().status
    web.close()

    assert status == 413
    assert patient.memory() - before < 5 * MEGABYTE


@pytest.mark.django_db(transaction=True)
def test_a_large_form_of_the_staff_is_read_whole_or_not_at_all(shared_database, serve, clients):
    desk = Client()
    desk.force_login(make_user(is_superuser=True))
    session = desk.cookies[settings.SESSION_COOKIE_NAME].value
    token = "a" * 32
    body = f"csrfmiddlewaretoken={token}&padding={'x' * MEGABYTE}&content=Last+words.".encode()
    head = (
        f"POST /desk/preview/ HTTP/1.1\r\n{HEAD}Connection: close\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Cookie: sessionid={session}; csrftoken={token}\r\n\r\n"
    ).encode()

    with shared_database({"SECRET_KEY": settings.SECRET_KEY}) as environment:
        server = serve(**environment)
        whole = clients.enter_context(server.connect(head + body))
        answer = all_of(whole)
        cut = clients.enter_context(server.connect(head + body[: MEGABYTE // 2]))
        cut.shutdown(socket.SHUT_WR)
        refused = all_of(cut)

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"Last words." in answer
    assert refused.startswith(b"HTTP/1.1 403 ")
    assert "Traceback" not in server.text()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_picture_reaches_a_slow_reader_whole_and_keeps_no_thread(
    shared_database, serve, clients, tmp_path
):
    picture = os.urandom(8 * MEGABYTE)
    image = Image.objects.create(
        sha256="a" * 64, extension="jpg", width=1, height=1, size=len(picture), uploaded_at=NOON
    )
    media = tmp_path / "pictures"
    media.mkdir()
    (media / f"{image.sha256}.{image.extension}").write_bytes(picture)
    ask = f"GET {image.url} HTTP/1.1\r\n{HEAD}Connection: close\r\n\r\n"

    with shared_database({"MEDIA_ROOT": str(media)}) as environment:
        server = serve(**environment)
        slow = [clients.enter_context(server.connect(ask)) for _ in range(CROWD)]
        assert all(client.recv(15) == b"HTTP/1.1 200 OK" for client in slow)
        status = server.status_of("/robots.txt")
        received = all_of(slow[-1])

    assert status == 200
    assert received.endswith(picture)


def test_a_worker_that_is_warm_keeps_what_it_holds_from_being_looked_through(monkeypatch):
    order = []
    site = SimpleNamespace(warm_up=lambda: order.append(gc.get_freeze_count()))
    monkeypatch.setitem(sys.modules, "newsroom.wsgi", site)
    monkeypatch.setattr(sys, "path", [*sys.path])
    settings_of_gunicorn = runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))

    try:
        settings_of_gunicorn["post_worker_init"](None)
        order.append(gc.get_freeze_count())
    finally:
        gc.unfreeze()

    assert order[0] == 0 < order[1]
