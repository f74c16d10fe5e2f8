"""Languages of foreign words: their names, their direction, what a lang attribute says of them."""

import re
from functools import cache

from babel import Locale
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info

_TAG = re.compile(r"[a-z]{2}(?:-[A-Za-z0-9]{1,8}){0,4}")
# Names of one language that has another code in the list.
_TWICE = frozenset({"in", "iw", "ji", "jw", "mo", "no", "sh", "tl"})


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


@cache
def language_choices() -> tuple[tuple[str, str], ...]:
    """Return each language with a code of two letters, and its name: "German (Deutsch)"."""
    names = Locale("en").languages
    choices = [
        (code, _labelled(code, str(name)))
        for code, name in names.items()
        if len(code) == 2 and code not in _TWICE
    ]
    return tuple(sorted(choices, key=lambda choice: choice[1]))


def is_language(code: str) -> bool:
    """Return whether a BCP 47 code is of a language that we can name."""
    return bool(_TAG.fullmatch(code)) and code[:2] in Locale("en").languages


def _labelled(code: str, name: str) -> str:
    own = str(LANG_INFO.get(code, {}).get("name_local", ""))
    return f"{name} ({own})" if own and own.casefold() != name.casefold() else name
