"""One stylesheet and one script for all public pages, put together when static files are collected.

The files stay as they are written, and pages link to each of them where nothing is collected:
with DEBUG, and in tests.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A file that is made of others, in this order: `before` and `after` go around each.

    It lies beside the files whose relative addresses must hold in it too.
    """

    path: str
    parts: tuple[str, ...]
    before: str = ""
    after: str = ""

    def content(self) -> str:
        """Return the parts in one. Raises OSError naming the one that cannot be read."""
        return "".join(f"{self.before}{_source(part)}{self.after}\n" for part in self.parts)

    def linked(self) -> tuple[str, ...]:
        """Return the files that a page links to: the bundle where it was collected, or its parts."""
        is_collected = isinstance(staticfiles_storage, ManifestFilesMixin)
        return (self.path,) if is_collected else self.parts


def _components(*names: str) -> tuple[str, ...]:
    return tuple(f"css/components/{name}.css" for name in names)


STYLES = Bundle(
    path="css/public.css",
    parts=(
        "css/tokens.css",
        "css/base.css",
        "css/layout.css",
        *_components(
            "wire-strip", "markets", "quote", "quotes", "exchanges", "masthead", "clocks", "sections",
            "site-foot", "demo-notice", "article", "byline", "counts", "ribbon", "figure", "prose",
            "claim", "note", "framing", "provenance", "archived", "tag", "notes", "card", "search", "focus", "band", "facts",
            "filters", "post", "wire-list", "pager", "notice", "banner", "live", "front", "written", "calendar",
            "scores", "rules", "share", "reported",
        ),
    ),
)  # fmt: skip
SCRIPTS = Bundle(
    path="js/public.js",
    parts=(
        "js/local-time.js",
        "js/live-part.js",
        "js/news-clock.js",
        "js/quote-line.js",
        "js/exchange-list.js",
        "js/source-notes.js",
        "js/share-links.js",
        "js/offline.js",
    ),
    # Modules of their own, so names in one must not meet those in another.
    before="{\n",
    after="}\n",
)
BUNDLES = (STYLES, SCRIPTS)


class BundleFinder(BaseFinder):
    """Gives collectstatic the bundles, as if they lay in a folder."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, *arguments: Any, **kwargs: Any) -> list[str]:  # type: ignore[override]
        """Find nothing: what is served without being collected is linked part by part."""
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, InMemoryStorage]]:
        folder = InMemoryStorage()
        for bundle in BUNDLES:
            yield folder.save(bundle.path, ContentFile(bundle.content().encode())), folder


def _source(part: str) -> str:
    return (Path(settings.BASE_DIR) / "static" / part).read_text(encoding="utf-8")
