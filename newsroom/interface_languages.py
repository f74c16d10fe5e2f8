"""In which language readers' pages speak for themselves. The desk is in English."""

from django.core.exceptions import ImproperlyConfigured

from newsroom import env

# English, and those with a catalogue in locale/.
LANGUAGES = ("en", "de")


def read_language() -> str:
    """Return SITE_LANGUAGE. Raises ImproperlyConfigured for one that has no catalogue."""
    language = env.text("SITE_LANGUAGE", default="en").strip().lower()
    if language not in LANGUAGES:
        message = f"SITE_LANGUAGE is {language!r}. Use {' or '.join(LANGUAGES)}."
        raise ImproperlyConfigured(message)
    return language
