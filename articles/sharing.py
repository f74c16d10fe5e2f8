"""What stands for a page where its address is shared: one picture, with its size."""

from dataclasses import dataclass

from django.conf import settings

from articles.cards import face_of_site
from articles.cards.drawing import HEIGHT, WIDTH
from articles.models import ArticleVersion, Image, Section, SocialCard
from articles.models.card import card_of
from articles.models.image import SHARED
from web.addresses import path_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePicture:
    """A picture for programs that take only one; `url` is a path of ours."""

    url: str
    width: int
    height: int
    alt: str


def share_picture_of(version: ArticleVersion) -> SharePicture:
    """Return the card of a version, or until it is drawn its picture, or what stands for the site.

    No query where its card and its image are selected.
    """
    alt = version.image_alt or version.headline
    if card := card_of(version):
        return _drawn(card, alt)
    return _of_image(version.image, alt) if version.image else share_picture_of_site()


def share_picture_of_section(section: Section) -> SharePicture:
    """Return the card of a section, or what stands for the site. No query where it is selected."""
    card = card_of(section)
    return _drawn(card, section.name) if card else share_picture_of_site()


def share_picture_of_site() -> SharePicture:
    """Return what stands for every page without a picture of its own."""
    url = path_of("articles:card", face_of_site().mark)
    return SharePicture(url=url, width=WIDTH, height=HEIGHT, alt=settings.SITE_NAME)


def _drawn(card: SocialCard, alt: str) -> SharePicture:
    return SharePicture(url=card.url, width=WIDTH, height=HEIGHT, alt=alt)


def _of_image(image: Image, alt: str) -> SharePicture:
    files = image.plain_files
    wide = [file for file in files if file[1] >= SHARED] or files[:1]
    url, width, height = wide[-1]
    return SharePicture(url=url, width=width, height=height, alt=alt)
