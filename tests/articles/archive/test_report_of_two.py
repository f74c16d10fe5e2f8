"""The report on two articles at a time: each alert is of its own article, post, version and source."""

import pytest

from articles import archive, publishing
from articles.archive import report, usage
from articles.models import ArchiveRun, Article, Fault
from tests.articles.factories import make_article, make_live_article, make_source
from tests.articles.twins import finding_of, make_twins
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_channel, make_outlet, make_post
from wires.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def drafts_of_before(db):
    """Let the ids of articles differ from those of versions and posts."""
    Article.objects.filter(pk__in=[make_article(sources=False).pk for _ in range(3)]).delete()


def live_twins(**fields):
    """Publish two articles of the same words that cite the same post; return them and the post."""
    post = make_post()
    twins = make_twins(post=post, **fields)
    for article in twins:
        publishing.publish(article, by=None, at=NOON)
    return *twins, post


def open_again(post, *, at=None, text="The harbour is open."):
    add_version(post, text=text, at=at or later(hours=1))


def take_down(post, *, at=None):
    columns = {"state": Post.State.WITHDRAWN, "withdrawn_at": at or later(hours=1)}
    assert Post.objects.filter(pk=post.pk).update(**columns)


def check(article, *, at=None):
    assert archive.vet(archive.live_articles().filter(pk=article.pk), at=at or later(hours=9))


def ended_run(*, started_at, finished_at):
    return ArchiveRun.objects.create(started_at=started_at, finished_at=finished_at)


def told():
    return {(alert.article, alert.code) for alert in archive.fresh()}


# Since the last run


def test_a_fault_on_record_for_one_article_is_still_reported_for_another():
    one, twin, post = live_twins()
    open_again(post)
    check(one)
    assert told() == {(twin, "source-changed")}

    take_down(post, at=later(hours=2))

    assert told() == {
        (one, "source-deleted"), (twin, "source-deleted"), (twin, "source-changed"),
    }  # fmt: skip


def test_a_fault_on_record_for_one_post_is_still_reported_for_another():
    posts = [make_post(text="The harbour is closed."), make_post(text="The strait is closed.")]
    article = make_article(sources=False, body="The harbour is closed [@r1]. It is shut [@r2].")
    for key, post in zip(("r1", "r2"), posts, strict=True):
        make_source(article, key=key, post=post)
    publishing.publish(article, by=None, at=NOON)
    open_again(posts[0])
    check(article)

    open_again(posts[1])

    (alert,) = archive.fresh()
    assert (alert.post, alert.key, alert.at) == (posts[1], "r2", later(hours=1))
    assert alert.sentences == ((2, "It is shut."),)
    (recorded,) = archive.recorded(archive.faults())
    assert (recorded.post, recorded.key) == (posts[0], "r1")


def test_a_fault_on_record_for_an_older_version_is_reported_for_the_live_one():
    article = make_live_article()
    post = article.wire_sources.get().post
    open_again(post)
    check(article)
    fault = Fault.objects.get()
    # The live version is another, which cites the same words of the post.
    version, sources = article.live_version, list(article.live_version.sources.all())
    version.pk, version.n = None, 2
    version.save(force_insert=True)
    for source in sources:
        source.pk, source.version = None, version
        source.save(force_insert=True)
    Article.objects.filter(pk=article.pk).update(live_version=version)

    (alert,) = archive.fresh()

    assert (alert.version, alert.code) == (version, "source-changed")
    assert fault not in archive.faults()


@pytest.mark.parametrize("clear", ["acknowledge", "override"])
def test_what_was_cleared_in_one_article_is_still_reported_for_another(clear):
    one, twin, post = live_twins()
    (open_again if clear == "override" else take_down)(post)
    code = "source-changed" if clear == "override" else "source-deleted"
    mark = finding_of(one, code, at=later(hours=2)).fingerprint
    by, words = make_user(group="Publisher"), "reason" if clear == "override" else "note"

    getattr(publishing, clear)(
        one, fingerprint=mark, by=by, at=later(hours=2), **{words: "We know."}
    )

    assert told() == {(twin, code)}


def test_only_articles_that_cite_a_changed_post_are_reported():
    edited, withdrawn, _ = make_live_article(), make_live_article(), make_live_article()
    open_again(edited.wire_sources.get().post)
    take_down(withdrawn.wire_sources.get().post)
    open_again(make_post())

    assert told() == {(edited, "source-changed"), (withdrawn, "source-deleted")}


def test_an_article_that_cites_the_latest_words_is_not_reported():
    old, new = make_live_article(), make_article()
    source = new.wire_sources.get()
    for post in (old.wire_sources.get().post, source.post):
        open_again(post)
    new.wire_sources.update(version=source.post.versions.get(n=2))
    Article.objects.filter(pk=new.pk).update(body="The harbour is open [@r1].")
    publishing.publish(new, by=None, at=later(hours=2))

    assert told() == {(old, "source-changed")}


def test_a_change_is_reported_from_a_quarter_of_an_hour_before_the_last_run_began():
    before, margin, during = (make_live_article() for _ in range(3))
    ended_run(started_at=later(hours=3), finished_at=later(hours=6))
    for article, at in (
        (before, later(hours=2, minutes=44)),
        (margin, later(hours=2, minutes=45)),
        (during, later(hours=5)),
    ):
        open_again(article.wire_sources.get().post, at=at)

    assert [alert.article for alert in archive.fresh()] == [during, margin]


def test_a_withdrawal_is_reported_from_a_quarter_of_an_hour_before_the_last_run_began():
    before, margin, during = (make_live_article() for _ in range(3))
    ended_run(started_at=later(hours=3), finished_at=later(hours=6))
    for article, at in (
        (before, later(hours=2, minutes=44)),
        (margin, later(hours=2, minutes=45)),
        (during, later(hours=5)),
    ):
        take_down(article.wire_sources.get().post, at=at)

    assert [alert.article for alert in archive.fresh()] == [during, margin]


def test_an_alert_says_everything_about_its_change():
    article = make_live_article(body="The harbour is closed [@r1]. It is shut [@r1].")
    post = article.wire_sources.get().post
    open_again(post)

    assert archive.fresh() == [
        archive.Alert(
            article=article,
            version=article.live_version,
            code="source-changed",
            level="hold",
            field="sources",
            message=(
                "Harbour Wire edited source r1 after it was cited: “harbour is closed” is now "
                "“harbour is open”. Cite the new version and check that the text still fits."
            ),
            excerpt="",
            at=later(hours=1),
            post=post,
            key="r1",
            sentences=((1, "The harbour is closed."), (2, "It is shut.")),
        )
    ]


def test_an_alert_shows_the_first_three_sentences_of_its_source():
    words = ("The harbour is shut", "It is closed", "It stays shut", "It stays closed")
    article = make_live_article(body="It rains. " + " ".join(f"{each} [@r1]." for each in words))
    open_again(article.wire_sources.get().post)

    (alert,) = archive.fresh()

    assert alert.sentences == (
        (2, "The harbour is shut."), (3, "It is closed."), (4, "It stays shut."),
    )  # fmt: skip


# On record


def test_recorded_faults_of_two_articles_have_the_sentences_of_their_own():
    one = make_live_article(body="The harbour is closed [@r1].")
    other = make_live_article(body="It rains. The harbour is shut [@r1].")
    for article in (one, other):
        open_again(article.wire_sources.get().post)
        check(article)

    alerts = archive.recorded(archive.faults().order_by("pk"))

    assert [(alert.article, alert.version, alert.sentences) for alert in alerts] == [
        (one, one.live_version, ((1, "The harbour is closed."),)),
        (other, other.live_version, ((2, "The harbour is shut."),)),
    ]


def test_a_recorded_fault_of_the_text_shows_its_sentence_and_no_source():
    article = make_live_article()
    mark = {"field": "body", "message": "No.", "excerpt": "The harbour is closed."}
    fault = Fault.objects.create(
        article=article, version=article.live_version, code="weekday", level="query",
        fingerprint="f" * 64, finding=mark, found_at=later(hours=2),
    )  # fmt: skip

    (alert,) = archive.recorded(archive.faults())

    assert alert == archive.Alert(
        article=article, version=article.live_version, code="weekday", level="query",
        field="body", message="No.", excerpt="The harbour is closed.", at=fault.found_at,
    )  # fmt: skip


def test_a_recorded_change_names_its_source_and_post():
    article = make_live_article()
    post = article.wire_sources.get().post
    open_again(post)
    check(article, at=later(hours=4))

    (alert,) = archive.recorded(archive.faults())

    assert (alert.code, alert.level, alert.field) == ("source-changed", "hold", "sources")
    assert (alert.excerpt, alert.key, alert.post) == ("", "r1", post)
    assert (alert.at, alert.sentences) == (later(hours=4), ((1, "The harbour is closed."),))


def test_open_faults_are_listed_once_by_kind_in_order():
    one, twin, post = live_twins()
    take_down(make_post())
    for article in (one, twin):
        take_down(post, at=later(hours=2))
        check(article)
    other = make_live_article()
    open_again(other.wire_sources.get().post)
    check(other)

    assert archive.kinds() == ["source-changed", "source-deleted"]


# Counted


def make_fault(article, *, level="hold", code="weekday"):
    return Fault.objects.create(
        article=article, version=article.live_version, code=code, level=level,
        fingerprint=f"{Fault.objects.count():064d}", finding={}, found_at=NOON,
    )  # fmt: skip


def test_the_count_is_of_articles_with_holds_and_not_of_faults():
    twice, queried, edited = make_live_article(), make_live_article(), make_live_article()
    make_fault(twice)
    make_fault(twice, code="stated-time")
    make_fault(queried, level="query")
    open_again(edited.wire_sources.get().post)

    assert archive.count_alerts() == archive.AlertCount(articles=2, is_more=False)


@pytest.mark.parametrize(("count", "is_more"), [(2, False), (3, True)])
def test_the_count_stops_at_its_limit_and_says_that_there_are_more(monkeypatch, count, is_more):
    monkeypatch.setattr(report, "COUNTED", 2)
    for _ in range(count):
        make_fault(make_live_article())

    assert archive.count_alerts() == archive.AlertCount(articles=2, is_more=is_more)


# Usage of two


def test_usage_of_one_post_channel_or_outlet_is_not_that_of_another():
    outlets = [make_outlet("Radio Nahr"), make_outlet("Radio Nahr World")]
    channels = [make_channel(outlet=outlet) for outlet in (outlets[0], *outlets)]
    posts = [make_post(channel=channel) for channel in channels]
    articles = []
    for post in posts:
        article = make_article(sources=False)
        make_source(article, post=post)
        articles.append(article)
    publishing.publish(articles[0], by=None, at=NOON)

    def used(subject):
        return [each.article for each in usage.Usage(subject)]

    assert [used(post) for post in posts] == [[article] for article in articles]
    assert [used(channel) for channel in channels] == [[article] for article in articles]
    assert used(outlets[0]) == articles[:2]
    assert used(outlets[1]) == articles[2:]


def test_usage_of_a_post_by_two_articles_keeps_their_numbers_and_keys_apart():
    post, another = make_post(), make_post(text="The strait is shut.")
    one = make_article(sources=False, body="It is shut [@b]. It is closed [@a].")
    make_source(one, key="a", post=post)
    make_source(one, key="b", post=another)
    other = make_article(sources=False, body="The harbour is closed [@c].")
    make_source(other, key="c", post=post, position=1)
    make_source(other, key="d", post=post, role="background", position=0)
    publishing.publish(one, by=None, at=NOON)
    publishing.publish(other, by=None, at=later(minutes=1))
    Article.objects.filter(pk=one.pk).update(body="It is shut [@a]. It is closed [@b].")
    publishing.update(one, by=None, at=later(hours=1), note="The other order.")

    newest, older = usage.Usage(post)

    assert [(each.article, each.keys) for each in (newest, older)] == [
        (other, ("d", "c")), (one, ("a",)),
    ]  # fmt: skip
    assert [(each.n, each.is_live, each.numbers) for each in older.versions] == [
        (2, True, (1,)), (1, False, (2,)),
    ]  # fmt: skip
    assert [(each.n, each.is_live, each.numbers) for each in newest.versions] == [
        (1, True, (1, 2)),
    ]  # fmt: skip
    assert [each.pk for each in older.versions] == [
        version.pk for version in one.versions.order_by("-n")
    ]


def test_usage_lists_public_articles_first_then_the_newest():
    post = make_post()

    def make(**fields):
        article = make_article(sources=False, **fields)
        make_source(article, post=post)
        return article

    drafts = [make(), make()]
    live = [make(), make()]
    for article, at in zip(live, (later(hours=2), later(hours=1)), strict=True):
        publishing.publish(article, by=None, at=at)
    # Its live version cites the post no more.
    left = make()
    publishing.publish(left, by=None, at=later(hours=3))
    left.wire_sources.all().delete()
    make_source(left)
    publishing.update(left, by=None, at=later(hours=4), note="Another post.")

    used = usage.Usage(post)

    assert [each.article for each in used] == [*live, left, drafts[1], drafts[0]]
    assert [each.is_live for each in used] == [True, True, False, False, False]
    assert len(used) == 5
