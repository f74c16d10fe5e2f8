"""Articles with their posts as the suite changes them, and what the checks find in one.

They are read from cases, in the format of docs/checks.md, and go back into it to be vetted: what
is measured is what `manage.py vet` would say.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from articles.prose import Claim, Picture, Source, render
from articles.vetting import Finding, cases, check

CASES = Path(__file__).resolve().parents[1] / "cases"
# Short, telegraphic, all figures and names: what desks write in a hurry.
WIRE = CASES / "wire"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A source of a case. All datetimes are aware; versions are (at, text), oldest first."""

    key: str
    outlet: str
    platform: str
    url: str
    aliases: tuple[str, ...] = ()
    posted_at: datetime | None = None
    text: str | None = None
    versions: tuple[tuple[datetime, str], ...] = ()
    deleted_at: datetime | None = None
    cited_at: datetime | None = None
    links_only: bool = False
    language: str = ""
    translation: str = ""
    is_unconfirmed: bool = False

    @property
    def pinned(self) -> str | None:
        """The text that was current when the post was cited."""
        known = [text for at, text in self.versions if self.cited_at and at <= self.cited_at]
        return known[-1] if known else self.text

    @property
    def is_edited(self) -> bool:
        return bool(self.versions)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.outlet, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet of the outlet_directory."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A case. pictures and is_wire stand beside it: the format of cases has neither.

    is_wire says that the article is one of WIRE, or was made of them.
    """

    id: str
    now: datetime
    published_at: datetime
    language: str
    headline: str
    dek: str
    body: str
    framing_note: str
    social_text: str = ""
    posts: tuple[Post, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    pictures: tuple[Picture, ...] = ()
    is_wire: bool = False

    @property
    def is_english(self) -> bool:
        return self.language == "en"

    def post(self, key: str) -> Post:
        return next(post for post in self.posts if post.key == key)

    def claims(self) -> tuple[Claim, ...]:
        """Return the sentences of the body with their marks, as the page has them."""
        return _claims(self.body, tuple(post.key for post in self.posts))

    def with_post(self, post: Post) -> "Article":
        """Return the article with this post in the place of the one with its key, or added."""
        if all(other.key != post.key for other in self.posts):
            return replace(self, posts=(*self.posts, post))
        posts = tuple(post if other.key == post.key else other for other in self.posts)
        return replace(self, posts=posts)


@lru_cache(maxsize=64)
def _claims(body: str, keys: tuple[str, ...]) -> tuple[Claim, ...]:
    return render(body, sources=[Source(key=key) for key in keys]).claims


def chance(*names: object) -> random.Random:
    """Return a generator that goes by these names alone: the same at every run."""
    # Faults are put at random places; no secret is made of them.
    return random.Random(":".join(map(str, names)))  # noqa: S311


def load(folder: Path = CASES) -> Iterator[Article]:
    """Yield the articles of a folder of cases, by file name."""
    for path in sorted(folder.glob("*.json")):
        yield replace(read(json.loads(path.read_text())), is_wire=folder == WIRE)


def read(case: dict[str, Any]) -> Article:
    article = case["article"]
    return Article(
        id=case["id"],
        now=datetime.fromisoformat(case["now"]),
        published_at=datetime.fromisoformat(article["published_at"]),
        language=article["language"],
        headline=article["headline"],
        dek=article["dek"],
        body=article["body"],
        framing_note=article["framing_note"],
        social_text=article.get("social_text", ""),
        posts=tuple(_post(post) for post in case["sources"]),
        outlets=tuple(
            Outlet(name=outlet["name"], aliases=tuple(outlet["aliases"]))
            for outlet in case["outlets"]
        ),
    )


def _post(source: dict[str, Any]) -> Post:
    return Post(
        key=source["key"],
        outlet=source["outlet"],
        platform=source["platform"],
        url=source["url"],
        aliases=tuple(source.get("aliases", ())),
        posted_at=_moment(source.get("posted_at")),
        text=source.get("text"),
        versions=tuple(
            (datetime.fromisoformat(version["at"]), version["text"])
            for version in source.get("versions", ())
        ),
        deleted_at=_moment(source.get("deleted_at")),
        cited_at=_moment(source.get("cited_at")),
        links_only=source.get("links_only", False),
        language=source.get("language", ""),
        translation=source.get("translation", ""),
        is_unconfirmed=source.get("unconfirmed", False),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def as_case(article: Article) -> dict[str, Any]:
    """Return the case of an article, without its pictures."""
    return {
        "id": article.id,
        "now": _stamp(article.now),
        "article": {
            "headline": article.headline,
            "dek": article.dek,
            "body": article.body,
            "framing_note": article.framing_note,
            "social_text": article.social_text,
            "language": article.language,
            "published_at": _stamp(article.published_at),
        },
        "sources": [
            {
                "key": post.key,
                "outlet": post.outlet,
                "aliases": list(post.aliases),
                "platform": post.platform,
                "url": post.url,
                "posted_at": _stamp(post.posted_at),
                "text": post.text,
                "versions": [{"at": _stamp(at), "text": text} for at, text in post.versions],
                "deleted_at": _stamp(post.deleted_at),
                "cited_at": _stamp(post.cited_at),
                "links_only": post.links_only,
                "language": post.language,
                "translation": post.translation,
                "unconfirmed": post.is_unconfirmed,
            }
            for post in article.posts
        ],
        "outlets": [
            {"name": outlet.name, "aliases": list(outlet.aliases)} for outlet in article.outlets
        ],
    }


def _stamp(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def vet(article: Article) -> list[Finding]:
    """Return what the checks find in an article."""
    case = cases.read_case(json.dumps(as_case(article)).encode())
    piece = replace(case.piece, images=article.pictures)
    return list(check(piece, now=article.now, outlet_directory=case.outlets))
