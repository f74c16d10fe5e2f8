"""Articles as other programs have them, before anything of them is stored. Knows no Django."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

LONGEST_ADDRESS = 200


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
        """The address as the site keeps former ones, by which it is known again.

        One with a question mark was never more than a number, and names its host.
        """
        parts = urlsplit(self.address)
        path = f"//{parts.netloc}{parts.path}?{parts.query}" if parts.query else parts.path or "/"
        return path[:LONGEST_ADDRESS]
