from datetime import UTC, datetime
from importlib import import_module

import pytest

from wires.platforms import PLATFORMS, UnreadableBody, choices, parse, platform_of
from wires.platforms.permalinks import recognise
from wires.platforms.platform import Platform

MOMENT = datetime(2026, 6, 25, 2, 40, tzinfo=UTC)
ACCOUNTS = {"mastodon": "desk@news.example", "bluesky": "desk.example"}
WITH_ACCOUNTS = [platform for platform in PLATFORMS if platform.has_accounts]
WITH_CLOCKS = [platform for platform in PLATFORMS if platform.id_clock]


def code_of(platform):
    return platform.code


def account_on(platform):
    return ACCOUNTS.get(platform.code, "harbourwire")


def post_on(platform):
    number = platform.id_clock.make(MOMENT, 7) if platform.id_clock else "4321"
    return platform.post_url(account_on(platform), number)


def test_platform_codes_are_unique_and_fit_their_column():
    names = [name for each in PLATFORMS for name in (each.code, *each.formats)]

    assert len(names) == len(set(names))
    assert all(0 < len(name) <= 32 for name in names)


def test_every_platform_has_a_label():
    assert all(platform.label for platform in PLATFORMS)
    assert platform_of("x").label == "X"


def test_a_platform_for_any_host_is_listed_after_those_with_fixed_hosts():
    takes_any_host = [platform.takes_any_host for platform in PLATFORMS]

    assert takes_any_host == sorted(takes_any_host)


@pytest.mark.parametrize("path", [each.adapter for each in PLATFORMS if each.can_be_polled])
def test_the_adapter_of_a_platform_is_found_at_its_dotted_path(path):
    assert callable(import_module(path).parse)


@pytest.mark.parametrize("platform", WITH_ACCOUNTS, ids=code_of)
def test_the_address_of_a_post_is_recognised_on_its_platform(platform):
    found = recognise(post_on(platform))

    assert (found.platform, found.kind) == (platform.code, "post")
    assert found.account == account_on(platform)


@pytest.mark.parametrize("platform", WITH_ACCOUNTS, ids=code_of)
def test_the_page_of_an_account_is_recognised_on_its_platform(platform):
    found = recognise(platform.account_url(account_on(platform)))

    assert (found.platform, found.account) == (platform.code, account_on(platform))
    assert found.kind in ("profile", "channel")


@pytest.mark.parametrize("platform", WITH_CLOCKS, ids=code_of)
def test_the_clock_of_a_platform_reads_the_ids_it_makes(platform):
    one, other = (platform.id_clock.make(MOMENT, sequence) for sequence in (1, 2))

    assert one != other
    assert platform.id_clock.read(one) == MOMENT
    assert recognise(post_on(platform)).id_time == MOMENT


def test_a_removed_platform_is_shown_by_its_code_and_not_polled():
    removed = platform_of("orkut")

    assert (removed.label, removed.can_be_polled, removed.after_outlet) == ("orkut", False, "")


def test_choices_follow_the_list_when_it_changes(monkeypatch):
    new = Platform(code="harbourtalk", label="Harbour Talk")
    monkeypatch.setattr("wires.platforms.PLATFORMS", (*PLATFORMS, new))

    assert choices()[-1] == ("harbourtalk", "Harbour Talk")


@pytest.fixture
def talk(monkeypatch):
    new = Platform(
        code="harbourtalk", label="Harbour Talk", adapter="tests.wires.platforms.talk_adapter"
    )
    monkeypatch.setattr("wires.platforms.PLATFORMS", (*PLATFORMS, new))


def test_a_body_rejected_by_one_adapter_is_read_by_the_next(talk):
    document = parse(b'{"talk": "wire", "posts": [[7, "The harbour is closed."]]}')

    assert (document.kind, document.account) == ("harbourtalk", "wire")
    assert [post.native_id for post in document.posts] == ["7"]


def test_a_json_body_is_read_by_its_own_adapter_when_two_read_json(talk):
    feed = b'{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [{"id": "1"}]}'

    assert parse(feed).kind == "jsonfeed"


def test_a_body_that_no_adapter_claims_is_refused_in_one_line(talk):
    with pytest.raises(UnreadableBody, match=r"^JSON, but not a feed$"):
        parse(b'{"posts": []}')
