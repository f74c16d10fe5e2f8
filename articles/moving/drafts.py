"""Articles of other programs become drafts, which cite no post yet: the checks say so.

Each is stored with its authors and its former address in one transaction, after its pictures. By
that address it is known again: a second run adds nothing.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.clipboard import TooLong, TooTangled, from_html, put_picture, take_out_linked
from articles.models import Article, Author, Image, Redirect, Section
from articles.moving.foreign import ForeignArticle, ForeignPicture
from articles.moving.refusals import BadExport
from articles.pictures import PictureNotStored, ask_for_renditions, store_picture, why_not_new
from desk.pictures import LARGEST_FILE, decode
from web.clean_text import clean_text
from web.languages import is_language
from web.slugs import make_slug
from wires.html import clean_foreign, words_of

# WordPress makes smaller files of each picture, and links these.
_SMALLER = re.compile(r"-\d{1,5}x\d{1,5}(?=\.[a-z0-9]+\Z)", re.IGNORECASE)

# Of a headline, an excerpt or an address no more is read.
LONGEST_LINE = 10_000
# Of an address no more is printed: some hold the picture itself.
LONGEST_SHOWN = 200
# So many folders of an address are looked for in a copy of the pictures.
DEEPEST = 12

# What gives the bytes of a picture on another site. Raises BadExport with what went wrong.
type Fetcher = Callable[[str], bytes]


@dataclass(slots=True)
class Drafted:
    """How much was added and how much was there, and what was left out, in sentences."""

    added: int = 0
    known: int = 0
    pictures: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """How drafts are made: where pictures are, and the section and language of what names none."""

    section: Section
    language: str
    media: Path | None = None
    fetch: Fetcher | None = None
    is_dry: bool = False


def add_drafts(
    articles: Iterable[ForeignArticle], drafting: Drafting, *, at: datetime
) -> Iterator[Drafted]:
    """Store articles as drafts; yield how much was read after each. Raises BadExport."""
    done = Drafted()
    sections = {
        name.casefold(): section
        for section in Section.objects.all()
        for name in (section.name, section.slug)
    }
    seen: set[str] = set()
    for article in articles:
        # A trial keeps nothing by which the second of a pair would be known.
        if article.path in seen or Redirect.objects.filter(path=article.path).exists():
            done.known += 1
        else:
            seen.add(article.path)
            _add(article, drafting, sections, done, at=at)
        yield done


def _add(
    foreign: ForeignArticle,
    drafting: Drafting,
    sections: dict[str, Section],
    done: Drafted,
    *,
    at: datetime,
) -> None:
    headline = _line(_plain(foreign.headline), 200) or "Untitled"
    html, linked = take_out_linked(clean_text(foreign.html), word=f"picture{secrets.token_hex(8)}")
    try:
        body = from_html(html).markdown
    except (TooLong, TooTangled) as error:
        why = "is longer than an article may be" if isinstance(error, TooLong) else "is too tangled"
        address = _line(foreign.address, LONGEST_SHOWN)
        done.problems.append(f"“{headline}” ({address}) {why}. It was left out.")
        return
    pictures = Pictures(drafting, done, headline, at=at)
    for word, picture in linked.items():
        image = pictures.store(ForeignPicture(address=picture.address, alt=picture.alt))
        body = put_picture(body, word, image.mark if image else "")
    lead = pictures.store(foreign.picture) if foreign.picture else None
    done.added += 1
    if drafting.is_dry:
        return
    language = foreign.language if is_language(foreign.language) else drafting.language
    with transaction.atomic():
        article = Article.objects.create(
            headline=headline,
            slug=make_slug(unquote(foreign.slug) or headline, longest=120) or "untitled",
            standfirst=_line(_plain(foreign.standfirst), 600),
            body=body,
            language=language,
            section=next(
                (
                    sections[name.casefold()]
                    for name in foreign.categories
                    if name.casefold() in sections
                ),
                drafting.section,
            ),
            image=lead,
        )
        article.authors.set(list(_authors(foreign.authors)))
        Redirect.objects.create(path=foreign.path, article=article, created_at=at)


def _authors(names: Iterable[str]) -> Iterator[Author]:
    for name in dict.fromkeys(_line(name, 120) for name in names):
        if slug := make_slug(name, longest=120):
            yield Author.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def _plain(html: str) -> str:
    """Return what is a line of text here, and may hold tags and entities there."""
    return words_of(clean_foreign(html[:LONGEST_LINE]))


def _line(text: str, longest: int) -> str:
    return " ".join(clean_text(text[:LONGEST_LINE]).split())[:longest].strip()


class Pictures:
    """Pictures of one article: from the folder, or from the site where that is allowed."""

    def __init__(self, drafting: Drafting, done: Drafted, headline: str, *, at: datetime) -> None:
        self._drafting, self._done, self._headline, self._at = drafting, done, headline, at

    def store(self, picture: ForeignPicture) -> Image | None:
        """Return the picture of the library, None after noting why there is none."""
        try:
            body = self._body(picture.address)
            decoded = decode(body)
            if reason := why_not_new(decoded):
                raise BadExport(reason)
            if self._drafting.is_dry:
                self._done.pictures += 1
                return None
            store_picture(f"{decoded.sha256}.{decoded.extension}", decoded.body)
        except (BadExport, ValidationError) as error:
            said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            said = _line(said, LONGEST_SHOWN)
            address = _line(picture.address, LONGEST_SHOWN)
            self._done.problems.append(
                f"“{self._headline}”: the picture {address} was left out. {said}"
            )
            return None
        except PictureNotStored as error:
            raise BadExport(str(error)) from error
        image, is_new = Image.objects.get_or_create(
            sha256=decoded.sha256,
            defaults={
                "extension": decoded.extension,
                "width": decoded.width,
                "height": decoded.height,
                "size": len(decoded.body),
                "uploaded_at": self._at,
                "alt": _line(picture.alt, 500),
                "caption": _line(_plain(picture.caption), 500),
            },
        )
        if is_new:
            self._done.pictures += 1
            ask_for_renditions(image)
        return image

    def _body(self, address: str) -> bytes:
        """Return the bytes of a picture. Raises BadExport."""
        if self._drafting.media is not None:
            for name in (_SMALLER.sub("", address), address):
                if (path := find_file(self._drafting.media, name)) is not None:
                    return path.read_bytes()
        if self._drafting.fetch is None:
            message = "It is in no folder of --media; --fetch asks the site for it."
            raise BadExport(message)
        return self._drafting.fetch(address)


def find_file(folder: Path, address: str) -> Path | None:
    """Return the file of an address in a folder, under the last parts of its path; never outside."""
    root = folder.resolve()
    try:
        path_there = unquote(urlsplit(address).path)
    except ValueError:
        return None
    # Each beginning is tried, so a path of a million folders would take for ever.
    parts = [part for part in path_there.split("/") if part not in ("", ".", "..")][-DEEPEST:]
    for n in range(len(parts)):
        path = root.joinpath(*parts[n:])
        try:
            resolved = path.resolve()
            if resolved.is_file() and resolved.is_relative_to(root):
                return resolved if resolved.stat().st_size <= LARGEST_FILE else None
        except (OSError, ValueError):
            continue
    return None
