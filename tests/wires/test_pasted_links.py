"""Links that must be fetched: the desk leaves them to the worker, and sees what came of them."""

from types import SimpleNamespace

import pytest
import time_machine
from django.db import IntegrityError

from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_post
from tests.wires.test_paste import Web, page
from wires.ingest import answer_pasted_links, leave_to_worker
from wires.models import Evidence, PastedLink, Post
from wires.platforms import parse
from wires.platforms.base import ParserNotStarted

pytestmark = pytest.mark.django_db

PASTE = "/desk/wires/post/paste/"
LINK = "https://t.me/portwatch/7"


@pytest.fixture
def editor():
    return make_user(group="Wire desk")


def answer(web, *, at=NOON):
    parsers = SimpleNamespace(parse=parse)
    return answer_pasted_links(now=lambda: at, fetch=web, parsers=parsers)


def test_pasting_a_link_fetches_and_parses_nothing_in_the_web_request(log_in):
    desk = log_in("Wire desk")

    # A request on the network would fail the test.
    response = desk.post(PASTE, {"address": f" {LINK} "})

    link = PastedLink.objects.get()
    assert response.url == f"{PASTE}{link.pk}/"
    assert (link.address, link.answered_at, bytes(link.screenshot)) == (LINK, None, b"")
    assert not Post.objects.exists()


def test_a_link_into_a_feed_that_we_read_is_left_to_the_worker_too(log_in):
    make_channel(platform="rss", address="https://harbour.example/feed", origin="polled")

    response = log_in("Wire desk").post(PASTE, {"address": "https://harbour.example/2026/one"})

    assert response.url == f"{PASTE}{PastedLink.objects.get().pk}/"


def test_the_page_of_a_link_waits_and_then_leads_to_the_post(client, editor):
    client.force_login(editor)
    link = leave_to_worker(LINK, by=editor, at=NOON)
    path = f"{PASTE}{link.pk}/"

    with time_machine.travel(later(seconds=5)):
        waiting = client.get(path)
    with time_machine.travel(later(minutes=2)):
        late = client.get(path).content.decode()
    answered = answer(Web(body=page(6, 7)))
    done = client.get(path)

    assert answered == 1
    assert waiting["Refresh"] == "3"
    assert "stopped" not in waiting.content.decode()
    assert "stopped" in late
    post = Post.objects.get()
    assert done.url == f"/desk/wires/post/{post.pk}/change/"
    assert post.latest_version.text == "Message 7"


def test_the_page_of_a_link_that_failed_says_why_and_offers_the_form(client, editor):
    client.force_login(editor)
    link = leave_to_worker(LINK, by=editor, at=NOON)

    answer(Web())
    shown = client.get(f"{PASTE}{link.pk}/").content.decode()

    assert "took longer than 45 seconds" in shown
    assert f'value="{LINK}"' in shown


def test_a_screenshot_of_a_link_is_kept_with_its_post_and_nowhere_else(editor):
    link = leave_to_worker(LINK, by=editor, at=NOON, screenshot=b"a picture")

    answer(Web(body=page(7)))
    link.refresh_from_db()

    assert Evidence.objects.filter(kind="screenshot").count() == 1
    assert bytes(link.screenshot) == b""


def test_two_workers_do_not_fetch_the_same_link(editor):
    leave_to_worker(LINK, by=editor, at=NOON)
    seen = []

    class WhileAnotherWorks(Web):
        def __call__(self, url, **options):
            seen.append(answer(Web()))
            return super().__call__(url, **options)

    answer(WhileAnotherWorks(body=page(7)))

    assert seen == [0]
    assert Post.objects.count() == 1


def test_a_link_whose_worker_died_is_fetched_by_another_later(editor):
    link = leave_to_worker(LINK, by=editor, at=NOON)
    PastedLink.objects.filter(pk=link.pk).update(lease_until=later(minutes=15))

    assert answer(Web(body=page(7)), at=later(minutes=14)) == 0
    assert answer(Web(body=page(7)), at=later(minutes=15)) == 1


def test_a_link_for_which_no_parser_could_be_started_is_tried_again(editor):
    leave_to_worker(LINK, by=editor, at=NOON)

    def no_parser(body, **asked):
        raise ParserNotStarted

    parsers = SimpleNamespace(parse=no_parser)
    answer_pasted_links(now=lambda: NOON, fetch=Web(body=page(7)), parsers=parsers)
    waiting = PastedLink.objects.get().answered_at
    answer(Web(body=page(7)), at=later(minutes=20))

    assert waiting is None
    assert PastedLink.objects.get().post is not None


def test_a_right_that_was_taken_away_meanwhile_is_missed(editor):
    link = leave_to_worker(LINK, by=editor, at=NOON)
    editor.groups.clear()

    answer(Web(body=page(7)))
    link.refresh_from_db()

    assert not Post.objects.exists()
    assert "add a post" in link.problem


def test_nobody_sees_the_link_of_somebody_else(log_in, editor):
    link = leave_to_worker(LINK, by=editor, at=NOON)

    assert log_in("Wire desk").get(f"{PASTE}{link.pk}/").status_code == 404


def test_links_are_forgotten_after_a_day(editor):
    leave_to_worker(LINK, by=editor, at=NOON)

    answer(Web(), at=later(hours=25))

    assert not PastedLink.objects.exists()


def test_an_answer_is_a_post_or_a_problem_and_not_both(editor):
    link = leave_to_worker(LINK, by=editor, at=NOON)

    with pytest.raises(IntegrityError):
        PastedLink.objects.filter(pk=link.pk).update(
            answered_at=NOON, post=make_post(), problem="None came."
        )
