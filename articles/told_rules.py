"""What readers are told of the rules that check articles: their names, levels and causes.

In English a rule has its own title, and articles/pages/checks.toml the rest; in the language of the
site all of it is in checks.LANGUAGE.toml beside that.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from articles import vetting
from web.language_tags import primary

FOLDER = Path(__file__).parent / "pages"


def read_told() -> Mapping[str, Mapping[str, str]]:
    """Return level, cause and, but in English, title of each rule, in the language of the page."""
    return _read(primary(get_language() or ""))


def title_told(code: str) -> str:
    """Return how readers know the findings of a rule; the code itself of a rule that is gone."""
    return read_told().get(code, {}).get("title", "") or vetting.title_of(code)


@cache
def _read(language: str) -> Mapping[str, Mapping[str, str]]:
    own = FOLDER / f"checks.{language}.toml"
    path = own if own.is_file() else FOLDER / "checks.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
