"""The quantities of a post, whose language nobody states."""

from articles.vetting.facts.quantity import Quantity
from articles.vetting.facts.reading import read_quantities
from articles.vetting.languages import looks_english
from articles.vetting.lexicon.likely import likely_lexicon
from articles.vetting.text import View

# Here every known word is needed to tell the language.
_SHORT = 400


def read_post_quantities(text: str, view: View | None = None) -> tuple[Quantity, ...]:
    """Return the quantities of a post, or of a part of one, read by its likely language."""
    view = view or View.of(text)
    is_english = len(text) > _SHORT and looks_english(text)
    return read_quantities(view, "en" if is_english else likely_lexicon(view).code)
