"""The list of instruments: its contents and order, and that editors' changes are kept."""

import pytest

from markets.hours import EXCHANGES
from markets.management.commands.load_instruments import load, read_list
from markets.models import Instrument, Provider
from markets.providers import PROVIDERS
from tests.commands import run_command

pytestmark = pytest.mark.django_db
ORDER = """
S&P 500|Nasdaq|Nasdaq 100|Dow|Nikkei|China 50|Europe|DAX
BTC|ETH|BNB|XRP|SOL|TRX|HYPE|DOGE|RAIN|LEO
QQQ|VOO|VTI|IWM|ARKK|HYG
Gold|Silver|WTI Crude|Brent|Nat Gas|Copper
EUR/USD|GBP/USD|USD/JPY|USD/CNY
"""


def run(**options):
    return run_command("load_instruments", **options).out


def test_instruments_are_loaded_in_the_order_of_the_strip():
    run()

    labels = [one.label.partition(" · ")[0] for one in Instrument.objects.shown().in_order()]
    groups = [line.split("|") for line in ORDER.strip().splitlines()]
    assert labels == [label for group in groups for label in group]
    counts = [Instrument.objects.filter(group=group).count() for group in Instrument.Group]
    assert counts == [len(group) for group in groups]


def test_a_fund_standing_in_for_an_index_says_so_in_its_label():
    run()

    funds = Instrument.objects.filter(group="indices", prefix="$")
    assert 0 < len(funds) < 8
    for fund in funds:
        assert fund.label.endswith(f" · {fund.symbol}")
        assert fund.stands_for
        assert fund.description.startswith("A fund")


def test_every_listed_instrument_is_valid():
    run()

    instruments = Instrument.objects.select_related("provider")
    assert len(instruments) == 34
    for instrument in instruments:
        instrument.full_clean()
        assert instrument.provider.code in PROVIDERS
        assert not instrument.calendar or instrument.calendar in EXCHANGES


def test_loading_the_instruments_twice_adds_nothing():
    assert run() == "9 providers and 34 instruments added, 0 started\n"
    assert run() == "0 providers and 0 instruments added, 0 started\n"


def test_loading_again_keeps_what_an_editor_changed():
    run()
    Instrument.objects.filter(symbol="BTC").update(label="Bitcoin", position=1, is_shown=False)
    Provider.objects.filter(code="ecb").update(interval_minutes=7)

    run()

    assert Instrument.objects.filter(label="Bitcoin", position=1, is_shown=False).exists()
    assert Provider.objects.get(code="ecb").interval_minutes == 7


def test_adding_an_instrument_clears_the_validators_of_its_provider():
    entries = read_list()
    load(entries[:-1])
    Provider.objects.update(etag='"a"', asked="x")

    load(entries)

    assert Provider.objects.get(code="ecb").etag == ""
    assert Provider.objects.get(code="stooq").etag == '"a"'


def test_providers_stay_paused_until_polling_is_switched_on(settings):
    run()
    waiting = Provider.objects.filter(paused=True).count()
    settings.MARKETS_POLL = True

    line = run()

    assert waiting == 9
    # Three need a key, and one has no default address.
    assert line.endswith("5 started\n")
    paused = Provider.objects.filter(paused=True).values_list("code", flat=True)
    assert {*paused} == {"fred", "twelvedata", "eodhd", "feed"}


def test_a_provider_paused_after_a_poll_stays_paused(settings):
    settings.MARKETS_POLL = True
    settings.MARKETS_ADDRESSES = {"feed": "/srv/quotes.csv"}
    first = run()
    Provider.objects.update(paused=True)
    Provider.objects.exclude(code="ecb").update(last_polled_at="2026-06-25T12:00:00Z")

    second = run()

    assert first.endswith("6 started\n")
    assert second.endswith("1 started\n")


# Standbys of an installation that is older than they are


@pytest.fixture
def older():
    """Load the instruments as a release without standbys did."""
    load([without_standby(entry) for entry in read_list()])


def without_standby(entry):
    return {name: value for name, value in entry.items() if not name.startswith("standby")}


def standbys():
    rows = Instrument.objects.filter(standby__isnull=False)
    return {one.symbol: (one.standby.code, one.standby_symbol) for one in rows}


def test_instruments_that_are_there_get_the_standbys_of_a_later_release_once(older):
    assert standbys() == {}

    first, second = run(), run()

    assert first == "0 providers and 0 instruments added, 33 standbys given, 0 started\n"
    assert second == "0 providers and 0 instruments added, 0 started\n"
    assert {*Instrument.objects.values_list("symbol", flat=True)} - {*standbys()} == {"COPPER"}
    assert standbys()["DAX"] == ("eodhd", "GDAXI.INDX")
    assert Instrument.objects.get(symbol="WTI").standby_note == "spot price"


def test_a_standby_given_later_is_asked_as_if_for_the_first_time(older):
    Provider.objects.update(etag='"a"', asked="x")

    run()

    asked = Provider.objects.filter(etag="").values_list("code", flat=True)
    assert {"fred", "twelvedata", "eodhd", "coinpaprika", "defillama"} <= {*asked}
    assert Provider.objects.get(code="feed").etag == '"a"'


def test_a_later_standby_leaves_alone_what_an_editor_changed(older):
    feed, fred = Provider.objects.get(code="feed"), Provider.objects.get(code="fred")
    Instrument.objects.filter(symbol="QQQ").update(provider=feed)
    Instrument.objects.filter(symbol="VOO").update(provider_symbol="voo.de")
    Instrument.objects.filter(symbol="GOLD").update(standby=feed, standby_symbol="AU")
    Instrument.objects.filter(symbol="BTC").update(provider=fred, provider_symbol="CBBTCUSD")

    run()

    found = standbys()
    assert found["GOLD"] == ("feed", "AU")
    assert not {"QQQ", "VOO", "BTC"} & {*found}
    assert "VTI" in found


@pytest.mark.parametrize("is_older", [True, False])
def test_a_standby_that_an_editor_took_away_does_not_come_back(is_older):
    entries = read_list()
    load([without_standby(entry) for entry in entries] if is_older else entries)
    run()
    Instrument.objects.filter(symbol="BTC").update(standby=None, standby_symbol="")

    run()

    assert "BTC" not in standbys()
    assert "ETH" in standbys()
