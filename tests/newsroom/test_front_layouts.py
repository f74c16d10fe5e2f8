"""What the top of the front page is made of: one lead or two, live or not, with or without a picture."""

import pytest

from articles import publishing
from articles.models import Correction, FrontOrder
from articles.publishing import Arrangement, arrange_front, current_front, undo_front
from newsroom.front import slots
from tests.articles.factories import make_live_article, make_section
from tests.articles.test_frozen import make_image
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.pages import shown
from wires import generations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def editor():
    return make_user(group="Editor")


def make_pieces(count, *, pictures=()):
    """Return live articles, the newest first, of which those at these places have a picture."""
    image = make_image("a" * 64)
    return [
        make_live_article(
            headline=f"Piece {n}.", at=later(minutes=-60 - n), section=make_section(f"S{n}"),
            image=image if n in pictures else None,
        )
        for n in range(count)
    ]  # fmt: skip


def arrange(*pieces, by, two_leads=True):
    pins = tuple(piece.pk for piece in pieces)
    wanted = Arrangement(pins=pins, two_leads=two_leads)
    return arrange_front(wanted, seen=current_front().n, by=by, at=NOON)


def tell(article, minutes, *, kind="update"):
    """Publish a note on an article, so many minutes before noon."""
    at = later(minutes=-minutes)
    Correction.objects.create(article=article, kind=kind, note=f"{minutes} before.", at=at)


def places(front):
    rows = (front.leads, front.side, front.row, front.recent)
    return [[int(each.live_version.headline[6:-1]) for each in row] for row in rows]


def under(front):
    return [len(lead.under) for lead in front.opening]


def test_an_editor_gives_the_page_two_leads_and_takes_the_second_back(editor):
    pieces = make_pieces(15, pictures=(3, 4))
    arrange(pieces[4], pieces[3], by=editor)
    two = slots(NOON)

    undo_front(seen=current_front().n, by=editor, at=NOON)

    assert places(two) == [[4, 3], [0, 1], [2, 5, 6, 7], [8, 9, 10, 11, 12]]
    assert places(slots(NOON))[0] == [0]


def test_what_an_editor_leaves_open_is_led_by_the_newest_that_can_lead(editor):
    pieces = make_pieces(8)
    long = make_live_article(
        headline="Piece 90.", at=later(hours=-3), image=make_image("b" * 64),
        section=make_section("Long"), body=f"{'Word ' * 210}[@r1].",
    )  # fmt: skip

    arrange(pieces[2], by=editor)
    assert places(slots(NOON))[0] == [2, 90]
    arrange(by=editor)
    assert places(slots(NOON))[0] == [90, 0]
    arrange(pieces[2], long, by=editor)
    assert places(slots(NOON))[0] == [2, 90]


@pytest.mark.parametrize("count", [1, 2, 5, 9, 15])
def test_every_layout_takes_each_article_once(client, editor, count):
    pieces = make_pieces(count, pictures=(0, 2))
    looked_at = []

    for lead in pieces[:2]:
        for two_leads in (True, False):
            arrange(lead, by=editor, two_leads=two_leads)
            generations.bump("pages")
            looked_at.append((two_leads, slots(NOON), shown(client, "/")))

    assert len(looked_at) == 2 * min(count, 2)
    for two_leads, front, page in looked_at:
        placed = [pk for row in places(front) for pk in row]
        assert len(placed) == len(set(placed))
        assert len(front.leads) == (2 if two_leads and count > 1 else 1)
        assert sum(under(front)) + len(front.beside) == len(front.side)
        assert all(page.count(f">Piece {n}.<") == 1 for n in range(count))


def test_more_stands_under_a_lead_without_a_picture(editor):
    pieces = make_pieces(15, pictures=(0,))

    arrange(pieces[0], pieces[1], by=editor)
    assert under(slots(NOON)) == [0, 2]
    arrange(pieces[1], pieces[0], by=editor)
    assert under(slots(NOON)) == [2, 0]
    arrange(pieces[0], by=editor, two_leads=False)
    assert under(slots(NOON)) == [0]
    arrange(pieces[1], by=editor, two_leads=False)
    assert under(slots(NOON)) == [2]
    assert len(slots(NOON).beside) == 3


def test_a_lead_told_of_three_times_in_twelve_hours_is_live_until_they_are_over(
    client, at_noon, editor
):
    pieces = make_pieces(3)
    arrange(pieces[2], by=editor, two_leads=False)
    publishing.update(pieces[2], by=None, at=later(minutes=-1), note="1 before.")
    tell(pieces[2], 11 * 60)
    tell(pieces[2], 5, kind="correct")
    during = shown(client, "/")
    at_noon.move_to(later(hours=1))
    after = shown(client, "/")

    head = during.index("live__tag")
    assert head < during.index("Piece 2.") < during.index(">1 before.<")
    assert during.index(">1 before.<") < during.index("5 before.") < during.index("660 before.")
    assert "<b>Correction:</b>" in during
    assert "All 3 updates" in during
    assert "live__tag" not in after


def test_two_notes_or_notes_on_what_does_not_lead_make_nothing_live(client, editor):
    pieces = make_pieces(3)
    arrange(pieces[0], by=editor, two_leads=False)
    publishing.update(pieces[0], by=None, at=later(minutes=-1), note="1 before.")
    tell(pieces[0], 2)
    for minutes in (3, 4, 5):
        tell(pieces[1], minutes)

    assert "live__tag" not in shown(client, "/")


def test_the_notes_of_a_timeline_are_not_listed_again(client, editor):
    pieces = make_pieces(3)
    arrange(pieces[0], by=editor, two_leads=False)
    publishing.update(pieces[0], by=None, at=later(minutes=-1), note="1 before.")
    for minutes in (2, 3, 4, 5):
        tell(pieces[0], minutes)
    tell(pieces[1], 6)

    page = shown(client, "/")

    assert [page.count(f">{n} before.<") for n in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert "All 5 updates" in page
    # The fifth is not in the timeline, and so among the notes of all articles.
    assert "5 before." in page
    assert "6 before." in page


def test_a_long_day_costs_one_query_more(editor, django_assert_num_queries):
    pieces = make_pieces(15)
    arrange(pieces[0], pieces[1], by=editor)
    with django_assert_num_queries(3):
        slots(NOON)

    for piece in pieces[:2]:
        publishing.update(piece, by=None, at=later(minutes=-1), note="1 before.")
        for minutes in range(2, 40):
            tell(piece, minutes)

    with django_assert_num_queries(4):
        front = slots(NOON)
    assert [story.count for story in front.live.values()] == [39, 39]


# The desk


def test_two_leads_are_ticked_kept_by_every_button_and_launched(log_in):
    client = log_in("Editor")
    a, b = make_pieces(2)
    made = {"pin": [a.pk], "two_leads": "1", "seen": 0}

    moved = client.post("/desk/front/", {**made, "move": f"pin:{b.pk}"}).content.decode()
    preview = client.post("/desk/front/preview/", made).content.decode()
    before = FrontOrder.objects.count()
    launched = client.post("/desk/front/", {**made, "launch": "1"}, follow=True).content.decode()

    assert 'name="two_leads" value="1" checked' in moved
    assert "Second lead" in moved
    assert "This order is not live yet." in moved
    assert "front-pair" in preview
    assert before == 0
    assert 'name="two_leads" value="1" checked' in launched
    assert "1 pinned, two leads" in launched
    assert "front-pair" in client.get("/").content.decode()


def test_a_withdrawn_lead_leaves_the_other_and_the_choice_of_two(editor):
    pieces = make_pieces(4)
    arrange(pieces[2], pieces[1], by=editor)

    publishing.withdraw(pieces[2], by=editor, at=NOON, note="Wrong.")

    assert current_front().arrangement == Arrangement(pins=(pieces[1].pk,), two_leads=True)
    assert places(slots(NOON))[0] == [1, 0]
