"""Which language a post is in, as far as its source says so and its letters do not deny it.

There is no detector: the good ones weigh hundreds of megabytes, and the small ones take
"Central bank raises rates" for French.
"""

import re
import unicodedata

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
_LONGEST_SAMPLE = 600
# A text counts as written in a script when this share of its letters is of it: headlines mix in
# names, tickers and hashtags of other scripts.
_ENOUGH = 0.3

# Scripts by the first word of a letter's Unicode name, which the standard library knows.
_LATIN, _ARABIC, _CYRILLIC, _DEVANAGARI = "LATIN", "ARABIC", "CYRILLIC", "DEVANAGARI"
_SCRIPTS: dict[str, tuple[str, ...]] = {
    "ar": (_ARABIC,), "ckb": (_ARABIC,), "fa": (_ARABIC,), "ps": (_ARABIC,), "sd": (_ARABIC,),
    "ug": (_ARABIC,), "ur": (_ARABIC,), "prs": (_ARABIC,), "he": ("HEBREW",), "yi": ("HEBREW",),
    "be": (_CYRILLIC,), "bg": (_CYRILLIC,), "kk": (_CYRILLIC, _LATIN), "ky": (_CYRILLIC,),
    "mk": (_CYRILLIC,), "mn": (_CYRILLIC,), "ru": (_CYRILLIC,), "tg": (_CYRILLIC,),
    "tt": (_CYRILLIC, _LATIN), "uk": (_CYRILLIC,), "sr": (_CYRILLIC, _LATIN),
    "bs": (_LATIN, _CYRILLIC), "uz": (_LATIN, _CYRILLIC), "az": (_LATIN, _CYRILLIC, _ARABIC),
    "ku": (_LATIN, _ARABIC), "pa": ("GURMUKHI", _ARABIC), "ha": (_LATIN, _ARABIC),
    "ms": (_LATIN, _ARABIC), "tk": (_LATIN, _CYRILLIC),
    "el": ("GREEK",), "hy": ("ARMENIAN",), "ka": ("GEORGIAN",), "am": ("ETHIOPIC",),
    "ti": ("ETHIOPIC",), "hi": (_DEVANAGARI,), "mr": (_DEVANAGARI,), "ne": (_DEVANAGARI,),
    "bn": ("BENGALI",), "as": ("BENGALI",), "gu": ("GUJARATI",), "or": ("ORIYA",),
    "ta": ("TAMIL",), "te": ("TELUGU",), "kn": ("KANNADA",), "ml": ("MALAYALAM",),
    "si": ("SINHALA",), "th": ("THAI",), "lo": ("LAO",), "my": ("MYANMAR",), "km": ("KHMER",),
    "bo": ("TIBETAN",), "dz": ("TIBETAN",), "zh": ("CJK", "BOPOMOFO"), "yue": ("CJK",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA", "HALFWIDTH"), "ko": ("HANGUL", "CJK"),
}  # fmt: skip
_NAMED_SCRIPTS = {
    "Latn": (_LATIN,),
    "Cyrl": (_CYRILLIC,),
    "Arab": (_ARABIC,),
    "Deva": (_DEVANAGARI,),
}


def tag_of(declared: str) -> str:
    """Return a declared language as a BCP 47 tag in its usual case; "" if it is not one."""
    tag = declared.strip().replace("_", "-")
    if len(tag) > 35 or not _TAG.match(tag):
        return ""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *map(_usual_case, rest)])


def language_of(declared: str, text: str) -> str:
    """Return the declared language, "und" where the script of text contradicts it, "" for none."""
    tag = tag_of(declared)
    if not tag:
        return ""
    letters = [character for character in text[:_LONGEST_SAMPLE] if character.isalpha()]
    expected = _expected(tag)
    if not letters or (expected == (_LATIN,) and all(map(str.isascii, letters))):
        return tag
    written = sum(unicodedata.name(letter, "").startswith(expected) for letter in letters)
    return tag if written >= _ENOUGH * len(letters) else "und"


def _expected(tag: str) -> tuple[str, ...]:
    first, *rest = tag.split("-")
    for part in rest:
        if part in _NAMED_SCRIPTS:
            return _NAMED_SCRIPTS[part]
    return _SCRIPTS.get(first, (_LATIN,))


def _usual_case(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part.lower()
