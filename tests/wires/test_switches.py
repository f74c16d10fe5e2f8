"""Polling by hand: start, pause with a reason, poll now, and how often that may be asked."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import IntegrityError

from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel
from wires import schedule
from wires.management.commands.load_channels import start_unpolled
from wires.models import ActCount, ActLimit, Channel, TooOften
from wires.schedule import switches

pytestmark = pytest.mark.django_db

LIST = "/desk/wires/channel/"
LIMIT = ActLimit(act="ring", each=2, everybody=3)


def act(desk, action, *channels, **fields):
    ticked = {"action": action, "index": 0, ACTION_CHECKBOX_NAME: [each.pk for each in channels]}
    return desk.post(LIST, ticked | fields, follow=True)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_poll_now_makes_a_channel_the_next_to_be_claimed(editor):
    first = make_channel(next_poll_at=later(minutes=-5))
    wanted = make_channel(next_poll_at=later(hours=5))

    polled = switches.poll_now(Channel.objects.filter(pk=wanted.pk), by=editor, at=NOON)

    claimed = schedule.claim(due_at=NOON, at=NOON, most=1, worker="a")
    assert polled.moved_up == (wanted.pk,)
    assert [each.channel for each in claimed] == [wanted]
    first.refresh_from_db()
    assert first.next_poll_at == later(minutes=-5)


def test_poll_now_does_not_hurry_a_site_that_asked_us_to_wait(editor):
    channel = make_channel(address="https://harbour.example/feed", next_poll_at=later(hours=1))
    other = make_channel(address="https://tide.example/feed", next_poll_at=later(hours=1))
    for host in ("harbour.example", "tide.example"):
        schedule.lease_domain(host, worker="a", at=NOON)
        schedule.leave_domain(host, worker="a", at=NOON)
    schedule.keep_away(channel.address, until=later(minutes=30))

    switches.poll_now(Channel.objects.all(), by=editor, at=NOON)

    at = later(minutes=29)
    claimed = schedule.claim(due_at=at, at=at, most=2, worker="a")
    assert [each.channel for each in claimed] == [other]


def test_what_is_polled_now_is_not_late(editor):
    channel = make_channel(next_poll_at=later(hours=5), due_since=later(hours=-9))

    switches.poll_now(Channel.objects.all(), by=editor, at=NOON)

    channel.refresh_from_db()
    assert (channel.next_poll_at, channel.due_since) == (None, None)


@pytest.mark.parametrize("even_ill", [False, True])
def test_what_is_started_is_polled_at_once_and_well_again_where_it_is_started_by_name(even_ill):
    ill = {"health": "gone", "failures": 3, "last_error": "410", "last_error_at": NOON}
    channel = make_channel(paused=True, next_poll_at=later(days=1), **ill)
    hand = make_channel(origin="by_hand", paused=True)

    started = switches.start(Channel.objects.all(), even_ill=even_ill)

    channel.refresh_from_db()
    hand.refresh_from_db()
    well = {"health": "sound", "failures": 0, "last_error": "", "last_error_at": None}
    assert (started, hand.paused) == ([channel.pk], True)
    assert (channel.paused, channel.next_poll_at) == (False, None)
    assert {name: getattr(channel, name) for name in ill} == (well if even_ill else ill)


def test_what_is_paused_says_since_when_and_what_was_paused_before_stays_so():
    running, hand = make_channel(), make_channel(origin="by_hand")
    before = make_channel(paused=True, paused_reason="Holidays", paused_at=later(days=-1))

    paused = switches.pause(Channel.objects.all(), reason=" Strike ", at=NOON)

    for channel in (running, before, hand):
        channel.refresh_from_db()
    assert (paused, hand.paused) == ([running.pk], False)
    assert (running.paused_reason, running.paused_at) == ("Strike", NOON)
    assert (before.paused_reason, before.paused_at) == ("Holidays", later(days=-1))


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"paused": True}, "paused"),
        ({"health": "gone"}, "paused"),
        ({"origin": "by_hand"}, "paused"),
        ({"last_polled_at": later(seconds=-59)}, "recent"),
        ({"lease_owner": "b", "lease_until": later(seconds=20)}, "recent"),
        ({"last_polled_at": later(minutes=-1)}, "moved_up"),
        ({"last_polled_at": later(days=1)}, "moved_up"),
    ],
)
def test_poll_now_says_of_each_channel_what_becomes_of_it(editor, fields, outcome):
    channel = make_channel(next_poll_at=later(hours=1), **fields)

    polled = switches.poll_now(Channel.objects.all(), by=editor, at=NOON)

    assert getattr(polled, outcome) == (channel.pk,)
    channel.refresh_from_db()
    assert (channel.next_poll_at is None) == (outcome == "moved_up")


def test_nobody_can_poll_now_without_end(editor, monkeypatch):
    monkeypatch.setattr(switches, "POLL_NOW", LIMIT)
    channels = [make_channel(next_poll_at=later(hours=1)) for _ in range(3)]

    with pytest.raises(TooOften):
        switches.poll_now(Channel.objects.all(), by=editor, at=NOON)

    assert not Channel.objects.filter(next_poll_at=None).exists()
    assert len(channels) == 3


def test_acts_are_counted_for_each_person_and_for_all_together(editor):
    ActCount.objects.use(LIMIT, by=editor, at=NOON, times=2)
    with pytest.raises(TooOften, match="Try again at 12:10 UTC"):
        ActCount.objects.use(LIMIT, by=editor, at=later(minutes=9))

    ActCount.objects.use(LIMIT, by=make_user(), at=NOON)
    with pytest.raises(TooOften):
        ActCount.objects.use(LIMIT, by=make_user(), at=NOON)


def test_what_was_refused_is_not_counted(editor):
    for _ in range(3):
        with pytest.raises(TooOften):
            ActCount.objects.use(LIMIT, by=editor, at=NOON, times=3)

    ActCount.objects.use(LIMIT, by=editor, at=NOON, times=2)

    assert sorted(ActCount.objects.values_list("n", flat=True)) == [2, 2]


def test_counts_of_long_ago_are_forgotten(editor):
    ActCount.objects.use(LIMIT, by=editor, at=NOON, times=2)

    ActCount.objects.use(LIMIT, by=editor, at=later(minutes=10))

    assert {count.begins_at for count in ActCount.objects.all()} == {later(minutes=10)}


def test_the_list_says_why_a_channel_is_paused(log_in, at_noon):
    desk = log_in("Wire desk")
    channel = make_channel()

    asked = act(desk, "pause", channel).content.decode()
    act(desk, "pause", channel, reason="The site is being moved.")
    shown = desk.get(LIST).content.decode()

    assert "Shown in the list of channels" in asked
    assert "Paused since 25 Jun 12:00 UTC: The site is being moved." in shown
    channel.refresh_from_db()
    assert (channel.paused, channel.paused_at) == (True, NOON)


def test_starting_a_channel_forgets_why_it_was_paused(log_in):
    channel = make_channel(paused=True, paused_reason="The site is being moved.", paused_at=NOON)

    act(log_in("Wire desk"), "start_polling", channel)

    channel.refresh_from_db()
    assert (channel.paused, channel.paused_reason, channel.paused_at) == (False, "", None)


def test_a_polled_channel_cannot_have_a_reason_for_being_paused():
    channel = make_channel()

    with pytest.raises(IntegrityError):
        Channel.objects.filter(pk=channel.pk).update(paused_reason="It is slow.")


def test_only_what_is_polled_can_be_paused():
    polled, _ = make_channel(), make_channel(origin="file", address="a.xml")

    paused = switches.pause(Channel.objects.all(), reason="It is slow.", at=NOON)

    assert paused == [polled.pk]
    assert list(Channel.objects.filter(paused=True)) == [polled]


def test_pausing_all_channels_asks_for_a_reason_first(log_in):
    desk = log_in("Wire desk")
    channels = [make_channel(), make_channel()]

    desk.post(f"{LIST}pause/")
    before = Channel.objects.filter(paused=True).count()
    desk.post(f"{LIST}pause/", {"reason": "Election night."})

    assert before == 0
    assert set(Channel.objects.values_list("paused_reason", flat=True)) == {"Election night."}
    assert len(channels) == 2


@pytest.mark.parametrize("action", ["pause", "poll_now", "start_polling"])
@pytest.mark.parametrize("page", [{}, {"from_page": "1"}])
def test_an_act_on_a_channel_that_is_gone_is_about_no_other(log_in, action, page):
    there, gone = make_channel(paused=False), make_channel(paused=False)
    desk = log_in("Wire desk")
    key = gone.pk
    gone.delete()

    ticked = {"action": action, "index": 0, ACTION_CHECKBOX_NAME: [key]} | page
    response = desk.post(LIST, ticked | {"reason": "Too many results."}, follow=True)

    there.refresh_from_db()
    assert (response.status_code, there.paused) == (200, False)
    assert "Pause all channels" not in response.content.decode().partition("<h1>")[2][:60]


def test_a_listed_channel_that_was_paused_before_its_first_poll_is_not_started():
    make_channel(code="RT", paused=True, paused_reason="Not before Monday.", paused_at=NOON)

    started = start_unpolled()

    assert started == 0
    assert Channel.objects.get().paused


def test_each_switch_is_in_the_history_of_its_channel(log_in):
    desk = log_in("Wire desk")
    channel, other = make_channel(), make_channel()

    act(desk, "poll_now", channel)
    act(desk, "pause", channel, reason="It is slow.")
    act(desk, "start_polling", channel)

    log = LogEntry.objects.order_by("pk")
    assert [(entry.object_id, entry.get_change_message()) for entry in log] == [
        (str(channel.pk), "Poll now."),
        (str(channel.pk), "Paused: It is slow."),
        (str(channel.pk), "Polling started."),
    ]
    assert other.pk != channel.pk


def test_the_buttons_of_a_channel_lead_back_to_its_page(log_in):
    desk = log_in("Wire desk")
    channel = make_channel(next_poll_at=later(hours=1))
    page = f"{LIST}{channel.pk}/change/"

    shown = desk.get(page).content.decode()
    response = act(desk, "poll_now", channel, from_page="1")

    assert ("Poll now" in shown, "Pause polling…" in shown) == (True, True)
    assert "Start polling" not in shown
    assert response.redirect_chain == [(page, 302)]
    assert messages_of(response) == ["1 channel polled as soon as the site may be asked."]


def test_the_buttons_are_for_those_who_may_poll(client):
    onlooker = make_user()
    onlooker.user_permissions.add(Permission.objects.get(codename="view_channel"))
    client.force_login(onlooker)
    channel = make_channel(next_poll_at=NOON)

    shown = client.get(f"{LIST}{channel.pk}/change/").content.decode()
    act(client, "poll_now", channel)

    channel.refresh_from_db()
    assert "Poll now" not in shown
    assert channel.next_poll_at == NOON


def test_the_list_of_channels_takes_the_same_queries_however_many_are_paused(
    log_in, django_assert_max_num_queries
):
    desk = log_in("Wire desk")
    for n in range(20):
        make_channel(paused=True, paused_reason=f"Reason {n}", paused_at=NOON)

    with django_assert_max_num_queries(6):
        page = desk.get(LIST).content.decode()

    assert page.count("UTC: Reason") == 20
