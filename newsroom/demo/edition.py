"""The demo edition as it lies on disk, read into plain values. Ages are minutes before loading."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from web.characters import drop_controls, drop_controls_within

FOLDER = Path(__file__).parent
FENCE = "+++\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSection:
    slug: str
    name: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTopic:
    slug: str
    name: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAuthor:
    slug: str
    name: str
    bio: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPicture:
    """A drawing: pictures/NAME.webp, made from pictures/NAME.svg at 1200 by 675."""

    name: str
    alt: str
    caption: str
    credit: str

    @property
    def path(self) -> Path:
        return FOLDER / "pictures" / f"{self.name}.webp"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoChannel:
    """account is the host where the platform is rss."""

    code: str
    platform: str
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOutlet:
    slug: str
    name: str
    language: str
    affiliation: str
    channels: tuple[DemoChannel, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoEdit:
    age: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPost:
    """A post, its later words, and when it was taken down if it was."""

    key: str
    channel: str
    age: int
    text: str
    title: str = ""
    edits: tuple[DemoEdit, ...] = ()
    withdrawn_age: int | None = None
    pasted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSource:
    key: str
    post: str
    role: str = "basis"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoUpdate:
    """What an update changed.

    was      pairs: the words as they are, and as they stood before
    repin    keys of the sources that were edited, and are cited as edited from then on
    sources  keys of the sources that came with it
    """

    age: int
    note: str
    was: tuple[tuple[str, str], ...] = ()
    repin: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def before(self, text: str) -> str:
        """Return text as it stood before the update."""
        for now, then in self.was:
            text = text.replace(now, then)
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoArticle:
    """An article after its update, if it has one.

    In the body `{{time:KEY}}` is the moment at which the post of that source was posted.
    """

    slug: str
    section: str
    headline: str
    standfirst: str
    body: str
    framing_note: str
    published: int
    sources: tuple[DemoSource, ...]
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    social_text: str = ""
    picture: str = ""
    update: DemoUpdate | None = None

    @property
    def first_sources(self) -> Iterator[DemoSource]:
        """Those it was first published with."""
        later = self.update.sources if self.update else ()
        return (source for source in self.sources if source.key not in later)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPage:
    """A page about the site; they stand in the order of their files."""

    slug: str
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    sections: tuple[DemoSection, ...]
    topics: tuple[DemoTopic, ...]
    authors: tuple[DemoAuthor, ...]
    pictures: tuple[DemoPicture, ...]
    outlets: tuple[DemoOutlet, ...]
    posts: tuple[DemoPost, ...]
    articles: tuple[DemoArticle, ...]
    pages: tuple[DemoPage, ...]

    @classmethod
    def read(cls, folder: Path = FOLDER) -> Self:
        """Read the edition from its files."""
        front = _tables((folder / "edition.toml").read_text(encoding="utf-8"))
        return cls(
            sections=tuple(DemoSection(**table) for table in front["section"]),
            topics=tuple(DemoTopic(**table) for table in front.get("topic", ())),
            authors=tuple(DemoAuthor(**table) for table in front["author"]),
            pictures=tuple(DemoPicture(**table) for table in front["picture"]),
            outlets=tuple(_outlet(table) for table in front["outlet"]),
            posts=tuple(
                _post(table)
                for path in sorted((folder / "posts").glob("*.toml"))
                for table in _tables(path.read_text(encoding="utf-8"))["post"]
            ),
            articles=tuple(
                _article(path.read_text(encoding="utf-8"))
                for path in sorted((folder / "articles").glob("*.md"))
            ),
            pages=tuple(
                _page(path.read_text(encoding="utf-8"))
                for path in sorted((folder / "pages").glob("*.md"))
            ),
        )


def _tables(text: str) -> dict[str, Any]:
    tables: dict[str, Any] = drop_controls_within(tomllib.loads(text))
    return tables


def _outlet(table: dict[str, Any]) -> DemoOutlet:
    channels = tuple(DemoChannel(**channel) for channel in table.pop("channel"))
    return DemoOutlet(channels=channels, aliases=tuple(table.pop("aliases", ())), **table)


def _post(table: dict[str, Any]) -> DemoPost:
    edits = tuple(DemoEdit(**edit) for edit in table.pop("edit", ()))
    return DemoPost(edits=edits, **table)


def _article(text: str) -> DemoArticle:
    _, front, body = text.split(FENCE, maxsplit=2)
    table = _tables(front)
    return DemoArticle(
        body=drop_controls(body).strip(),
        framing_note=table.pop("framing_note").strip(),
        sources=tuple(DemoSource(**source) for source in table.pop("source")),
        authors=tuple(table.pop("authors", ())),
        topics=tuple(table.pop("topics", ())),
        update=_update(table.pop("update", None)),
        **table,
    )


def _page(text: str) -> DemoPage:
    _, front, body = text.split(FENCE, maxsplit=2)
    return DemoPage(body=drop_controls(body).strip(), **_tables(front))


def _update(table: dict[str, Any] | None) -> DemoUpdate | None:
    if table is None:
        return None
    return DemoUpdate(
        age=table["age"],
        note=table["note"],
        was=tuple((now, then) for now, then in table["was"]),
        repin=tuple(table.get("repin", ())),
        sources=tuple(table.get("sources", ())),
    )
