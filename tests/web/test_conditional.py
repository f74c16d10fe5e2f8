import pytest
from django.http import HttpResponse

from web.conditional import public_page


@pytest.fixture
def moved():
    """The numbers that a page watches, for a test to change."""
    return [1, 1]


@pytest.fixture
def page(moved):
    """A page that counts how often it is made."""

    @public_page(lambda: moved)
    def view(request):
        view_calls.append(request)
        return HttpResponse("words")

    view_calls = view.calls = []
    return view


def test_a_page_is_not_made_again_while_its_numbers_stay(rf, page):
    etag = page(rf.get("/"))["ETag"]

    answer = page(rf.get("/", headers={"If-None-Match": etag}))

    assert answer.status_code == 304
    assert len(page.calls) == 1


@pytest.mark.parametrize("place", [0, 1])
def test_a_page_is_made_again_when_one_of_its_numbers_moves(rf, page, moved, place):
    etag = page(rf.get("/"))["ETag"]

    moved[place] += 1
    answer = page(rf.get("/", headers={"If-None-Match": etag}))

    assert answer.status_code == 200
    assert len(page.calls) == 2


def test_two_addresses_of_a_page_never_share_a_tag(rf, page):
    assert page(rf.get("/?a=1"))["ETag"] != page(rf.get("/?a=2"))["ETag"]


def test_a_page_is_made_each_time_while_debugging(rf, page, settings):
    settings.DEBUG = True

    assert "ETag" not in page(rf.get("/"))


def test_a_page_is_only_read(rf, page):
    assert page(rf.post("/")).status_code == 405
