"""Languages of foreign words: their names, their direction, what a lang attribute says of them."""

import re
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError, get_global
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language

from web.language_tags import primary

# English is written in the templates.
_IN_TEMPLATES = "en"
_TAG = re.compile(r"[a-z]{2}(?:-[A-Za-z0-9]{1,8}){0,4}")
# Scripts that are written from the right and are in use: CLDR has them in a table which Babel has
# not. Which script a language is written in, Babel knows.
_FROM_THE_RIGHT = frozenset(
    {"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}
)
# Where CLDR goes by another script than people who write the language today, or has another code:
# Imperial Aramaic is a dead one, and Dari and Western Punjabi are to it Persian and Lahnda.
_SCRIPTS = {"arc": "Syrc", "pnb": "Arab", "prs": "Arab"}
# Names of one language that has another code in the list.
_TWICE = frozenset({"in", "iw", "ji", "jw", "mo", "no", "sh", "tl"})


def language_name(code: str) -> str:
    """Return "Arabic" for ar or ar-EG, "" for a language we cannot name."""
    return str(LANG_INFO.get(primary(code), {}).get("name", ""))


@cache
def own_name(code: str) -> str:
    """Return "Deutsch" for de, as those who read the language call it; the code of one unknown."""
    try:
        name = Locale.parse(code, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        name = LANG_INFO.get(primary(code), {}).get("name_local")
    return str(name or code)


@cache
def direction(code: str) -> str:
    """Return "rtl" or "ltr" for a language, by the script that it names or is written in."""
    return "rtl" if _script(code) in _FROM_THE_RIGHT else "ltr"


def language_here(code: str) -> str:
    """Return the name of a language in that of the page: "Arabisch" for ar; "" if we have none."""
    here = primary(get_language() or _IN_TEMPLATES)
    if here == _IN_TEMPLATES:
        return language_name(code)
    return str(Locale(here).languages.get(primary(code), "")) or language_name(code)


def foreign_name(code: str) -> str:
    """Return the name of a language, "" of the one that the page is in."""
    is_here = primary(code) == primary(get_language() or _IN_TEMPLATES)
    return "" if is_here else language_here(code)


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


def _script(code: str) -> str:
    """Return the script that a code names, or that its language has where its region is."""
    parts = code.replace("_", "-").split("-")[1:]
    named = next((part for part in parts if len(part) == 4 and part.isalpha()), "")
    if named:
        return named.title()
    language = primary(code)
    region = next((part.upper() for part in parts if len(part) == 2 and part.isalpha()), "")
    likely = get_global("likely_subtags")
    whole = likely.get(f"{language}_{region}") or likely.get(language, "")
    return _SCRIPTS.get(language) or whole.partition("_")[2].partition("_")[0]


def _labelled(code: str, name: str) -> str:
    own = str(LANG_INFO.get(code, {}).get("name_local", ""))
    return f"{name} ({own})" if own and own.casefold() != name.casefold() else name
