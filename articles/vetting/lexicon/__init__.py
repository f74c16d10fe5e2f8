"""What the languages of posts and articles say of numbers, days and measures: data only."""

from articles.vetting.lexicon import eastern, english, german, romance
from articles.vetting.lexicon.lexicon import Bound, Lexicon, Unit, bare
from web.language_tags import primary

LEXICONS = (
    english.LEXICON,
    german.LEXICON,
    romance.FRENCH,
    romance.SPANISH,
    romance.ITALIAN,
    romance.PORTUGUESE,
    eastern.ARABIC,
    eastern.PERSIAN,
    eastern.RUSSIAN,
    eastern.TURKISH,
    eastern.CHINESE,
    eastern.JAPANESE,
    eastern.KOREAN,
)
_BY_CODE = {lexicon.code: lexicon for lexicon in LEXICONS}

__all__ = ["LEXICONS", "Bound", "Lexicon", "Unit", "bare", "lexicon_of"]


def lexicon_of(code: str) -> Lexicon | None:
    """Return the lexicon of a BCP 47 code; None for a language of which nothing is known."""
    return _BY_CODE.get(primary(code))
