"""The markets in the admin: what is shown, who may do what, and what the buttons do."""

import pytest
from django.contrib.admin.models import LogEntry

from markets import strip as strips
from markets.hours import UnknownZone
from markets.models import HeldQuote, Instrument, Provider, Quote
from tests import pages
from tests.clock import NOON, later
from tests.markets.factories import make_held, make_instrument, make_provider, make_quote
from tests.newsroom.factories import make_user
from wires import generations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
QUOTES = "/desk/markets/instrument/"
PROVIDERS = "/desk/markets/provider/"


def words(response):
    return pages.words(response.content.decode())


def act(desk, path, action, *rows, follow=True):
    return desk.post(
        path, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=follow
    )


# Lists


def test_each_instrument_shows_its_last_quote_and_its_age(log_in):
    make_quote(make_instrument("Gold", decimals=0), "3328", at=later(minutes=-5))
    make_quote(make_instrument("Lead"), "2", at=later(hours=-3))
    make_instrument("Tin")

    page = words(log_in("Wire desk").get(QUOTES))

    assert "$3,328, 25 Jun 11:55 UTC 5 min" in page
    assert "$2.00, 25 Jun 09:00 UTC 3 h, stale" in page
    assert "none yet" in page


def test_a_quote_that_was_held_back_is_shown_with_its_reason(log_in):
    make_held(make_instrument("Gold"), reason="its price is zero", times=3)
    make_held(make_instrument("Lead"), reason="NaN is not a price", over_at=later(minutes=5))

    page = words(log_in("Wire desk").get(QUOTES))

    assert "Held its price is zero (since 25 Jun 12:00 UTC, 3 times)" in page
    assert "Ended 25 Jun 12:05 UTC: NaN is not a price (since 25 Jun 12:00 UTC)" in page


def test_a_manual_quote_shows_who_entered_it_and_why(log_in):
    by = make_user(name="ada")
    make_quote(
        make_instrument(),
        origin="by_hand",
        corrected_by=by,
        reason="The feed is late.",
        current_until=later(minutes=30),
    )

    page = words(log_in("Wire desk").get(QUOTES))

    assert "by hand: ada, “The feed is late.”" in page
    assert "valid until 25 Jun 12:30 UTC" in page


def test_an_exchange_with_unknown_hours_is_named(log_in, monkeypatch):
    def unknown(exchange, at):
        message = "install the Python package tzdata"
        raise UnknownZone(message)

    monkeypatch.setattr(strips, "status", unknown)

    page = words(log_in("Wire desk").get(QUOTES))

    assert "Trading hours unknown Tokyo Stock Exchange: install the Python package tzdata" in page


def test_a_provider_describes_its_health_in_words(log_in):
    make_provider("ecb", last_read_at=later(minutes=-9), next_poll_at=later(minutes=51))
    make_provider(
        "stooq",
        health="failing",
        failures=4,
        last_error="the answer is a web page, not quotes",
        last_error_at=later(hours=-1),
    )
    make_provider("coingecko", paused=True)

    page = words(log_in("Wire desk").get(PROVIDERS))

    assert (
        "European Central Bank On Working, read 25 Jun 11:51 UTC 0 instruments 25 Jun 12:51 UTC"
        in page
    )
    assert (
        "Stooq On Failing the answer is a web page, not quotes"
        " (since 25 Jun 11:00 UTC, tried 4 times)" in page
    )
    assert "CoinGecko Paused Not read yet 0 instruments none while paused" in page


@pytest.mark.parametrize("path", [QUOTES, f"{QUOTES}?q=gold", f"{QUOTES}?is_shown__exact=1"])
def test_the_instrument_list_takes_the_same_queries_however_many_rows(
    log_in, path, django_assert_num_queries, django_assert_max_num_queries
):
    desk = log_in("Editor")
    make_quote()
    with django_assert_max_num_queries(8) as few:
        desk.get(path)
    for n in range(40):
        instrument = make_instrument("Gold")
        make_quote(
            instrument,
            **({"origin": "by_hand", "corrected_by": make_user()} if n % 2 else {}),
        )
        make_held(instrument)

    with django_assert_num_queries(len(few)):
        page = desk.get(path).content.decode()

    assert page.count('name="_selected_action"') == 41


def test_the_provider_list_takes_few_queries(log_in, django_assert_max_num_queries):
    desk = log_in("Editor")
    for code in ("ecb", "stooq", "feed", "coingecko"):
        make_instrument(provider=make_provider(code))

    with django_assert_max_num_queries(6):
        page = desk.get(PROVIDERS).content.decode()

    assert page.count('name="_selected_action"') == 4


# Permissions


@pytest.mark.parametrize(
    ("group", "action", "may"),
    [
        ("Wire desk", "take_off", False),
        ("Wire desk", "accept", False),
        ("Writer", "release", False),
        ("Editor", "take_off", True),
        ("Editor", "accept", True),
        ("Editor", "release", True),
    ],
)
def test_instrument_and_quote_actions_are_offered_to_editors_only(log_in, group, action, may):
    desk = log_in(group)

    offered = f'name="action" value="{action}"' in (
        make_instrument() and desk.get(QUOTES).content.decode()
    )

    assert offered is may


@pytest.mark.parametrize(
    ("group", "status"), [("Wire desk", 403), ("Writer", 403), ("Editor", 200)]
)
def test_only_editors_enter_a_manual_quote(log_in, group, status):
    gold = make_instrument()

    assert log_in(group).get(f"{QUOTES}{gold.pk}/correct/").status_code == status


def test_the_wire_desk_polls_and_cannot_change_an_instrument(log_in):
    gold = make_instrument(provider=make_provider(paused=True))
    desk = log_in("Wire desk")

    act(desk, PROVIDERS, "start", gold.provider)
    change = desk.post(f"{QUOTES}{gold.pk}/change/", {"label": "Lead"})

    assert not Provider.objects.get().paused
    assert change.status_code == 403


def test_nobody_can_delete_an_instrument_or_add_a_provider(log_in):
    gold = make_instrument()
    desk = log_in("Publisher")

    assert desk.post(f"{QUOTES}{gold.pk}/delete/").status_code == 403
    assert desk.get(f"{PROVIDERS}add/").status_code == 403


# Providers


def test_poll_now_makes_a_provider_due_without_validators(log_in):
    provider = make_provider(next_poll_at=later(hours=1), etag='"a"', asked="x")
    paused = make_provider("ecb", paused=True, next_poll_at=later(hours=1))

    page = words(act(log_in("Wire desk"), PROVIDERS, "poll_now", provider, paused))

    provider.refresh_from_db()
    paused.refresh_from_db()
    assert (provider.next_poll_at, provider.etag, provider.asked) == (None, "", "")
    assert paused.next_poll_at == later(hours=1)
    assert "1 provider will be polled within seconds." in page
    assert "1 provider not polled because polling is paused. Start polling first." in page


def test_starting_a_provider_clears_its_error_and_pausing_keeps_it(log_in):
    desk = log_in("Wire desk")
    ailing = make_provider(paused=True, health="failing", failures=3, last_error="Gone.")

    act(desk, PROVIDERS, "start", ailing)
    ailing.refresh_from_db()
    started = (ailing.paused, ailing.health, ailing.failures, ailing.last_error)
    act(desk, PROVIDERS, "pause", ailing)
    ailing.refresh_from_db()

    assert started == (False, "sound", 0, "")
    assert ailing.paused


# Instruments


def test_showing_or_hiding_an_instrument_bumps_quotes_and_repolls_its_provider(
    log_in, django_capture_on_commit_callbacks
):
    gold = make_instrument(provider=make_provider(etag='"a"', next_poll_at=later(hours=1)))
    desk = log_in("Editor")
    before = generations.current("quotes")

    with django_capture_on_commit_callbacks(execute=True):
        page = words(act(desk, QUOTES, "take_off", gold))

    gold.refresh_from_db()
    assert not gold.is_shown
    assert "1 instrument removed from the strip." in page
    assert generations.current("quotes") != before
    assert (Provider.objects.get().etag, Provider.objects.get().next_poll_at) == ("", None)


@pytest.mark.parametrize(
    ("action", "chosen", "order"),
    [
        ("move_up", "b", "bacd"),
        ("move_up", "a", "abcd"),
        ("move_up", "cd", "acdb"),
        ("move_up", "abd", "abdc"),
        ("move_down", "b", "acbd"),
        ("move_down", "d", "abcd"),
        ("move_down", "ab", "cabd"),
        ("move_down", "acd", "bacd"),
    ],
)
def test_instruments_can_be_reordered(log_in, action, chosen, order):
    # Two have the same position: the older one comes first.
    rows = {
        label: make_instrument(label, position=position)
        for label, position in zip("abcd", (1, 2, 2, 7), strict=True)
    }

    act(log_in("Editor"), QUOTES, action, *(rows[label] for label in chosen))

    assert "".join(one.label for one in Instrument.objects.in_order()) == order


def test_changing_what_is_polled_clears_the_provider_validators(log_in):
    gold = make_instrument(provider=make_provider(etag='"a"'))
    form = {
        field.name: getattr(gold, field.attname)
        for field in Instrument._meta.fields
        if getattr(gold, field.attname) is not None and field.name != "is_shown"
    }
    desk = log_in("Editor")

    desk.post(f"{QUOTES}{gold.pk}/change/", form | {"is_shown": "on", "label": "Oro"})
    etag = Provider.objects.get().etag
    desk.post(f"{QUOTES}{gold.pk}/change/", form | {"is_shown": "on", "provider_symbol": "new"})

    assert (etag, Provider.objects.get().etag) == ('"a"', "")
    assert Instrument.objects.get().provider_symbol == "new"


@pytest.mark.parametrize(("origin", "is_kept"), [("provider", False), ("by_hand", True)])
@pytest.mark.parametrize("field", ["provider", "provider_symbol", "divided_by", "currency"])
def test_a_quote_of_another_source_or_unit_does_not_outlive_the_change(
    log_in, field, origin, is_kept
):
    gold = make_instrument()
    by_hand = {"corrected_by": make_user(), "reason": "It was wrong."} if is_kept else {}
    make_quote(gold, origin=origin, **by_hand)
    make_held(gold)
    new = {"provider": make_provider("feed").pk, "provider_symbol": "x", "divided_by": 100}
    form = {
        field.name: getattr(gold, field.attname)
        for field in Instrument._meta.fields
        if getattr(gold, field.attname) is not None
    }

    log_in("Editor").post(
        f"{QUOTES}{gold.pk}/change/", form | {field: (new | {"currency": "EUR"})[field]}
    )

    assert Quote.objects.exists() == is_kept
    assert not HeldQuote.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("currency", "ZZZ", "ZZZ is not an ISO 4217 currency code such as USD."),
        ("calendar", "MOON", "MOON is not one of the known exchanges: NYSE"),
        ("symbol", "lower", "1 to 12 capital letters, digits and points."),
        ("most", "1", "Must be higher than the lowest plausible price."),
    ],
)
def test_an_invalid_instrument_gets_a_one_line_error(log_in, field, value, line):
    gold = make_instrument(least=5)
    form = {
        field.name: getattr(gold, field.attname)
        for field in Instrument._meta.fields
        if getattr(gold, field.attname) is not None
    }

    answer = log_in("Editor").post(f"{QUOTES}{gold.pk}/change/", form | {field: value})

    assert line in words(answer)


# Manual quotes


def test_a_manual_quote_is_saved_and_marked_on_the_strip(
    log_in, django_capture_on_commit_callbacks
):
    gold = make_instrument("Gold")
    desk = log_in("Editor")
    before = generations.current("quotes")

    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(
            f"{QUOTES}{gold.pk}/correct/",
            {"price": "3328.5", "previous_close": "", "reason": "The feed is late."},
            follow=True,
        )

    quote = Quote.objects.get()
    assert (quote.price, quote.origin, quote.reason) == (3328.5, "by_hand", "The feed is late.")
    assert "Gold is now $3,328.50, marked “by hand”, until 25 Jun 13:00 UTC or until" in words(
        answer
    )
    assert "by hand" in words(desk.get("/markets/strip/"))
    assert "The feed is late." not in words(desk.get("/markets/strip/"))
    assert generations.current("quotes") != before
    assert "3,328.50 entered by hand" in LogEntry.objects.get().get_change_message()


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"price": "0"}, "Enter a price above zero."),
        ({"price": "-1"}, "greater than or equal to 0"),
        ({"price": "3,328"}, "Enter a number."),
        ({"price": "NaN"}, "Enter a number."),
        ({"price": "1e40"}, "Ensure that there are no more than"),
        ({"previous_close": "0"}, "Enter a price above zero."),
        ({"reason": ""}, "This field is required."),
    ],
)
def test_an_invalid_manual_price_is_not_saved(log_in, fields, line):
    gold = make_instrument()
    form = {"price": "1", "previous_close": "1", "reason": "So."}

    answer = log_in("Editor").post(f"{QUOTES}{gold.pk}/correct/", form | fields)

    assert line in words(answer)
    assert not Quote.objects.exists()


def test_a_manual_quote_can_be_released(log_in):
    gold = make_instrument(provider=make_provider(next_poll_at=later(hours=1)))
    make_quote(gold, origin="by_hand", corrected_by=make_user(), current_until=later(minutes=30))

    page = words(act(log_in("Editor"), QUOTES, "release", gold))

    assert "1 instrument is waiting for the provider’s next quote." in page
    assert Quote.objects.get().current_until == NOON
    assert Provider.objects.get().next_poll_at is None


def test_a_held_quote_is_accepted_if_it_can_be_shown(log_in):
    gold = make_instrument("Gold")
    make_held(gold, "33280")
    lead = make_instrument("Lead")

    page = words(act(log_in("Editor"), QUOTES, "accept", gold, lead))

    assert "Gold: $33,280.00 accepted." in page
    assert "Lead has no held quote that can be shown." in page
    assert Quote.objects.get().instrument == gold


def test_the_instrument_form_shows_its_last_quote_and_links_to_the_correction(log_in):
    gold = make_instrument("Gold")
    make_quote(gold)

    page = log_in("Editor").get(f"{QUOTES}{gold.pk}/change/").content.decode()

    assert f'href="{QUOTES}{gold.pk}/correct/"' in page
    assert "$100.00, 25 Jun 12:00 UTC" in page


def test_an_instrument_can_be_added(log_in):
    provider = make_provider(etag='"a"')
    form = {
        "label": "Tin",
        "symbol": "TIN",
        "group": "commodities",
        "description": "Tin, for tests",
        "unit": "US dollars a tonne",
        "currency": "USD",
        "decimals": 0,
        "provider": provider.pk,
        "provider_symbol": "tin",
        "divided_by": 1,
        "stale_after_minutes": 60,
        "position": 5,
        "is_shown": "on",
    }

    log_in("Editor").post(f"{QUOTES}add/", form)

    assert Instrument.objects.get().symbol == "TIN"
    assert Provider.objects.get().etag == ""


# Records


def correcting(desk, instrument):
    fields = {"price": "3328.5", "previous_close": "", "reason": "The feed is late."}
    desk.post(f"{QUOTES}{instrument.pk}/correct/", fields)


def releasing(desk, instrument):
    make_quote(instrument, origin="by_hand", corrected_by=make_user(), current_until=later(days=1))
    act(desk, QUOTES, "release", instrument)


def accepting(desk, instrument):
    make_held(instrument, "33280")
    act(desk, QUOTES, "accept", instrument)


@pytest.mark.parametrize(
    ("doing", "message"),
    [
        (correcting, "$3,328.50 entered by hand: The feed is late."),
        (releasing, "Provider’s quote restored."),
        (accepting, "$33,280.00 accepted."),
    ],
)
def test_what_is_done_with_a_quote_is_on_record_with_its_person_and_instrument(
    client, doing, message
):
    # Another of each, otherwise equal, with which the record could be mixed up.
    make_user(group="Editor")
    ada = make_user(group="Editor", name="ada")
    make_instrument("Gold")
    gold = make_instrument("Gold")
    client.force_login(ada)

    doing(client, gold)

    record = LogEntry.objects.get()
    assert (record.user, record.get_edited_object()) == (ada, gold)
    assert record.get_change_message() == message


def test_a_manual_quote_names_the_person_who_sent_it(client):
    make_user(group="Editor")
    ada = make_user(group="Editor", name="ada")
    client.force_login(ada)

    correcting(client, make_instrument("Gold"))

    assert Quote.objects.get().corrected_by == ada
