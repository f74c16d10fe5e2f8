"""Posts that their outlet withdrew: marked only by evidence, and back when they are there again."""

import logging

import pytest

from tests.articles.factories import cite
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_channel, make_post, withdraw
from tests.wires.platforms.telegram.pages import album, page, post
from tests.wires.test_telegram_pages import poll, read_channel
from wires.ingest import FetchedBody, absences, reinstate
from wires.ingest.absences import (
    Proof,
    note_absences,
    note_missing_ids,
    note_what_is_there,
)
from wires.ingest.erased import has_erased_post
from wires.models import Disappearance, Evidence, Post, PostAlias, native_id_hash
from wires.platforms import parse
from wires.retention import erase

pytestmark = pytest.mark.django_db

WHOLE, WITHOUT = (97, 98, 99), (97, 99)


def state(number=98):
    return Post.objects.get(native_id=f"100/{number}").state


def polls(*pages):
    """Poll once for each page, a quarter of an hour apart."""
    for n, body in enumerate(pages, start=1):
        poll(body, at=later(minutes=14 * n))


# Telegram, while it is polled


def test_a_message_missing_between_two_others_on_two_fetches_is_withdrawn():
    read_channel(*WHOLE)

    poll(page(*WITHOUT), at=later(minutes=14))
    once = state()
    poll(page(*WITHOUT), at=later(minutes=28))

    assert (once, state()) == ("live", "withdrawn")


def test_a_message_missing_on_one_fetch_only_is_not_withdrawn():
    read_channel(*WHOLE)

    polls(page(*WITHOUT), page(*WHOLE), page(*WITHOUT))

    assert state() != "withdrawn"
    assert Disappearance.objects.get().withdrawn_at is None


def test_a_message_that_left_the_page_is_not_withdrawn():
    read_channel(*WHOLE)

    polls(page(99, 100, 101), page(99, 100, 101))

    assert not Disappearance.objects.exists()


def test_the_newest_message_is_not_withdrawn_before_another_one_follows():
    read_channel(*WHOLE)

    polls(page(97, 98), page(97, 98))

    assert not Disappearance.objects.exists()


def test_a_page_that_breaks_off_is_no_evidence():
    read_channel(*WHOLE)

    polls(page(*WITHOUT)[:-30], page(*WITHOUT)[:-30])

    assert not Disappearance.objects.exists()


def test_a_page_with_a_message_whose_number_cannot_be_read_is_no_evidence():
    read_channel(*WHOLE)

    damaged = page(*WHOLE).replace(b'data-post="Harbour/98"', b'data-pos="Harbour/98"')
    polls(damaged, damaged)

    assert not Disappearance.objects.exists()


def test_the_further_pictures_of_an_album_are_not_withdrawn():
    read_channel(95, 99)

    polls(*[page(95, album(96, 97, 98), 99)] * 3)

    assert not Disappearance.objects.exists()


def test_an_album_that_lost_its_first_picture_is_not_withdrawn():
    read_channel(95, 99)
    polls(page(95, album(96, 97, 98), 99))

    for minutes in (30, 44):
        poll(page(95, album(97, 98), 99), at=later(minutes=minutes))

    assert state(96) != "withdrawn"


def test_a_whole_album_that_is_missing_is_withdrawn_once():
    read_channel(95, 99)
    polls(page(95, album(96, 97, 98), 99))

    for minutes in (30, 44):
        poll(page(95, 99), at=later(minutes=minutes))

    assert (state(96), Disappearance.objects.count()) == ("withdrawn", 1)


def test_a_name_that_was_taken_over_withdraws_nothing():
    read_channel(*WHOLE)

    for hours in (1, 3):
        poll(page(post(97, chat=-9), post(99, chat=-9)), at=later(hours=hours))

    assert not Disappearance.objects.exists()


def test_a_post_that_nobody_confirmed_is_not_withdrawn(editor):
    channel = read_channel(97, 99)
    make_post(channel=channel, native_id="100/98", captured_by=editor)

    polls(page(*WITHOUT), page(*WITHOUT))

    assert not Disappearance.objects.exists()


def test_the_page_that_proves_a_withdrawal_is_kept_as_evidence():
    read_channel(*WHOLE)
    before = Post.objects.get(native_id="100/98")

    polls(page(*WITHOUT), page(*WITHOUT))

    gone = Post.objects.get(native_id="100/98")
    row = Disappearance.objects.get()
    assert (row.missed_at, row.withdrawn_at) == (later(minutes=14), later(minutes=28))
    assert (row.proof.kind, row.proof.post_version) == ("absence", before.latest_version)
    assert row.proof.body
    assert gone.withdrawn_at == later(minutes=28)
    assert gone.withdrawn_by is None
    assert "missing between two posts that Telegram shows" in gone.withdrawn_reason


def test_a_post_that_is_there_again_is_no_longer_withdrawn_and_both_facts_stand_on_record():
    read_channel(*WHOLE)
    polls(page(*WITHOUT), page(*WITHOUT))

    poll(page(*WHOLE), at=later(minutes=50))

    row = Disappearance.objects.get()
    back = Post.objects.get(native_id="100/98")
    assert (back.withdrawn_at, back.withdrawn_reason) == (None, "")
    assert back.state != "withdrawn"
    assert (row.withdrawn_at, row.back_at) == (later(minutes=28), later(minutes=50))
    assert row.proof_of_return.kind == "return"


def test_the_page_of_a_post_at_the_desk_says_when_it_was_missing_and_there_again(client):
    read_channel(*WHOLE)
    polls(page(*WITHOUT), page(*WITHOUT), page(*WHOLE))
    client.force_login(make_user(group="Wire desk"))

    shown = client.get(f"/desk/wires/post/{Post.objects.get(native_id='100/98').pk}/change/")

    assert "missing between two posts that are there, on two fetches" in shown.content.decode()
    assert "there again" in shown.content.decode()


def test_readers_of_an_article_see_that_a_cited_post_is_gone(client):
    read_channel(*WHOLE)
    cited = Post.objects.get(native_id="100/98")
    article = cite(cited)

    polls(page(*WITHOUT), page(*WITHOUT))

    assert "has withdrawn the post" in " ".join(
        client.get(article.get_absolute_url()).content.decode().split()
    )


def twin_of(channel, number=98):
    """Return a post with the same id in another channel, missing once there too."""
    other = make_channel(platform="telegram", account="other", outlet=channel.outlet, paused=True)
    post = make_post(channel=other, native_id=f"100/{number}")
    Disappearance.objects.create(
        post=post, how="missing", missed_at=later(minutes=-20), checked_at=later(minutes=-20)
    )
    return post


def test_what_the_page_of_one_channel_leaves_out_or_shows_says_nothing_of_another():
    post = twin_of(read_channel(*WHOLE))

    polls(page(*WITHOUT), page(*WITHOUT), page(*WHOLE))

    post.refresh_from_db()
    row = Disappearance.objects.get(post=post)
    assert (post.state, row.withdrawn_at, row.back_at) == ("live", None, None)
    assert row.checked_at == later(minutes=-20)
    own = Disappearance.objects.exclude(post=post).get()
    assert (own.withdrawn_at, own.back_at) == (later(minutes=28), later(minutes=42))


def test_only_the_ids_that_a_page_leaves_out_are_missing_and_no_part_of_what_it_shows():
    channel = make_channel(platform="telegram", account="portwatch")
    gone, older, album, shown_album = (
        make_post(channel=channel, native_id=f"100/{number}") for number in (98, 12, 90, 94)
    )
    for known, number in ((older, 13), (album, 91), (shown_album, 95), (shown_album, 96)):
        PostAlias.objects.create(
            channel=channel,
            post=known,
            native_id=f"100/{number}",
            native_id_hash=native_id_hash(f"100/{number}"),
        )
    missing = ["100/98", "100/91", "100/94", "100/95", "100/1"]
    proof = Proof(FetchedBody.of(b"<p>"), frozenset({native_id_hash("100/96")}))

    tally = note_missing_ids(channel, missing, proof=proof, at=NOON)

    noted = Disappearance.objects.order_by("post").values_list("post", "how", "missed_at")
    assert [*noted] == [(gone.pk, "missing", NOON), (album.pk, "missing", NOON)]
    assert (tally.withdrawn, tally.back) == (0, 0)


@pytest.mark.parametrize(("ids", "queries"), [([], 0), (["100/1"], 2)])
def test_ids_that_are_none_of_ours_are_asked_for_and_noted_nowhere(
    ids, queries, django_assert_num_queries
):
    channel = make_channel(platform="telegram", account="portwatch")
    make_post(channel=channel, native_id="100/98")

    with django_assert_num_queries(queries):
        note_missing_ids(channel, ids, proof=Proof(FetchedBody.of(b"<p>")), at=NOON)

    assert not Disappearance.objects.exists()


def test_the_record_of_a_post_that_was_missing_once_takes_over_how_it_is_known_to_be_gone():
    channel = read_channel(*WHOLE)
    poll(page(*WITHOUT), at=later(minutes=14))
    post = Post.objects.select_related("channel", "latest_version").get(native_id="100/98")
    proof = Proof(FetchedBody.of(b"{}"))

    note_absences([post], how=Disappearance.How.STATED, proof=proof, at=later(minutes=15))

    row = Disappearance.objects.get()
    assert (row.how, row.missed_at, row.withdrawn_at, row.checked_at) == (
        "stated", later(minutes=14), later(minutes=15), later(minutes=15),
    )  # fmt: skip
    assert (row.proof.kind, row.proof.kept_at) == ("absence", later(minutes=15))
    assert channel.on_platform.label in Post.objects.get(pk=post.pk).withdrawn_reason


def test_the_log_says_which_post_went_and_came_back_and_why(caplog):
    read_channel(*WHOLE, code="HARBOUR-TG")
    post = Post.objects.get(native_id="100/98")
    caplog.set_level(logging.WARNING, logger="wires.ingest.absences")

    polls(page(*WITHOUT), page(*WITHOUT), page(*WHOLE))

    assert caplog.messages == [
        f"Post {post.pk} of HARBOUR-TG is withdrawn: On two fetches it was missing between two"
        " posts that Telegram shows.",
        f"Post {post.pk} of HARBOUR-TG is there again",
    ]


def test_a_post_that_goes_again_has_a_second_record():
    read_channel(*WHOLE)
    polls(page(*WITHOUT), page(*WITHOUT), page(*WHOLE), page(*WITHOUT), page(*WITHOUT))

    assert state() == "withdrawn"
    assert Disappearance.objects.filter(withdrawn_at__isnull=False).count() == 2


def test_a_post_that_a_person_marked_as_withdrawn_stays_so_although_it_is_there():
    read_channel(*WHOLE)
    withdraw(Post.objects.get(native_id="100/98"))

    polls(page(*WITHOUT), page(*WITHOUT), page(*WHOLE))

    marked = Post.objects.get(native_id="100/98")
    assert marked.withdrawn_by is not None
    assert marked.state == "withdrawn"


def test_a_withdrawal_that_a_person_undid_is_not_repeated_by_the_same_evidence():
    read_channel(*WHOLE)
    polls(page(*WITHOUT), page(*WITHOUT))
    reinstate(Post.objects.get(native_id="100/98"), by=make_user(group="Wire desk"))

    poll(page(*WITHOUT), at=later(minutes=50))

    assert state() != "withdrawn"


def test_an_edited_post_that_comes_back_is_edited():
    read_channel(*WHOLE)
    add_version(Post.objects.get(native_id="100/98"), text="Message 98.")
    Post.objects.update(state="edited")

    polls(page(*WITHOUT), page(*WITHOUT), page(*WHOLE))

    assert state() == "edited"


def test_evidence_with_an_erased_neighbour_keeps_its_hash_only():
    read_channel(*WHOLE)
    neighbour = Post.objects.get(native_id="100/97").latest_version
    type(neighbour).objects.filter(pk=neighbour.pk).update(
        title="", text="", html="", author="", media=[], changes=None, capture=None, erased_at=NOON
    )

    polls(page(*WITHOUT), page(*WITHOUT))

    evidence = Evidence.objects.get()
    assert (evidence.body, bool(evidence.sha256)) == (None, True)
    assert evidence.erased_at == later(minutes=28)


def test_erasing_a_post_reaches_the_evidence_that_its_neighbour_was_withdrawn(admin_user):
    read_channel(*WHOLE)
    polls(page(*WHOLE), page(*WITHOUT), page(*WITHOUT))

    erase(Post.objects.get(native_id="100/97"), reason="Court order.", by=admin_user, at=NOON)

    assert Evidence.objects.get().body is None


def test_an_erased_post_is_known_by_its_id_or_its_address_in_its_own_channel(admin_user):
    channel = read_channel(*WHOLE)
    post, other = Post.objects.get(native_id="100/97"), make_channel()
    asked = (
        {"present": {post.native_id_hash}},
        {"present": (), "addresses": {post.canonical_url}},
        {"present": {"f" * 64}, "addresses": {"https://t.me/other/1"}},
        {"present": ()},
    )
    before = [has_erased_post(channel, **each) for each in asked]

    erase(post, reason="Court order.", by=admin_user, at=NOON)

    assert not any(before)
    assert [has_erased_post(channel, **each) for each in asked] == [True, True, False, False]
    assert not any(has_erased_post(other, **each) for each in asked)


def test_a_dense_page_costs_one_query_to_look_for_missing_posts(django_assert_num_queries):
    channel = read_channel(*WHOLE)
    body = page(*WHOLE)

    with django_assert_num_queries(1):
        tally = note_what_is_there(channel, parse(body), FetchedBody.of(body), at=NOON)

    assert (tally.withdrawn, tally.back) == (0, 0)


def test_of_two_workers_that_see_it_gone_one_withdraws_it(monkeypatch):
    post = make_post(channel=make_channel(platform="bluesky", account="harbour.example"))

    def another_is_first(*given, **named):
        Disappearance.objects.update(withdrawn_at=later(seconds=-1))
        return keep(*given, **named)

    keep = absences._keep
    monkeypatch.setattr(absences, "_keep", another_is_first)
    is_withdrawn = absences._note(
        post, how=Disappearance.How.STATED, proof=Proof(FetchedBody.of(b"{}")), at=NOON
    )

    assert not is_withdrawn
    assert Disappearance.objects.get().withdrawn_at == later(seconds=-1)
    assert Post.objects.get().state == "live"
