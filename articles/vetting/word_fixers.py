"""The fixes that write words: those of the cited post, and only where no others can be meant.

Each changes the smallest span. None is offered where the mark may be what is wrong, or where
the sentence says more than the post that it cites.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import cast

from articles.vetting import times
from articles.vetting.carrying import FEWEST_SHARED, kinship, supports
from articles.vetting.content import content
from articles.vetting.facts.dates import WEEKDAYS, DateMention, read_dates
from articles.vetting.fix import Fix
from articles.vetting.fixers import cite_carrier
from articles.vetting.languages import is_english_code
from articles.vetting.links import CLOCKS_AGREE, Link, links
from articles.vetting.marking import claim_at, keys_over, mark_replaced
from articles.vetting.outlets import Attribution
from articles.vetting.piece import SourceRef
from articles.vetting.post_figures import certain_figure
from articles.vetting.post_passages import certain_passage
from articles.vetting.readings import Reading, reading
from articles.vetting.rewording import cased_like, time_like, weekday_like
from articles.vetting.spot import Spot

_A_MINUTE = timedelta(seconds=60)
# "Shortly before 02:40": another time would make another sentence of it.
_RELATIVE = frozenset({"before", "after", "until", "till", "since", "by", "between", "from", "to"})
# Another outlet may be put before these; "told", "showed" or "filmed" say more of it.
_REPORTS = frozenset({"said", "says", "reported", "reports", "wrote", "writes", "posted"})
_ARTICLES = frozenset({"the", "a", "an"})
_SIGNS = frozenset("*_`[]<>\\")


def write_figure_or_cite(here: Spot) -> Iterator[Iterable[Fix]]:
    """Propose the one figure that the cited post gives for the thing, else the post that has it."""
    found = certain_figure(here)
    if found is None:
        yield from cite_carrier(here)
        return
    start, end, words = found
    yield [Fix(label=f"Write {words}", edits=(here.edit(start, end, words),))]


def use_post_words(here: Spot) -> Iterator[Iterable[Fix]]:
    """Propose the whole clauses of the cited post that a quotation gets wrong."""
    archived = [source for source in here.piece.sources if source.text is not None]
    found = certain_passage(str(here.finding.evidence["quote"]), archived)
    cited = keys_over(here, here.finding.start, here.finding.end)
    if found is None or found.key not in cited:
        return
    said = here.span
    words = found.words
    if said[:1].casefold() == words[:1].casefold():
        words = said[:1] + words[1:]
    edit = here.edit(here.finding.start, here.finding.end, words)
    yield [Fix(label="Use the post’s words", edits=(edit,), hint=words)]


def write_weekday(here: Spot) -> Iterator[Iterable[Fix]]:
    """Propose the weekday of a date that has its year, if a cited post has the date too."""
    day = date.fromisoformat(str(here.finding.evidence["date"]))
    stated = next(iter(_dates_at(here)), None)
    if stated is None or stated.year != day.year or not stated.year_is_certain:
        return
    keys = keys_over(here, here.finding.start, here.finding.end)
    cited = [source for source in here.piece.sources if source.key in keys]
    said = WEEKDAYS.index(str(here.finding.evidence["said"]))
    given = [one for source in cited for one in _dates(source, here.piece.language)]
    agrees = any(_is_day(one, day) for one in given)
    if not agrees or any(one.weekday == said and _is_day(one, day) for one in given):
        return
    if WEEKDAYS[said].casefold() in " ".join(source.text or "" for source in cited).casefold():
        return
    if is_english_code(here.piece.language):
        word = weekday_like(here.span, day.weekday())
    else:
        word = cased_like(str(here.finding.evidence.get("write", "")), here.span)
    if word:
        edit = here.edit(here.finding.start, here.finding.end, word)
        yield [Fix(label=f"Write {word}", edits=(edit,))]


def _dates_at(here: Spot) -> Iterator[DateMention]:
    """Yield the date whose weekday the finding is about."""
    for read in reading(here.piece, here.context).sentences:
        for stated in read_dates(read.sentence.text, here.piece.language):
            if stated.weekday is None:
                continue
            place = read.sentence.locate(stated.weekday_start, stated.weekday_end)
            if place == (here.finding.start, here.finding.end):
                yield stated


def _dates(source: SourceRef, language: str) -> Iterator[DateMention]:
    yield from read_dates(source.text or "", language)


def _is_day(stated: DateMention, day: date) -> bool:
    is_same = (stated.day, stated.month) == (day.day, day.month)
    return is_same and stated.year in (None, day.year)


def write_post_time(here: Spot) -> Iterator[Iterable[Fix]]:
    """Propose the time of the post, in the zone that is stated."""
    posted = set(cast("list[str]", here.finding.evidence.get("posted", [])))
    keys = cast("list[str]", here.finding.evidence.get("keys", []))
    stated = times.read_times(here.span)
    if len(posted) != 1 or len(stated) != 1 or len(stated[0].zones) != 1:
        return
    moment = datetime.fromisoformat(posted.pop())
    meant = [source for source in here.piece.sources if source.key in keys]
    about = content(here.finding.excerpt)
    if any(source.edits for source in meant) or _word_before(here) in _RELATIVE:
        return
    if not all(
        _clocks_agree(link) for link in links(here.piece, here.context) if link.source.key in keys
    ):
        return
    if max(kinship(here, about, source) for source in meant) < FEWEST_SHARED:
        return
    if not set(keys) & set(keys_over(here, here.finding.start, here.finding.end)):
        return
    if any(_is_of(stated[0], source) for source in here.piece.sources):
        return
    if words := time_like(here.span, moment):
        edit = here.edit(here.finding.start, here.finding.end, words)
        yield [Fix(label=f"Write {words}", edits=(edit,))]


def _is_of(stated: times.StatedTime, source: SourceRef) -> bool:
    """Return whether a post was made or edited then: it may be the one that is meant."""
    known = [at for at in (source.posted_at, *source.edits) if at is not None]
    return any(abs(moment - at) <= _A_MINUTE for at in known for moment in stated.moments(near=at))


def _clocks_agree(link: Link) -> bool:
    """Return whether the time of a post is not contradicted by the clock inside its id."""
    moment, posted_at = link.to.id_time, link.source.posted_at
    return not moment or not posted_at or abs(moment - posted_at) <= CLOCKS_AGREE


def _word_before(here: Spot) -> str:
    return (here.text[: here.finding.start].split() or [""])[-1].casefold()


def name_or_cite_outlet(here: Spot) -> Iterator[Iterable[Fix]]:
    """Propose the name of the outlet whose post carries the sentence, or the post of the one named."""
    start, end = here.finding.start, here.finding.end
    claim, known = claim_at(here, start), reading(here.piece, here.context)
    if claim is None:
        return
    named = _only_named(known, here)
    keys = keys_over(here, start, end)
    cited = [source for source in here.piece.sources if source.key in keys]
    if named is None or len(cited) != len(keys) or len(keys) != 1 or len(set(claim.keys)) != 1:
        return
    names = f"{named.name} {cited[0].outlet}"
    about = content(claim.text) - content(names)
    own = [source for source in here.piece.sources if known.outlets_of(source) & named.outlets]
    carriers = [source for source in own if supports(here, source, claim.start, claim.end, about)]
    is_carried = supports(here, cited[0], claim.start, claim.end, about)
    if is_carried and not carriers and _can_be_renamed(here) and _is_known(known, cited[0], here):
        edit = here.edit(start, end, cited[0].outlet)
        yield [Fix(label=f"Name {cited[0].outlet}", edits=(edit,))]
    if len(carriers) == 1 and kinship(here, about, carriers[0]) > kinship(here, about, cited[0]):
        key = carriers[0].key
        yield [Fix(label=f"Cite [@{key}]", edits=mark_replaced(here, start, end, key))]


def _only_named(known: Reading, here: Spot) -> Attribution | None:
    """Return the outlet that the finding's sentence names; None where it names several."""
    for read in known.sentences:
        for named in read.attributed:
            if read.sentence.locate(named.start, named.end) == (
                here.finding.start,
                here.finding.end,
            ):
                mentioned = known.outlets.mentioned(read.sentence.text)
                return named if len(mentioned) == 1 else None
    return None


def _can_be_renamed(here: Spot) -> bool:
    """Return whether another name can stand there: "… said", "according to …", and no article."""
    if _SIGNS & set(here.span):
        return False
    if here.span.split()[0].casefold() in _ARTICLES:
        return False
    before = here.text[: here.finding.start].casefold().split()[-2:]
    rest = here.text[here.finding.end :]
    after = rest.split()[:1]
    if before[-1:] and before[-1].strip('(“"') in _ARTICLES:
        return False
    if before == ["according", "to"]:
        return rest[:1] in {",", ".", ";"} or rest[:3] == " [@" or rest[:2] in {".\n", ""}
    return rest[:1] == " " and bool(after) and after[0].strip(".,;:") in _REPORTS


def _is_known(known: Reading, source: SourceRef, here: Spot) -> bool:
    """Return whether the archive or the bundled directory has the outlet of a post."""
    listed = {outlet.name for outlet in here.context.outlet_directory}
    return source.outlet in listed or known.outlets.is_news_organisation(source)
