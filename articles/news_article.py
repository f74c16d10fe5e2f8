"""An article as machines read it: NewsArticle of schema.org, in JSON-LD inside its page.

It says what the page says. What follows from posts and corrections is kept with the page parts.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from articles.counterparts import Counterpart
from articles.models import Article, ArticleVersion, Image
from articles.page_parts import Parts, as_moment
from articles.search.words import words_of
from articles.sharing import SharePicture
from web.addresses import absolute, path_of
from web.json_in_html import as_members


def news_article(
    article: Article,
    version: ArticleVersion,
    parts: Parts,
    *,
    picture: SharePicture,
    signed: Sequence[tuple[str, str]],
    counterparts: Sequence[Counterpart] = (),
) -> SafeString:
    """Return a live article as JSON that may stand in a script element. No query.

    `picture` is what stands for it elsewhere, and here where it has no picture of its own. `signed`
    are the names under it, each with the path of its page, or "".
    """
    told = _members(article, version) | {"author": _authors(version, signed)}
    told["image"] = _pictures(version.image, version) if version.image else [_shared(picture)]
    told |= _translations(article, counterparts)
    told = {name: value for name, value in told.items() if value}
    members = (as_members(told), parts.data_of_sources, parts.data_of_corrections)
    return SafeString(f"{{{','.join(part for part in members if part)}}}")


def _members(article: Article, version: ArticleVersion) -> dict[str, Any]:
    address = absolute(article.get_absolute_url())
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "url": address,
        "mainEntityOfPage": address,
        "headline": version.headline,
        "description": version.standfirst,
        "inLanguage": version.language,
        "articleSection": version.section.name,
        "datePublished": as_moment(article.first_published_at),
        "dateModified": as_moment(version.at),
        "publisher": publisher(),
        "backstory": words_of(version.framing_html),
        "publishingPrinciples": principles(),
        "isAccessibleForFree": True,
    }


def _translations(article: Article, counterparts: Sequence[Counterpart]) -> dict[str, Any]:
    """Return what an original was translated into, or what a translation is of, if that is live."""
    told = [
        {
            "@type": "NewsArticle",
            "@id": f"{absolute(each.path)}#article",
            "url": absolute(each.path),
            "inLanguage": each.language,
            "headline": each.headline,
        }
        for each in counterparts
        if each.is_original or article.live_original_id is None
    ]
    if article.live_original_id is None:
        return {"workTranslation": told}
    return {"translationOfWork": told[0]} if told else {}


def publisher() -> dict[str, Any]:
    """Return who publishes the site, with the pages that say by which rules."""
    return {
        "@type": "NewsMediaOrganization",
        "@id": absolute("/#publisher"),
        "name": settings.PUBLISHER_NAME,
        "url": absolute("/"),
        "logo": absolute(path_of("icon", "icon-512.png")),
        "publishingPrinciples": principles(),
        "correctionsPolicy": absolute(path_of("articles:corrections_log")),
    }


def principles() -> str:
    """Return the address of the page that says how the site works."""
    return absolute(path_of("articles:methods"))


def _authors(version: ArticleVersion, signed: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Return who signs, with their pages where there are such; the default byline is nobody's."""
    people = [bool(byline["slug"]) for byline in version.bylines] or [False]
    return [
        {"@type": "Person" if is_person else "Organization", "name": name}
        | ({"url": absolute(page)} if page else {})
        for is_person, (name, page) in zip(people, signed, strict=True)
    ]


def _shared(picture: SharePicture) -> dict[str, object]:
    return {
        "@type": "ImageObject",
        "url": absolute(picture.url),
        "width": picture.width,
        "height": picture.height,
    }


def _pictures(image: Image, version: ArticleVersion) -> list[dict[str, object]]:
    """Return the files of the picture that any program can read, the widest first."""
    said = {"caption": version.image_caption, "creditText": version.image_credit}
    said = {name: value for name, value in said.items() if value}
    return [
        {"@type": "ImageObject", "url": absolute(url), "width": width, "height": height} | said
        for url, width, height in image.plain_files
    ]
