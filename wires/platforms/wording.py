"""Whether two readings of a post say the same, whatever stands around its words.

What changes on a page without anybody editing the story is left out: counters, advertisements,
"read also", by-lines, kinds of quotation marks. Nothing of this is stored: readings are compared
with it, so that a better rule never makes an old text look edited.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wires.platforms.charsets import are_same_bytes
from wires.platforms.telling import plain, telling_words
from wires.platforms.text import first_line

_WORD_TAG = re.compile(r"<[a-zA-Z][\w.-]*>")

# Endings are letters alone: digits behind them are the number, and are read once.
_COUNTED = (
    r"(?:page ?)?views?|reads?|comments?|likes?|shares?|retweets?|reposts?|reactions?|replies"
    r"|claps?|followers|upvotes?|downloads?|просмотр[^\W\d_]*+|комментари[^\W\d_]*+|vues?|commentaires?"
    r"|partages|aufrufe|kommentare|vistas|comentarios|compartidos|visualizaç[^\W\d_]++|comentários"
    r"|visualizzazioni|commenti|condivisioni|reacties|weergaven|kommentarer?|visningar|visninger"
    r"|kommenttia?|lukukertaa|katselukertaa|komentarz[^\W\d_]*+|wyświetle[^\W\d_]*+|odsłon[^\W\d_]*+|перегляд[^\W\d_]*+|коментар[^\W\d_]*+"
    r"|görüntüleme|okunma|yorum|مشاهدات?|تعليقات?|阅读量?|浏览量?|评论数?|閲覧数|コメント数?|조회수?|댓글수?"
)
_SYMBOL = "[👍👎❤♥♡💙🔥🔁🔄♻💬🗨👁👀⭐🙏😂😢😡👏🎉🤔😮📤📥↩🔗]\ufe0f?"
_AGO = (
    r"(?:(?:last )?(?:updated|published|posted|modified)[: ]*)?(?:\d+|an?|one|few|just)"
    r"\s*(?:sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?|[smhd])\s+ago"
    r"|(?:last )?updated[: ]+just now|vor \d+ \w+|il y a \d+ \w+|hace \d+ \w+|\d+ \w+ назад"
)
# Every line may be a million characters of a hostile wire: a repeat that could be cut in many
# ways gives nothing back (*+), and white space is one space before any of this is tried.
_NUMBER = r"[#~]?\d[\d., ]*+[kKmM]?\+?"
_COUNTER = re.compile(
    rf"(?:{_SYMBOL} ?{_NUMBER})++[\W_]*+"
    rf"|[\W_]*+(?:(?:{_COUNTED}) ?[:=(]? ?{_NUMBER}|{_NUMBER} ?(?:{_COUNTED})|{_AGO}"
    rf"|{_NUMBER}-?min(?:ute)?s?(?: read)|reading time[: ]+{_NUMBER}(?:min\w*)?"
    # Of fewer than ten it may be a rating.
    rf"|stars? ?[:(]? ?\d[\d.,]++[kKmM]?"
    rf"|(?:read|viewed|watched|shared|downloaded) ?{_NUMBER} ?times|{_NUMBER} ?times read"
    rf"|(?:{_NUMBER}{_SYMBOL} ?)++)[\W_]*+",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"[(\[] ?{_NUMBER} ?(?:{_COUNTED}) ?[)\]]", re.IGNORECASE)
_PARTS = re.compile(r"[·•|]|(?<=[.!?]) | [-/] ")
_LABEL = (
    r"read (?:also|more|next)|also read|see also|related(?: (?:stories|articles|news|posts?|links?))?"
    r"|more (?:on this(?: story)?|from .{2,40})|recommended|you (?:may|might) also like|don't miss"
    r"|most (?:read|popular)|trending|in other news|читайте также|по теме|à lire aussi|lire aussi"
    r"|lea también|leia também|lesen sie auch|mehr zum thema|leggi anche|lees ook|czytaj (?:też|także)"
    r"|leia mais|lea más|lue myös|lue lisää|läs (?:också|även|mer)|les (?:også|mer)|læs (?:også|mere)"
    r"|читайте (?:также|еще|ещё|також)|смотрите также|дивіться також|čtěte (?:také|též)|čítajte aj"
    r"|olvass[a-zé]* (?:el|még|tovább)[^:]{0,10}|citește și|citiţi şi|pročitajte (?:i|još)|прочетете още"
    r"|διαβάστε (?:επίσης|ακόμη)|loe (?:ka|veel)|lasi arī|skaitykite taip pat|baca juga|xem thêm"
    r"|اقرأ أيضا|اقرأ أيضًا|إقرأ أيضا|بیشتر بخوانید|קראו (?:גם|עוד)|यह भी पढ़ें|ayrıca oku|bunu da oku"
    r"|延伸阅读|延伸閱讀|相关阅读|相關新聞|関連記事|あわせて読みたい|관련 ?기사"
)
_AD = (
    r"advert(?:isement|ising)?|sponsored(?: content)?|promoted|paid (?:content|partnership)|реклама"
    r"|anzeige|werbung|publicit[ée]|publicidad|publicidade|pubblicità|advertentie|reklama?|广告|広告|광고"
)
_ASIDE = re.compile(
    rf"\W*+(?:(?P<list>{_LABEL})\s*(?:[:>»-].*|\Z)|(?P<ad>{_AD})\s*(?:[:>»|-].*|\Z)"
    r"|(?:the post .* )?(?:appeared first on|first appeared on) .*"
    r"|(?:sign up|subscribe|follow us|join us|download (?:our|the) app|support (?:us|our))\b.*"
    r"|(?:click|tap) here to .*|continue reading\b.*|skip (?:past )?(?:the )?(?:ad|newsletter)\w*.*)",
    re.IGNORECASE,
)
_BY = r"(?:by|von|par|por|di|door|av|af|od|autore?|автор|text|words|reporting by|story by|from)"
_BYLINE = re.compile(rf"{_BY}\b\s*:?\s+(?P<name>[^.!?\d\n]{{2,80}}?)\s*[-,:|.]*", re.IGNORECASE)
_SET_OFF = re.compile(r"\s+[-|·•»:]\s+.{2,60}|\s+[(\[].{2,60}[)\]]")
_MOST_NAMES = 10  # words
_LONGEST_OFFICE = 4  # words behind a name
_SHORTEST_EXCERPT = 100  # characters, where nothing marks that it was cut
_JOINS_NAMES = frozenset(
    {"and", "und", "et", "y", "e", "i", "in", "de", "van", "von", "for", "of", "для"}
)
_FEWEST_EXCHANGED = 3  # words of a footer that takes the place of another
_LONGEST_LINK = 20  # words of a line in a list of other stories
_CUT = re.compile(
    r"\s*(?:[\[(]?\s*\.\.\.\s*[\])]?|(?:read|continue reading|see) (?:more|the full \w+|on)?.{0,40}"
    r"|\W*more\W*|weiterlesen\W*|lire la suite\W*|leer más\W*|leia mais\W*|читать далее\W*)\Z",
    re.IGNORECASE,
)
_LONGEST_CUT = 200  # characters that say so
_ENDS = tuple(".!?\"')]。!?」』؟।")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a post said: as it was stored, or as its source says it now."""

    title: str
    text: str
    author: str = ""
    captions: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def core(self) -> str:
        """The words of the text, without what moves by itself, on one line."""
        return _core(self.text)

    @cached_property
    def headline(self) -> str:
        """The words of the title; "" where it is no more than how the text begins, or its first line."""
        begins = " ".join(self.title.removesuffix("…").split())
        start = self.text[:2_000]
        if begins and any(
            " ".join(said.split()).startswith(begins) for said in (start, first_line(start))
        ):
            return ""
        title = " ".join(plain(self.title).split())
        return " ".join(_WORD_TAG.sub(" ", _BRACKETED.sub("", title)).split())

    @cached_property
    def telling(self) -> list[str]:
        """What a reader would be misled by if it changed unseen, in order."""
        return telling_words(f"{self.title}\n{self.text}")


def says_the_same(new: Wording, old: Wording, furniture: "Furniture | None" = None) -> bool:
    """Return whether two readings are one version."""
    if (new.title, new.text, new.author) == (old.title, old.text, old.author):
        return True
    if are_same_bytes(new.title, old.title) and are_same_bytes(new.text, old.text):
        return True
    is_same_title = _has_same_title(new, old) or (furniture and furniture.explains_title(new, old))
    if not is_same_title or not _has_same_author(new.author, old.author):
        return False
    return (
        new.core == old.core
        or _is_byline_apart(new, old)
        or (furniture is not None and furniture.explains(new, old))
        or _was_a_caption(new, old)
    )


def _was_a_caption(new: Wording, old: Wording) -> bool:
    """Return whether the old reading is what now stands beside the text, which is no fuller."""
    is_fuller = len(new.core) > len(old.core) * 2
    return not is_fuller and any(_core(caption) == old.core for caption in new.captions)


def is_cut_short(new: Wording, old: Wording) -> bool:
    """Return whether the new reading is the beginning of the old one, and says or shows that it is cut."""
    if not _has_same_title(new, old):
        return False
    beginning = _until_cut(new.core)
    is_open = len(new.core) >= _SHORTEST_EXCERPT and not new.core.endswith(_ENDS)
    is_cut = beginning != new.core or is_open
    return bool(beginning) and is_cut and old.core.startswith(beginning)


def is_summary(new: Wording, old: Wording) -> bool:
    """Return whether the new reading is the beginning of the old one, and no more than half of it."""
    beginning = _until_cut(new.core)
    is_short = bool(beginning) and len(new.core) * 2 <= len(old.core)
    return is_short and _has_same_title(new, old) and old.core.startswith(beginning)


def is_much_shorter(new: Wording, old: Wording) -> bool:
    """Return whether it may be a summary in words of its own."""
    return _has_same_title(new, old) and 0 < len(new.core) * 2 <= len(old.core)


def _until_cut(core: str) -> str:
    """Return a text without the words at its end that say that it is cut."""
    return core[:-_LONGEST_CUT] + _CUT.sub("", core[-_LONGEST_CUT:])


class Furniture:
    """What was added to, taken from or exchanged in many items of one document at once."""

    def __init__(self, pairs: Iterable[tuple[Wording, Wording]]) -> None:
        pairs = list(pairs)
        # Most readings are what is stored, to the letter, and need no reading.
        retitled = [(new, old) for new, old in pairs if new.title != old.title]
        titles = Counter(_ending(new.headline, old.headline) for new, old in retitled)
        self._title_endings = {each for each, count in titles.items() if each and count > 1}
        edited = [(new, old) for new, old in pairs if new.text != old.text]
        changed = [(new.core, old.core) for new, old in edited if new.core != old.core]
        counted = Counter(apart for pair in changed for apart in _apart(*pair))
        fewest = max(2, min(3, len(pairs)), (len(pairs) + 1) // 2)
        self._everywhere = {apart for apart, count in counted.items() if count >= fewest}
        self._varied = len({new for new, _ in changed}) > 1
        self._new = [new for new, _ in pairs]

    @cached_property
    def _tail(self) -> str:
        """How all texts of the document end."""
        cores = [new.core[::-1] for new in self._new]
        return _shared(min(cores), max(cores))[::-1] if len(cores) > 2 else ""

    def explains_title(self, new: Wording, old: Wording) -> bool:
        """Return whether what differs is an ending that several headlines got or lost: a name."""
        return _ending(new.headline, old.headline) in self._title_endings

    def explains(self, new: Wording, old: Wording) -> bool:
        """Return whether what differs between two readings is no more than such furniture."""
        for added, removed in _apart(new.core, old.core):
            is_exchange = bool(added) and bool(removed)
            if (added, removed) in self._everywhere and (self._varied or not is_exchange):
                return True
        added = new.core.removeprefix(old.core) if old.core else ""
        return bool(added) and added != new.core and self._tail.endswith(added.strip())


def _ending(new: str, old: str) -> str:
    """Return what one headline has behind the other, set off as the name of a site is; or ""."""
    longer, shorter = sorted((new, old), key=len, reverse=True)
    found = _SET_OFF.fullmatch(longer.removeprefix(shorter)) if shorter else None
    return found[0] if found and not telling_words(found[0]) else ""


def _apart(new: str, old: str) -> list[tuple[str, str]]:
    """Return what differs at the end of two texts, and what at their beginning.

    An exchange of a few words is an edit, and so is what tells something at the beginning.
    """
    if not new or not old:
        return []
    found = []
    same = len(_shared(new, old))
    same = _word_end(new, old, same)
    if same:
        found.append((new[same:].strip(), old[same:].strip()))
        if (
            min(map(len, found[0]))
            and min(len(part.split()) for part in found[0]) < _FEWEST_EXCHANGED
        ):
            found.clear()
    ends = len(_shared(new[::-1], old[::-1]))
    ends = _word_end(new[::-1], old[::-1], ends)
    if ends:
        head = (new[:-ends].strip(), old[:-ends].strip())
        if not all(head) and not telling_words("".join(head)):
            found.append(head)
    return found


def _shared(one: str, other: str) -> str:
    """Return how two texts begin alike. Of many, the first and the last in order share the least."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        n = (least + most + 1) // 2
        least, most = (n, most) if one.startswith(other[:n]) else (least, n - 1)
    return one[:least]


def _word_end(one: str, other: str, at: int) -> int:
    """Return the last place up to `at` where a word ends in both."""
    if all(len(text) == at or text[at] == " " for text in (one, other)):
        return at
    # Up to there they are the same.
    return max(one.rfind(" ", 0, at), 0)


def _has_same_title(new: Wording, old: Wording) -> bool:
    return new.title == old.title or new.headline == old.headline


def _has_same_author(new: str, old: str) -> bool:
    return not new or not old or _name(new) == _name(old)


def _name(author: str) -> str:
    return re.sub(rf"\A{_BY}\b[: ]*", "", plain(author).casefold().strip(" .,"))


def _is_byline_apart(new: Wording, old: Wording) -> bool:
    longer, shorter = sorted((new.core, old.core), key=len, reverse=True)
    head = longer.removesuffix(shorter).strip() if shorter else ""
    if not head or head == longer:
        return False
    return _is_byline(head) or _name(head) in filter(None, (_name(new.author), _name(old.author)))


def _is_byline(text: str) -> bool:
    """Return whether a line names who wrote it: "By Ines Okonjo, harbour reporter"."""
    found = _BYLINE.fullmatch(text)
    names = found["name"].split() if found else []
    if not 0 < len(names) <= _MOST_NAMES:
        return False
    # What follows a comma may be an office; of one name, or with a full stop, it is a sentence.
    ends = next((n for n, name in enumerate(names, 1) if name.endswith(",")), len(names))
    is_office = 1 < ends < len(names) <= ends + _LONGEST_OFFICE and not text.endswith(".")
    named = names[:ends] if is_office else names
    return all(name[0].isupper() or not name[0].isalpha() or name in _JOINS_NAMES for name in named)


def _core(text: str) -> str:
    blocks = [block.split("\n") for block in re.split(r"\n[ \t]*\n", plain(text).strip())]
    kept: list[str] = []
    is_list = False
    for n, lines in enumerate(blocks):
        if is_list and all(_is_link(line) for line in lines):
            is_list = False
            continue
        lines, is_list = _without_asides(lines)
        if n == 0 and lines and _is_byline(" ".join(lines[0].split())):
            lines = lines[1:]
        kept += lines
    return " ".join(" ".join(kept).split())


def _without_asides(lines: list[str]) -> tuple[list[str], bool]:
    """Return the lines that tell the story, and whether a list of other stories comes next."""
    kept, last_sentence = [], _last_sentence(lines)
    for n, line in enumerate(lines):
        aside = _ASIDE.fullmatch(line.strip())
        if aside is None:
            kept.append(_without_counters(line))
        elif aside["ad"] and n >= last_sentence:
            # What is advertised stands below, and is another thing each time.
            return kept, False
        elif aside["list"] and _is_label(line):
            rest = lines[n + 1 :]
            after = [other for other in rest if not _is_link(other)]
            return [*kept, *map(_without_counters, after)], not rest
    return kept, False


def _last_sentence(lines: Sequence[str]) -> int:
    """Return which line is the last that may tell something; -1 for none."""
    ends = (n for n in range(len(lines) - 1, -1, -1) if not _is_link(lines[n]))
    return next(ends, -1)


def _is_label(line: str) -> bool:
    return len(line.split(":", 1)[-1].strip()) == 0 or ":" not in line


def _is_link(line: str) -> bool:
    """Return whether a line may be the headline of another story: short, and no sentence."""
    line = line.strip()
    return len(line.split()) <= _LONGEST_LINK and not line.endswith((".", "!"))


def _without_counters(line: str) -> str:
    if not any(map(str.isdigit, line)) and "ago" not in line and "now" not in line:
        return line
    line = _BRACKETED.sub("", " ".join(line.split()))
    parts = [part.strip() for part in _PARTS.split(line) if part.strip()]
    left = [part for part in parts if not _COUNTER.fullmatch(part)]
    # Only where something goes: the parts are not put together as they were.
    return line if len(left) == len(parts) else " ".join(left)
