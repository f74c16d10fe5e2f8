"""The channels that come with the project."""

import pytest
from django.db import OperationalError, ProgrammingError

from tests.clock import NOON
from tests.commands import run_command
from tests.wires.databases import run_beside
from wires.management.commands.load_channels import read_list
from wires.management.outage import is_not_set_up
from wires.models import Channel, Outlet
from wires.platforms.permalinks import recognise

pytestmark = pytest.mark.django_db


class Undefined(Exception):
    """An error like psycopg's, with its SQLSTATE code."""

    def __init__(self, sqlstate):
        super().__init__()
        self.sqlstate = sqlstate


def load():
    return run_command("load_channels").out.strip()


def test_channels_are_loaded_paused():
    output = load()

    assert (
        output
        == f"{Outlet.objects.count()} outlets and {Channel.objects.count()} channels added, 0 started"
    )
    assert Channel.objects.count() >= 25
    assert not Channel.objects.polled().exists()


def test_every_listed_channel_is_well_formed():
    load()

    assert Channel.objects.exists()
    for channel in Channel.objects.select_related("outlet"):
        channel.full_clean()
        channel.outlet.full_clean()
        assert channel.outlet.affiliation
        assert channel.address.startswith(("http://", "https://"))


def test_listed_telegram_accounts_are_valid_addresses():
    load()

    channels = Channel.objects.filter(platform="telegram")
    found = {channel.account: recognise(channel.address) for channel in channels}
    assert found
    assert all((link.kind, link.account) == ("channel", name) for name, link in found.items())


def test_state_media_are_labelled_in_the_channel_list():
    load()

    for slug in ("tass", "rt", "xinhua", "cgtn", "press-tv", "irna", "sana"):
        assert "state" in Outlet.objects.get(slug=slug).affiliation.lower()


def test_loading_channels_again_adds_nothing_and_keeps_edits():
    load()
    Outlet.objects.filter(slug="tass").update(name="TASS (Moscow)", affiliation="Ours", aliases=[])
    Channel.objects.filter(code="RT").update(code="RT-NEWS", interval_minutes=60)

    output = load()

    assert output == "0 outlets and 0 channels added, 0 started"
    outlet = Outlet.objects.get(slug="tass")
    assert (outlet.name, outlet.affiliation, outlet.aliases) == ("TASS (Moscow)", "Ours", [])
    assert not Channel.objects.filter(code="RT").exists()


def test_a_channel_added_to_the_list_joins_its_existing_outlet():
    load()
    outlet = Outlet.objects.get(slug="tass")
    Channel.objects.filter(code="TASS-TG").delete()

    output = load()

    assert output == "0 outlets and 1 channels added, 0 started"
    assert Channel.objects.get(code="TASS-TG").outlet == outlet


def test_the_setting_starts_polling_except_for_channels_an_editor_paused(settings):
    load()
    Channel.objects.filter(code="RT").update(last_polled_at=NOON)
    settings.WIRE_POLL = True

    load()

    assert Channel.objects.polled().count() == Channel.objects.count() - 1
    assert Channel.objects.get(code="RT").paused


def test_channel_codes_and_addresses_are_listed_once():
    channels = [channel for entry in read_list() for channel in entry["channels"]]

    for name in ("code", "address", "account"):
        values = [channel[name] for channel in channels if name in channel]
        assert len(values) == len(set(values))


@pytest.mark.parametrize(
    "arguments",
    [
        ("load_channels",),
        ("import_posts", "wires/channels.toml", "--channel", "NEWS"),
        ("poll_wires", "--once"),
    ],
)
def test_missing_tables_are_reported_in_one_line(arguments, tmp_path):
    command = run_beside({"RUNTIME_DIR": str(tmp_path)}, *arguments)

    _, output = command.communicate(timeout=60)

    assert output == b"CommandError: The database is not set up: run manage.py migrate.\n"
    assert command.returncode == 1


def test_a_missing_table_is_recognised_by_its_error_code_in_any_language():
    undefined = ProgrammingError("relation « wires_channel » inexistante")
    undefined.__cause__ = Undefined("42P01")

    assert is_not_set_up(undefined)
    assert not is_not_set_up(OperationalError('database "paper" does not exist'))
