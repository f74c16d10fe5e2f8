"""Template tags for a version: its sources, their counts, and where each one is cited."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop, ngettext

from articles.cited import spans_of, translation_of
from articles.excerpts import CitedPart, CitedSpan, excerpt
from articles.models import ArticleVersion, VersionSource, WireSource
from articles.search.words import words_of
from articles.told_rules import title_told
from wires.templatetags.wire import Fate, fate

register = template.Library()

# More ticks than this cannot be told apart, and each source of an article has a row of them.
TICKS = 200
# A source's links back to the text; the marks of the text all lead to the source.
SENTENCES = 20

# The label for a source that is not simply the basis of a sentence.
ROLES = {
    WireSource.Role.CORROBORATES: gettext_noop("Corroborates"),
    WireSource.Role.DISPUTES: gettext_noop("Disputes"),
    WireSource.Role.BACKGROUND: gettext_noop("Background"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCounts:
    """The claims of a version, counted by voice."""

    claims: int
    cited: int
    own: int
    background: int
    bare: int
    flagged: int
    posts: int
    outlets: int


@register.simple_tag
def tally(version: ArticleVersion) -> ClaimCounts:
    voices = Counter(claim["voice"] for claim in version.claims)
    return ClaimCounts(
        claims=len(version.claims),
        cited=voices["cited"],
        own=voices["own"],
        background=voices["background"],
        bare=voices["bare"],
        flagged=len(_flagged(version)),
        posts=version.posts_cited,
        outlets=version.outlets_cited,
    )


@register.simple_tag
def ribbon(version: ArticleVersion) -> SafeString:
    """Return one tick per claim: filled if it cites a post.

    Of more claims than TICKS, each tick stands for a run of them, filled if one of them is, and
    ringed if one was flagged.
    """
    claims, flagged = version.claims, _flagged(version)
    count = min(len(claims), TICKS)
    voices = [""] * count
    for n, claim in enumerate(claims):
        place = n * count // len(claims)
        if claim["number"] in flagged:
            voices[place] = "flagged"
        elif claim["voice"] == "cited" or not voices[place]:
            voices[place] = voices[place] if voices[place] == "flagged" else claim["voice"]
    return SafeString("".join(_TICKS.get(voice, _TICKS[""]) for voice in voices))


def _flagged(version: ArticleVersion) -> set[int]:
    """Return the numbers of the sentences that were flagged and published anyway."""
    entries = (*version.overrides, *version.acknowledgements)
    return {number for entry in entries if (number := entry.get("sentence", 0))}


@register.simple_tag
def source_ribbon(source: VersionSource, claims: int) -> SafeString:
    """Return the ticks of a version of so many claims, filled where one cites this source."""
    count = min(claims, TICKS)
    filled = {(number - 1) * count // claims for number in source.sentences} if count else ()
    return SafeString("".join(_TICKS["cited" if n in filled else ""] for n in range(count)))


# Thousands of them on a page: composed once.
_TICKS = {
    voice: format_html('<i class="ribbon__claim{}"></i>', name)
    for voice, name in (
        ("", ""),
        ("cited", " ribbon__claim--on"),
        ("own", " ribbon__claim--own"),
        ("background", " ribbon__claim--background"),
        ("flagged", " ribbon__claim--held"),
    )
}


@register.simple_tag
def sentence_links(source: VersionSource) -> SafeString:
    """Return links to the first sentences that cite a source, and how many more there are."""
    shown = source.sentences[:SENTENCES]
    said = gettext("Sentence %(n)s, which cites source %(source)s")
    links = format_html_join(
        ", ",
        '<a href="#s{}" role="doc-backlink" aria-label="{}">{}</a>',
        ((n, said % {"n": n, "source": source.number}, n) for n in shown),
    )
    left = len(source.sentences) - len(shown)
    more = gettext("and %(n)s more") % {"n": left}
    return format_html("{} {}", links, more) if left else links


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedClearance:
    """A finding that was overridden or acknowledged before a version was published."""

    name: str
    sentence: int
    how: str
    at: datetime
    reason: str


# By role: nobody here has a page on which readers could see who they are. Versions older than
# the field were cleared by a second person.
HOW = {
    "acknowledged": gettext_noop("acknowledged by an editor"),
    "alone": gettext_noop("overridden by its editor, without a second person"),
}
BY_SECOND = gettext_noop("overridden by a second person")
OF_QUERY = gettext_noop("query acknowledged by an editor")


@register.simple_tag
def clearances(version: ArticleVersion) -> list[PublishedClearance]:
    """Return the clearances of a version, the holds first."""
    rows = [(entry, HOW.get(entry.get("how"), BY_SECOND)) for entry in version.overrides]
    rows += [(entry, OF_QUERY) for entry in version.acknowledgements]
    return [
        PublishedClearance(
            name=finding_name(entry["code"]),
            sentence=entry.get("sentence", 0),
            how=gettext(how),
            at=datetime.fromisoformat(entry["at"]),
            reason=entry["reason"],
        )
        for entry, how in rows
    ]


# What stands above the text, and beside it, as readers know it.
FIELDS = {
    "headline": gettext_noop("the headline"),
    "standfirst": gettext_noop("the standfirst"),
    "social_text": gettext_noop("the text for social media"),
    "framing_note": gettext_noop("the framing note"),
    "image": gettext_noop("the picture"),
    "sources": gettext_noop("the sources"),
}
ARTICLE = gettext_noop("the article")


@register.filter
def flagged_places(flags: Mapping[str, str]) -> SafeString:
    """Return where something was flagged and published anyway: what is not in a sentence first."""
    numbers = sorted(int(place[1:]) for place in flags if place[1:].isdigit())
    others = {FIELDS.get(place, ARTICLE) for place in flags if not place[1:].isdigit()}
    places: list[str] = [escape(gettext(name)) for name in sorted(others)]
    # Nothing but numbers is put in, and a feed has hundreds of them: escaped once.
    sentence = escape(gettext("sentence %(n)s"))
    places += [f'<a href="#s{n}">{sentence % {"n": n}}</a>' for n in numbers[:SENTENCES]]
    if len(numbers) > SENTENCES:
        places.append(escape(gettext("%(n)s more") % {"n": len(numbers) - SENTENCES}))
    return mark_safe(", ".join(places))  # noqa: S308 - escaped above


# Kinds of error that no check looks for: see benchmarks/seeded/kinds.
UNLOOKED_FOR = (gettext_noop("more than and less than"), gettext_noop("killed and injured"))


@register.filter
def told_kind(name: str) -> str:
    """Return what readers are told that a kind of error is called."""
    return gettext(name)


@register.filter
def finding_name(code: str) -> str:
    """Return what readers are told that a finding of this code is called."""
    return title_told(code)


@register.simple_tag
def passages(source: VersionSource, limit: int) -> list[CitedPart[int]]:
    """Return an excerpt of a source, marked where a sentence cites it, by the sentence's number."""
    version = source.post_version
    words = version.words
    spans = [
        CitedSpan(start=span["start"], end=span["end"], cited_by=(span["claim"],))
        for span in spans_of(source, words)
    ]
    return excerpt(words, spans, title=len(version.own_title), limit=limit)


@register.filter
def translation(source: VersionSource, limit: int) -> str:
    return translation_of(source, limit)


@register.filter
def passed_on(source: VersionSource) -> dict[str, list[int]]:
    """Return the outlets whose words the post passes on, as it names them, and in which sentences."""
    sentences: dict[str, list[int]] = {}
    for span in source.spans:
        if span["kind"] == "outlet":
            sentences.setdefault(span["exact"], []).append(span["claim"])
    return {name: list(dict.fromkeys(numbers)) for name, numbers in sentences.items()}


@register.simple_tag
def origins(sources: Sequence[VersionSource]) -> int:
    """Return from how many outlets the words come that the sources carry, background left out.

    Where a source passes another outlet's words on in every sentence that cites it, from that one.
    """
    basis = [each for each in sources if each.role != WireSource.Role.BACKGROUND] or sources
    return len({name.casefold() for source in basis for name in _origins_of(source)})


def _origins_of(source: VersionSource) -> list[str]:
    relayed = passed_on(source)
    sentences = {number for numbers in relayed.values() for number in numbers}
    is_relay = bool(relayed) and set(source.sentences) <= sentences
    return list(relayed) if is_relay else [source.post_version.post.channel.outlet.name]


@register.filter
def role(source: VersionSource) -> str:
    label = ROLES.get(WireSource.Role(source.role), "")
    # Of "" gettext returns the head of the catalogue.
    return gettext(label) if label else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedSource:
    """A source whose post was edited or withdrawn after it was cited."""

    source: VersionSource
    outlet: str
    fate: Fate


@register.simple_tag
def changed_sources(sources: Sequence[VersionSource]) -> list[ChangedSource]:
    """Return the sources whose posts were edited or withdrawn since. No queries."""
    found = []
    for source in sources:
        post = source.post_version.post
        became = fate(post, source.post_version)
        if became.kind in ("edited", "withdrawn"):
            found.append(ChangedSource(source=source, outlet=post.channel.outlet.name, fate=became))
    return found


@register.filter
def byline(version: ArticleVersion) -> str:
    """Return the byline: "A", "A and B", "A, B and C", or the site's name without authors."""
    names = [byline["name"] for byline in version.bylines] or [settings.DEFAULT_BYLINE]
    *others, last = names
    return f"{', '.join(others)} {gettext('and')} {last}" if others else last


@register.filter
def byline_links(signatures: Sequence[tuple[str, str]]) -> SafeString:
    """Return the byline as `byline` has it, each name leading to the page of its author if any."""
    parts = [
        format_html('<a rel="author" href="{}">{}</a>', page, name) if page else escape(name)
        for name, page in signatures
    ]
    *others, last = parts
    if not others:
        return last
    first = format_html_join(", ", "{}", ((one,) for one in others))
    return format_html("{} {} {}", first, gettext("and"), last)


# What people read in a minute: words, or characters of languages that put no blanks between words.
WORDS_A_MINUTE, CHARACTERS_A_MINUTE = 230, 500
WITHOUT_BLANKS = frozenset({"ja", "km", "lo", "my", "th", "zh"})


@register.filter
def reading_minutes(version: ArticleVersion) -> int:
    """Return how many minutes the text takes to read, at least one."""
    text = words_of(version.html)
    if version.language.partition("-")[0].lower() in WITHOUT_BLANKS:
        return max(1, round(len("".join(text.split())) / CHARACTERS_A_MINUTE))
    return max(1, round(len(text.split()) / WORDS_A_MINUTE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A cited post in the order of time; `later` is how long after the first."""

    source: VersionSource
    at: datetime
    outlet: str
    later: str


@register.simple_tag
def reported_when(sources: Sequence[VersionSource]) -> list[Reported]:
    """Return who reported it when: sources with a time, background left out, the earliest first.

    None where there are fewer than two.
    """
    dated = [
        (at, source.number, source)
        for source in sources
        if source.role != WireSource.Role.BACKGROUND
        and (at := source.post_version.post.posted_at) is not None
    ]
    dated.sort(key=itemgetter(0, 1))
    return [
        Reported(
            source=source,
            at=at,
            outlet=source.post_version.post.channel.outlet.name,
            later=_later(at - dated[0][0]) if n else "",
        )
        for n, (at, _, source) in enumerate(dated)
        if len(dated) > 1
    ]


def _later(after: timedelta) -> str:
    """Return "12 min later", "3 h 5 min later", "2 days later"."""
    minutes = int(after.total_seconds()) // 60
    if minutes < 1:
        return gettext("within the minute")
    if minutes < 60:
        return gettext("%(minutes)s min later") % {"minutes": minutes}
    if minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        if rest:
            return gettext("%(hours)s h %(minutes)s min later") % {"hours": hours, "minutes": rest}
        return gettext("%(hours)s h later") % {"hours": hours}
    return gettext("%(days)s days later") % {"days": minutes // (24 * 60)}


@register.filter
def archive_day(on: date) -> str:
    """Return the address of a day of the archive."""
    return reverse("articles:archive_day", args=on.isoformat().split("-"))


@register.filter
def based_on(version: ArticleVersion) -> SafeString | str:
    """Return "6 posts, 4 outlets", or "" if nothing is cited."""
    if not version.posts_cited:
        return ""
    posts, outlets = version.posts_cited, version.outlets_cited
    return format_html(
        "{}&nbsp;{}, {}&nbsp;{}",
        posts,
        ngettext("post", "posts", posts),
        outlets,
        ngettext("outlet", "outlets", outlets),
    )


@register.filter
def was_changed(version: ArticleVersion) -> bool:
    """Return whether readers were shown an earlier version."""
    return version.n is not None and version.n > 1
