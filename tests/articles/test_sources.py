"""The directory of sources: what is counted, that it is what is stored, and where figures lead."""

import re
from datetime import timedelta

import pytest

from articles import publishing, scorecards
from articles.models import SourceScore, SourceUse
from articles.pages import sources
from tests.articles.factories import cite, make_article, make_live_article, make_source
from tests.clock import NOON, later
from tests.plans import plan_of
from tests.wires.factories import add_version, make_channel, make_outlet, make_post
from wires.models import Channel, Outlet, Post

pytestmark = pytest.mark.django_db

# The sections, the live wire and the quotes, which are on every page.
CARETAKERS = 3


def post_by(name, **fields):
    outlet = Outlet.objects.filter(name=name).first() or make_outlet(name)
    channel = Channel.objects.filter(outlet=outlet).first() or make_channel(outlet=outlet)
    return make_post(channel=channel, **fields)


def count(at=None):
    list(scorecards.count_all(at=at or later(days=1)))


def figures(name):
    score = SourceScore.objects.get(outlet__name=name)
    return {field: getattr(score, field) for field in ("found", "articles", *scorecards.COUNTED)}


def main_of(response):
    page = " ".join(response.content.decode().split())
    return page[page.index("<main") : page.index("</main>")]


def headlines(client, path):
    return re.findall(r'class="card__link"[^>]*> ?([^<]+)</a>', main_of(client.get(path)))


# What is counted


def test_posts_articles_and_citations_are_counted_by_outlet():
    one, two = post_by("Kestrel"), post_by("Kestrel", title="Another")
    cite(one, two)
    cite(one, post_by("Radio Nahr"))
    post_by("Radio Nahr", title="Never cited")

    count()

    assert figures("Kestrel") == {
        "found": 2, "articles": 2, "posts": 3, "edited": 0, "withdrawn": 0, "corrected": 0,
    }  # fmt: skip
    assert figures("Radio Nahr")["found"] == 2
    assert figures("Radio Nahr")["posts"] == 1


def test_an_edit_counts_when_it_came_after_we_cited_the_post():
    before, after = post_by("Kestrel"), post_by("Kestrel")
    add_version(before, text="Edited before.", at=later(hours=-1))
    before.refresh_from_db()
    cite(before, after)

    add_version(after, text="Edited after.", at=later(hours=1))
    count()

    assert figures("Kestrel")["edited"] == 1


def test_an_edit_stays_counted_when_the_article_follows_it():
    post = post_by("Kestrel")
    article = cite(post)
    edited = add_version(post, text="The harbour is open.", at=later(hours=1))
    article.wire_sources.update(version=edited)

    publishing.update(article, by=None, at=later(hours=2), note="It was edited.")
    count()

    assert figures("Kestrel")["edited"] == 1


@pytest.mark.parametrize(("hours", "counted"), [(-1, 0), (1, 1)])
def test_a_withdrawal_counts_when_it_came_after_we_cited_the_post(hours, counted):
    post = post_by("Kestrel")
    cite(post)
    Post.objects.update(state=Post.State.WITHDRAWN, withdrawn_at=later(hours=hours))

    count()

    assert figures("Kestrel")["withdrawn"] == counted


def corrected(*, was, now, act=publishing.correct):
    """Return an article on two outlets whose body was corrected."""
    article = make_article(sources=False, body=was)
    for n, name in enumerate(("Kestrel", "Radio Nahr"), start=1):
        make_source(article, key=f"r{n}", post=post_by(name), position=n)
    publishing.publish(article, by=None, at=NOON)
    article.refresh_from_db()
    article.body = now
    article.save()
    act(article, by=None, at=later(hours=1), note="So.")
    return article


def test_a_correction_counts_for_the_outlets_that_the_changed_sentence_cites():
    corrected(
        was="The harbour is closed [@r1]. The quay is wet [@r2].",
        now="The harbour is shut [@r1]. The quay is wet [@r2].",
    )

    count()

    assert figures("Kestrel")["corrected"] == 1
    assert figures("Radio Nahr")["corrected"] == 0


def test_a_sentence_that_a_correction_took_out_counts_too():
    corrected(
        was="The harbour is closed [@r1]. The quay is wet [@r2].",
        now="The harbour is closed [@r1].",
    )

    count()

    assert figures("Radio Nahr")["corrected"] == 1
    assert figures("Kestrel")["corrected"] == 0


def test_an_update_is_no_correction():
    corrected(
        was="The harbour is closed [@r1]. It is wet [@r2].",
        now="The harbour is shut [@r1]. It is wet [@r2].",
        act=publishing.update,
    )

    count()

    assert figures("Kestrel")["corrected"] == 0


def test_what_is_not_public_counts_for_nothing():
    make_article()
    withdrawn = make_live_article()
    count()
    publishing.withdraw(withdrawn, by=None, at=later(hours=1), note="A forgery.")

    assert not SourceUse.objects.exists()
    count()
    assert set(SourceScore.objects.values_list("posts", flat=True)) == {0}


def test_hidden_posts_and_unconfirmed_outlets_are_not_told():
    post_by("Kestrel")
    Post.objects.update(hidden_at=NOON, hidden_reason="Spam.")
    post_by("Radio Nahr")
    Channel.objects.filter(outlet__name="Radio Nahr").update(
        origin=Channel.Origin.BY_HAND, last_post_at=None
    )

    count()

    assert not SourceScore.objects.exists()


def test_counting_again_changes_nothing_and_writes_no_use():
    cite(post_by("Kestrel"))

    assert sum(scorecards.count_all(at=NOON)) == 1
    assert sum(scorecards.count_all(at=later(hours=1))) == 0
    assert scorecards.count_newest(at=later(hours=1)) == 0


def test_the_newest_are_counted_each_minute_and_sums_once_an_hour():
    cite(post_by("Kestrel"))
    scorecards.count_newest(at=NOON)
    cite(post_by("Kestrel"))

    assert scorecards.count_newest(at=later(minutes=1)) == 1
    assert figures("Kestrel")["articles"] == 1
    scorecards.count_newest(at=later(minutes=61))
    assert figures("Kestrel")["articles"] == 2


def test_counting_takes_few_queries_however_many_articles(django_assert_max_num_queries):
    for _ in range(12):
        cite(post_by("Kestrel"), post_by("Radio Nahr"))

    with django_assert_max_num_queries(20):
        count()

    assert figures("Kestrel")["articles"] == 12


# What readers see


@pytest.mark.parametrize("rows", [1, 9])
def test_the_directory_takes_one_query(client, django_assert_num_queries, rows):
    for n in range(rows):
        cite(post_by(f"Outlet {n}"))
    count()

    with django_assert_num_queries(1 + CARETAKERS):
        shown = main_of(client.get("/sources/"))

    assert shown.count('<th scope="row">') == rows


def test_each_figure_leads_to_as_many_as_it_says(client):
    edited, withdrawn = post_by("Kestrel"), post_by("Kestrel")
    cite(edited, withdrawn, headline="Both")
    cite(edited, headline="One")
    add_version(edited, text="It fell.", at=later(hours=1))
    Post.objects.filter(pk=withdrawn.pk).update(
        state=Post.State.WITHDRAWN, withdrawn_at=later(hours=1)
    )
    count()

    shown = main_of(client.get("/sources/"))

    assert 'aria-label="2 articles that cite Kestrel">2</a>' in shown
    assert headlines(client, "/sources/kestrel/") == ["One", "Both"]
    assert headlines(client, "/sources/kestrel/?show=edited") == ["One", "Both"]
    assert headlines(client, "/sources/kestrel/?show=withdrawn") == ["Both"]
    assert headlines(client, "/sources/kestrel/?show=corrected") == []


@pytest.mark.parametrize("rows", [1, 9])
def test_a_source_takes_two_queries_however_many_articles(client, django_assert_num_queries, rows):
    post = post_by("Kestrel")
    for n in range(rows):
        cite(post, headline=f"Piece {n}", at=NOON + timedelta(minutes=n))
    count()

    with django_assert_num_queries(2 + CARETAKERS):
        shown = main_of(client.get("/sources/kestrel/"))

    assert shown.count('class="card__link"') == rows


def test_a_long_directory_goes_on(client, monkeypatch):
    monkeypatch.setattr(sources, "DIRECTORY", 1)
    for name in ("Aal", "Boot"):
        cite(post_by(name))
    count()

    first = main_of(client.get("/sources/"))
    more = first.partition('href="?after=')[2].partition('"')[0]

    assert ">Aal</a>" in first
    assert ">Boot</a>" in main_of(client.get(f"/sources/?after={more}"))


def test_before_anything_was_counted_the_directory_says_so(client):
    assert "Nothing has been counted yet." in main_of(client.get("/sources/"))


@pytest.mark.parametrize(
    "path", ["/sources/none/", "/sources/kestrel/?show=all", "/sources/kestrel/?older=x"]
)
def test_what_there_is_not_answers_404(client, path):
    cite(post_by("Kestrel"))
    count()

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("after", ["%00", "a" * 3_000, "%F0%9F%92%A9"])
def test_a_place_of_the_directory_that_there_is_not_is_no_error(client, after):
    assert client.get(f"/sources/?after={after}").status_code in {200, 404}


@pytest.mark.parametrize("figure", scorecards.COUNTED)
def test_a_list_behind_a_figure_walks_down_its_index(figure):
    outlet = make_outlet("Kestrel")
    uses = SourceUse.objects.filter(outlet=outlet, **{f"{figure}__gt": 0})

    plan = plan_of(uses.order_by("-first_published_at", "-pk")[:20], unsorted=True)

    assert f"source_use_{figure}" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
