"""What a provider may send by mistake, from its bytes to the strip: the last good price stays."""

from datetime import timedelta

import pytest

from markets.ingest import WantedQuotes, accept, store
from markets.models import HeldQuote, Instrument
from markets.providers import PROVIDERS
from markets.strip import strip
from tests.clock import NOON
from tests.markets.factories import make_instrument, make_provider

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def oil():
    return make_instrument(
        "WTI",
        symbol="WTI",
        least=5,
        most=500,
        provider=make_provider("feed"),
        provider_symbol="WTI",
    )


def hears(price, *, at, time=None, close="80", currency="USD", extra=""):
    """Read an answer as it came and store what is in it."""
    line = f"WTI,{price},{close},{currency},{(time or at).isoformat()}\n"
    body = f"symbol,price,previous_close,currency,time\n{line}{extra}"
    wanted = WantedQuotes.of(Instrument.objects.all(), name="provider_symbol", is_divided=True)
    return store(PROVIDERS["feed"].read(body.encode(), ["WTI"]), wanted, at=at, origin="provider")


def shown(at):
    ((row,),) = [group.rows for group in strip(at).groups]
    return row


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"price": "NaN"}, "NaN is not a price"),
        ({"price": "1e400"}, "1e400 is outside any plausible range"),
        ({"price": "1e-10"}, "is below $5.00, its lowest plausible price"),
        ({"price": "-37.63"}, "its price is negative, −$37.63"),
        ({"price": "81", "time": NOON.replace(year=2020)}, "it is of 25 June 2020"),
        ({"price": "81", "time": NOON + 43 * MINUTE}, "is in the future"),
        # In cents, in euros, and a pair of rows of which nobody knows the right one.
        ({"price": "8100", "close": "8000"}, "is above $500.00"),
        ({"price": "81", "currency": "EUR"}, "it is in EUR, not in USD"),
        ({"price": "81", "extra": "wti,18,80,USD,1782388800\n"}, "has it twice"),
    ],
)
def test_what_is_sent_by_mistake_is_held_and_the_last_good_price_stays(oil, answer, said):
    hears("80.5", at=NOON)

    for n in range(1, 5):
        at = NOON + 10 * n * MINUTE
        outcome = hears(**answer, at=at)

    assert (outcome.new, shown(at).price) == (0, "$80.50")
    assert said in HeldQuote.objects.get().reason


def test_a_negative_price_that_is_real_is_shown_once_an_editor_accepts_it(oil):
    hears("12", at=NOON, close="18")
    hears("-37.63", at=NOON + 10 * MINUTE, close="18")

    accept(oil, at=NOON + 11 * MINUTE)

    row = shown(NOON + 11 * MINUTE)
    assert (row.price, row.change) == ("−$37.63", None)
