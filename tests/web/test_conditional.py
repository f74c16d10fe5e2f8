import re
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse

from tests.clock import later
from web.conditional import appearance, public_page


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


@pytest.mark.parametrize(
    "asked", ["{tag}", '"other", {tag}', '{tag}, W/"other"', "{strong}", '"other",{strong}', "*"]
)
def test_a_tag_that_fits_is_answered_without_the_page(rf, page, asked):
    tag = page(rf.get("/"))["ETag"]
    wanted = asked.format(tag=tag, strong=tag.removeprefix("W/"))

    answer = page(rf.get("/", headers={"If-None-Match": wanted}))

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == tag
    assert len(page.calls) == 1


@pytest.mark.parametrize(
    "asked", ["{part}", "W/{part}", 'W/"{bare}', "{bare}", 'W/"{upper}"', '"other"', "", "W/*"]
)
def test_a_tag_that_does_not_fit_is_answered_with_the_whole_page(rf, page, asked):
    tag = page(rf.get("/"))["ETag"]
    bare = tag.removeprefix('W/"').removesuffix('"')
    wanted = asked.format(part=f'"{bare[:-1]}"', bare=bare, upper=bare.upper())

    answer = page(rf.get("/", headers={"If-None-Match": wanted}))

    assert (answer.status_code, answer.content) == (200, b"words")
    assert answer["ETag"] == tag
    assert len(page.calls) == 2


def test_the_tag_counts_before_the_date_and_the_date_alone_counts_for_nothing(rf, page):
    tag = page(rf.get("/"))["ETag"]
    ever = "Thu, 01 Jan 2099 00:00:00 GMT"

    statuses = [
        page(rf.get("/", headers={"If-None-Match": wanted, "If-Modified-Since": ever})).status_code
        for wanted in (tag, '"other"')
    ]
    alone = page(rf.get("/", headers={"If-Modified-Since": ever}))

    assert statuses == [304, 200]
    assert (alone.status_code, "Last-Modified" in alone) == (200, False)


def test_a_tag_is_weak_and_the_page_is_to_be_asked_for_again(rf, page):
    answer = page(rf.get("/"))

    assert re.fullmatch(r'W/"[0-9a-f]{24}"', answer["ETag"])
    assert answer["Cache-Control"] == "public, no-cache"
    assert page(rf.head("/"))["ETag"] == answer["ETag"]


def test_numbers_that_look_the_same_written_together_give_two_tags(rf, page, moved):
    moved[:] = [1, 11]
    first = page(rf.get("/"))["ETag"]

    moved[:] = [11, 1]

    assert page(rf.get("/"))["ETag"] != first


def test_what_an_address_names_is_passed_on_to_the_page(rf):
    @public_page(lambda: [1])
    def view(request, slug, *, page):
        return HttpResponse(f"{slug} {page}")

    assert view(rf.get("/a/"), "harbour", page=2).content == b"harbour 2"


@pytest.mark.parametrize(
    ("shows_clocks", "moments", "tags"),
    [
        # In Tokyo the day begins at 15:00 UTC.
        (False, [later(seconds=0), later(hours=2, minutes=59), later(hours=3)], [0, 0, 1]),
        (True, [later(seconds=0), later(seconds=59), later(seconds=60)], [0, 0, 1]),
        (True, [later(seconds=0), later(hours=24)], [0, 1]),
    ],
)
def test_a_page_is_made_again_when_its_day_or_its_minute_is_over(
    rf, settings, at_noon, shows_clocks, moments, tags
):
    settings.NEWSROOM_TIME_ZONE = ZoneInfo("Asia/Tokyo")

    @public_page(lambda: [1], shows_clocks=shows_clocks)
    def view(request):
        return HttpResponse("words")

    seen = []
    for moment in moments:
        at_noon.move_to(moment)
        seen.append(view(rf.get("/"))["ETag"])

    assert [list(dict.fromkeys(seen)).index(tag) for tag in seen] == tags


@pytest.fixture
def own_templates(settings, tmp_path):
    """A folder of templates that a test may change."""
    settings.BASE_DIR = tmp_path
    folder = tmp_path / "templates" / "deep"
    folder.mkdir(parents=True)
    (folder / "a.html").write_text("a")
    return folder


def changed_name(settings, folder):
    settings.SITE_NAME = "Another"


def changed_address(settings, folder):
    settings.SITE_URL = "https://another.example"


def changed_template(settings, folder):
    (folder / "a.html").write_text("b")


def new_template(settings, folder):
    (folder / "b.html").write_text("b")


@pytest.mark.parametrize("change", [changed_name, changed_address, changed_template, new_template])
def test_a_release_or_a_name_that_changes_makes_every_page_again(settings, own_templates, change):
    before = appearance.__wrapped__()
    again = appearance.__wrapped__()

    change(settings, own_templates)

    assert (again == before, appearance.__wrapped__() == before) == (True, False)
    assert re.fullmatch("[0-9a-f]{16}", before)


def test_styles_that_change_make_every_page_again(settings, own_templates, monkeypatch):
    tags = set()
    for manifest in ("a", "b"):
        styles = SimpleNamespace(manifest_hash=manifest)
        monkeypatch.setattr("web.conditional.staticfiles_storage", styles)
        tags.add(appearance.__wrapped__())

    assert len(tags) == 2


def test_the_tag_of_a_page_moves_with_the_appearance(rf, page, settings, own_templates):
    appearance.cache_clear()
    before = page(rf.get("/"))["ETag"]

    (own_templates / "a.html").write_text("b")
    appearance.cache_clear()
    after = page(rf.get("/"))["ETag"]
    appearance.cache_clear()

    assert before != after
