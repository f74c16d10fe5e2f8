"""What the cards of this site show, in which colours."""

import re
from functools import cache, lru_cache
from unicodedata import bidirectional

from django.conf import settings
from django.utils.translation import gettext, ngettext

from articles.cards.drawing import CardFace, Ground, draw_card
from articles.models import ArticleVersion, Section
from web.interface import for_readers
from web.languages import direction

_COLOUR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}),")


@for_readers
def face_of_version(version: ArticleVersion) -> CardFace:
    """Return what the card of a version shows. No query where section and image are selected."""
    image = version.image
    if image is not None:
        return CardFace(
            site=settings.SITE_NAME,
            words="",
            kicker=version.section.name,
            picture=image.sha256,
            focus=(image.focus_x, image.focus_y),
        )
    return CardFace(
        site=settings.SITE_NAME,
        words=version.headline,
        kicker=version.section.name,
        detail=_tally(version.posts_cited, version.outlets_cited),
        is_right_to_left=direction(version.language) == "rtl",
    )


def _tally(posts: int, outlets: int) -> str:
    if not posts:
        return ""
    counted = (
        ngettext("%(n)s post", "%(n)s posts", posts) % {"n": posts},
        ngettext("%(n)s outlet", "%(n)s outlets", outlets) % {"n": outlets},
    )
    return ", ".join(counted)


def face_of_section(section: Section) -> CardFace:
    name = section.name
    return CardFace(
        site=settings.SITE_NAME, words=name, is_right_to_left=_begins_right_to_left(name)
    )


@for_readers
def face_of_site() -> CardFace:
    """Return what stands for every page that has no card of its own, or not yet."""
    name = settings.SITE_NAME
    return CardFace(
        site=settings.PUBLISHER_NAME,
        words=name,
        detail=gettext("Reported from the wire"),
        is_right_to_left=_begins_right_to_left(name),
    )


def _begins_right_to_left(text: str) -> bool:
    strong = (bidirectional(sign) for sign in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


@lru_cache(maxsize=4)
def site_card(face: CardFace) -> bytes:
    """Return the card of the site as JPEG, drawn once a process. Raises NoFont."""
    return draw_card(face, ground())


@cache
def ground() -> Ground:
    """Return the fonts and the colours of the site, those of its stylesheet by day."""
    static = settings.BASE_DIR / "static"
    colours = dict(_COLOUR.findall((static / "css/tokens.css").read_text(encoding="utf-8")))
    return Ground(
        fonts=static / "fonts",
        paper=colours["paper"],
        ink=colours["ink"],
        soft=colours["ink-faint"],
        rule=colours["rule-firm"],
        accent=colours["accent"],
    )
