"""Which addresses channels and posts may have, where they are saved and where they are shown."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from tests.articles.factories import cite
from tests.clock import NOON
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_feed, make_outlet, make_post
from tests.wires.sites import never_fetched
from wires.ingest import NotAPost, paste, read_body
from wires.known_sources import KnownSources
from wires.management.commands.load_channels import add_channel
from wires.models import Channel, Post, check_address, link_to
from wires.platforms import parse

REFUSED = [
    "",
    "javascript:alert(1)",
    "JavaScript:alert(1)//https://news.example/",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "ftp://news.example/",
    "//news.example/a",
    "https:news.example/a",
    "https:///news.example/a",
    "news.example/a",
    "https://",
    "https://user@news.example/",
    "https://user:word@news.example/",
    "https://@news.example/",
    "https://news.example@evil.example/",
    "https://news.example\\@evil.example/",
    "https:\\\\news.example\\a",
    "https://news.example\\.evil.example/",
    "https://news.example/a b",
    "https://news.example/a\tb",
    "https://news.example/a\r\nb",
    "https://news.example/\x00",
    "https://news.example/\x7f",
    "https://news.example/\u00a0a",
    "https://news.example/\u202egpj.a",
    "https://news.example/\u2066a\u2069",
    "https://news\u200b.example/",
    "https://news.example/\ud800",
    "https://news.example:22/",
    "https://news.example:8443/",
    "https://news.example:0/",
    "https://news.example:99999/",
    "https://news.example:port/",
    "https://news..example/",
    "https://%6eews.example/",
    "https://*.example/",
    "https://localhost/",
    "https://localhost./",
    "https://intranet/",
    "https://printer.local/",
    "https://printer.local./",
    "https://wiki.internal/",
    "https://wiki.INTERNAL./",
    "https://router.home.arpa/",
    "https://router.lan/",
    "https://news.onion/",
    "https://news.onion./",
    "https://news.invalid/",
    "http://127.0.0.1/",
    "http://127.0.0.1./",
    "http://10.1.2.3/",
    "http://169.254.169.254/latest/",
    "http://8.8.8.8/",
    "http://2130706433/",
    "http://134744072/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[2606:4700::1111]/",
    "http://[fe80::1%25eth0]/",
    "http://127\u30020\u30020\u30021/",
    "http://\uff11\uff12\uff17.0.0.1/",
    "http://\u2488.example/",
    "https://news.example/" + "a" * 5_000,
]
# What is entered, and how it is shown.
LINKS = [
    ("https://news.example/a", "https://news.example/a"),
    ("http://news.example/a?b=c&d=e", "http://news.example/a?b=c&d=e"),
    ("https://news.example/a#b", "https://news.example/a#b"),
    ("https://NEWS.example:443/A", "https://news.example/A"),
    ("https://news.example./a", "https://news.example/a"),
    ("https://news.example/ein-mädchen", "https://news.example/ein-mädchen"),
    ("https://xn--mnchen-3ya.example/", "https://xn--mnchen-3ya.example/"),
]
# The first letter is Cyrillic, then all are, then one is of full width: each reads as another name.
LOOK_ALIKES = [
    ("https://\u0430pple.example/", "https://xn--pple-43d.example/"),
    ("https://\u0430\u0440\u0440\u04cf\u0435.example/", "https://xn--80ak6aa92e.example/"),
    ("https://\uff4eews.example/", "https://news.example/"),
]


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_leads_nowhere_public_is_neither_saved_nor_linked(address):
    with pytest.raises(ValidationError) as refused:
        check_address(address)

    [message] = refused.value.messages
    assert "\n" not in message
    assert link_to(address) == ""


@pytest.mark.parametrize(("address", "shown"), LINKS)
def test_a_public_address_is_saved_and_linked(address, shown):
    check_address(address)

    assert link_to(address) == shown


@pytest.mark.parametrize(("address", "shown"), LOOK_ALIKES)
def test_look_alike_letters_are_not_entered_by_hand_and_shown_for_what_they_are(address, shown):
    with pytest.raises(ValidationError, match=shown.split("/")[2]):
        check_address(address)

    assert link_to(address) == shown


def test_a_trusted_host_may_be_private_and_on_any_port(settings):
    settings.WIRE_TRUSTED_HOSTS = ["127.0.0.1:8080"]

    check_address("http://127.0.0.1:8080/feed")

    assert link_to("http://127.0.0.1:8080/feed") == "http://127.0.0.1:8080/feed"
    assert link_to("http://127.0.0.1:8081/feed") == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://10.0.0.1/", "https://a@b.example/"]
)
def test_a_channel_is_not_saved_with_such_an_address(address):
    desk = Client()
    desk.force_login(make_user(group="Wire desk"))
    data = {
        "outlet": make_outlet().pk,
        "platform": "rss",
        "address": address,
        "code": "HARBOUR",
        "origin": "by_hand",
        "interval_minutes": 10,
        "identity": "native",
    }

    answer = desk.post(reverse("admin:wires_channel_add"), data)

    assert answer.status_code == 200
    assert "address" in answer.context["adminform"].form.errors
    assert not Channel.objects.exists()


@pytest.mark.django_db
def test_a_listed_channel_with_such_an_address_is_not_loaded():
    entry = {"code": "HARBOUR", "address": "http://[::1]/feed"}

    with pytest.raises(CommandError, match="HARBOUR: ::1 points to a private address"):
        add_channel(make_outlet(), entry, KnownSources.read())

    assert not Channel.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["http://10.0.0.1/a", "https://a:b@harbour.example/a", "javascript:1"]
)
def test_a_link_with_such_an_address_is_not_pasted(address):
    writer = make_user(group="Writer")

    with pytest.raises(NotAPost, match="cannot be cited"):
        paste(
            address,
            by=writer,
            at=NOON,
            fetch=never_fetched,
            parsers=SimpleNamespace(parse=parse),
            text="The harbour is closed.",
        )

    assert not Post.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "link", ["http://10.0.0.1/{}", "https://user@harbour.example/{}", "http://intranet/{}"]
)
def test_an_item_whose_link_leads_nowhere_public_is_stored_without_it(link):
    channel = make_channel()
    feed = make_feed("Ferry", link=link, text="The ferry is late.")

    first = read_body(channel, feed, at=NOON, parse=parse)
    again = read_body(channel, feed + b"\n", at=NOON, parse=parse)

    post = Post.objects.get()
    assert (first.new, again.new, again.seen) == (1, 0, 1)
    assert (post.url, post.canonical_url) == ("", "")
    assert post.latest_version.title == "Ferry"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://10.0.0.1/a", "https://a@harbour.example/"]
)
def test_a_stored_address_that_leads_nowhere_public_is_shown_as_text(client, address):
    post = make_post()
    article = cite(post)
    # As a row from before addresses were checked has it.
    Post.objects.filter(pk=post.pk).update(url=address, canonical_url=address)
    Channel.objects.filter(pk=post.channel_id).update(address=address)
    client.force_login(make_user(group="Publisher"))
    pages = [
        article.get_absolute_url(),
        post.get_absolute_url(),
        post.channel.outlet.get_absolute_url(),
        reverse("articles:feed"),
        reverse("admin:wires_post_change", args=[post.pk]),
        reverse("admin:articles_article_change", args=[article.pk]),
    ]

    shown = {page: client.get(page).content.decode() for page in pages}

    for page, html in shown.items():
        assert f'href="{address}' not in html, page
        assert f'cite="{address}' not in html, page
    said = f"<bdi>{address.partition('://')[2].removesuffix('/')}</bdi>"
    assert (said in shown[pages[0]]) == (said in shown[pages[1]]) == address.startswith("http")
    assert address in shown[pages[4]]
