"""What goes where on the front page: every article once, however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from articles.models import Article, Section
from articles.views import cards

SIDE = 4
ROW = 4
RECENT = 4
BLOCK = 4
NEWEST = 1 + SIDE + ROW + RECENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A section and its newest articles that stand nowhere else on the page."""

    section: Section
    articles: list[Article]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The places of the page. Only `lead` can be missing, and then all else is empty."""

    lead: Article | None
    side: list[Article]
    row: list[Article]
    recent: list[Article]
    blocks: list[Block]

    @property
    def articles(self) -> list[Article]:
        blocks = [article for block in self.blocks for article in block.articles]
        return [*([self.lead] if self.lead else []), *self.side, *self.row, *self.recent, *blocks]


def front() -> Front:
    """Lay out the front page. Three queries, two where there is little to lay out."""
    newest = list(cards().newest_first()[:NEWEST])
    lead, side, row, recent = share_out(newest)
    used = [article.pk for article in (*lead, *side, *row, *recent)]
    return Front(
        lead=lead[0] if lead else None,
        side=side,
        row=row,
        recent=recent,
        blocks=blocks(besides=used) if newest else [],
    )


def share_out[Row](newest: Sequence[Row]) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """Share the newest out among the lead, its side, the second row and the most recent.

    Where there are few, each place gets less and something is left for the section blocks.
    """
    plenty = len(newest) >= NEWEST
    side, row, recent = (SIDE, ROW, RECENT) if plenty else few(len(newest))
    edges = (1, 1 + side, 1 + side + row, 1 + side + row + recent)
    return (
        list(newest[: edges[0]]),
        list(newest[edges[0] : edges[1]]),
        list(newest[edges[1] : edges[2]]),
        list(newest[edges[2] : edges[3]]),
    )


def few(count: int) -> tuple[int, int, int]:
    """Return how many stand at the side, in the row and among the most recent."""
    if count < 6:
        return min(count, 3), max(count - 4, 0), 0
    # Beside a lead with its picture four fit, two with their standfirsts and two without.
    side, row = (SIDE, 3) if count >= 10 else (2, 3)
    return side, row, max((count - 1 - side - row) // 2, 0)


def blocks(*, besides: Sequence[int]) -> list[Block]:
    """Return the sections with their newest articles besides those. Two queries.

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
    sections = list(Section.objects.annotate(**places).order_by("position", "name"))
    chosen = {
        section.pk: [pk for place in places if (pk := getattr(section, place)) is not None]
        for section in sections
    }
    found = in_bulk(pk for pks in chosen.values() for pk in pks)
    return [
        Block(section=section, articles=[found[pk] for pk in chosen[section.pk]])
        for section in sections
        if chosen[section.pk]
    ]


def in_bulk(pks: Iterable[int]) -> dict[int, Article]:
    """Return articles by primary key, as cards show them. One query, none where none is asked."""
    wanted = list(pks)
    return {article.pk: article for article in cards().filter(pk__in=wanted)} if wanted else {}
