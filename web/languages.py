"""Languages of foreign words: their names, their direction, what a lang attribute says of them."""

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info


def language_name(code: str) -> str:
    """Return "Arabic" for ar or ar-EG, "" for a language we cannot name."""
    primary = code.partition("-")[0].lower()
    return str(LANG_INFO[primary]["name"]) if "name" in LANG_INFO.get(primary, {}) else ""


def direction(code: str) -> str:
    """Return "rtl" or "ltr" for a language."""
    try:
        return "rtl" if get_language_info(code.partition("-")[0].lower())["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def known_language(code: str) -> str:
    """Return the language for a lang attribute; "" says that it is not known."""
    return "" if code in ("und", "mul", "zxx") else code
