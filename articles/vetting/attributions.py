"""The languages in which outlets are read as sources."""

from collections.abc import Mapping

from articles.vetting.attribution import Wording
from articles.vetting.attribution_english import ENGLISH
from articles.vetting.attribution_german import GERMAN
from articles.vetting.attribution_romance import FRENCH, ITALIAN, PORTUGUESE, SPANISH
from web.language_tags import primary

WORDINGS: Mapping[str, Wording] = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "it": ITALIAN,
    "pt": PORTUGUESE,
}


def wording_of(language: str) -> Wording | None:
    """Return the wording of a BCP 47 language; None where it is not known."""
    return WORDINGS.get(primary(language))
