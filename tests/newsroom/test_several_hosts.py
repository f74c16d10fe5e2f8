"""Two web hosts and two workers that share a database, buckets and no directory, behind nginx."""

import http.client
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from hashlib import sha256
from types import SimpleNamespace

import pytest
from django.conf import settings as site_settings
from django.db import connection
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tests.articles.factories import make_live_article
from tests.articles.pictures.drawing import drawn, make_image
from tests.newsroom.factories import make_user
from tests.newsroom.test_web_worker import Gunicorn
from tests.processes import clean_environment, free_port, run_manage
from tests.waiting import CEILING, wait_until
from tests.wires.databases import run_beside, shared_database
from tests.wires.factories import make_channel, make_feed
from wires.models import Post, PostVersion

__all__ = ["shared_database"]

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
# `--log-cli-level=WARNING` shows the figures of docs/scale.md.
logger = logging.getLogger(__name__)
OFTEN = 30
POSTS = 8
PUBLISH = """
import time
import django
django.setup()
from django.utils import timezone
from articles import publishing
from articles.models import Article
article = Article.objects.get()
article.headline = "The gates are open again"
article.save()
publishing.update(article, by=None, at=timezone.now(), note="They opened.")
print(time.time())
"""
NGINX = """
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{servers}
}}
"""


def documented_upstream(ports):
    """Return the upstream of docs/deploy.md for several hosts, with these addresses."""
    text = (site_settings.BASE_DIR / "docs/deploy.md").read_text()
    (found,) = re.findall(r"^    (upstream newsroom \{[^}]*web-b[^}]*\})", text, re.M)
    for name, port in zip(("web-a", "web-b"), ports, strict=True):
        found = found.replace(f"{name}.example:8000", f"127.0.0.1:{port}")
    return found


@pytest.fixture
def nginx(tmp_path):
    """Return a function that starts nginx before some ports and returns its own."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed here")
    started = []

    def begin(*ports):
        port, folder = free_port(), tmp_path / "nginx"
        folder.mkdir()
        server = (
            f"server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://newsroom;"
            ' proxy_http_version 1.1; proxy_set_header Connection "";'
            " proxy_set_header Host $host; } }"
        )
        text = NGINX.format(
            folder=folder,
            user="user root;" if os.geteuid() == 0 else "",
            servers=f"{documented_upstream(ports)}\n{server}",
        )
        (folder / "nginx.conf").write_text(text)
        arguments = ["-p", folder, "-c", folder / "nginx.conf", "-g", "daemon off;"]
        started.append(subprocess.Popen([program, *arguments]))
        proxy = SimpleNamespace(port=port)
        process = started[-1]
        assert wait_until(lambda: status_of(proxy, "/healthz") == 200 or process.poll() is not None)
        assert process.poll() is None, "nginx has ended"
        return proxy

    yield begin
    for process in started:
        process.terminate()
        process.wait(CEILING)


class Site:
    """A web host: its own RUNTIME_DIR, nothing else of its own."""

    def __init__(self, folder, environment, static):
        folder.mkdir()
        (folder / "static").symlink_to(static)
        (folder / "secret_key").write_text(site_settings.SECRET_KEY)
        self.environment = environment | {"RUNTIME_DIR": str(folder)}
        self.web = Gunicorn(folder, "--threads", "4", DEBUG="0", **self.environment)
        self.port = self.web.port

    def kill(self):
        """Let the host lose its power: every process of it ends at once."""
        worker = self.web.worker()
        self.web.process.kill()
        os.kill(worker, signal.SIGKILL)
        self.web.process.wait(CEILING)


def ask(server, path="/", **headers):
    web = http.client.HTTPConnection("127.0.0.1", server.port, timeout=CEILING)
    try:
        web.request("GET", path, headers=headers)
        answer = web.getresponse()
        return SimpleNamespace(status=answer.status, body=answer.read())
    finally:
        web.close()


def status_of(server, path):
    try:
        return ask(server, path).status
    except OSError:
        return None


@pytest.fixture
def hosts(shared_database, on_s3, tmp_path):
    """Yield a function that starts a web host, and the environment that all share."""
    if connection.vendor != "postgresql":
        pytest.skip("several hosts need PostgreSQL")
    done = run_manage("collectstatic", "--no-input", "-v0", RUNTIME_DIR=str(tmp_path / "built"))
    assert done.returncode == 0, done.stderr
    started = []
    with shared_database(on_s3 | {"SEVERAL_HOSTS": "1"}) as environment:

        def begin(name, **more):
            site = Site(tmp_path / name, environment | more, tmp_path / "built/static")
            started.append(site)
            return site

        yield begin
    for site in started:
        site.web.stop()


def publish_on(site, seen_on, address):
    """Publish on one host and return after how many seconds another one shows it."""
    publishing = subprocess.Popen(
        [sys.executable, "-c", PUBLISH],
        cwd=site_settings.BASE_DIR,
        env=clean_environment(**site.environment, DJANGO_SETTINGS_MODULE="newsroom.settings"),
        stdout=subprocess.PIPE,
    )
    assert wait_until(lambda: b"The gates are open again" in ask(seen_on, address).body)
    seen_at = time.time()
    out, _ = publishing.communicate(timeout=CEILING)
    return seen_at - float(out)


def test_what_one_host_publishes_the_other_shows_and_a_lost_host_loses_nothing(
    hosts, nginx, client
):
    address = make_live_article(headline="The gates are shut").get_absolute_url()
    body = drawn((400, 200))
    image = make_image(size=(400, 200), body=body)
    here, there = hosts("here"), hosts("there")
    front = nginx(here.port, there.port)
    client.force_login(make_user(is_superuser=True))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    before = {site.port: ask(site, address).body for site in (here, there)}

    lag = publish_on(here, there, address)
    logger.warning("What one host published the other showed after %.3f s", lag)
    desks = [ask(site, "/desk/", Cookie=cookie).status for site in (here, there)]
    pictures = [ask(site, f"/media/{image.filename}").body for site in (here, there)]
    here.kill()
    answers = [ask(front, path) for path in ("/", address) for _ in range(OFTEN)]

    assert all(b"The gates are shut" in page for page in before.values())
    assert lag < 1, f"seen after {lag:.2f} s"
    assert desks == [200, 200]
    assert {sha256(one).hexdigest() for one in pictures} == {image.sha256}
    assert {answer.status for answer in answers} == {200}
    assert not [answer for answer in answers[OFTEN:] if b"open again" not in answer.body]


class GrowingFeed:
    """A feed that has one more post each time it is asked for."""

    def __init__(self):
        self.posts = 0

    def __call__(self, request):
        self.posts = min(self.posts + 1, POSTS)
        return Response(make_feed(*(f"Post-{n}" for n in range(self.posts))))


def test_a_lost_worker_loses_no_post_and_stores_none_twice(hosts, tmp_path):
    server, feed = HTTPServer(port=0), GrowingFeed()
    server.expect_request("/feed").respond_with_handler(feed)
    with ExitStack() as stack:
        stack.callback(server.stop)
        server.start()
        channel = make_channel(address=server.url_for("/feed"))
        trusted = {"WIRE_TRUSTED_HOSTS": f"{server.host}:{server.port}", "WIRE_LEASE": "10"}
        site = hosts("here", **trusted)
        there = site.environment | {"RUNTIME_DIR": str(tmp_path / "there")}
        lost = run_beside(site.environment, "work", stderr=subprocess.DEVNULL)
        other = run_beside(there, "work", stderr=subprocess.DEVNULL)
        assert wait_until(Post.objects.exists)
        lost.kill()
        lost.wait(CEILING)

        def all_came():
            # Due at once, as if the pause between two polls were over.
            type(channel).objects.update(next_poll_at=None)
            return Post.objects.count() == POSTS

        came = wait_until(all_came)
        other.terminate()
        other.communicate(timeout=CEILING)

    assert came
    assert PostVersion.objects.count() == POSTS
