"""What pages and feeds show of a picture that an article has."""

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Image, ReplacedFile
from articles.pictures import find_pictures, render_image, with_pictures
from articles.prose import render
from tests.articles.factories import make_live_article
from tests.articles.pictures.drawing import drawn, make_image
from tests.clock import NOON

pytestmark = pytest.mark.django_db

ALL = "image/avif", "image/webp"


def rendered(*, size=(400, 200), **fields):
    image = make_image(size=size, body=drawn(size, quality=95), **fields)
    render_image(image)
    return image


def illustrated(image, **fields):
    body = f"The harbour is closed [@r1].\n\n![](image:{image.pk})"
    return make_live_article(body=body, **{"image": image} | fields)


def offered_in(page, image):
    """Return the pictures of a page: media types and files offered, and the img itself."""
    found = re.findall(r'<picture class="picture">(.*?)</picture>', page, re.DOTALL)
    return [each for each in found if image.sha256 in each]


def test_the_article_offers_renditions_of_its_lead_picture_and_of_those_in_its_text(client):
    image = rendered(credit="Ines")
    article = illustrated(image)

    page = client.get(article.get_absolute_url()).content.decode()

    lead, in_text = offered_in(page, image)
    for shown in (lead, in_text):
        assert tuple(re.findall(r'type="([^"]+)"', shown)) == ALL
        assert shown.count(" 320w") == 3
        assert shown.count("sizes=") == 3
        assert 'width="400" height="200" alt="A boat"' in shown
    assert 'fetchpriority="high"' in lead
    assert 'loading="lazy"' in in_text


def test_the_front_page_and_the_section_offer_renditions_on_their_cards(client):
    image = rendered()
    article = illustrated(image)

    for address in ("/", article.live_section.get_absolute_url()):
        (shown,) = offered_in(client.get(address).content.decode(), image)
        assert tuple(re.findall(r'type="([^"]+)"', shown)) == ALL


def test_a_picture_without_renditions_is_shown_as_it_was_uploaded(client):
    image = make_image(size=(400, 200))
    article = illustrated(image)

    page = client.get(article.get_absolute_url()).content.decode()

    assert "<picture" not in page
    assert "srcset" not in page
    assert page.count(f'src="{image.url}"') == 2


def test_a_picture_in_a_text_costs_one_query_and_a_text_without_any_none(client):
    counts = []
    for body in (
        "It is closed [@r1].",
        "It is closed [@r1].\n\n![](image:{pk})\n\n![](image:{pk})",
    ):
        article = make_live_article(body=body.format(pk=rendered().pk))
        client.get(article.get_absolute_url())
        with CaptureQueriesContext(connection) as seen:
            client.get(article.get_absolute_url())
        counts.append(len(seen))

    assert counts[1] == counts[0] + 1


def test_a_card_keeps_the_focal_point_in_its_crop(client):
    illustrated(make_image(focus_x=23, focus_y=98))

    assert "focus-x-25 focus-y-100" in client.get("/").content.decode()


def test_there_is_a_rule_for_every_focal_point():
    rules = Path(finders.find("css/components/focus.css")).read_text(encoding="utf-8")

    for place in range(101):
        for name in Image(focus_x=place, focus_y=place).focus.split():
            assert f".{name} " in rules


@pytest.mark.parametrize(("size", "links"), [((40, 400), 2), ((400, 200), 0), ((200, 300), 0)])
def test_a_long_chart_leads_to_itself(client, size, links):
    image = make_image(size=size)
    article = illustrated(image)

    page = client.get(article.get_absolute_url()).content.decode()

    assert (
        page.count(f'<a class="figure__whole" href="{image.url}">Open the image at full size</a>')
        == links
    )


def test_words_in_a_text_are_never_taken_for_a_picture():
    image = make_image()
    fake = (
        f'<img class="figure__image" src="{image.url}" width="1" height="1" alt="" loading="lazy">'
    )
    text = render(f"It is closed. `{fake}` {fake}").html

    assert find_pictures([text]) == {}
    assert with_pictures(text, {image.sha256: image}) == text


def test_the_words_that_stand_for_a_picture_are_those_that_were_published():
    image = make_image(alt="Changed since")
    picture = replace(image.picture, alt='He said "a > b" & left')
    text = render(f"![](image:{image.pk})", pictures={image.pk: picture}).html

    shown = with_pictures(text, find_pictures([text]))

    assert 'alt="He said &quot;a &gt; b&quot; &amp; left"' in shown


def test_the_feed_has_the_picture_with_absolute_addresses_in_one_format(client, settings):
    settings.SITE_URL = "https://paper.example"
    image = rendered()
    illustrated(image)

    entry = html.unescape(client.get("/feed/").content.decode())

    shown = re.findall(r"<img [^>]*>", entry)
    assert len(shown) == 2
    for each in shown:
        assert re.search(r'srcset="(https://paper\.example/media/[^ ]+ \d+w(, )?)+"', each)
        assert 'src="https://paper.example/media/' in each
        assert 'width="400" height="200"' in each
    assert "<picture" not in entry


def test_a_picture_for_social_networks_is_a_rendition(client):
    image = rendered(size=(1400, 700))
    article = illustrated(image)

    page = client.get(article.get_absolute_url()).content.decode()

    assert f"{image.sha256}-1280-" in re.search(r'og:image" content="([^"]+)"', page)[1]


def test_a_text_shows_the_file_that_stands_in_the_place_of_a_replaced_one(client):
    image = make_image(size=(400, 200))
    article = illustrated(image)
    old = image.sha256
    new = rendered()
    Image.objects.filter(pk=image.pk).update(sha256="c" * 64)
    ReplacedFile.objects.create(image=new, sha256=old, replaced_at=NOON)

    page = client.get(article.get_absolute_url()).content.decode()

    assert old not in page
    assert offered_in(page, new)
