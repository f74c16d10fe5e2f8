"""The benchmark of anonymous requests measures every public view, and would notice a dear one."""

import pytest
from django.test import Client

from benchmarks import anonymous_requests
from benchmarks.anonymous import addresses, copies, hostile
from benchmarks.anonymous.costs import Clock, Cost, measure
from tests.clock import NOON, later
from tests.wires.factories import make_post
from wires.models import Post


def a_cost(*, view="front", web=10.0, database=0.0):
    return Cost(
        view=view, address="/", status=200, web=web, database=database, size=1, queries=1
    )  # fmt: skip


def test_every_public_view_is_measured():
    assert addresses.unlisted() == set()
    assert addresses.PAGES.keys() - addresses.public_views() == {
        addresses.DESK,
        addresses.NOT_FOUND,
    }


@pytest.mark.parametrize(
    ("web", "database", "missed"),
    [(49.0, 1.0, False), (51.0, 0.0, True), (25.0, 26.0, True), (251.0, 0.0, True)],
)
def test_a_page_over_five_times_the_demo_or_over_the_limit_is_reported(
    capsys, web, database, missed
):
    found = anonymous_requests.compare([a_cost()], [a_cost(web=web, database=database)])

    assert bool(found) is missed
    assert ("MISSED" in capsys.readouterr().out) is missed


def test_no_page_may_take_longer_than_the_limit_however_dear_the_demo_is(capsys):
    assert anonymous_requests.compare([a_cost(web=200.0)], [a_cost(web=251.0)])
    assert not anonymous_requests.compare([a_cost(web=200.0)], [a_cost(web=249.0)])


def test_a_part_of_no_name_is_refused_before_anything_is_filled_in():
    with pytest.raises(SystemExit, match="No view has 'fead' in its name"):
        anonymous_requests.run(hostile.Size.small(), only="fead")


@pytest.mark.django_db
def test_rows_are_copied_with_what_differs():
    post = make_post()

    base = copies.multiply(
        post,
        3,
        native_id_hash=f"'{'a' * 40}' || {copies.N}",
        wire_at=copies.earlier("wire_at", f"60 * {copies.N}"),
    )

    copied = list(Post.objects.filter(pk__gt=base).order_by("pk"))
    assert [row.wire_at for row in copied] == [later(minutes=-n) for n in (1, 2, 3)]
    assert {row.native_id for row in copied} == {post.native_id}
    assert make_post().pk > copied[-1].pk


@pytest.mark.django_db
def test_a_request_is_measured_in_processor_time_bytes_and_queries():
    client, clock = Client(), Clock.of_connection()

    cost = measure(client, "readyz", "/readyz", clock=clock, rounds=2)

    assert (cost.status, cost.queries, cost.size) == (200, 1, len(client.get("/readyz").content))
    assert cost.all >= cost.web > 0


@pytest.mark.long
@pytest.mark.django_db
def test_no_anonymous_request_costs_more_on_a_hostile_site(settings, tmp_path, capsys):
    settings.MEDIA_ROOT = tmp_path

    missed = anonymous_requests.run(hostile.Size.small())

    assert [str(cost) for cost in missed] == [], capsys.readouterr().out


@pytest.mark.django_db
def test_a_hostile_site_has_articles_at_every_limit(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    size = hostile.Size(
        articles=3, posts=10, large_articles=1, large_posts=1, versions=3, corrections=2,
        channels=1, outlets=2, sections=1, instruments=1, body=2_000, sources=3,
    )  # fmt: skip

    site = hostile.fill(size, at=NOON)

    version = site.large.live_version
    assert len(version.body) > 1_800
    assert version.sources.count() == 3
    assert site.often_cited.versions.count() == 3
    assert site.corrected.corrections.count() == 3
    site.withdrawn.refresh_from_db()
    assert site.withdrawn.status == "withdrawn"
