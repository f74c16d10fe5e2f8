"""Drawing the cards that are missing or show what is no longer true: the worker's, and a command's.

Publishing does nothing for it and no page waits for it. A card is served only while its version is
live; what belongs to no live version is deleted here.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from articles.cards.drawing import CardFace, NoFont, draw_card
from articles.cards.faces import face_of_section, face_of_version, ground
from articles.models import Article, ArticleVersion, Image, Section, SocialCard
from articles.models.card import card_of, file_of_card
from articles.pictures.files import PictureNotStored, delete_files, store_picture
from desk.pictures import UNREADABLE
from wires import generations

logger = logging.getLogger(__name__)

_pages = generations.reader("pages")

# The newest are looked at whenever something changed, and all once a day.
NEWEST = 200
BATCH = 100
# For so long after its withdrawal the card of an article is looked for.
LATELY = timedelta(days=2)


class CardDrawer:
    """Draws what is missing of the newest articles and of the sections, whenever pages changed."""

    def __init__(self) -> None:
        self._seen: tuple[int, ...] = ()

    def go_on(self, *, at: datetime) -> int:
        """Draw, and return how many cards. No query where nothing changed since the last time."""
        numbers = _pages()
        if numbers == self._seen:
            return 0
        drawn = draw_newest(at=at)
        self._seen = numbers
        return drawn


def draw_newest(*, at: datetime) -> int:
    """Draw the cards of the newest articles and the sections that are missing; return how many."""
    lately = SocialCard.objects.filter(version__article__corrections__at__gt=at - LATELY)
    forget_cards(lately.exclude(version__article__live_version=F("version")).distinct())
    drawn = sum(_draw_section(section, at=at) for section in _sections())
    drawn += _draw_all(_live_versions().order_by("-pk")[:NEWEST], at=at)
    return _told(drawn)


def draw_all(*, at: datetime, is_all: bool = False) -> Iterator[int]:
    """Draw every card that is missing, or every one; yield after each batch how many were drawn."""
    gone = SocialCard.objects.filter(section=None).exclude(
        version__article__live_version=F("version")
    )
    forget_cards(gone)
    yield _told(sum(_draw_section(section, at=at, is_all=is_all) for section in _sections()))
    last = 0
    while batch := list(_live_versions().filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield _told(_draw_all(batch, at=at, is_all=is_all))
        last = batch[-1].pk


def _told(drawn: int) -> int:
    """Let pages name the cards that were drawn."""
    if drawn:
        generations.bump("pages")
    return drawn


def _live_versions() -> QuerySet[ArticleVersion]:
    shown = ("headline", "language", "posts_cited", "outlets_cited", "section__name")
    of_image = ("sha256", "extension", "size", "focus_x", "focus_y")
    return (
        ArticleVersion.objects.filter(article__live_version=F("pk"))
        .select_related("section", "image", "card")
        .only("article", "card__mark", *shown, *(f"image__{name}" for name in of_image))
    )


def _sections() -> QuerySet[Section]:
    return Section.objects.select_related("card").order_by("pk")


def _draw_all(versions: Iterable[ArticleVersion], *, at: datetime, is_all: bool = False) -> int:
    drawn = 0
    for version in versions:
        face = face_of_version(version)
        if not is_all and _mark_of(version) == face.mark:
            continue
        body = _drawn(face, version.image)
        if body and _keep(face, body, at=at, version=version):
            drawn += 1
            # Withdrawn while it was drawn: nobody was shown it.
            if not Article.objects.filter(live_version=version.pk).exists():
                forget_cards(SocialCard.objects.filter(version=version.pk))
    return drawn


def _draw_section(section: Section, *, at: datetime, is_all: bool = False) -> bool:
    face = face_of_section(section)
    if not is_all and _mark_of(section) == face.mark:
        return False
    body = _drawn(face, None)
    return bool(body) and _keep(face, body, at=at, section=section)


def _mark_of(row: ArticleVersion | Section) -> str:
    card = card_of(row)
    return card.mark if card else ""


def _drawn(face: CardFace, image: Image | None) -> bytes:
    """Return a card as JPEG, b"" where it cannot be drawn: then that of the site stands for it."""
    try:
        return draw_card(face, ground(), picture=_file_of(image) if image else b"")
    except (NoFont, OSError, *UNREADABLE) as error:
        logger.warning("A card for social networks was not drawn: %s", error)
        return b""


def _file_of(image: Image) -> bytes:
    with default_storage.open(image.filename) as file:
        body: bytes = file.read()
    return body


def _keep(
    face: CardFace,
    body: bytes,
    *,
    at: datetime,
    version: ArticleVersion | None = None,
    section: Section | None = None,
) -> bool:
    """Store a card, and delete the file of the one that it replaces, unless another shows it."""
    try:
        store_picture(file_of_card(face.mark), body)
    except PictureNotStored:
        return False
    before = _mark_of(version or section)  # type: ignore[arg-type]  # one of them is given
    columns = {"mark": face.mark, "size": len(body), "at": at}
    try:
        with transaction.atomic():
            SocialCard.objects.update_or_create(version=version, section=section, defaults=columns)
    except IntegrityError:
        # Its version or section was deleted meanwhile.
        _delete_unnamed([face.mark])
        return False
    _delete_unnamed([before] if before and before != face.mark else [])
    return True


def forget_cards(cards: QuerySet[SocialCard]) -> int:
    """Delete cards, and their files once that is committed; return how many."""
    found = list(cards.values_list("pk", "mark"))
    if not found:
        return 0
    SocialCard.objects.filter(pk__in=[pk for pk, _ in found]).delete()
    marks = [mark for _, mark in found]
    transaction.on_commit(partial(_delete_unnamed, marks), robust=True)
    return len(found)


def _delete_unnamed(marks: list[str]) -> None:
    """Delete the files of the cards with these marks, but of one that a row still names."""
    named = set(SocialCard.objects.filter(mark__in=marks).values_list("mark", flat=True))
    delete_files(file_of_card(mark) for mark in sorted(set(marks) - named))
