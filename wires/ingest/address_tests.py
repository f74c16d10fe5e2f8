"""Addresses that the desk wants tested: a web request leaves them to the worker."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, User
from django.core.exceptions import ValidationError
from django.db import transaction

from wires import schedule
from wires.http import REFUSALS, Fetch, FetchError
from wires.ingest.billing import LimitReached, count_billed, posts_left
from wires.ingest.bodies import HasParse
from wires.ingest.hidden_or_withdrawn import NotAllowed
from wires.ingest.source_previews import NothingComesIn, PreviewReader, SourcePreview
from wires.ingest.storable import UNSTORABLE
from wires.models import ActCount, ActLimit, AddressTest, Channel, Domain, check_address
from wires.platforms import platform_of
from wires.platforms.base import ParserNotStarted
from wires.platforms.sources import NoSource, TypedSource, read_source

logger = logging.getLogger(__name__)

TEST_ADDRESS = ActLimit(act="test_address", each=20, everybody=60)
LEASE = timedelta(minutes=5)
KEPT_FOR = timedelta(days=1)
MOST_AT_ONCE = 10
LONGEST_PROBLEM = 1000
# A site that is busy for longer is not waited for.
LONGEST_WAIT = timedelta(minutes=1)
RIGHTS = ("wires.add_channel", "wires.change_channel")
NO_PARSER = "no parser process could be started: test it again in a minute"
UNREADABLE = "what the site sent cannot be read: ask the publisher"


class NotTested(Exception):
    """An address is not asked at all. The message says why, and what to do."""


def require_right(by: AbstractUser) -> None:
    """Raise NotAllowed for somebody who may neither add nor change channels."""
    if not any(by.has_perm(right) for right in RIGHTS):
        message = f"{by.get_username()} does not have permission to test an address."
        raise NotAllowed(message)


def ask_for_test(
    entered: str,
    *,
    by: User,
    at: datetime,
    platform: str = "",
    channel: Channel | None = None,
    minutes: int = 10,
    typed: dict[str, str] | None = None,
) -> AddressTest:
    """Store an address that the worker is to test. Raises NotAllowed, NotTested and TooOften."""
    require_right(by)
    source = _source(entered, platform=platform, channel=channel)
    ActCount.objects.use(TEST_ADDRESS, by=by, at=at)
    return AddressTest.objects.create(
        entered=entered[:2000],
        platform=source.platform,
        account=source.account,
        address=source.address,
        interval_minutes=minutes,
        channel=channel,
        typed=typed or {},
        by=by,
        asked_at=at,
    )


def _source(entered: str, *, platform: str, channel: Channel | None) -> TypedSource:
    """Return what is to be tested. Raises NotTested."""
    try:
        source = read_source(entered, platform=platform)
        check_address(source.address)
    except NoSource as error:
        raise NotTested(str(error)) from error
    except ValidationError as error:
        raise NotTested(" ".join(error.messages)) from error
    on = platform_of(source.platform)
    if why_off := settings.PLATFORMS_OFF.get(source.platform):
        message = f"{on.label} cannot be polled: {why_off}."
        raise NotTested(message)
    if not on.can_be_polled:
        message = f"{on.label} cannot be polled yet. Its posts can be added by their links."
        raise NotTested(message)
    is_same = channel is not None and channel.account == source.account
    if on.is_billed and not is_same:
        message = (
            f"Each post read on {on.label} is paid for, so only a saved channel is tested, within"
            " its monthly limit. Save the channel first."
        )
        raise NotTested(message)
    return source


@dataclass(frozen=True, slots=True)
class _TestOutcome:
    problem: str = ""
    found: SourcePreview = field(default_factory=SourcePreview)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressTester:
    """What answers tests: the network, parsers, a clock, patience, the name its leases are under."""

    fetch: Fetch
    parsers: HasParse
    now: Callable[[], datetime]
    sleep: Callable[[float], Any]
    worker: str
    is_over: Callable[[], bool] = lambda: False

    def answer_all(self) -> int:
        """Test the addresses that wait, the oldest first; forget those of long ago."""
        AddressTest.objects.filter(asked_at__lt=self.now() - KEPT_FOR).delete()
        answered = 0
        for _ in range(MOST_AT_ONCE):
            if self.is_over():
                break
            tests = AddressTest.objects.select_related("by", "channel")
            test = tests.claim(at=self.now(), lease=LEASE, among=MOST_AT_ONCE)
            if test is None:
                break
            answered += self._answer(test)
        return answered

    def _answer(self, test: AddressTest) -> bool:
        """Test an address; False where its site has to be left alone a little longer."""
        domain = schedule.registrable_domain(test.address)
        with transaction.atomic():
            is_free = schedule.lease_domain(domain, worker=self.worker, at=self.now())
        if not is_free and (problem := self._why_it_waits(domain)) is None:
            # Not for longer than its site may be asked again: others wait behind it.
            test.lease_until = self.now() + schedule.patience_with(domain)
            test.save(update_fields=["lease_until"])
            return False
        outcome = self._try(test, domain) if is_free else _TestOutcome(problem or "")
        AddressTest.objects.filter(pk=test.pk).update(
            found=outcome.found.as_json(),
            problem=outcome.problem[:LONGEST_PROBLEM],
            answered_at=self.now(),
            lease_until=None,
        )
        return True

    def _try(self, test: AddressTest, domain: str) -> "_TestOutcome":
        """Read an address whose site is leased, and give the site free."""
        refusal: FetchError | None = None
        try:
            return _TestOutcome(found=self._read(test))
        except FetchError as error:
            refusal = error if error.status in REFUSALS else None
            return _TestOutcome(error.message)
        except NothingComesIn as error:
            return _TestOutcome(str(error), found=SourcePreview(feeds=error.feeds))
        except NotAllowed as error:
            return _TestOutcome(str(error))
        except ParserNotStarted:
            return _TestOutcome(NO_PARSER)
        except UNSTORABLE:
            # What a site sends must not stop the tests behind it.
            logger.exception("%s could not be tested", test.address)
            return _TestOutcome(UNREADABLE)
        finally:
            schedule.leave_domain(domain, worker=self.worker, at=self.now(), refusal=refusal)

    def _why_it_waits(self, domain: str) -> str | None:
        """Return why a site is not asked soon; None where it may be in a moment."""
        for row in Domain.objects.filter(name=domain):
            if row.not_before and row.not_before > self.now() + LONGEST_WAIT:
                return f"{domain} asked us to stay away until {row.not_before:%H:%M} UTC"
        return None

    def _read(self, test: AddressTest) -> SourcePreview:
        require_right(test.by)
        channel, at = test.channel, self.now()
        source = TypedSource(test.platform, test.account, test.address)
        is_same = channel is not None and channel.account == test.account
        most = posts_left(channel, at=at) if channel is not None and is_same else None
        if channel is not None and most is not None and most < _fewest(channel):
            raise NothingComesIn(str(LimitReached(channel, at=at)))
        charges: list[int] = []
        reader = PreviewReader(
            get=self.fetch,
            parse=self.parsers.parse,
            rest=lambda: self.sleep(schedule.BETWEEN_STARTS.total_seconds()),
            charge=charges.append,
        )
        number = channel.numeric_id if channel is not None and is_same else ""
        try:
            return reader.read(
                source, at=at, minutes=test.interval_minutes, numeric_id=number, most=most
            )
        finally:
            if channel is not None:
                count_billed(channel, sum(charges), at=at)


def _fewest(channel: Channel) -> int:
    questions = channel.on_platform.questions
    return questions.fewest if questions else 0
