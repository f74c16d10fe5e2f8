"""Old posts: whose words go, whose ids go later, and what neither happens to."""

from datetime import timedelta
from itertools import islice

import pytest
from django.core.management import CommandError
from django.db import IntegrityError, transaction

from articles.models import WireSource
from tests.articles.factories import make_article, make_live_article, make_source
from tests.clock import NOON, later
from tests.commands import run_command
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_channel, make_feed, make_post, withdraw
from tests.wires.sites import never_fetched
from wires import ingest
from wires.ingest import read_body
from wires.ingest.known import known_of
from wires.models import Channel, Confirmation, Post, PostAlias, PostVersion, Story, StoryRuling
from wires.models.posts import native_id_hash
from wires.platforms import parse
from wires.pruning import posts as pruning
from wires.pruning.posts import IDS_FOR, count_prunable, prune_posts
from wires.retention import erase, keep_screenshot

pytestmark = pytest.mark.django_db

DAYS = timedelta(days=1)
OLD = NOON - 400 * DAYS
BEFORE = NOON - 365 * DAYS
MUCH_LATER = NOON + IDS_FOR + DAYS


def prune(*, at=NOON, days=365):
    return sum(prune_posts(at - days * DAYS, at=at))


def make_old_post(**fields):
    return make_post(**{"at": OLD} | fields)


def is_on_file(post):
    post.refresh_from_db()
    return not post.is_pruned and post.versions.exists()


def read(channel, *titles, at, **fields):
    return read_body(channel, make_feed(*titles, **fields), at=at, parse=parse)


def test_an_old_post_loses_all_its_words_and_keeps_its_ids():
    post = make_old_post(native_id="one", posted_raw="Thu, 25 Jun")
    add_version(post, text="Open again.", at=OLD)
    PostAlias.objects.create(
        channel=post.channel, native_id="uno", native_id_hash=native_id_hash("uno"), post=post
    )

    pruned = prune()

    post.refresh_from_db()
    assert pruned == 1
    assert (post.pruned_at, post.native_id, post.posted_raw) == (NOON, "one", "")
    assert (post.latest_version, post.versions.count(), post.aliases.count()) == (None, 0, 1)


def test_a_post_that_is_a_day_too_young_is_left_alone():
    young = make_old_post(wire_at=BEFORE, first_seen_at=BEFORE, last_seen_at=BEFORE)

    assert prune() == 0
    assert is_on_file(young)


def test_a_post_that_was_seen_lately_is_left_alone_however_old_it_is():
    post = make_old_post(last_seen_at=later(days=-364))

    assert prune() == 0
    assert is_on_file(post)


def cite_in_draft(post):
    make_source(make_article(), key="old", post=post)


def cite_without_words(post):
    make_source(make_article(), key="old", post=post, archived=False)


def cite_an_older_version_in_public(post):
    article = make_live_article()
    article.live_version.sources.create(
        key="old", number=2, role="basis", post_version=post.latest_version
    )
    add_version(post, text="Another.", at=OLD)


def rule_on_its_story(post):
    story = Story.objects.create(created_at=OLD)
    StoryRuling.objects.create(story=story, post=post, ruling="join", by=make_user(), at=OLD)


def erase_it(post):
    erase(post, reason="Court order", by=None, at=OLD)


def hide(post):
    ingest.hide(post, by=make_user(group="Wire desk"), reason="Not ours.", at=OLD)


def confirm(post):
    by = make_user()
    Confirmation.objects.create(
        post_version=post.latest_version, how="published", entered_by=by, at=OLD
    )


def enter_by_hand(post):
    add_version(post, text="By hand.", captured_by=make_user(), at=OLD)


def photograph(post):
    keep_screenshot(post.latest_version, b"picture", sha256="a" * 64, at=OLD)


@pytest.mark.parametrize(
    "use",
    [
        cite_in_draft, cite_without_words, cite_an_older_version_in_public, rule_on_its_story,
        erase_it, hide, withdraw, confirm, enter_by_hand, photograph,
    ],
)  # fmt: skip
def test_a_post_that_somebody_did_anything_with_is_kept(use):
    post, twin = make_old_post(), make_old_post()
    use(post)
    Post.objects.filter(pk=post.pk).update(last_seen_at=OLD)

    pruned = prune()

    post.refresh_from_db()
    assert pruned == 1
    assert is_on_file(post)
    assert not is_on_file(twin)


def test_a_post_goes_once_the_last_draft_that_cited_it_is_without_it():
    post = make_old_post()
    cite_in_draft(post)

    kept = prune()
    WireSource.objects.filter(post=post).delete()

    assert (kept, prune()) == (0, 1)


def test_what_the_demo_left_hidden_is_no_decision_of_a_person():
    post = make_old_post(hidden_at=OLD, hidden_reason="Demo edition is over.")

    prune()

    assert not is_on_file(post)


# The same item after its words are gone


def test_what_its_outlet_still_lists_is_kept_and_its_edits_come_in():
    channel = make_channel()
    read(channel, "One", "Two", at=OLD)
    read(channel, "Three", "One", at=OLD + DAYS)

    prune()
    outcome = read_body(
        channel, make_feed("Three", "One", text="The strait is closed to ships of any draught."),
        at=NOON, parse=parse,
    )  # fmt: skip

    assert [post.native_id[-3:] for post in Post.objects.pruned()] == ["two"]
    assert outcome.new == 0
    assert outcome.versions == 2


def test_an_item_that_comes_again_after_its_words_went_is_no_new_post():
    channel = make_channel()
    read(channel, "One", at=OLD)
    read(channel, "Two", at=OLD + DAYS)
    prune()

    outcome = read(channel, "One", "Three", at=later(days=80))

    post = Post.objects.pruned().get()
    assert (outcome.new, outcome.versions, outcome.seen) == (1, 0, 1)
    assert post.native_id.endswith("one")
    assert post.last_seen_at == later(days=80)
    assert post.pruned_at == NOON
    assert not post.versions.exists()


@pytest.mark.parametrize(
    "again",
    [
        {"link": "http://harbour.example/{}"},
        {"link": "https://www.harbour.example/{}/"},
        {"link": "https://harbour.example/{}?utm_source=feed"},
        {"link": "https://mirror.example/{}", "guid": "https://harbour.example/{}"},
    ],
    ids=["scheme", "www and slash", "tracking", "guid"],
)
def test_a_pruned_post_is_known_by_the_other_forms_of_its_address_too(again):
    channel = make_channel()
    read(channel, "One", at=OLD)
    read(channel, "Two", at=OLD + DAYS)
    prune()

    outcome = read(channel, "One", at=NOON, **again)

    assert (outcome.new, outcome.seen) == (0, 1)


def test_a_pruned_post_is_known_by_its_alias():
    channel = make_channel()
    read(channel, "One", at=OLD)
    read(channel, "Two", at=OLD + DAYS)
    post = Post.objects.get(native_id__endswith="one")
    alias = "https://harbour.example/uno"
    PostAlias.objects.create(
        channel=channel, native_id=alias, native_id_hash=native_id_hash(alias), post=post
    )
    prune()

    outcome = read(channel, "Uno", at=NOON)

    assert (outcome.new, outcome.seen) == (0, 1)


def test_a_story_of_today_under_the_id_of_a_pruned_post_is_a_new_post():
    channel = make_channel()
    guid = "https://harbour.example/weather"
    read(channel, "Gale", at=OLD, guid=guid)
    Post.objects.update(posted_at=OLD, wire_at=OLD)
    read(channel, "Two", at=OLD + DAYS)
    prune()

    outcome = read(channel, "Calm", at=NOON, guid=guid)

    assert outcome.new == 1
    assert PostVersion.objects.filter(title="Calm").exists()


def test_ids_go_after_ninety_days_in_which_nobody_saw_them(monkeypatch):
    monkeypatch.setattr(pruning, "NEWEST", 1)
    channel = make_channel()
    gone, seen = make_old_post(channel=channel), make_old_post(channel=channel)
    make_post(channel=channel)
    prune()
    Post.objects.filter(pk=seen.pk).update(last_seen_at=later(days=60))

    too_early, pruned = prune(at=NOON + IDS_FOR), prune(at=MUCH_LATER)

    assert (too_early, pruned) == (0, 1)
    assert not Post.objects.filter(pk=gone.pk).exists()
    assert Post.objects.filter(pk=seen.pk).exists()


def test_the_ids_of_the_newest_posts_of_a_channel_stay_for_ever(monkeypatch):
    monkeypatch.setattr(pruning, "NEWEST", 2)
    channel = make_channel()
    posts = [make_old_post(channel=channel, at=OLD + n * DAYS) for n in range(3)]
    prune()

    prune(at=MUCH_LATER)

    assert list(Post.objects.order_by("pk")) == posts[1:]


def test_a_channel_whose_posts_were_all_pruned_asks_only_for_newer_ones():
    channel = make_channel(platform="x", account="harbour", last_read_at=OLD + DAYS)
    make_old_post(channel=channel, native_id="1500000000000000000")
    prune()

    known = known_of(channel)

    assert known.newest == "1500000000000000000"


def test_a_pruned_post_that_an_editor_wants_again_has_words_again(log_in):
    site = make_channel(address="https://harbour.example/feed", last_read_at=OLD)
    url = "https://harbour.example/one"
    post = make_old_post(channel=site, native_id=url, url=url)
    prune()

    before = ingest.on_file(url)
    again = ingest.paste(
        url,
        by=make_user(group="Wire desk"),
        at=NOON,
        fetch=never_fetched,
        parsers=None,
        text="The harbour is closed.",
        posted_at=OLD,
    )

    assert before is None
    assert again == post
    assert (again.is_pruned, again.unconfirmed_version.text) == (False, "The harbour is closed.")


def test_a_pruned_post_that_is_wanted_by_its_alias_has_words_again_and_no_other_has():
    link = "https://harbour.example/one"
    site, other = (
        make_channel(address=f"https://{www}harbour.example/feed", last_read_at=OLD)
        for www in ("", "www.")
    )
    posts = [
        make_old_post(channel=channel, native_id=native_id, url="https://harbour.example/p")
        for channel, native_id in ((site, "a"), (site, "b"), (other, link), (other, "c"))
    ]
    for post in (posts[0], posts[3]):
        PostAlias.objects.create(
            channel=post.channel, post=post, native_id=link, native_id_hash=native_id_hash(link)
        )
    prune()

    again = ingest.paste(
        link,
        by=make_user(group="Wire desk"),
        at=NOON,
        fetch=never_fetched,
        parsers=None,
        text="The harbour is closed.",
        posted_at=OLD,
    )

    assert (again, again.is_pruned) == (posts[0], False)
    assert again.unconfirmed_version.text == "The harbour is closed."
    assert list(Post.objects.pruned().order_by("pk")) == posts[1:]


# Whom it must not hinder


def test_a_pruned_post_shows_no_words_and_is_on_no_list(log_in, client):
    post = make_old_post(title="Long ago")
    prune()

    desk = log_in("Wire desk")

    assert "Select" not in desk.get("/desk/wires/post/").text
    assert desk.get(f"/desk/wires/post/{post.pk}/change/", follow=True).status_code == 200
    assert client.get(f"/wire/posts/{post.pk}/").status_code == 404


def test_a_pruned_post_cannot_be_given_words_while_it_says_that_it_has_none():
    post, version = make_old_post(), make_post().latest_version
    prune()

    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(latest_version=version)


def test_posts_are_pruned_a_few_at_a_time_in_short_transactions(
    monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(pruning, "AT_ONCE", 2)
    channel = make_channel()
    for _ in range(3):
        make_old_post(channel=channel)

    batches = prune_posts(BEFORE, at=NOON)
    with django_assert_max_num_queries(22):
        first = next(batches)

    assert [first, *batches] == [2, 1, 0]


def test_posts_that_are_left_for_tomorrow_end_no_pass_and_begin_none_again(monkeypatch):
    monkeypatch.setattr(pruning, "AT_ONCE", 1)
    # As where somebody cites each of them now.
    monkeypatch.setattr(pruning, "_delete", lambda channel, posts, delete: 0)
    channel = make_channel()
    for days in (1, 0, 2):
        make_old_post(channel=channel, at=OLD - days * DAYS)

    # And one more that says that the channel was looked at.
    assert list(islice(prune_posts(BEFORE, at=NOON), 9)) == [0, 0, 0, 0]


def test_a_pass_that_is_broken_off_leaves_whole_posts_and_is_gone_on_with(monkeypatch):
    monkeypatch.setattr(pruning, "AT_ONCE", 1)
    channel = make_channel()
    for _ in range(3):
        make_old_post(channel=channel)

    next(iter(prune_posts(BEFORE, at=NOON)))

    assert (Post.objects.on_file().count(), PostVersion.objects.count()) == (2, 2)
    assert prune() == 2


def test_the_foreign_keys_refuse_to_prune_what_was_cited_at_the_last_moment(monkeypatch):
    post = make_old_post()
    cite_an_older_version_in_public(post)
    monkeypatch.setattr(pruning, "_nobody_needs", lambda: pruning.Q())
    Post.objects.filter(pk=post.pk).update(last_seen_at=OLD)

    with pytest.raises(IntegrityError):
        prune()

    assert is_on_file(post)


# The command


def test_the_command_counts_first_and_then_prunes(at_noon):
    make_old_post()
    cited = make_old_post()
    cite_in_draft(cited)

    dry = run_command("prune_posts", older_than=365, dry_run=True)
    ran = run_command("prune_posts", "--older-than", "365")

    assert dry.out.splitlines() == [
        "1 post would lose their words,",
        "0 posts pruned earlier their ids. Nothing was changed.",
    ]
    assert ran.out == "1 post pruned.\n"
    assert Post.objects.pruned().count() == 1


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "x", "99999999"])
def test_an_age_that_is_no_number_of_days_is_refused(days):
    with pytest.raises(CommandError, match="is not a number of days"):
        run_command("prune_posts", f"--older-than={days}")


def test_posts_are_kept_for_ever_where_the_setting_says_so(settings, at_noon):
    settings.WIRE_KEEP_DAYS = 0
    make_old_post()

    ran = run_command("prune_posts")

    assert ran.out.startswith("WIRE_KEEP_DAYS is 0, so posts are kept for ever.")
    assert Post.objects.on_file().count() == 1


def test_the_counts_are_those_of_what_is_then_pruned():
    make_old_post()

    counted = count_prunable(BEFORE, at=NOON)

    assert (counted.words, counted.ids) == (prune(), 0)
    assert Channel.objects.count() == 1
