"""Languages of foreign words: their names, their direction, what a lang attribute says of them."""

import re
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language

# English is written in the templates.
_IN_TEMPLATES = "en"
_TAG = re.compile(r"[a-z]{2}(?:-[A-Za-z0-9]{1,8}){0,4}")
# Scripts that are written from the right, and the languages that are written in one of them.
_FROM_THE_RIGHT = frozenset(
    {"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"}
)
_WRITTEN_FROM_THE_RIGHT = frozenset({
    "ar", "arc", "arz", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks", "lrc", "mzn", "nqo", "pnb",
    "prs", "ps", "sd", "syr", "ug", "ur", "yi",
})  # fmt: skip
# Names of one language that has another code in the list.
_TWICE = frozenset({"in", "iw", "ji", "jw", "mo", "no", "sh", "tl"})


def language_name(code: str) -> str:
    """Return "Arabic" for ar or ar-EG, "" for a language we cannot name."""
    primary = code.partition("-")[0].lower()
    return str(LANG_INFO[primary]["name"]) if "name" in LANG_INFO.get(primary, {}) else ""


@cache
def own_name(code: str) -> str:
    """Return "Deutsch" for de, as those who read the language call it; the code of one unknown."""
    try:
        name = Locale.parse(code, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        name = LANG_INFO.get(code.partition("-")[0].lower(), {}).get("name_local")
    return str(name or code)


@cache
def direction(code: str) -> str:
    """Return "rtl" or "ltr" for a language, by the script that it names or is written in."""
    primary, *rest = code.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in _FROM_THE_RIGHT else "ltr"
    return "rtl" if primary in _WRITTEN_FROM_THE_RIGHT else "ltr"


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


def primary(code: str) -> str:
    """Return the language of a code without its region and script."""
    return code.partition("-")[0].lower()


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
