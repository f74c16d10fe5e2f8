"""Files at fixed addresses: what they say, and that they are not there where nothing is to be said."""

import re
from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ImproperlyConfigured
from PIL import Image

from newsroom.site_claims import read_security, read_trust
from tests.articles.factories import make_live_article
from tests.clock import later
from tests.pages import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

SECURITY = "/.well-known/security.txt"


@pytest.fixture(autouse=True)
def paper(settings):
    settings.SITE_URL = "https://paper.example"


def test_security_txt_says_whom_to_tell_and_until_when(client, settings):
    settings.SECURITY_CONTACT = ["mailto:security@paper.example", "https://paper.example/holes/"]
    settings.SECURITY_EXPIRES = later(days=200)

    answer = client.get(SECURITY)

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = [line.partition(": ")[::2] for line in answer.content.decode().splitlines()]
    assert fields == [
        ("Contact", "mailto:security@paper.example"),
        ("Contact", "https://paper.example/holes/"),
        ("Expires", "2027-01-11T12:00:00Z"),
        ("Canonical", f"https://paper.example{SECURITY}"),
        ("Preferred-Languages", "en"),
    ]


@pytest.mark.parametrize("expires", [None, later(seconds=0)])
def test_security_txt_is_not_found_where_it_is_not_set_or_has_expired(client, settings, expires):
    settings.SECURITY_CONTACT = ["mailto:security@paper.example"]
    settings.SECURITY_EXPIRES = expires

    assert client.get(SECURITY).status_code == 404


@pytest.mark.parametrize("path", ["/trust.txt", "/.well-known/trust.txt"])
def test_trust_txt_has_the_lines_of_the_settings_or_is_not_found(client, settings, path):
    before = client.get(path).status_code

    settings.TRUST_TXT = ["belongto=https://association.example/"]

    assert before == 404
    assert shown(client, path) == "# Monexus Media\nbelongto=https://association.example/\n"


@pytest.mark.parametrize(
    "line",
    ["belongto=association.example", "owner=https://x.example/", "datatrainingallowed=maybe"],
)
def test_a_line_that_may_not_stand_in_trust_txt_is_refused(monkeypatch, line):
    monkeypatch.setenv("TRUST_TXT", f"social=https://social.example/@paper,{line}")

    with pytest.raises(ImproperlyConfigured, match=re.escape(line)):
        read_trust()


@pytest.mark.parametrize(
    ("contact", "expires", "said"),
    [
        ("mailto:a@paper.example", "", "set both"),
        ("", "2027-06-01", "set both"),
        ("a@paper.example", "2027-06-01", "Write mailto"),
        ("mailto:a@paper.example", "soon", "such as 2027-06-01"),
    ],
)
def test_settings_of_security_txt_that_say_too_little_are_refused(
    monkeypatch, contact, expires, said
):
    monkeypatch.setenv("SECURITY_CONTACT", contact)
    monkeypatch.setenv("SECURITY_EXPIRES", expires)

    with pytest.raises(ImproperlyConfigured, match=said):
        read_security()


def test_the_day_on_which_security_txt_expires_begins_in_utc(monkeypatch):
    monkeypatch.setenv("SECURITY_CONTACT", "mailto:a@paper.example")
    monkeypatch.setenv("SECURITY_EXPIRES", "2027-06-01")

    assert read_security() == (["mailto:a@paper.example"], datetime(2027, 6, 1, tzinfo=UTC))


def test_the_manifest_names_icons_that_are_there_in_the_size_it_says(client):
    answer = client.get("/manifest.webmanifest")
    told = answer.json()

    assert answer["Content-Type"] == "application/manifest+json; charset=utf-8"
    assert (told["name"], told["short_name"]) == ("The Monexus", "Monexus")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        drawn = Image.open(BytesIO(client.get(icon["src"]).content))
        assert f"{drawn.width}x{drawn.height}" == icon["sizes"]
        assert drawn.format == "PNG"


@pytest.mark.parametrize("path", ["/favicon.ico", "/apple-touch-icon.png"])
def test_an_icon_is_drawn_from_the_name_of_the_site(client, settings, path):
    first = client.get(path)
    settings.SITE_SHORT_NAME = "Kestrel"

    other = client.get(path)

    assert Image.open(BytesIO(first.content)).size[0] >= 48
    assert first.content != other.content
    assert first["Cache-Control"] == "public, max-age=86400"


def test_a_page_names_icons_and_manifest_that_are_there(client):
    head = shown(client, "/").partition("<body>")[0]

    paths = re.findall(r'<link rel="(?:icon|apple-touch-icon|manifest)" href="([^"]+)"', head)

    assert len(paths) == 4
    assert {client.get(path).status_code for path in paths} == {200}


def test_the_opensearch_description_tells_browsers_how_the_site_is_searched(client, settings):
    settings.SITE_SHORT_NAME = "Ink & Salt Quarterly of Harbours"
    make_live_article(headline="Zanzibar & closed")

    page = shown(client, "/")
    answer = client.get(re.search(r'<link rel="search" type="([^"]+)" href="([^"]+)"', page)[2])

    assert answer["Content-Type"] == "application/opensearchdescription+xml"
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{space}OpenSearchDescription"
    names = [child.tag.removeprefix(space) for child in root]
    # What the specification asks for: one of each, the short name of 16 characters at most.
    assert [names.count(name) for name in ("ShortName", "Description", "LongName")] == [1, 1, 1]
    assert root.findtext(f"{space}ShortName").startswith("Ink & Salt")
    assert len(root.findtext(f"{space}ShortName")) <= 16
    assert len(root.findtext(f"{space}LongName")) <= 48
    urls = {url.get("rel"): url for url in root.iter(f"{space}Url")}
    assert urls["self"].get("template") == "https://paper.example/opensearch.xml"
    template = urls["results"].get("template")
    found = client.get(template.replace("{searchTerms}", "zanzibar%20%26"))
    assert "Zanzibar</mark> &amp; closed" in found.content.decode()
    for image in root.iter(f"{space}Image"):
        assert image.text.startswith("https://paper.example/")
        assert client.get(image.text)["Content-Type"] == image.get("type")
