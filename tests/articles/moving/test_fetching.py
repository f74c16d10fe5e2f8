"""Pictures that an import asks the old site for: what a hostile site answers harms nobody."""

import gzip
import os
from functools import partial
from io import BytesIO

import pytest
from PIL import Image as Pillow

from articles.management.drafting import fetch_picture
from articles.moving.drafts import Drafted, Drafting, Pictures
from articles.moving.foreign import ForeignPicture
from tests.clock import NOON
from tests.wires.http_servers import answer, saying
from wires.http import fetch


def png(width=30):
    file = BytesIO()
    Pillow.new("RGB", (width, 20), "navy").save(file, "PNG")
    return file.getvalue()


def problem_with(address):
    """Return what is said of a picture that is left out, "" where it would be stored."""
    done = Drafted()
    drafting = Drafting(section=None, language="en", fetch=fetch_picture, is_dry=True)
    Pictures(drafting, done, "Fog", at=NOON).store(ForeignPicture(address=address))
    assert done.pictures == (not done.problems)
    return "".join(done.problems)


@pytest.fixture
def trust(monkeypatch):
    """Return a function that lets an import ask one server on loopback, as a public site is asked."""

    def trusted(server):
        reach = partial(fetch, trusted_hosts=frozenset({server.host}))
        monkeypatch.setattr("articles.management.drafting.fetch", reach)
        return server.url

    return trusted


@pytest.mark.django_db
def test_a_picture_of_the_old_site_is_fetched(trust):
    with saying(answer(png())) as server:
        assert problem_with(trust(server)) == ""


def test_a_site_on_a_private_address_is_not_asked_also_where_the_wire_may_ask_it(settings):
    with saying(answer(png())) as server:
        settings.WIRE_TRUSTED_HOSTS = frozenset({server.host})
        said = problem_with(server.url)

    assert "was left out" in said
    assert server.requests == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://paper.example/quay.png",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/quay.png",
        "http://0.0.0.0/quay.png",
        "http://2130706433/quay.png",
        "//quay.png",
        "uploads/quay.png",
        "http://",
        "",
    ],
)
def test_an_address_that_is_none_on_the_web_is_not_asked(address):
    assert "was left out" in problem_with(address)


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/", "http://127.0.0.1:1/quay.png", "file:///etc/passwd"],
)
def test_a_redirect_to_a_private_address_is_not_followed(trust, target):
    redirect = answer(status="302 Found", headers=[f"Location: {target}"])
    with saying(redirect) as server:
        said = problem_with(trust(server))

    assert "was left out" in said
    assert len(server.requests) == 1


def test_redirects_in_a_circle_come_to_an_end(trust):
    with saying(answer(status="302 Found", headers=["Location: /feed"])) as server:
        said = problem_with(trust(server))

    assert "was left out" in said
    assert len(server.requests) < 20


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        png()[:40],
        b"\x89PNG\r\n\x1a\n" + os.urandom(200),
        b"GIF89a/*<script>alert(1)</script>*/",
    ],
)
def test_what_is_no_picture_is_left_out(trust, body):
    with saying(answer(body, headers=["Content-Type: image/png"])) as server:
        assert "was left out" in problem_with(trust(server))


def test_a_compressed_answer_that_swells_is_left_out(trust):
    bomb = gzip.compress(b"\0" * 60_000_000, 9)
    with saying(answer(bomb, headers=["Content-Encoding: gzip"])) as server:
        assert "was left out" in problem_with(trust(server))


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oh", "204 No Content", "401 Who"])
def test_an_answer_without_a_picture_is_left_out(trust, status):
    with saying(answer(png() if "No" not in status else b"", status=status)) as server:
        assert "was left out" in problem_with(trust(server))
