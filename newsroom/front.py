"""What goes where on the front page: every article once, however many there are.

Editors pin; what they leave open is filled with the newest, so that no section takes the top alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate

from django.db.models import F, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Length, Replace

from articles.models import Article, ArticleQuerySet, FrontOrder, Section
from articles.publishing import Arrangement
from articles.views import cards
from newsroom.live_stories import LiveStory, live_stories

SIDE = 4
ROW = 4
RECENT = 4
BLOCK = 4
NEWEST = 1 + SIDE + ROW + RECENT
# The lead and its side, of which one section gets no more than so many while others have news.
TOP = 1 + SIDE
MOST_OF_SECTION = 2
# So many stand under a lead without a picture, and under two leads.
UNDER = 2
# Of a leading picture and of a timeline, in cards without pictures.
PICTURE_HEIGHT, LIVE_HEIGHT = 1.5, 1.5
# What leads where nobody pinned anything: long enough to be a story, and with a picture.
LEAD_WORDS = 200
# Languages that put no blanks between words: about two characters a word.
WITHOUT_BLANKS = frozenset({"ja", "km", "lo", "my", "th", "zh"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A section and its newest articles that stand nowhere else on the page."""

    section: Section
    articles: list[Article]


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads, what stands under it, and its newest notes where it is followed live."""

    article: Article
    under: list[Article]
    live: LiveStory | None

    def height(self) -> float:
        """Return roughly how high it is with what stands under it, in cards without pictures."""
        picture = 0.0 if is_bare(self.article) else PICTURE_HEIGHT
        return picture + (LIVE_HEIGHT if self.live else 0) + len(self.under)


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """The line for breaking news, and the article that it leads to."""

    text: str
    article: Article | None
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The places of the page. Where `lead` is missing, all else is empty.

    `second` is the other of two leads; `live` has the newest notes of a lead followed live.
    """

    lead: Article | None
    second: Article | None = None
    live: Mapping[int, LiveStory] = field(default_factory=dict)
    side: list[Article]
    row: list[Article]
    recent: list[Article]
    blocks: list[Block]
    banner: Banner | None = None

    @property
    def articles(self) -> list[Article]:
        blocks = [article for block in self.blocks for article in block.articles]
        return [*self.leads, *self.side, *self.row, *self.recent, *blocks]

    @property
    def leads(self) -> list[Article]:
        return [article for article in (self.lead, self.second) if article]

    @property
    def beside(self) -> list[Article]:
        """What stands at the side of one lead."""
        return self.side[: len(self.side) - sum(len(lead.under) for lead in self.opening)]

    @property
    def opening(self) -> list[Lead]:
        """Return the leads, each with what stands under it.

        Under two leads stands the side, more of it under the shorter one. Under one without a
        picture stand the last two of the side.
        """
        leads = [Lead(article, [], self.live.get(article.pk)) for article in self.leads]
        if len(leads) > 1:
            for article in self.side:
                min(leads, key=Lead.height).under.append(article)
        elif leads and is_bare(leads[0].article) and len(self.side) >= SIDE:
            leads[0].under.extend(self.side[-UNDER:])
        return leads


def slots(at: datetime, *, tried: Arrangement | None = None) -> Front:
    """Lay out the front page. Three queries, two where there is little to lay out.

    One more where a lead was updated, for its notes.

    `tried` is an arrangement that an editor looks at and nobody else sees yet.
    """
    newest = list(_with_arrangement(cards().newest_first())[:NEWEST])
    arrangement = tried or arrangement_in(newest)
    leads = 2 if arrangement.two_leads else 1
    placed = arrange(newest, arrangement.pins, leads=leads)
    used = [pk for place in share_out(placed, leads=leads) for pk in place]
    sections = chosen_for_blocks(besides=used) if newest else {}
    found = {article.pk: article for article in newest}
    wanted = {*used, *(pk for pks in sections.values() for pk in pks)}
    if arrangement.banner and arrangement.banner_article is not None:
        wanted.add(arrangement.banner_article)
    found |= in_bulk(wanted - found.keys())
    # One that was withdrawn this moment leaves no hole.
    top, side, row, recent = share_out([found[pk] for pk in placed if pk in found], leads=leads)
    live = live_stories(top, at=at)
    side, row, recent = evened_out(
        [Lead(each, [], live.get(each.pk)) for each in top], side, row, recent
    )
    return Front(
        lead=top[0] if top else None,
        second=top[1] if len(top) > 1 else None,
        live=live,
        side=side,
        row=row,
        recent=recent,
        blocks=[
            Block(section=section, articles=[found[pk] for pk in pks if pk in found])
            for section, pks in sections.items()
        ],
        banner=banner_of(arrangement, found, at=at),
    )


def top_of_front(count: int) -> list[Article]:
    """Return what stands first on the front page, from the lead on. Two queries at most."""
    newest = list(_with_arrangement(cards().newest_first())[:NEWEST])
    set_now = arrangement_in(newest)
    places = arrange(newest, set_now.pins, leads=2 if set_now.two_leads else 1)[:count]
    found = {article.pk: article for article in newest}
    found |= in_bulk(set(places) - found.keys())
    return [found[pk] for pk in places if pk in found]


def _with_arrangement(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Add how the page is arranged to each row, and how long its text is: no query more."""
    order = FrontOrder.objects.newest_first()
    body = F("live_version__body")
    solid = Replace(Replace(body, Value(" "), Value("")), Value("\n"), Value(""))
    return articles.annotate(
        characters=Length(body),
        blanks=Length(body, output_field=IntegerField()) - Length(solid),
        **{f"front_{name}": Subquery(order.values(name)[:1]) for name in ARRANGED},
    )


ARRANGED = ("pins", "two_leads", "banner", "banner_article", "banner_until")


def arrangement_in(newest: Sequence[Article]) -> Arrangement:
    """Return the arrangement that came with the rows. No query."""
    if not newest:
        return Arrangement()
    found = {name: getattr(newest[0], f"front_{name}") for name in ARRANGED}
    return Arrangement(
        pins=tuple(found["pins"] or ()),
        two_leads=bool(found["two_leads"]),
        banner=found["banner"] or "",
        banner_article=found["banner_article"],
        banner_until=found["banner_until"],
    )


def banner_of(
    arrangement: Arrangement, found: dict[int, Article], *, at: datetime
) -> Banner | None:
    until = arrangement.banner_until
    if not arrangement.banner or until is None or at >= until:
        return None
    article = found.get(arrangement.banner_article or 0)
    return Banner(text=arrangement.banner, article=article, until=until)


def arrange(newest: Sequence[Article], pins: Sequence[int], *, leads: int = 1) -> list[int]:
    """Return articles by id in the order of their places, from the lead on. No query.

    Pinned ones stand first. A lead is one of them, or else the newest with a picture and 200
    words, or else the newest; no section gets more than two places at the top while another has
    something newer than what would be left out.
    """
    rest = [article for article in newest if article.pk not in pins]
    top = [*pins]
    of_section: dict[int | None, int] = {}
    for article in newest:
        if article.pk in pins:
            of_section[article.live_section_id] = of_section.get(article.live_section_id, 0) + 1
    for place in range(leads - len(pins)):
        lead = next((article for article in rest[place:] if can_lead(article)), None)
        if lead is not None:
            rest.remove(lead)
            rest.insert(place, lead)
    later = []
    for article in rest:
        count = of_section.get(article.live_section_id, 0)
        if len(top) < TOP and count < MOST_OF_SECTION:
            of_section[article.live_section_id] = count + 1
            top.append(article.pk)
        else:
            later.append(article.pk)
    return [*top, *later][:NEWEST]


def can_lead(article: Article) -> bool:
    """Return whether a newly published article may lead by itself. No query."""
    version = article.live_version
    if version is None or is_bare(article):
        return False
    words = article.blanks + 1  # type: ignore[attr-defined]  # annotated
    if version.language.partition("-")[0] in WITHOUT_BLANKS:
        words = article.characters // 2  # type: ignore[attr-defined]  # annotated
    return bool(words >= LEAD_WORDS)


def is_bare(article: Article) -> bool:
    """Return whether it has no picture."""
    return article.live_version is None or article.live_version.image_id is None


def share_out[Row](
    newest: Sequence[Row], *, leads: int = 1
) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """Share the newest out among one or two leads, the side, the second row and the most recent.

    Where there are few, each place gets less and something is left for the section blocks.
    """
    plenty = len(newest) >= NEWEST
    # The others of a page are as many beside two leads as beside one.
    side, row, recent = (SIDE, ROW, RECENT) if plenty else few(max(len(newest) + 1 - leads, 0))
    edges = tuple(accumulate((leads, side, row, recent)))
    return (
        list(newest[: edges[0]]),
        list(newest[edges[0] : edges[1]]),
        list(newest[edges[1] : edges[2]]),
        list(newest[edges[2] : edges[3]]),
    )


def evened_out(
    leads: Sequence[Lead], side: list[Article], row: list[Article], recent: list[Article]
) -> tuple[list[Article], list[Article], list[Article]]:
    """Return the side, the row and the most recent, so that the columns of the top end together.

    One lead without a picture leaves room for one more at its side; under two leads stand two, or
    what one of them is shorter by.
    """
    if len(leads) > 1:
        first, second = (lead.height() for lead in leads)
        count = max(round(abs(first - second)), UNDER)
        later = [*side[count:], *row]
        return side[:count], later[:ROW], [*later[ROW:], *recent]
    if leads and is_bare(leads[0].article) and len(row) > UNDER:
        return [*side, row[0]], row[1:], recent
    return side, row, recent


def few(count: int) -> tuple[int, int, int]:
    """Return how many stand at the side, in the row and among the most recent."""
    if count < 6:
        return min(count, 3), max(count - 4, 0), 0
    # Beside a lead with its picture four fit, two with their standfirsts and two without.
    side, row = (SIDE, 3) if count >= 10 else (2, 3)
    return side, row, max((count - 1 - side - row) // 2, 0)


def chosen_for_blocks(*, besides: Sequence[int]) -> dict[Section, list[int]]:
    """Return the sections with their newest articles besides those, by id. One query.

    Each place in a block is a subquery of its own, one step of the index; a window function
    would number every article of the archive.
    """
    of_section = (
        Article.objects.live()
        .filter(live_section=OuterRef("pk"))
        .exclude(pk__in=besides)
        .newest_first()
        .values("pk")
    )
    places = {f"place_{n}": Subquery(of_section[n : n + 1]) for n in range(BLOCK)}
    sections = Section.objects.annotate(**places).order_by("position", "name")
    chosen = {
        section: [pk for place in places if (pk := getattr(section, place)) is not None]
        for section in sections
    }
    return {section: pks for section, pks in chosen.items() if pks}


def in_bulk(pks: Iterable[int]) -> dict[int, Article]:
    """Return articles by primary key, as cards show them. One query, none where none is asked."""
    wanted = list(pks)
    return {article.pk: article for article in cards().filter(pk__in=wanted)} if wanted else {}
