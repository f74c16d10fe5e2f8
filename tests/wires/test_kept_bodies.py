"""In which kept bodies a post stands, however its feed writes it."""

import gzip
import json
import zlib

import pytest

from tests.clock import NOON
from tests.wires.factories import add_version, make_channel, make_post
from wires import retention
from wires.ingest import FetchedBody, store
from wires.kept_bodies import PostInBodies
from wires.models import Capture, Post
from wires.platforms.base import Document, RawPost

TEXT = "Jo Lind’s ship & crew wait outside the bar of Lindow."
ADDRESS = "https://harbour.example/2026/lind?a=1&b=2"


def sought(*names, text=TEXT):
    return PostInBodies(names=names or (ADDRESS,), texts=(text,))


def is_in(body, **fields):
    return sought(**fields).is_in(zlib.compress(body))


@pytest.mark.parametrize(
    "body",
    [
        f"<item><link>{ADDRESS}</link></item>".encode(),
        b"<guid>https://harbour.example/2026/lind?a=1&amp;b=2</guid>",
        json.dumps({"url": ADDRESS}).replace("/", "\\/").encode(),
        f"<p>{TEXT}</p>".encode(),
        b"<description>Jo Lind&#8217;s ship &amp;amp; crew wait</description>",
        "<p>Jo <b>Lind</b>’s ship\n &amp; crew <i>wait</i> outside</p>".encode(),
        json.dumps({"text": TEXT}).encode(),
        TEXT.upper().encode(),
        ("\ufeff" + TEXT).encode("utf-16-le"),
        gzip.compress(TEXT.encode()),
        b"\x1f\x8bbroken",
    ],
    ids=["link", "escaped link", "JSON link", "text", "escaped text", "tags", "JSON text",
         "capitals", "UTF-16", "gzip", "unreadable"],
)  # fmt: skip
def test_a_post_is_found_in_a_body_however_it_is_written(body):
    assert is_in(body)


@pytest.mark.parametrize(
    "body",
    [
        b"<p>Jo Lind is ill, and the crew wait.</p>",
        b"<link>https://harbour.example/2026/other</link>",
        b"",
    ],
)
def test_a_body_about_the_same_people_is_not_the_post(body):
    assert not is_in(body)


def test_a_body_that_was_not_compressed_by_us_counts_as_holding_it():
    assert sought().is_in(b"abc")


@pytest.mark.django_db
def test_a_short_id_does_not_find_every_body():
    post = make_post(native_id="7", text=TEXT)

    assert "7" not in PostInBodies.of(post, list(post.versions.all())).names


@pytest.mark.django_db
def test_a_body_that_comes_in_while_the_others_are_searched_is_emptied_too():
    post = make_post(text=TEXT)
    bodies = retention.find_kept_bodies(post, list(post.versions.all()))
    late = Capture.objects.create(
        channel=post.channel, sha256="a" * 64, fetched_at=NOON, size=9,
        body=zlib.compress(TEXT.encode()),
    )  # fmt: skip

    retention.erase(post, reason="A court.", by=None, at=NOON, bodies=bodies)

    late.refresh_from_db()
    assert (late.body, late.erased_at) == (None, NOON)


@pytest.mark.django_db
def test_an_erased_post_does_not_come_back_under_another_id():
    channel, link = make_channel(), "https://harbour.example/1"
    post = make_post(channel=channel, url=link, native_id="guid-of-one", text=TEXT)
    add_version(post, text=f"{TEXT} Still.")
    retention.erase(post, reason="A court.", by=None, at=NOON)
    again = RawPost(native_id="another-guid", url=link, title=TEXT, text=TEXT, posted_at=NOON)
    body = FetchedBody.of(TEXT.encode())

    store(channel, Document(kind="rss", posts=(again,)), at=NOON, body=body)

    assert Post.objects.get() == post
    assert not post.versions.exclude(text="").exists()
    assert not Capture.objects.filter(body__isnull=False).exists()
