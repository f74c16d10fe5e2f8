"""Every kind of public page is valid to the Nu HTML checker, which `make nu` fetches and runs."""

import json
import os
import shutil
import subprocess

import pytest
import time_machine

from articles.models import Article, Correction
from articles.publishing import Arrangement, arrange_front, withdraw
from tests.clock import later
from tests.newsroom import demo_pages
from wires import generations

pytestmark = [pytest.mark.django_db, pytest.mark.long]

JAR = os.environ.get("VNU_JAR", "")


def check(folder):
    """Return what the checker says of the pages in a folder, one line an error or a warning."""
    arguments = ("--skip-non-html", "--format", "json", "--stdout", "--exit-zero-always")
    done = subprocess.run(
        [shutil.which("java"), "-jar", JAR, *arguments, str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    said = json.loads(done.stdout)["messages"]
    return [
        f"{message['url'].rpartition('/')[2]}:{message.get('lastLine', 0)}: {message['message']}"
        for message in said
        if message["type"] == "error" or message.get("subType") == "warning"
    ]


def arrange_a_long_day():
    """Give the front page two leads, one of them followed live."""
    newest = Article.objects.live().newest_first()[:2]
    for minutes in range(4):
        Correction.objects.create(
            article=newest[0], kind="update", note=f"Note {minutes}.", at=later(minutes=minutes)
        )
    pins = tuple(article.pk for article in newest)
    arrange_front(Arrangement(pins=pins, two_leads=True), seen=0, by=None, at=later(minutes=4))
    generations.bump("pages")


@pytest.mark.skipif(not JAR, reason="`make nu` fetches the checker and runs this")
def test_public_pages_of_the_demo_are_valid_html(client, tmp_path):
    demo_pages.load()
    gone = Article.objects.live().newest_first().last()
    addresses = demo_pages.addresses() | {
        "withdrawn": gone.get_absolute_url(),
        "markets": "/markets/",
    }

    with time_machine.travel(later(minutes=5), tick=False):
        withdraw(gone, by=None, at=later(minutes=4), note="It rested on a forgery.")
        pages = {name: client.get(address) for name, address in addresses.items()}
        arrange_a_long_day()
        pages["long day"] = client.get("/")
    whole = [name for name, page in pages.items() if page.content.startswith(b"<!doctype html>")]
    for name in whole:
        (tmp_path / f"{name.replace(' ', '-')}.html").write_bytes(pages[name].content)

    assert {"front", "wire", "not found", "withdrawn", "markets", "long day"} <= {*whole}
    assert b"live__tag" in pages["long day"].content
    assert pages["withdrawn"].status_code == 410
    assert check(tmp_path) == []
