"""The language in which readers' pages speak for themselves; that of an article is its own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.utils import translation

# English is written in the templates, as the desk has it.
_IN_TEMPLATES = "en"


def in_site_language() -> Any:
    """Return a context in which strings are in the language of the site."""
    return translation.override(told_language())


def told_language() -> str:
    """Return the language of readers' pages as programs are told it."""
    is_english = settings.SITE_LANGUAGE == _IN_TEMPLATES
    return settings.LANGUAGE_CODE if is_english else settings.SITE_LANGUAGE


def page_language() -> str:
    """Return the language of our own words on readers' pages, for a lang attribute."""
    return str(settings.SITE_LANGUAGE)


def for_readers[**Given, Returned](
    function: Callable[Given, Returned],
) -> Callable[Given, Returned]:
    """Let a function make what readers are shown, in the language of the site."""

    @wraps(function)
    def in_their_language(*args: Given.args, **kwargs: Given.kwargs) -> Returned:
        # As on any English site: to change the language and back takes longer than to ask for it.
        if translation.get_language() == told_language():
            return function(*args, **kwargs)
        with in_site_language():
            return function(*args, **kwargs)

    return in_their_language
