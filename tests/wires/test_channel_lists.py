"""OPML at the desk and by command: looked at first, told what is known or refused, round and back."""

import io
import sys
from types import SimpleNamespace

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_outlet
from tests.wires.platforms.test_opml import opml
from wires.ingest.channel_lists import add_channels, listed_channels, plan_channels
from wires.models import Channel, Outlet
from wires.platforms.opml import ListedSource, read_opml

pytestmark = pytest.mark.django_db

IMPORT, ADD = "/desk/wires/channel/import/", "/desk/wires/channel/import/add/"


def outline(title, address):
    return f'<outline text="{title}" xmlUrl="{address}"/>'


def look(desk, body):
    return desk.post(IMPORT, {"file": SimpleUploadedFile("list.opml", body)})


def signed_lines(response):
    page = response.content.decode()
    return page.partition('name="lines" value="')[2].partition('"')[0]


def test_a_list_is_looked_at_before_anything_is_saved_and_then_added_paused(log_in):
    desk = log_in("Wire desk")
    body = opml(
        outline("Harbour Wire", "https://harbour.example/feed") + outline("Tide", "t.me/tide")
    )

    looked = look(desk, body)
    before = Channel.objects.count()
    desk.post(ADD, {"lines": signed_lines(looked)})

    assert "2 new" in looked.content.decode()
    assert before == 0
    added = Channel.objects.order_by("code").values_list(
        "code", "platform", "outlet__name", "paused"
    )
    assert list(added) == [
        ("HARBOUR-WIR", "rss", "Harbour Wire", True), ("TIDE", "telegram", "Tide", True),
    ]  # fmt: skip
    assert LogEntry.objects.count() == 2


def test_what_is_known_is_told_and_not_doubled(log_in):
    desk = log_in("Wire desk")
    there = make_channel(code="FIRST", address="http://www.harbour.example/feed/")
    twice = outline("Tide", "https://tide.example/feed") + outline("Again", "tide.example/feed/")

    page = look(desk, opml(outline("Harbour", "https://harbour.example/feed") + twice))
    desk.post(ADD, {"lines": signed_lines(page)})

    said = " ".join(page.content.decode().split())
    assert f'<a href="/desk/wires/channel/{there.pk}/change/">FIRST</a> reads this' in said
    assert "TIDE, above, reads this" in said
    assert set(Channel.objects.values_list("code", flat=True)) == {"FIRST", "TIDE"}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "It names no feed (xmlUrl)"),
        ("https://www.facebook.com/harbour", "use what the outlet says on its own site"),
        ("http://10.0.0.1/feed", "points to a private address"),
        ("https://a:b@harbour.example/feed", "user name"),
        ("javascript:alert(1)", "does not begin with http"),
        ("https://x.com/harbour", "X cannot be polled"),
        ("https://bsky.app/", "Enter the page of an account on Bluesky"),
        (f"https://harbour.example/{'a' * 1990}", "2000"),
    ],
)
def test_each_refused_line_is_named_with_its_reason(log_in, address, said):
    good = outline("Good", "https://good.example/feed")

    page = look(log_in("Wire desk"), opml(outline("Bad one", address) + good)).content.decode()

    assert "1 refused" in page
    assert "Line 1" in page
    assert "Bad one" in page
    assert said in page
    assert "1 new" in page


def test_a_file_that_is_no_list_is_an_error_of_the_form(log_in):
    page = look(log_in("Wire desk"), b"<html></html>").content.decode()

    assert "The file is not OPML: it begins with &lt;html&gt;." in page


def test_lines_that_were_not_looked_at_are_not_added(log_in, client):
    desk = log_in("Wire desk")
    signed = signed_lines(look(desk, opml(outline("Tide", "https://tide.example/feed"))))
    client.force_login(make_user(group="Wire desk"))

    forged = client.post(ADD, {"lines": signed[:-3] + "abc"})
    others = client.post(ADD, {"lines": signed})

    assert (forged.url, others.status_code) == (IMPORT, 403)
    assert not Channel.objects.exists()


def test_a_line_that_somebody_else_was_faster_with_takes_no_other_with_it():
    planned = plan_channels(
        [
            ListedSource(n=1, title="Tide", address="https://tide.example/feed"),
            ListedSource(n=2, title="Port", address="https://port.example/feed"),
        ]
    )
    make_channel(code="TIDE")

    added, failed = add_channels(planned)

    assert [channel.code for channel in added] == ["PORT"]
    assert [each.name for each in failed] == ["Tide"]


def test_planning_takes_two_queries_however_many_lines():
    lines = [
        ListedSource(n=n, title=f"Port {n}", address=f"https://port{n}.example/feed")
        for n in range(1, 200)
    ]

    with CaptureQueriesContext(connection) as queries:
        planned = plan_channels(lines)

    assert len(queries) == 2
    assert len({each.channel.code for each in planned}) == 199


def test_an_outlet_that_is_there_is_used():
    make_outlet("Harbour Wire")

    add_channels(
        plan_channels([ListedSource(n=1, title="Harbour Wire", address="https://a.example/feed")])
    )

    assert Outlet.objects.count() == 1


def plan(**fields):
    line = {"n": 1, "address": "https://www.harbour.example/feed"} | fields
    (planned,) = plan_channels([ListedSource(**line)])
    return planned


@pytest.mark.parametrize(
    ("minutes", "interval"),
    [("", 10), ("x", 10), ("-5", 10), ("٣٠", 10), ("1234567", 10), ("0", 2), ("1", 2), ("2", 2),
     ("45", 45), ("10080", 10080), ("10081", 10080), ("999999", 10080)],
)  # fmt: skip
def test_a_line_is_polled_every_two_minutes_at_most_and_once_a_week_at_least(minutes, interval):
    assert plan(minutes=minutes).channel.interval_minutes == interval


@pytest.mark.parametrize(
    ("fields", "outlet"),
    [
        ({"outlet": " The\nTide ", "title": "Tide on RSS"}, "The Tide"),
        ({"title": "Tide on RSS"}, "Tide on RSS"),
        ({}, "harbour.example"),
        ({"address": "https://t.me/s/Harbour"}, "harbour"),
        ({"outlet": "T" * 130}, "T" * 120),
    ],
)
def test_the_outlet_of_a_line_is_the_one_it_names_or_what_is_known_of_it(fields, outlet):
    assert plan(**fields).outlet == outlet


@pytest.mark.parametrize(
    ("code", "becomes"),
    [
        ("tide", "TIDE"), ("TAKEN", "TAKEN-2"), ("", "THE-TIDE"), ("two words", "TWO-WORDS"),
        # As long as a code may be, and one that is made is shorter.
        ("harbour-reporter", "HARBOUR-REPORTER"),
    ],
)  # fmt: skip
def test_a_line_keeps_its_code_where_that_is_one_and_free(code, becomes):
    make_channel(code="TAKEN")

    assert plan(code=code, outlet="The Tide").channel.code == becomes


def test_a_line_becomes_a_channel_with_all_that_it_says():
    planned = plan(
        title="Tide", outlet="The Tide", code="TIDE", platform="mastodon", language="de-" * 20,
        account="desk@tide.example", address="https://social.example/@desk", time_zone="Europe/Paris",
        minutes="45",
    )  # fmt: skip

    channel = planned.channel
    assert (planned.name, planned.outlet, planned.known, planned.refused) == (
        "Tide", "The Tide", None, "",
    )  # fmt: skip
    assert (channel.platform, channel.account, channel.language, channel.time_zone) == (
        "mastodon", "desk@tide.example", ("de-" * 20)[:35], "Europe/Paris",
    )  # fmt: skip
    assert channel.source_key
    assert channel.pk is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"address": ""}, "It names no feed (xmlUrl)"),
        ({"time_zone": "Mars/Olympus"}, "time zone"),
        ({"address": "http://10.0.0.1/feed"}, "private address"),
    ],
)
def test_a_line_that_becomes_no_channel_says_why_without_a_stop(fields, said):
    planned = plan(**fields)

    assert planned.channel is None
    assert said in planned.refused
    assert not planned.refused.endswith(".")


def test_a_line_without_a_title_is_called_by_its_address_and_one_without_either_is_too():
    assert [plan().name, plan(address="").name] == [
        "https://www.harbour.example/feed", "(no name)",
    ]  # fmt: skip


def test_of_two_lines_the_second_knows_what_the_first_will_be():
    first, same, other = plan_channels(
        [
            ListedSource(n=1, title="Tide", address="https://a.example/feed"),
            ListedSource(n=2, title="Tide again", address="http://a.example/feed/"),
            ListedSource(n=3, title="Tide", address="https://b.example/feed"),
        ]
    )

    assert (first.channel.code, same.channel, other.channel.code) == ("TIDE", None, "TIDE-2")
    assert same.known.code == "TIDE"


def make_kinds():
    make_channel(code="FEED", address="https://a.example/?a=1&b=2", time_zone="Europe/Paris")
    make_channel(
        code="TELE",
        platform="telegram",
        account="tide",
        address="https://t.me/s/tide",
        language="ru",
    )
    make_channel(
        code="BLUE",
        platform="bluesky",
        account="tide.example",
        address="https://bsky.app/profile/tide.example",
    )
    make_channel(
        code="MAST",
        platform="mastodon",
        account="desk@tide.example",
        address="https://social.example/@desk",
        interval_minutes=45,
    )
    make_channel(code="HAND", origin="by_hand")  # fmt: skip


COLUMNS = (
    "code", "platform", "account", "address", "language", "time_zone", "interval_minutes",
    "outlet__name",
)  # fmt: skip


def test_what_is_exported_is_imported_as_it_was(log_in, tmp_path):
    make_kinds()
    before = list(Channel.objects.exclude(code="HAND").order_by("code").values_list(*COLUMNS))

    response = log_in("Wire desk").get("/desk/wires/channel/export/")
    Channel.objects.all().delete()
    file = tmp_path / "channels.opml"
    file.write_bytes(response.content)
    call_command("load_channels", str(file), verbosity=0)

    assert 'filename="channels.opml"' in response["Content-Disposition"]
    assert list(Channel.objects.order_by("code").values_list(*COLUMNS)) == before
    assert set(Channel.objects.values_list("paused", flat=True)) == {True}


def test_a_list_has_the_channels_of_each_outlet_together_in_the_order_of_their_codes():
    for name, code in (("Tide", "A"), ("Harbour", "D"), ("Port", "B"), ("Harbour", "C")):
        make_channel(outlet=make_outlet(name), code=f"{code}-1")

    listed = [(line.n, line.outlet, line.code) for line in listed_channels()]

    assert listed == [
        (1, "Harbour", "C-1"), (2, "Harbour", "D-1"), (3, "Port", "B-1"), (4, "Tide", "A-1"),
    ]  # fmt: skip


def test_the_command_exports_what_the_desk_exports(log_in, capsys):
    make_kinds()

    call_command("export_channels")

    exported = log_in("Wire desk").get("/desk/wires/channel/export/").content.decode()
    assert capsys.readouterr().out == exported
    assert len(read_opml(exported.encode())) == 4


def test_the_command_names_each_line_that_becomes_no_channel(capsys, monkeypatch):
    make_channel(code="FIRST", address="https://harbour.example/feed")
    body = opml(
        outline("Harbour", "https://harbour.example/feed")
        + outline("Lost", "")
        + outline("Tide", "https://tide.example/feed")
    )
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(body)))

    call_command("load_channels", "-")

    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "line 1, Harbour: FIRST reads this",
        "line 2, Lost: not added, It names no feed (xmlUrl)",
    ]
    assert said.out == "1 channel added, paused\n"


def test_a_file_that_is_not_there_is_said_in_a_line(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_channels", str(tmp_path / "none.opml"))
