"""Which release this is, by pyproject.toml."""

import tomllib
from functools import cache

from django.conf import settings


@cache
def release() -> str:
    """Return the number of the release, such as 1.2.0."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        number: str = tomllib.load(file)["project"]["version"]
    return number
