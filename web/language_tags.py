"""What a language tag says, without Django and without tables: read by pages, checks and search."""

from functools import lru_cache


@lru_cache(maxsize=256)
def primary(tag: str) -> str:
    """Return the language of a tag without its region and script: "pt" for pt-BR and for pt_BR."""
    return tag.replace("_", "-").partition("-")[0].strip().casefold()
