"""Checking live articles, and the recorded faults."""

import pytest

from articles import archive, publishing
from articles.archive import checking
from articles.archive.checking import AT_ONCE, FAULTS_KEPT, VettedArticle, moved_at
from articles.models import Article, Fault, LiveVetting, Override
from tests.articles.factories import cite, make_article, make_live_article, make_source, post_of
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_post, withdraw
from wires import ingest
from wires.models import Post, PostVersion

pytestmark = pytest.mark.django_db


def check(article=None, *, at=None):
    rows = archive.live_articles()
    return archive.vet(
        (rows.filter(pk=article.pk) if article else rows).order_by("pk"), at=at or later(hours=9)
    )


def codes():
    return sorted(Fault.objects.open().values_list("code", flat=True))


def test_checking_finds_nothing_new_right_after_publication():
    article = make_live_article()

    (vetted,) = check(article)

    assert (vetted.findings, vetted.failure) == ((), "")
    # It has a single origin: that query was raised when it was published.
    assert vetted.known == len(article.live_version.findings) == 1
    record = LiveVetting.objects.get()
    assert (record.article, record.version) == (article, article.live_version)
    assert (record.vetted_at, record.holds, record.queries) == (later(hours=9), 0, 0)


def test_an_edited_post_is_a_fault_with_its_post_and_time():
    article = make_live_article()
    add_version(post_of(article), text="The harbour is open.", at=later(hours=1))

    check(article)

    fault = Fault.objects.open().get()
    assert (fault.code, fault.level) == ("source-changed", "hold")
    assert (fault.post, fault.moved_at) == (post_of(article), later(hours=1))
    assert (fault.version, fault.found_at) == (article.live_version, later(hours=9))
    assert "“closed” is now “open”" in fault.finding["message"].replace("harbour is ", "")
    assert LiveVetting.objects.get().holds == 1


def test_an_edit_that_changes_no_word_is_not_a_fault():
    same, changed = make_live_article(), make_live_article()
    add_version(post_of(same), text="The harbour is closed …", at=later(hours=1))
    add_version(post_of(changed), text="The harbour is open …", at=later(hours=1))

    check()

    assert Fault.objects.open().get().version.article == changed


def test_a_withdrawn_post_is_a_fault_until_the_withdrawal_is_undone():
    article = make_live_article()
    post = post_of(article)
    withdraw(post, at=later(hours=1))
    check(article)
    assert codes() == ["source-deleted"]

    ingest.reinstate(post, by=make_user(group="Wire desk"))

    # At once, before anything is checked again.
    assert codes() == []


def test_checking_reads_the_live_version_and_not_the_working_copy():
    article = make_live_article()
    Article.objects.filter(pk=article.pk).update(body="“It was never said by anybody” [@zz].")

    (vetted,) = check(article)

    assert vetted.findings == ()


def test_a_hold_that_was_overridden_at_publication_is_known_and_not_new():
    article = make_article(body="The harbour is closed [@r1]. It is [@zz].")
    (hold,) = [f for f in publishing.vet(article, at=NOON) if f.level == "hold"]
    publishing.override(
        article,
        fingerprint=hold.fingerprint,
        reason="So be it.",
        by=make_user(group="Publisher"),
        at=NOON,
    )
    publishing.publish(article, by=make_user(group="Editor"), at=NOON)

    (vetted,) = check()

    assert (vetted.findings, vetted.known) == ((), 2)
    assert codes() == []


def test_a_fault_is_closed_by_a_later_acknowledgement():
    # Of one post, so that the findings are the same.
    post = make_post()
    article, other = cite(post), cite(post)
    withdraw(post, at=later(hours=1))
    check()
    fault = Fault.objects.get(version__article=article)

    publishing.acknowledge(
        article,
        fingerprint=fault.fingerprint,
        note="We know.",
        by=make_user(group="Editor"),
        at=later(hours=10),
    )

    assert Fault.objects.open().get().version.article == other


def test_an_override_of_another_article_clears_nothing():
    article, other = make_live_article(), make_live_article()
    withdraw(post_of(article), at=later(hours=1))
    check(article)
    fingerprint = Fault.objects.get().fingerprint
    Override.objects.create(
        article=other, fingerprint=fingerprint, code="x", reason="x", by=make_user(), at=NOON
    )

    assert codes() == ["source-deleted"]


def test_faults_of_an_old_version_are_dropped_after_an_update():
    article = make_live_article()
    post = post_of(article)
    add_version(post, text="The harbour is open.", at=later(hours=1))
    check(article)
    assert codes() == ["source-changed"]
    Article.objects.filter(pk=article.pk).update(body="The harbour is open [@r1].")
    article.wire_sources.update(version=post.versions.get(n=2))

    publishing.update(article, by=None, at=later(hours=10), note="It is open again.")

    assert codes() == []


def test_checking_again_keeps_the_day_a_fault_was_found_and_drops_fixed_ones():
    article = make_live_article()
    post = post_of(article)
    add_version(post, text="The harbour is open.", at=later(hours=1))
    check(article, at=later(hours=2))
    check(article, at=later(hours=3))
    assert [fault.found_at for fault in Fault.objects.all()] == [later(hours=2)]

    add_version(post, text="The harbour is closed.", at=later(hours=4))
    check(article, at=later(hours=5))

    assert not Fault.objects.exists()
    assert LiveVetting.objects.get().vetted_at == later(hours=5)


def test_checking_reads_sources_as_they_were_frozen():
    article = make_live_article()
    article.wire_sources.all().delete()

    (vetted,) = check(article)

    assert [source.key for source in vetted.piece.sources] == ["r1"]
    assert vetted.findings == ()


def test_a_draft_and_a_withdrawn_article_are_not_checked():
    make_article()
    withdrawn = make_live_article()
    publishing.withdraw(withdrawn, by=None, at=later(hours=1), note="It was wrong.")
    live = make_live_article()

    assert [vetted.article for vetted in check()] == [live]
    assert LiveVetting.objects.get().article == live


@pytest.mark.parametrize("rows", [2, AT_ONCE])
def test_checking_takes_the_same_queries_however_many_articles(rows, django_assert_num_queries):
    for _ in range(rows):
        add_version(post_of(make_live_article()), text="The harbour is open.", at=later(hours=1))

    # Articles, sources, outlet names; the record, old faults, new faults, a savepoint.
    with django_assert_num_queries(8):
        check()

    assert Fault.objects.count() == rows


def test_holds_are_stored_first_for_an_article_with_many_faults():
    posts = [make_post(text=f"Ship {n} of the convoy waits.") for n in range(20)]
    body = " ".join(f"It waits [@r{n}]." for n in range(20))
    article = make_article(sources=False, body=body)
    for n, post in enumerate(posts):
        make_source(article, key=f"r{n}", post=post, position=n)
    publishing.publish(article, by=None, at=NOON)
    for n, post in enumerate(posts):
        add_version(post, text=f"Ship {n} of the convoy has left.", at=later(hours=1))

    check()

    assert Fault.objects.filter(level="hold").count() == FAULTS_KEPT
    assert LiveVetting.objects.get().holds == 20


def test_any_number_of_articles_are_checked_in_order_each_once_until_time_is_up(monkeypatch):
    monkeypatch.setattr(checking, "AT_ONCE", 2)
    articles = [make_live_article() for _ in range(5)]
    moments = iter([later(hours=1), later(hours=2), later(hours=3), later(hours=4)])
    rows = archive.live_articles()

    none = list(archive.vet_all(rows, now=lambda: NOON, is_over=lambda: True))
    vetted = list(archive.vet_all(rows, now=lambda: next(moments), is_over=lambda: False))

    assert none == []
    assert [each.article for each in vetted] == articles
    times = LiveVetting.objects.order_by("article").values_list("vetted_at", flat=True)
    assert [*times] == [later(hours=n) for n in (1, 1, 2, 2, 3)]


def test_what_is_stored_of_a_failure_ends_after_300_characters():
    article = make_live_article()
    (live,) = archive.with_pictures(archive.live_articles())

    checking.record([VettedArticle(live=live, piece=None, findings=(), failure="x" * 301)], at=NOON)

    assert LiveVetting.objects.get(article=article).failure == "x" * 300


def test_a_change_of_a_post_is_dated_by_the_withdrawal_or_by_the_last_edit():
    post = Post(withdrawn_at=later(hours=2), latest_version=PostVersion(captured_at=NOON))

    assert moved_at(post, "source-deleted") == later(hours=2)
    assert moved_at(post, "source-changed") == NOON
    assert moved_at(Post(), "source-changed") is None


def test_checking_loads_no_column_that_no_check_reads():
    """Of thousands of articles these would be most of what a night reads."""
    make_live_article()

    (article,) = archive.live_articles()

    version, source = article.live_version, article.live_version.sources.all()[0]
    words = source.post_version
    assert {"body", "standfirst"} <= article.get_deferred_fields()
    assert {"html", "framing_html"} <= version.get_deferred_fields()
    for each in (words, words.post.latest_version):
        assert {"html", "media", "author", "content_hash"} <= each.get_deferred_fields()
    assert "text" not in words.get_deferred_fields()


def test_an_unreadable_article_is_recorded_and_the_others_are_checked(caplog):
    broken, sound = make_live_article(), make_live_article()
    withdraw(post_of(broken), at=later(hours=1))
    check()
    # Invalid spans, as in no real version: reading them fails.
    source = broken.live_version.sources.get()
    raw = type(source).objects.create(
        version=broken.live_version,
        key="r2",
        number=2,
        role="basis",
        post_version=source.post_version,
        spans=["no span"],
    )

    vetted = check(at=later(hours=10))

    assert [each.article for each in vetted] == [broken, sound]
    assert vetted[0].failure == "AttributeError: 'str' object has no attribute 'get'"
    assert raw.key == "r2"
    assert (
        LiveVetting.objects.get(article=broken).failure
        == "AttributeError: 'str' object has no attribute 'get'"
    )
    assert LiveVetting.objects.get(article=sound).failure == ""
    # Its faults are kept even though it cannot be read now.
    assert codes() == ["source-deleted"]
    assert f"Article {broken.pk} could not be vetted" in caplog.text
