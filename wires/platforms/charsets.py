"""Which charset a body is in that does not say so, and the many names that charsets go by."""

import codecs
import re
from collections.abc import Iterator

# Only real charsets: the registry of codecs also knows rot13, idna and unicode_escape.
_CHARSET = re.compile(
    r"(?:iso|cp|windows|koi8|gb|big5|euc|shift|s?jis|ms|mac|utf|us|ascii|tis|hz|johab|latin|l\d|ks|x-)",
    re.IGNORECASE,
)
# win-1251, windows1251, x-cp1251, cp-1251, ansi-1251, ms1251 and microsoft-cp1251 are one.
_CODE_PAGE = re.compile(
    r"(?:x-|cs)?(?:windows|win|microsoft|ansi|ms|ibm|dos|code)?[-_ ]?(?:cp|page)?[-_ ]?"
    r"(125[0-8]|437|85[0-9]|86[0-9]|874|932|936|949|950)",
    re.IGNORECASE,
)
_WIDER = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "us-ascii": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
    "cp936": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932",
    "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949",
    "iso-8859-9": "cp1254", "tis-620": "cp874", "iso-8859-11": "cp874",
    "x-mac-roman": "mac_roman", "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic",
    "koi8": "koi8_r", "x-koi8-r": "koi8_r", "koi": "koi8_r",
}  # fmt: skip
UTF8 = ("", "utf-8", "utf8", "utf-16", "utf-32")

_LONGEST_TO_ENCODE = 20_000  # characters
_OF_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_LANGUAGE = re.compile(rb"<(?:\w+:)?language>\s*([A-Za-z]{2,3})|xml:lang=[\"']([A-Za-z]{2,3})")
# What a language is written in where it is not UTF-8; those are tried in order, to the letter.
_BY_LANGUAGE = {
    "ru": ("cp1251",), "uk": ("cp1251",), "bg": ("cp1251",), "be": ("cp1251",), "mk": ("cp1251",),
    "el": ("cp1253",), "tr": ("cp1254",), "he": ("cp1255",), "ar": ("cp1256",), "fa": ("cp1256",),
    "et": ("cp1257",), "lv": ("cp1257",), "lt": ("cp1257",), "vi": ("cp1258",), "th": ("cp874",),
    "pl": ("cp1250",), "cs": ("cp1250",), "sk": ("cp1250",), "hu": ("cp1250",), "hr": ("cp1250",),
    "sl": ("cp1250",), "ro": ("cp1250",), "zh": ("gb18030", "big5"), "ko": ("cp949",),
    "ja": ("euc_jp", "cp932"),
}  # fmt: skip
# Which charset old readings took these for.
_TAKEN_FOR = ("cp1252", "latin-1", "utf-8")
_WHITE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufffd]+")
_CYRILLIC = ("ru", "uk", "bg", "be", "mk")
_HIGH_WORD = re.compile(rb"[\x80-\xff]{4,}")
_LOWER_1251, _LOWER_KOI8 = range(0xE0, 0x100), range(0xC0, 0xE0)


def charset_of_header(content_type: str) -> str:
    """Return the charset that a Content-Type names, in lower case, or ""."""
    found = _OF_HEADER.search(content_type)
    return found[1].lower() if found else ""


def codec_of(charset: str) -> str:
    """Return the codec for the name of a charset; "" where it is none of text."""
    charset = charset.strip().lower()
    if found := _CODE_PAGE.fullmatch(charset):
        return _WIDER.get(f"cp{found[1]}", f"cp{found[1]}")
    if charset in _WIDER:
        return _WIDER[charset]
    return charset if _CHARSET.match(charset) and _is_known(charset) else ""


def _is_known(charset: str) -> bool:
    """Return whether there is such a codec: else what the bytes are is found out without it."""
    try:
        codecs.lookup(charset)
    except LookupError:
        return False
    return True


def undeclared_codec(raw: bytes) -> str:
    """Return the codec of bytes that are not UTF-8 and declare nothing: by their language, else by
    their letters where those are Cyrillic; cp1252 for the rest.
    """
    found = _LANGUAGE.search(raw[:20_000])
    language = (found[1] or found[2]).decode().lower() if found else ""
    if language not in _CYRILLIC:
        for codec in _BY_LANGUAGE.get(language, ()):
            if _decodes(raw, codec):
                return codec
    if language in _CYRILLIC or (not language and _is_in_high_words(raw)):
        return _cyrillic(raw)
    return "cp1252"


def are_same_bytes(new: str, old: str) -> bool:
    """Return whether a text and what was stored are the same bytes, which were read wrongly then."""
    if new == old:
        return True
    if new.isascii() or old.isascii() or max(map(len, (new, old))) > _LONGEST_TO_ENCODE:
        return False
    # Latin letters with accents, where now is another script, or other accents.
    if max(new) <= "\xff" or sum(char > "\u2122" for char in old if char != "\ufffd") > 0:
        return False
    said = _WHITE.sub("", old)
    return any(said == _WHITE.sub("", wrong) for wrong in _misread(new))


def _misread(text: str) -> Iterator[str]:
    for codec in sorted({name for names in _BY_LANGUAGE.values() for name in names} | {"koi8_r"}):
        try:
            raw = text.encode(codec)
        except UnicodeEncodeError:
            continue
        yield from (raw.decode(wrong, "replace") for wrong in _TAKEN_FOR)


def _decodes(raw: bytes, codec: str) -> bool:
    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _is_in_high_words(raw: bytes) -> bool:
    """Return whether most bytes beyond ASCII stand in whole words of them, as no Latin script has."""
    high = sum(byte >= 0x80 for byte in raw[:200_000])
    return high > 0 and sum(map(len, _HIGH_WORD.findall(raw[:200_000]))) > high * 0.6


def _cyrillic(raw: bytes) -> str:
    """Tell the two by their small letters, which stand where the other has its capitals."""
    sample = [byte for byte in raw[:200_000] if byte >= 0xC0]
    lower = sum(byte in _LOWER_1251 for byte in sample)
    return "cp1251" if lower >= len(sample) - lower else "koi8_r"
