"""The pictures in the text of a live article, as the nightly check reads them."""

import pytest

from articles.archive.pieces import live_articles, with_pictures
from articles.models import Image
from tests.articles.factories import make_live_article
from tests.clock import NOON

pytestmark = pytest.mark.django_db


def test_a_picture_in_the_text_of_a_live_article_is_among_its_images():
    picture = Image.objects.create(
        sha256="a" * 64, extension="png", width=40, height=30, size=99, alt="A quay",
        credit="Harbour Wire", uploaded_at=NOON,
    )  # fmt: skip
    make_live_article(body=f"The harbour is closed [@r1].\n\n![](image:{picture.pk})")

    (live,) = with_pictures(live_articles())

    assert [image.alt for image in live.piece().images] == ["A quay"]
