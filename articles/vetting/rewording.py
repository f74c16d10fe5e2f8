"""Other words for a finding's: the right weekday, the post's time, figure or very words."""

import calendar
import re
from datetime import datetime, tzinfo

from articles.vetting import figures, quotes, times
from articles.vetting.content import content, stem
from articles.vetting.counted import Counted, counted
from articles.vetting.dates import MONTHS, WEEKDAYS
from articles.vetting.figures import Figure
from articles.vetting.normal import normal, origin
from articles.vetting.spot import Spot
from articles.vetting.times import StatedTime

_SHORT_WEEKDAYS = {3: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
                   4: ("Mon", "Tues", "Weds", "Thur", "Fri", "Sat", "Sun"),
                   5: ("Mon", "Tues", "Weds", "Thurs", "Fri", "Sat", "Sun")}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_LETTERS = re.compile(r"[A-Za-z]{3,}")
_SIGN = re.compile(r"[$€£¥₹₽₺₪]")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:(?P<sign>[:.h]?)(?P<minute>\d\d))?(?P<second>:\d\d)?(?P<half>\s?[ap]\.?m\b\.?)?"
    r"|(?P<word>noon|midnight)",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)(?:st|nd|rd|th)?")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ISO = re.compile(r"\d{4}-\d\d-\d\d\Z")
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
# So much has to speak for a figure, and no other may have as much.
_CLEARLY = 3
_REACH = 80
_MARKDOWN = re.compile(r"([\\*_`\[\]<>])")
_INNER = str.maketrans('“”„«»"', "‘’‘‘’’")
_LONGEST_QUOTE = 60


def weekday_like(said: str, right: int) -> str:
    """Return a weekday, 0 for Monday, in the form in which another is written: "Wed.", "WEDNESDAY"."""
    name = said.rstrip(".")
    is_short = not name.casefold().endswith("day")
    word = (
        _SHORT_WEEKDAYS.get(len(name), _SHORT_WEEKDAYS[3])[right] if is_short else WEEKDAYS[right]
    )
    return _cased(word, name) + said[len(name) :]


def time_like(said: str, moment: datetime) -> str:
    """Return a moment as a stated time is written, in its zone; "" where that is not understood."""
    stated = next(iter(times.read(said)), None)
    if stated is None or stated.is_next_day:
        return ""
    local = moment.astimezone(_zone(stated, moment))
    head, day, tail = said, "", ""
    if stated.day is not None:
        first, last = stated.day.start, stated.day.end
        head, day, tail = said[:first], said[first:last], said[last:]
        if (stated.day.day, stated.day.month) != (local.day, local.month):
            day = _date_like(day, local)
    head, tail = _clock_like(head, tail, local)
    return head + day + tail


def post_words(spot: Spot, passage: str, post: str) -> str:
    """Return a passage, given in its normal words, as the post has it, fit for the body.

    "" where it cannot stand there as it is.
    """
    wanted = passage.split()
    folded = normal(post)
    words = list(_WORD.finditer(folded))
    said = [match.group() for match in words]
    for n in range(len(said) - len(wanted) + 1):
        if wanted and said[n : n + len(wanted)] == wanted:
            first, last = origin(post, words[n].start(), words[n + len(wanted) - 1].end())
            return _quotable(" ".join(post[first:last].split()), spot)
    return ""


def is_comparable(quote: str) -> bool:
    """Tell whether all of a quotation was compared with the posts."""
    return len(quotes.words(quote)) <= _LONGEST_QUOTE


def figure_in_posts(spot: Spot) -> tuple[int, int, str]:
    """Return the place of the figure and what the post has instead; ("" where none clearly fits)."""
    found = next((one for one in counted(spot.piece, spot.context) if _is_at(one, spot)), None)
    if found is None:
        return 0, 0, ""
    said = found.figure
    texts = {source.key: source.text or "" for source in spot.piece.sources}
    about = content(_sentence_around(found))
    scored = [
        (_likeness(said, given, about, text), given)
        for text in (texts[key] for key in found.keys)
        for given in figures.read(text)
        if given.unit == said.unit and not given.is_name and figures.of_consequence(given)
    ]
    best = max((score for score, _ in scored), default=0)
    fitting = [given for score, given in scored if score == best]
    start = spot.text.find(said.text, max(0, spot.finding.start - len(said.text)))
    if best < _CLEARLY or len({given.values[0] for given in fitting}) > 1 or start < 0:
        return 0, 0, ""
    return start, start + len(said.text), _written_like(said, fitting[0])


def _is_at(one: Counted, spot: Spot) -> bool:
    return one.locate() == (spot.finding.start, spot.finding.end)


def _sentence_around(found: Counted) -> str:
    return found.paragraph.excerpt(found.figure.start, found.figure.end)


def _likeness(said: Figure, given: Figure, about: frozenset[str], text: str) -> int:
    around = text[max(0, given.start - _REACH) : given.end + _REACH]
    counts = bool({stem(w) for w in said.after[:2]} & {stem(w) for w in given.after[:2]})
    return len(about & content(around)) + 2 * counts + 2 * _is_slip(said.text, given.text)


def _is_slip(said: str, given: str) -> bool:
    """Tell whether two numbers differ in a digit, or in two that changed places."""
    mine, theirs = re.sub(r"\D", "", said), re.sub(r"\D", "", given)
    if len(mine) != len(theirs) or len(mine) < 2:
        return False
    other = [n for n, pair in enumerate(zip(mine, theirs, strict=True)) if pair[0] != pair[1]]
    return len(other) <= 1 or sorted(mine) == sorted(theirs)


def _written_like(said: Figure, given: Figure) -> str:
    """Return the post's figure; "" where a sign would stand beside a currency in words."""
    if bool(_SIGN.search(said.text)) != bool(_SIGN.search(given.text)):
        return ""
    return "".join(_ascii(character) for character in given.text)


def _ascii(character: str) -> str:
    return str(int(character)) if character.isdecimal() else character


def _cased(word: str, like: str) -> str:
    if like.isupper():
        return word.upper()
    return word.lower() if like.islower() else word


def _zone(stated: StatedTime, moment: datetime) -> tzinfo:
    """Return the zone of a stated time; of several with one name the one that fits best."""

    def distance(zone: tzinfo) -> int:
        local = moment.astimezone(zone)
        minutes = (local.hour - stated.clock.hour) * 60 + local.minute - stated.clock.minute
        return min(minutes % 1440, -minutes % 1440)

    return min(stated.zones, key=distance)


def _clock_like(head: str, tail: str, local: datetime) -> tuple[str, str]:
    """Put the clock into whichever side of the date has one."""
    if match := _CLOCK.search(head):
        return head[: match.start()] + _clock(match, local) + head[match.end() :], tail
    if match := _CLOCK.search(tail):
        return head, tail[: match.start()] + _clock(match, local) + tail[match.end() :]
    return head, tail


def _clock(match: re.Match[str], local: datetime) -> str:
    if match["word"]:
        return f"{local:%H:%M}"
    half = match["half"] or ""
    hour = f"{local.hour:02}" if len(match["hour"]) == 2 else str(local.hour)
    if half:
        hour = str(local.hour % 12 or 12)
        half = re.sub(r"[ap]", "p" if local.hour >= 12 else "a", half, flags=re.IGNORECASE)
        half = half.upper() if match["half"].isupper() else half
    sign = ":" if match["sign"] is None else match["sign"]
    minute = f"{sign}{local.minute:02}" if match["minute"] or local.minute else ""
    second = f":{local.second:02}" if match["second"] else ""
    return hour + minute + second + half


def _date_like(said: str, local: datetime) -> str:
    if _ISO.match(said):
        return f"{local:%Y-%m-%d}"
    said = _YEAR.sub(f"{local:%Y}", said)
    said = _DAY.sub(lambda match: _day(match, local.day), said, count=1)
    return _LETTERS.sub(lambda match: _name_like(match.group(), local), said)


def _day(match: re.Match[str], day: int) -> str:
    if not match.group()[-1].isalpha():
        return str(day)
    return f"{day}{'th' if 10 < day < 14 else _ORDINALS.get(day % 10, 'th')}"


def _name_like(word: str, local: datetime) -> str:
    """Return the weekday or month of a moment in place of another's; other words as they are."""
    start = word[:3].capitalize()
    if start in calendar.day_abbr and not word.casefold().startswith("month"):
        return weekday_like(word, local.weekday())
    if start in calendar.month_abbr:
        name = MONTHS[local.month]
        return _cased(name if len(word) > 4 or word.capitalize() in MONTHS else name[:3], word)
    return word


def _quotable(words: str, spot: Spot) -> str:
    if re.search(r"&#?\w+;", words) or not words:
        return ""
    before = spot.text[max(0, spot.finding.start - 1) : spot.finding.start]
    if before in {"'", "‘", "\u201a"} and re.search(r"[‘’'\"“”«»](?!\w)|(?<!\w)[‘’'\"“”«»]", words):
        return ""
    words = words.translate(_INNER)
    said = spot.span[:1]
    if said.casefold() == words[:1].casefold():
        words = said + words[1:]
    return _MARKDOWN.sub(r"\\\1", words)
