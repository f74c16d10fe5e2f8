"""Erasure at the desk: who may, what the pages show, and what the buttons do."""

import pytest
import time_machine

from articles.models import Article, Erasure
from tests.articles.erasure.scene import SECRET, make_scene
from tests.articles.factories import cite, make_article, make_live_article, make_source
from tests.clock import NOON, later
from tests.pages import words
from tests.wires.factories import make_post

pytestmark = pytest.mark.django_db

TEXT = "Quillfeather owes nine million crowns."


@pytest.fixture(autouse=True)
def at_nine():
    with time_machine.travel(later(hours=9), tick=False):
        yield


@pytest.fixture
def cited():
    """A post that a live article and a draft print words of."""
    post = make_post(text=TEXT)
    cite(post, body="Quillfeather owes [@r1].", headline="A case")
    make_source(make_article(body="Quillfeather pays [@r1].", sources=False), post=post)
    return post


def page_of(post):
    return f"/desk/erasures/post/{post.pk}/"


def erased(desk, post):
    desk.post(page_of(post), {"reason": "A court, 12/26."})
    return Erasure.objects.get()


def test_the_first_page_shows_where_the_words_stand_and_erases_nothing(log_in):
    post, _ = make_scene()

    page = words(log_in("Publisher").get(page_of(post)).content.decode())

    for said in (
        "Versions of the post: 3",
        "Pieces of evidence of other posts that hold it: 1",
        "Sessions with messages not shown yet",
        "Notes on acknowledged queries in published versions",
        "Printed by our own texts",
    ):
        assert said in page
    assert "“The harbour is closed”" in page
    assert SECRET in post.versions.get(n=1).text


def test_a_post_is_erased_from_its_page_for_a_reason(log_in, cited):
    desk = log_in("Publisher")
    link = f'href="{page_of(cited)}"'
    assert link in desk.get(f"/desk/wires/post/{cited.pk}/change/").content.decode()

    answer = desk.post(page_of(cited), {"reason": "A court, 12/26."}, follow=True)

    page, record = words(answer.content.decode()), Erasure.objects.get()
    assert answer.redirect_chain[-1][0] == f"/desk/erasures/{record.pk}/"
    assert "3 texts of ours may still print its words" in page
    assert "A court, 12/26." in page
    assert "Not complete: 3 texts" in page
    assert record.at == later(hours=9)
    assert cited.versions.get().text == ""


def test_nothing_is_erased_at_the_desk_without_a_reason(log_in, cited):
    answer = log_in("Publisher").post(page_of(cited), {"reason": " "})

    assert "This field is required." in answer.content.decode()
    assert cited.versions.get().text == TEXT


def test_a_post_that_is_erased_already_leads_back_to_its_page(log_in, cited):
    desk = log_in("Publisher")
    erased(desk, cited)

    answer = desk.get(page_of(cited), follow=True)

    assert answer.redirect_chain[-1][0] == f"/desk/wires/post/{cited.pk}/change/"
    assert "has no words left to erase." in answer.content.decode()
    assert f'href="/desk/erasures/{Erasure.objects.get().pk}/"' in answer.content.decode()


def test_alerts_show_an_erasure_until_every_place_is_decided(log_in, cited):
    desk = log_in("Publisher")
    record = erased(desk, cited)
    before = words(desk.get("/desk/alerts/").content.decode())

    places = [str(place.pk) for place in record.places.all()]
    desk.post(f"/desk/erasures/{record.pk}/keep/", {"places": places, "reason": "On record."})

    assert "Erasures that are not complete" in before
    assert f"Post {cited.pk} of {cited.channel.code}" in before
    assert "3 texts of ours" in before
    assert "not complete" not in desk.get("/desk/alerts/").content.decode()
    page = words(desk.get(f"/desk/erasures/{record.pk}/").content.decode())
    assert "Complete" in page
    assert page.count("On record.") == 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"reason": "On record."}, "Tick at least one version or working copy."),
        ({"places": ["0"], "reason": "On record."}, "Select a valid choice."),
        ({"places": ["x"], "reason": "On record."}, "not a valid value"),
        ({"places": ["first"], "reason": ""}, "This field is required."),
    ],
)
def test_a_place_is_not_kept_by_a_form_that_lacks_something(log_in, cited, data, said):
    desk = log_in("Publisher")
    record = erased(desk, cited)
    first = record.places.first()
    data = data | {
        "places": [first.pk if one == "first" else one for one in data.get("places", ())]
    }

    answer = desk.post(f"/desk/erasures/{record.pk}/keep/", data)

    assert said in answer.content.decode()
    assert record.places.open().count() == 3


def test_a_working_copy_is_marked_as_rewritten_once_it_is(log_in, cited):
    desk = log_in("Publisher")
    place = erased(desk, cited).places.get(version=None, article__status="draft")
    address = f"/desk/erasures/rewritten/{place.pk}/"

    early = desk.post(address, follow=True).content.decode()
    Article.objects.filter(pk=place.article_id).update(body="Somebody pays [@r1].")
    late = desk.post(address, follow=True).content.decode()

    place.refresh_from_db()
    assert "The text has not changed since." in early
    assert "marked as rewritten" in late
    assert place.closed_by is not None
    assert (place.kept_reason, place.closed_at) == ("", later(hours=9))


def test_a_version_is_erased_from_its_page_and_the_article_withdrawn(log_in, client):
    article = make_live_article(headline="Ships wait")
    version, desk = article.live_version, log_in("Publisher")
    address = f"/desk/erasures/version/{version.pk}/"
    its_page = f"/desk/articles/articleversion/{version.pk}/change/"
    assert f'href="{address}"' in desk.get(its_page).content.decode()

    first = desk.get(address).content.decode()
    desk.post(address, {"reason": "A court."})

    article.refresh_from_db()
    assert "erasing it withdraws the article" in first
    assert article.status == Article.Status.WITHDRAWN
    assert "removed on legal request" in desk.get(its_page).content.decode()
    assert client.get(article.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("group", ["Wire desk", "Writer", "Editor"])
def test_only_publishers_erase_and_decide_at_the_desk(log_in, cited, group):
    record = erased(log_in("Publisher"), cited)
    another, version = make_post(), make_live_article().live_version
    working_copy = record.places.filter(version=None).first()
    places = list(record.places.values_list("pk", flat=True))
    desk = log_in(group)

    answers = [
        desk.get(page_of(another)),
        desk.post(page_of(another), {"reason": "Mine."}),
        desk.get(f"/desk/erasures/version/{version.pk}/"),
        desk.post(f"/desk/erasures/version/{version.pk}/", {"reason": "Mine."}),
        desk.post(f"/desk/erasures/{record.pk}/keep/", {"places": places, "reason": "Mine."}),
        desk.post(f"/desk/erasures/rewritten/{working_copy.pk}/"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 6
    assert (
        page_of(another) not in desk.get(f"/desk/wires/post/{another.pk}/change/").content.decode()
    )
    assert Erasure.objects.count() == 1
    assert record.places.open().count() == 3
    may_read = 200 if group == "Editor" else 403
    assert desk.get(f"/desk/erasures/{record.pk}/").status_code == may_read
    assert desk.get("/desk/erasures/").status_code == may_read


def test_erasures_are_for_staff_only(client, cited):
    answers = [client.get("/desk/erasures/"), client.post(page_of(cited), {"reason": "Mine."})]

    assert [answer.status_code for answer in answers] == [302, 403]
    assert cited.versions.get().text == TEXT


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_of_erasures_takes_the_same_queries_however_many(
    log_in, rows, django_assert_num_queries
):
    desk = log_in("Publisher")
    for n in range(rows):
        Erasure.objects.create(kind="post", subject=f"Post {n}", reason="A court.", at=NOON)
    desk.get("/desk/erasures/")

    with django_assert_num_queries(5):
        page = desk.get("/desk/erasures/").content.decode()

    assert page.count("A court.") == rows


@pytest.mark.parametrize("articles", [1, 8])
def test_the_record_takes_the_same_queries_however_many_places(
    log_in, articles, django_assert_num_queries
):
    desk, post = log_in("Publisher"), make_post(text=TEXT)
    for n in range(articles):
        cite(post, body="Quillfeather owes [@r1].", headline=f"A case {n}")
    record = erased(desk, post)
    desk.get(f"/desk/erasures/{record.pk}/")

    with django_assert_num_queries(5):
        page = desk.get(f"/desk/erasures/{record.pk}/").content.decode()

    assert page.count("Not decided.") == 2 * articles


@pytest.mark.parametrize("page", ["?older=1-1", "?newer=1-1"])
def test_the_pages_of_the_list_may_be_empty(log_in, page):
    assert log_in("Publisher").get(f"/desk/erasures/{page}").status_code == 200
