"""The figures of a text: digits of every script, number words of English."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from articles.vetting.facts import dates
from articles.vetting.figures.around import word_before, words_after
from articles.vetting.figures.figure import Figure
from articles.vetting.figures.names import is_name
from articles.vetting.figures.words import (
    AFTER_A_SCALE,
    BASIS_POINTS,
    COMPARATORS,
    CURRENCIES,
    EASTERN_SCALES,
    HEDGES,
    MEASURES,
    MONTHS_ELSEWHERE,
    NUMBERS,
    PERCENT,
    POINTS,
    SCALES,
    SIDES,
    VULGAR,
)
from articles.vetting.plain import Plain

# Marks of direction, joiners, selectors, soft hyphens: what Plain leaves out.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
_GROUPED = r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?"
_NUMBER = rf"(?:{_GROUPED}|\d+(?:[.,'’\u066b\u066c]\d+)*)"
_SIGN = r"(?:US|A|C|HK|NZ|S|R)?\$|[€£¥₹₽₺₪₩₴]|(?:USD|EUR|GBP|JPY|CHF|CNY|RMB)[ \u00a0]?"
_SCALE = "|".join(sorted(map(re.escape, SCALES), key=len, reverse=True))
_PERCENT = "|".join(
    sorted(map(re.escape, (*PERCENT, *POINTS, *BASIS_POINTS)), key=len, reverse=True)
)
# Arabic writes "and", "with", "for" as one letter that clings to the number, or to its tatweel.
_GLUED = r"(?<=(?<!\w)[\u0648\u0628\u0644\u0641\u0643])|(?<=\u0640)"
_DIGITS = re.compile(
    rf"(?P<sign>{_SIGN})?[ \u00a0]?(?:(?<![\w@#/])|{_GLUED}|(?<=\d[x×]))(?P<number>{_NUMBER})"
    rf"(?P<vulgar>[{''.join(VULGAR)}])?(?:(?P<eastern>[{''.join(EASTERN_SCALES)}])"
    rf"|[ \u00a0\u202f-]?(?P<scale>{_SCALE})(?![^\W\d_]))?"
    rf"(?:[ \u00a0\u202f-]?(?P<percent>{_PERCENT})(?!\w))?",
    re.IGNORECASE,
)
# "9.1/10" is a mark out of ten; 24/7 and 9/11 are no figures.
_FIRST_DIGIT = re.compile(r"\d")
_SIGN_BEFORE = re.compile(rf"(?:{_SIGN})[ \u00a0]?\Z", re.IGNORECASE)
_LONGEST_SIGN = 5
_SCORE = re.compile(r"/100?(?![\d/])")
_UNIT = "|".join(word for word, value in NUMBERS.items() if value < 10)
_TEEN = "|".join(word for word, value in NUMBERS.items() if 10 <= value < 20)
_TEN = "|".join(word for word, value in NUMBERS.items() if value >= 20)
# "At eight nine lorries left": one unit does not follow another.
_BELOW_HUNDRED = rf"(?:(?:{_TEEN})|(?:{_TEN})(?:[\s-]+(?:{_UNIT})\b)?|(?:{_UNIT}))\b"
_BIG = "hundred|thousand|lakh|million|crore|billion|trillion|dozen"
_OF = r"half|(?:a\s+)?quarter\s+of"
_IN_WORDS = re.compile(
    rf"(?<![\w-])(?:(?P<point>(?:a\s+)?(?P<fraction>three[ -]quarters?|half|quarter)"
    r"(?:[ -]of)?(?:[ -]an?)?[ -](?:percentage[ -])?point\b)"
    rf"|(?P<half>(?:{_OF})\s+an?\s+(?:{_BIG}))"
    rf"|(?P<words>(?:an?\s+(?={_BIG})|{_BELOW_HUNDRED})"
    rf"(?:[\s-]*(?:{_BIG})\b(?:[\s-]+(?:and\s+)?{_BELOW_HUNDRED})?)*(?P<and_half>\s+and\s+a\s+half(?:\s+(?:{_BIG})\b)?)?))"
    rf"(?![ -]?(?:thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)\b)(?:[ -](?P<percent>{_PERCENT})(?!\w))?",
    re.IGNORECASE,
)
# Bounded, so that a hostile text of one endless word is read in linear time.
_ADDRESS = re.compile(r"\w{1,20}://\S+|www\.\S+|\b[\w.+-]{1,64}@\w[\w.-]{1,250}")
_MAY_BE_ADDRESS = re.compile(r"://|www\.|@")
_VERSE = re.compile(
    r"\b(?:Genesis|Exodus|Leviticus|Deuteronomy|Psalms?|Proverbs|Isaiah|Jeremiah|Matthew|Mark|Luke"
    r"|John|Acts|Romans|Corinthians|Galatians|Ephesians|Hebrews|James|Peter|Revelation|Surah|Quran)"
    r" \d{1,3}:\d{1,3}(?:[-–]\d{1,3})?"
)
# "3x4 metres"; a 4x4 is a car.
_TIMES = re.compile(r"[x×]\d")
# "Two of its seven legs": the seven are counted, not pointed at.
_PART_OF = re.compile(r"\w of (?:its|his|her|their|the|these|those) \Z")
_NEAR = 40
_ONE_IN = re.compile(r"\b(?:one|1) (?:in|out of)(?: every)? \Z")
_HAS_DIGIT = re.compile(r"\d")
_ZONE = r"GMT|UTC|Z|BST|CET|CEST|EST|EDT|ET|MSK|[Uu]hr|hrs"
_TIME = re.compile(
    rf"\b\d{{1,2}}(?::\d{{2}}){{1,2}}(?:\s?[ap]\.?m\b)?|\b\d{{1,2}}(?:[.]\d{{2}})?\s?(?:[ap]\.?m\b|o['’]clock|[Uu]hr\b)"
    rf"|\b\d{{1,2}}\s?h\s?\d{{2}}\b|\b\d{{4}}\s?(?:{_ZONE})\b|\b\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b"
    r"|\bUTC\s?[+-]\d+|\b(?:1\d|20)\d{2}[/\u2013-]\d{2}\b(?![.,]?\d|-\d)"
)
_ELSEWHERE = re.compile(
    rf"\b\d{{1,2}}(?:er|\.|º)?\s+(?:de\s+|d['’])?(?:{'|'.join(MONTHS_ELSEWHERE)})\b"
    r"(?:\s+(?:de\s+)?\d{4})?",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?\s*(?:-|–|to|and|or|&)\s*\Z")
_DAY_AFTER = re.compile(r"\s*(?:-|–|to|and|or|&)\s*\d{1,2}(?:st|nd|rd|th)?(?![\w.,]\d|\w)")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|re|e|º|ª|\.º)\b", re.IGNORECASE)
_RANGE = re.compile(r"\s?(?:-|–|—|to|and|or|bis|à|a)\s?", re.IGNORECASE)


_SCALES = SCALES | EASTERN_SCALES
# By first letter: of a point, what central banks move by.
_FRACTIONS = {"q": 0.25, "h": 0.5, "t": 0.75}


@lru_cache(maxsize=512)
def read_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order. "one" is among them, for what others are held against.

    What cannot be seen hides none: 25\u200b,000 is 25,000.
    """
    if _UNSEEN.search(text):
        plain = Plain.of(text)
        return tuple(_moved(figure, plain) for figure in _read(plain.text))
    return _read(text)


def _moved(figure: Figure, plain: Plain) -> Figure:
    start, end = plain.locate(figure.start, figure.end)
    return replace(figure, start=start, end=end)


def _read(text: str) -> tuple[Figure, ...]:
    plain = _ascii_digits(text)
    masked = _without_dates(plain)
    found = sorted((*_in_digits(masked), *_in_words(masked)), key=lambda figure: figure.start)
    return _with_shared_units(found, masked)


def _ascii_digits(text: str) -> str:
    """Return the text with digits and separators of other scripts as ours, one for one."""
    if text.isascii():
        return text
    text = text.replace("\u066b", ".").replace("٬", ",").replace("٪", "%").replace("\uff05", "%")
    return re.sub(r"[^\x00-\x7f]", _digit, text)


def _digit(match: re.Match[str]) -> str:
    number = unicodedata.decimal(match.group(), None)
    return match.group() if number is None else str(number)


def _without_dates(text: str) -> str:
    """Return the text with addresses, dates and times blotted out, as long as before."""
    if not _HAS_DIGIT.search(text):
        return text
    blot = _ADDRESS.sub(_blotted, text) if _MAY_BE_ADDRESS.search(text) else text
    blot = _VERSE.sub(_blotted, blot)
    blot = _TIME.sub(_blotted, blot)
    blot = _ELSEWHERE.sub(_blotted, blot)
    letters = list(blot)
    for start, end in dates.range_places(blot):
        letters[start:end] = "\x00" * (end - start)
    for stated in dates.read_dates(blot):
        if not stated.is_certain:
            continue
        start, end = stated.start, stated.end
        first = _DAY_BEFORE.search(blot, max(0, start - 12), start)
        last = _DAY_AFTER.match(blot, end)
        start = first.start() if first else start
        # "June 24-26": the second day stands after the first one's month.
        end = last.end() if last and blot[start].isalpha() else end
        letters[start:end] = "\x00" * (end - start)
    return "".join(letters)


def _blotted(match: re.Match[str]) -> str:
    return "\x00" * len(match.group())


def _in_digits(text: str) -> Iterator[Figure]:
    for match in _numbers(text):
        values = _readings(match["number"])
        if not values or _is_cut_out(text, match):
            continue
        scale = (match["scale"] or match["eastern"] or "").casefold()
        sign = _currency(text, match)
        if match["vulgar"]:
            values = tuple(value + VULGAR[match["vulgar"]] for value in values)
        yield _figure(
            text,
            match.start("sign") if match["sign"] else match.start("number"),
            match.end(),
            values=_in_points(match, _scaled(values, scale, has_sign=bool(sign))),
            unit=_share(match) or sign,
            in_digits=True,
            is_scaled=bool(scale),
            significant=len(re.sub(r"\D", "", match["number"]).strip("0")) or 1,
            is_name=is_name(text, match),
        )


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers in digits, each with its sign and unit.

    From digit to digit: the whole pattern, tried at each letter, takes ten times as long.
    """
    end = 0
    for first in _FIRST_DIGIT.finditer(text):
        at = first.start()
        if at < end:
            continue
        sign = _SIGN_BEFORE.search(text, max(end, at - _LONGEST_SIGN), at)
        match = _DIGITS.match(text, sign.start() if sign else at)
        if match:
            end = match.end()
            yield match


def _share(match: re.Match[str]) -> str:
    """Return "%", "points" for what a share moves by, or "" for what is no share."""
    said = (match["percent"] or "").casefold()
    if said in (*POINTS, *BASIS_POINTS) or match.groupdict().get("point"):
        return "points"
    return "%" if said else ""


def _in_points(match: re.Match[str], values: tuple[float, ...]) -> tuple[float, ...]:
    """Return basis points as percentage points."""
    is_basis = (match["percent"] or "").casefold() in BASIS_POINTS
    return tuple(value / 100 for value in values) if is_basis else values


def _scaled(values: tuple[float, ...], scale: str, *, has_sign: bool) -> tuple[float, ...]:
    if not scale:
        return values
    by = _SCALES[scale]
    # Metres or millions: the sign of a currency tells.
    bare = values if scale == "m" and not has_sign else ()
    return (*(round(value * by, 6) for value in values), *bare)


def _readings(number: str) -> tuple[float, ...]:
    """Return what separators can mean: 1,234 and 25.000 are thousands, or decimals elsewhere."""
    number = re.sub(r"[ \u00a0\u2009\u202f'’]", "", number)
    marks = re.findall(r"[.,]", number)
    if not marks:
        return (float(number),)
    groups = re.split(r"[.,]", number)
    thousands = len(groups[0]) <= 3 and groups[0] != "0" and all(len(g) == 3 for g in groups[1:])
    joined = float("".join(groups))
    if len(marks) == 1:
        decimal = float(".".join(groups))
        if not thousands:
            return (decimal,)
        return (joined, decimal) if marks[0] == "," else (decimal, joined)
    if len(set(marks)) == 1:
        lakhs = len(groups[-1]) == 3 and all(len(g) == 2 for g in groups[1:-1])
        return (joined,) if thousands or lakhs else ()
    whole = groups[:-1]
    return (float("".join(whole) + "." + groups[-1]),) if len(set(marks[:-1])) == 1 else ()


def _is_cut_out(text: str, match: re.Match[str]) -> bool:
    """Return whether a number is an ordinal or part of a word."""
    if match["sign"] or match["percent"]:
        return False
    return _is_inside_a_word(
        text,
        match.start("number"),
        match.end(),
        scaled=bool(match["scale"] or match["eastern"] or match["vulgar"]),
    )


def _is_inside_a_word(text: str, start: int, end: int, *, scaled: bool) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 12]
    if before[-1:] in "-\u2011–." and before[:1].isalpha():
        return True
    if text[end : end + 1] == "/" and text[end + 1 : end + 2].isdigit():
        return _SCORE.match(text, end) is None
    if before[-1:] == "/" or _ORDINAL.match(after):
        return True
    glued = re.match(r"[^\W\d_]+", after)
    if _TIMES.match(text, end) or (before[-1:] in "x×" and before[:1].isdigit()):
        return text[start - 2 : start + 1] == "4x4" or text[end - 1 : end + 2] == "4x4"
    if glued:
        return not scaled and glued.group().casefold() not in MEASURES
    is_code = after[:1] == "-" and after[1:2].isupper() and not after[2:3].islower()
    # In a text of capitals they say nothing: "24-POINT LEAD".
    return is_code and not text[max(0, start - _NEAR) : end + _NEAR].isupper()


def _currency(text: str, match: re.Match[str]) -> str:
    if match["sign"]:
        return CURRENCIES[match["sign"].strip().casefold()]
    return _currency_word(text, match.end(), is_scaled=bool(match["scale"] or match["eastern"]))


def _currency_word(text: str, end: int, *, is_scaled: bool) -> str:
    """Return the currency named after a number, also after the full stop of "5.2 bil. yen"."""
    if is_scaled and text.startswith(". ", end):
        end += 1
    following = words_after(text, end)[:1]
    if not following or (following[0] in AFTER_A_SCALE and not is_scaled):
        return ""
    return CURRENCIES.get(following[0], "")


def _in_words(text: str) -> Iterator[Figure]:
    for match in _IN_WORDS.finditer(text):
        value, is_scaled = _spelled(match)
        yield _figure(
            text,
            match.start(),
            match.end(),
            values=_in_points(match, (value,)),
            unit=_share(match) or _currency_word(text, match.end(), is_scaled=is_scaled),
            in_digits=False,
            is_scaled=is_scaled,
            significant=len(f"{value:.0f}".rstrip("0")) or 1,
            is_name=False,
        )


def _spelled(match: re.Match[str]) -> tuple[float, bool]:
    if match["point"]:
        return _FRACTIONS[match["fraction"][0].casefold()], False
    if match["half"]:
        parts = match["half"].casefold().split()
        return SCALES[parts[-1]] / (4 if "quarter" in parts else 2), True
    return _added_up(match)


def _added_up(match: re.Match[str]) -> tuple[float, bool]:
    total = current = 0.0
    scaled = False
    words = match["words"]
    half = match["and_half"]
    if half:
        words = words[: -len(half)]
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word in NUMBERS:
            current += NUMBERS[word]
        elif word in SCALES:
            scaled = True
            current = max(current, 1) * SCALES[word]
            if word not in {"hundred", "dozen"}:
                total, current = total + current, 0
    if half:
        last = half.split()[-1].casefold()
        by = SCALES.get(last, 1)
        return (total + current + 0.5) * by, by > 1
    return total + current, scaled


def _figure(
    text: str,
    start: int,
    end: int,
    *,
    values: tuple[float, ...],
    unit: str,
    in_digits: bool,
    is_scaled: bool,
    significant: int,
    is_name: bool,
) -> Figure:
    lead = text[max(0, start - 24) : start].casefold()
    found = COMPARATORS.search(lead)
    phrase = " ".join(found.group(1).split()) if found else ""
    words = text[start:end]
    return Figure(
        start=start,
        end=end,
        text=words,
        values=values,
        unit="ratio" if not unit and _ONE_IN.search(lead) else unit,
        side=SIDES.get(phrase, 0),
        is_hedged=phrase in HEDGES or "dozen" in words.casefold(),
        in_digits=in_digits,
        is_scaled=is_scaled,
        significant=significant,
        is_name=is_name,
        before="" if _PART_OF.search(lead) else word_before(text, start),
        after=words_after(text, end),
    )


def _with_shared_units(figures: list[Figure], text: str) -> tuple[Figure, ...]:
    """Give "0.1 to 0.2 per cent" and "2 to 3 million" their unit and scale at both ends."""
    for n in range(len(figures) - 2, -1, -1):
        low, high = figures[n], figures[n + 1]
        if not _RANGE.fullmatch(text, low.end, high.start):
            continue
        if low.in_digits and high.in_digits and not (low.unit or high.unit or high.is_scaled):
            figures[n + 1] = high = replace(high, partner=low.values[0])
            low = replace(low, partner=high.values[0])
        if high.unit and not low.unit:
            low = replace(low, unit=high.unit)
        if low.unit and not high.unit and low.unit not in ("%", "points"):
            figures[n + 1] = replace(high, unit=low.unit)
        factor = _shared_scale(text, low, high)
        if factor > 1:
            low = replace(low, values=(*low.values, *(value * factor for value in low.values)))
        figures[n] = low
    return tuple(figures)


def _shared_scale(text: str, low: Figure, high: Figure) -> float:
    if low.is_scaled or not high.is_scaled or not high.in_digits:
        return 1
    found = _DIGITS.match(text, high.start)
    scale = (found["scale"] or found["eastern"] or "") if found else ""
    return _SCALES[scale.casefold()] if scale else 1
