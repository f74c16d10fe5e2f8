"""How editors arrange the front page, and how it fills what they leave open."""

import pytest

from articles import publishing
from articles.models import Article, FrontOrder
from articles.models.front import LONGEST_BANNER, MOST_PINS
from articles.publishing import Arrangement, arrange_front, current_front, end_banner, undo_front
from newsroom.front import slots
from tests.articles.factories import make_article, make_live_article, make_section
from tests.articles.test_frozen import make_image
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.pages import shown
from wires import generations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

DESK = "/desk/front/"


@pytest.fixture
def editor():
    return make_user(group="Editor")


def make_pieces(count, **fields):
    """Return live articles, the newest first, each in a section of its own."""
    return [
        make_live_article(
            headline=f"Piece {n}.", at=later(minutes=-n), section=make_section(f"S{n}"), **fields
        )
        for n in range(count)
    ]


def arrange(*pieces, editor, **fields):
    pins = tuple(piece.pk for piece in pieces)
    seen = current_front().n
    return arrange_front(Arrangement(pins=pins, **fields), seen=seen, by=editor, at=NOON)


def order(at=NOON):
    front = slots(at)
    places = [front.lead, *front.side, *front.row, *front.recent]
    return [article.live_version.headline for article in places if article]


def test_pinned_articles_stand_first_in_their_order_and_each_once(editor):
    pieces = make_pieces(15)

    arrange(pieces[14], pieces[3], editor=editor)

    assert order()[:4] == ["Piece 14.", "Piece 3.", "Piece 0.", "Piece 1."]
    assert len(set(order())) == len(order())


def test_an_older_pinned_article_costs_readers_no_query_more(
    editor, client, django_assert_num_queries
):
    pieces = make_pieces(20)
    with django_assert_num_queries(3):
        slots(NOON)

    arrange(pieces[19], editor=editor, banner="Now.", banner_article=pieces[18].pk,
            banner_until=later(hours=1))  # fmt: skip

    with django_assert_num_queries(3):
        page = slots(NOON)
    assert page.lead == pieces[19]
    assert page.banner.article == pieces[18]


def test_what_is_newly_published_does_not_lead_where_something_is_pinned(editor):
    pieces = make_pieces(6)
    arrange(pieces[2], editor=editor)

    make_live_article(headline="Just in.", at=NOON, body=f"{'Word ' * 210}[@r1].",
                      image=make_image("a" * 64))  # fmt: skip

    assert order()[0] == "Piece 2."


@pytest.mark.parametrize(
    ("words", "has_image", "leads"), [(210, True, True), (190, True, False), (210, False, False)]
)
def test_where_nothing_is_pinned_the_newest_with_a_picture_and_200_words_leads(
    words, has_image, leads
):
    make_pieces(4)
    image = make_image("a" * 64) if has_image else None
    body = f"{' '.join(['Word'] * (words - 1))} [@r1]."
    make_live_article(headline="Long.", at=later(minutes=-30), image=image, body=body)

    assert (order()[0] == "Long.") is leads
    assert len(order()) == len(set(order()))


def test_one_section_does_not_take_the_top_while_another_has_news():
    for n in range(10):
        make_live_article(
            headline=f"World {n}.", at=later(minutes=-n), section=make_section("World")
        )
    make_live_article(headline="Trade.", at=later(minutes=-11), section=make_section("Trade"))
    make_live_article(headline="Sport.", at=later(minutes=-12), section=make_section("Sport"))

    assert order()[:5] == ["World 0.", "World 1.", "Trade.", "Sport.", "World 2."]


def test_a_withdrawn_article_loses_its_pin_and_its_line(editor):
    pieces = make_pieces(3)
    arrange(pieces[2], pieces[1], editor=editor, banner="Now.", banner_article=pieces[2].pk,
            banner_until=later(hours=1))  # fmt: skip

    publishing.withdraw(pieces[2], by=editor, at=NOON, note="Wrong.")

    now = current_front().arrangement
    assert (now.pins, now.banner) == ((pieces[1].pk,), "")
    assert order() == ["Piece 1.", "Piece 0."]


def test_a_pin_that_is_withdrawn_this_moment_leaves_no_hole(editor):
    pieces = make_pieces(3)
    arrange(pieces[2], editor=editor)
    Article.objects.filter(pk=pieces[2].pk).update(status="withdrawn", live_version=None)

    assert order() == ["Piece 0.", "Piece 1."]


def test_only_live_articles_are_pinned(editor):
    draft, live = make_article(headline="A draft"), make_live_article(headline="It was live")
    publishing.withdraw(live, by=editor, at=NOON, note="Wrong.")

    for article, said in ((draft, "“A draft” is draft"), (live, "“It was live” is withdrawn")):
        with pytest.raises(publishing.WrongState, match=said):
            arrange(article, editor=editor)

    assert not FrontOrder.objects.exists()


def test_an_arrangement_is_kept_with_who_made_it_when_and_how(editor):
    live, _ = make_pieces(2)

    arrange(live, editor=editor, two_leads=True, banner="Now.", banner_article=live.pk,
            banner_until=later(hours=1))  # fmt: skip
    end_banner(at=later(hours=1))
    undo_front(seen=2, by=editor, at=later(minutes=30))

    columns = (
        "n",
        "what",
        "by",
        "at",
        "pins",
        "two_leads",
        "banner",
        "banner_article",
        "banner_until",
    )
    line = ("Now.", live.pk, later(hours=1))
    assert [*FrontOrder.objects.order_by("n").values_list(*columns)] == [
        (1, "arranged", editor.pk, NOON, [live.pk], True, *line),
        (2, "banner over", None, later(hours=1), [live.pk], True, "", None, None),
        (3, "undone", editor.pk, later(minutes=30), [live.pk], True, *line),
    ]


def test_without_a_line_nothing_of_one_is_kept(editor):
    live, _ = make_pieces(2)

    row = arrange(editor=editor, banner_article=live.pk, banner_until=later(hours=1))

    assert (row.banner, row.banner_article_id, row.banner_until) == ("", None, None)


def test_the_longest_line_and_the_most_pins_are_taken_and_one_more_is_refused(editor):
    pieces = make_pieces(MOST_PINS + 1)
    longest = {"banner": "N" * LONGEST_BANNER, "banner_until": later(microseconds=1)}

    arrange(*pieces[:MOST_PINS], editor=editor, **longest)

    for pins, fields in (
        (pieces, {}),
        (pieces[:1] * 2, {}),
        (pieces[:1], longest | {"banner": "N" * (LONGEST_BANNER + 1)}),
    ):
        with pytest.raises(publishing.WrongState):
            arrange(*pins, editor=editor, **fields)
    assert len(current_front().arrangement.pins) == MOST_PINS


def test_undoing_keeps_a_line_that_is_not_over_and_drops_one_that_is(editor):
    line = {"banner": "Now.", "banner_until": later(hours=1)}
    arrange(editor=editor, **line)
    arrange(editor=editor)

    undone = undo_front(seen=2, by=editor, at=later(minutes=59))
    arrange(editor=editor)
    over = undo_front(seen=4, by=editor, at=later(hours=1))

    assert (undone.banner, undone.banner_until) == ("Now.", later(hours=1))
    assert (over.banner, over.banner_until) == ("", None)


def test_a_withdrawal_that_touches_neither_pins_nor_line_arranges_nothing(editor):
    pinned, other = make_pieces(2)
    arrange(pinned, editor=editor)

    publishing.withdraw(other, by=editor, at=NOON, note="Wrong.")

    assert current_front().n == 1


def test_of_two_who_arrange_it_at_once_the_second_is_told(editor):
    pieces = make_pieces(2)
    arrange(pieces[1], editor=editor)

    with pytest.raises(publishing.ChangedMeanwhile, match="Somebody else arranged"):
        arrange_front(Arrangement(), seen=0, by=editor, at=NOON)

    assert order()[0] == "Piece 1."


def test_writers_do_not_arrange_it():
    with pytest.raises(publishing.NotAllowed):
        arrange_front(Arrangement(), seen=0, by=make_user(group="Writer"), at=NOON)


def test_undoing_brings_back_what_was_before_without_what_is_withdrawn(editor):
    pieces = make_pieces(4)
    arrange(pieces[3], pieces[2], editor=editor)
    arrange(pieces[1], editor=editor)
    publishing.withdraw(pieces[3], by=editor, at=NOON, note="Wrong.")

    undo_front(seen=current_front().n, by=editor, at=NOON)

    assert current_front().arrangement.pins == (pieces[2].pk,)


def test_a_line_for_breaking_news_stands_until_its_end_and_moves_the_pages(
    editor, client, at_noon, django_capture_on_commit_callbacks
):
    pieces = make_pieces(2)
    arrange(editor=editor, banner="The port is open.", banner_article=pieces[1].pk,
            banner_until=later(hours=1))  # fmt: skip
    during = shown(client, "/")
    at_noon.move_to(later(hours=1))
    after = shown(client, "/")
    before = generations.current("pages")

    with django_capture_on_commit_callbacks(execute=True):
        ended = [end_banner(at=later(minutes=59)), end_banner(at=later(hours=1))]

    assert "The port is open." in during
    assert pieces[1].get_absolute_url() in during
    assert "The port is open." not in after
    assert ended == [False, True]
    assert generations.current("pages") != before
    assert not end_banner(at=later(hours=2))


@pytest.mark.parametrize("until", [None, NOON])
def test_a_line_without_an_end_or_with_one_that_is_over_is_refused(editor, until):
    with pytest.raises(publishing.BadTime):
        arrange(editor=editor, banner="Now.", banner_until=until)


# The desk


def press(client, pins=(), seen=0, **data):
    pins = [getattr(pin, "pk", pin) for pin in pins]
    response = client.post(DESK, {"pin": pins, "seen": seen, **data}, follow=True)
    return response.content.decode()


def pinned(page):
    return [int(part.partition('"')[0]) for part in page.split('name="pin" value="')[1:]]


def test_every_move_works_without_script_and_is_not_live_before_launch(log_in):
    client, (a, b, c) = log_in("Editor"), make_pieces(3)

    pages = [
        press(client, [a, b], move=f"lead:{c.pk}"),
        press(client, [a, b], move=f"pin:{c.pk}"),
        press(client, [a, b], move=f"up:{b.pk}"),
        press(client, [a, b], move=f"down:{a.pk}"),
        press(client, [a, b], move=f"up:{a.pk}"),
        press(client, [a, b], move=f"unpin:{a.pk}"),
    ]

    assert [pinned(page) for page in pages] == [
        [c.pk, a.pk, b.pk], [a.pk, b.pk, c.pk], [b.pk, a.pk], [b.pk, a.pk], [a.pk, b.pk], [b.pk],
    ]  # fmt: skip
    assert "This order is not live yet." in pages[0]
    assert not FrontOrder.objects.exists()


def test_a_pin_withdrawn_before_launch_is_named_and_left_out(log_in, editor):
    client, (a, b) = log_in("Editor"), make_pieces(2)
    publishing.withdraw(a, by=editor, at=NOON, note="Wrong.")

    page = press(client, [a, b], launch="1")

    assert "“Piece 0.” is withdrawn: only live articles stand on the front page." in page
    assert "It is left out below: look at the order, then press Launch again." in page
    assert f'name="pin" value="{a.pk}"' not in page
    assert f'name="pin" value="{b.pk}"' in page
    assert not FrontOrder.objects.exists()


def test_a_launch_goes_live_and_is_undone_by_a_button(log_in):
    client, (a, b) = log_in("Editor"), make_pieces(2)

    page = press(client, [b, a], launch="1")
    launched = order()
    undone = client.post(f"{DESK}undo/", {"seen": 1}, follow=True).content.decode()

    assert "Readers now see the front page in this order." in page
    assert launched == ["Piece 1.", "Piece 0."]
    assert "The front page is as it was before." in undone
    assert order() == ["Piece 0.", "Piece 1."]


def test_the_preview_shows_the_order_that_nobody_else_sees(log_in):
    client, (_, b) = log_in("Editor"), make_pieces(2)

    page = client.post(f"{DESK}preview/", {"pin": [b.pk], "banner": ""}).content.decode()

    assert page.index("Piece 1.") < page.index("Piece 0.")
    assert order() == ["Piece 0.", "Piece 1."]


@pytest.mark.parametrize("pin", ["x", "-1", "99999999999999999999", "²", "9223372036854775808"])
def test_a_pin_that_is_no_article_is_left_out_or_refused(log_in, pin):
    client = log_in("Editor")
    make_pieces(1)

    page = press(client, [pin], launch="1", move=f"up:{pin}")

    assert pinned(page) == []


def test_a_line_with_a_bad_time_keeps_the_order_and_says_why(log_in):
    client, (a, b) = log_in("Editor"), make_pieces(2)

    page = press(client, [b, a], launch="1", banner="Now.", when="2026-06-25T11:00")

    assert "The front page has not changed. 25 June 2026 11:00 UTC is over." in page
    assert pinned(page) == [b.pk, a.pk]


def test_the_page_takes_the_same_queries_for_more_articles(log_in, django_assert_max_num_queries):
    client, pieces = log_in("Editor"), make_pieces(20)
    press(client, pieces[10:14], launch="1")

    with django_assert_max_num_queries(12):
        page = client.get(DESK).content.decode()
    assert pinned(page) == [piece.pk for piece in pieces[10:14]]
