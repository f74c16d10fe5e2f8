"""The guard that keeps every other test off the network."""

import contextlib
import http.client
import socket

import pytest

PUBLIC_ADDRESS = "192.0.2.1"


def refused():
    return pytest.raises(BaseException, match=r"a test (connects|looks)")


def test_a_test_cannot_connect_to_a_public_address():
    with socket.socket() as client, refused():
        client.connect((PUBLIC_ADDRESS, 80))


def test_a_test_cannot_send_a_datagram():
    with socket.socket(type=socket.SOCK_DGRAM) as client, refused():
        client.sendto(b"hello", (PUBLIC_ADDRESS, 53))


def test_a_test_cannot_look_up_a_name():
    with refused():
        socket.getaddrinfo("newsroom.org", 443)


def test_code_that_catches_every_exception_cannot_hide_network_use():
    with refused(), contextlib.suppress(Exception):
        http.client.HTTPSConnection("newsroom.org").connect()


def test_reserved_names_do_not_resolve():
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("paper.example", 443)


def test_loopback_is_allowed(httpserver):
    httpserver.expect_request("/").respond_with_data("here")
    client = http.client.HTTPConnection(httpserver.host, httpserver.port)

    client.request("GET", "/")

    assert client.getresponse().read() == b"here"
