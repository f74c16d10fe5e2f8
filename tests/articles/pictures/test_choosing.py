"""The dialogue of the library, as its script asks for it, and the field of the article."""

import re
from html import escape, unescape

import pytest
from django.contrib.admin.models import LogEntry

from articles import publishing
from articles.models import Image
from articles.pictures import render_image
from tests.articles.factories import make_article
from tests.articles.pictures.drawing import drawn, make_image
from tests.clock import NOON, later
from wires import generations

pytestmark = pytest.mark.django_db

LIBRARY = "/desk/articles/image/library/"


def make_row(n=0, **fields):
    return Image.objects.create(
        **{
            "sha256": f"{n:064x}",
            "extension": "jpg",
            "width": 300,
            "height": 200,
            "size": 9,
            "uploaded_at": later(minutes=n),
        }
        | fields
    )


def shown_in(answer):
    return [int(pk) for pk in re.findall(r'data-id="(\d+)"', answer.content.decode())]


def words_of(image, **fields):
    sent = {"alt": "A boat", "credit": "Ines", "focus_x": 50, "focus_y": 50} | fields
    return {f"image{image.pk}-{name}": value for name, value in sent.items()}


def test_the_library_is_listed_newest_first_and_by_pages_that_lead_on(writer):
    rows = [make_row(n) for n in range(30)]

    first = writer.get(LIBRARY)
    (older,) = re.findall(r'href="(\?[^"]+)"', first.content.decode())
    second = writer.get(LIBRARY + unescape(older))

    assert shown_in(first) == [row.pk for row in reversed(rows[6:])]
    assert shown_in(second) == [row.pk for row in reversed(rows[:6])]
    assert "Newer images" in second.content.decode()


@pytest.mark.parametrize("rows", [2, 24])
def test_the_library_takes_one_query_however_many_pictures(writer, django_assert_num_queries, rows):
    for n in range(rows):
        make_row(n)
    writer.get(LIBRARY)

    # The session, the person, their own rights and those of their groups.
    with django_assert_num_queries(1 + 3):
        page = writer.get(LIBRARY)

    assert len(shown_in(page)) == rows


def test_the_library_is_searched_in_everything_that_is_said_of_a_picture(writer):
    boat = make_row(1, alt="A boat", credit="Ines Okonjo")
    agency = make_row(2, rights="Harbour Agency, one use", caption="Boats at noon")
    make_row(3, alt="A bank")

    def found(words):
        return shown_in(writer.get(LIBRARY, {"q": words}))

    assert found("boat") == [agency.pk, boat.pk]
    assert found("BOAT ines") == [boat.pk]
    assert found("agency") == [agency.pk]
    assert found("submarine") == []


@pytest.mark.parametrize(
    "query", ["?older=x", "?newer=9-x", "?q=%00", "?q=" + "a " * 3000, "?older=" + "9" * 40]
)
def test_a_list_that_is_asked_for_wrongly_breaks_nothing(writer, query):
    make_row()

    assert writer.get(LIBRARY + query).status_code in {200, 404}


def test_a_search_keeps_its_words_on_the_next_page(writer):
    for n in range(30):
        make_row(n, alt="A boat & a bank")

    page = writer.get(LIBRARY, {"q": "boat & bank"}).content.decode()

    assert "q=boat+%26+bank" in page


def test_the_list_shows_small_renditions_never_originals(writer):
    image = make_image(size=(900, 450), body=drawn((900, 450), quality=95))
    render_image(image)

    page = writer.get(LIBRARY).content.decode()

    assert f'src="/media/{image.sha256}-320-' in page
    assert image.url not in page


def test_the_details_of_a_picture_are_shown_and_stored_there(writer):
    image = make_row(alt="Old words")
    before = generations.reader("pages")()

    form = writer.get(f"{LIBRARY}{image.pk}/").content.decode()
    answer = writer.post(
        f"{LIBRARY}{image.pk}/",
        words_of(image, alt="Ships", credit="Ada", rights="Ours", focus_x=10, focus_y=90),
    )

    image.refresh_from_db()
    assert "Old words" in form
    assert (image.alt, image.credit, image.rights) == ("Ships", "Ada", "Ours")
    assert (image.focus_x, image.focus_y) == (10, 90)
    assert 'data-name="Ships"' in answer.content.decode()
    assert "<form" not in answer.content.decode()
    assert generations.reader("pages")() != before


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"is_decorative": "on"}, "A decorative image has no alternative text"),
        ({"focus_x": 101}, "less than or equal to 100"),
        ({"focus_y": -1}, "greater than or equal to 0"),
        ({"focus_y": "left"}, "Enter a whole number"),
        ({"focus_x": "9" * 30}, "less than or equal to 100"),
        ({"alt": "x" * 501}, "at most 500"),
    ],
)
def test_details_that_cannot_be_stored_are_refused_at_their_field(writer, fields, said):
    image = make_row(alt="Old words")

    answer = writer.post(f"{LIBRARY}{image.pk}/", words_of(image, **fields))

    image.refresh_from_db()
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'data-name="Old words"' in answer.content.decode()
    assert (image.alt, image.focus_x, image.focus_y) == ("Old words", 50, 50)


def test_a_focal_point_that_is_left_out_stays(writer):
    image = make_row(focus_x=20, focus_y=80)
    sent = words_of(image)
    del sent[f"image{image.pk}-focus_x"]
    sent[f"image{image.pk}-focus_y"] = ""

    writer.post(f"{LIBRARY}{image.pk}/", sent)

    image.refresh_from_db()
    assert (image.focus_x, image.focus_y) == (20, 80)


def test_a_focal_point_outside_the_picture_cannot_be_stored(db):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        make_row(focus_x=101)


def test_the_field_of_an_article_shows_the_picture_and_where_the_library_is(writer):
    image = make_row(alt="A boat")
    article = make_article(image=image)

    page = writer.get(f"/desk/articles/article/{article.pk}/change/").content.decode()

    assert f'data-library="{LIBRARY}" data-upload="/desk/upload/"' in page
    assert f'src="{image.thumbnail_url}"' in page
    assert f'<option value="{image.pk}" selected>A boat</option>' in page
    assert "picture-field.js" in page


def test_the_page_of_a_picture_shows_what_crops_show(writer):
    image = make_row(focus_x=20, focus_y=80)

    page = writer.get(f"/desk/articles/image/{image.pk}/change/").content.decode()

    assert page.count("focus-x-20 focus-y-80") == 3
    assert 'data-x="id_focus_x" data-y="id_focus_y"' in page


@pytest.mark.parametrize(
    "alt", ["C:\\", "a `tick", "<!-- hidden", "One\n\ntwo", "*A* _b_", "x](y", "&amp; so", "A boat"]
)
def test_whatever_is_said_of_a_picture_its_mark_shows_it(alt):
    image = make_row(alt=alt)

    article = make_article(sources=False, body=f"One.\n\n{image.mark}\n\nTwo `tick`.")

    html = publishing.build_snapshot(article, at=NOON).version.html
    assert f'alt="{escape(alt)}"' in html
    assert "Two <code>tick</code>." in html


def test_the_dialogue_puts_in_the_mark_that_the_library_gives(writer):
    image = make_row(alt="C:\\")

    page = writer.get(f"{LIBRARY}{image.pk}/").content.decode()

    assert f'data-mark="{escape(image.mark)}"' in page


def test_words_that_are_saved_in_the_dialogue_are_logged_and_unchanged_ones_are_not(writer):
    image = make_row(alt="A boat", credit="Ada", focus_x=50, focus_y=50)
    path = f"{LIBRARY}{image.pk}/"

    writer.post(path, words_of(image))
    writer.post(path, words_of(image))

    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.user.username) == (str(image.pk), "ada")
    assert entry.get_change_message() == "Changed Credit."
