"""How results of a search are shown."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from wires.search.highlights import FoundPart

register = template.Library()


@register.filter
def with_marks(parts: Iterable[FoundPart]) -> SafeString:
    """Return a text with the words that were found in <mark>."""
    shown = (
        f'<mark class="search__mark">{escape(part.text)}</mark>'
        if part.is_marked
        else escape(part.text)
        for part in parts
    )
    return SafeString("".join(shown))
