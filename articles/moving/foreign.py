"""Articles as other programs have them, before anything of them is stored. Knows no Django."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from web.characters import drop_controls

LONGEST_ADDRESS = 200
_HASHED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignPicture:
    """A picture of another site, by the address that it has there."""

    address: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignArticle:
    """An article of another site. `html` is as it came; nobody has cleaned it."""

    address: str
    headline: str
    slug: str
    html: str
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    picture: ForeignPicture | None = None
    language: str = ""
    published_at: datetime | None = None

    @property
    def path(self) -> str:
        """The address as browsers ask for it and the site keeps former ones; it is known again by it.

        One with a question mark was never more than a number, and names its host. What is too long
        to be kept, or no address at all, has a hash in its place: no two articles share one.
        """
        path = drop_controls(unquote(_path_of(self.address)))
        if len(path) <= LONGEST_ADDRESS and path != "/":
            return path
        told = "\n".join((self.address, self.headline, self.html) if path == "/" else (path,))
        digest = sha256(told.encode(errors="replace")).hexdigest()[:_HASHED]
        return f"{path[: LONGEST_ADDRESS - _HASHED - 1]}…{digest}"


def _path_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    return f"//{parts.netloc}{parts.path}?{parts.query}" if parts.query else parts.path or "/"
