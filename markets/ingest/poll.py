"""Ask the providers that are due, all at once, and store what they answer."""

import logging
import random
import stat
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from markets import schedule
from markets.ingest.asking import Question, next_day, question
from markets.ingest.store import QuotesOutcome, WantedQuotes, store
from markets.models import Provider, Quote
from markets.providers import PROVIDERS, UnreadableQuotes, refusal_in
from markets.schedule import Failure, NotSetUp, ProviderLease
from web.words import first_line
from wires import schedule as sites
from wires.http import NOT_MODIFIED, REFUSALS, Fetch, FetchError, Response
from wires.http.background import in_a_thread
from wires.ingest.storable import UNSTORABLE
from wires.models import RENEW_EVERY

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.25  # seconds
# Whether there is still nothing to ask costs a query, and what is shown on the strip may change.
LONGEST_REST = timedelta(hours=6)
# A hundred times what a hundred quotes take.
LARGEST = 2_000_000


@dataclass(slots=True)
class QuotesTally:
    """What a round brought: providers asked, quotes, what was held back, and who failed."""

    providers: int = 0
    unchanged: int = 0
    new: int = 0
    known: int = 0
    held: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.providers and not self.failures

    def add(self, outcome: QuotesOutcome) -> None:
        self.new += outcome.new
        self.known += outcome.known
        self.held += outcome.held


@dataclass(frozen=True, slots=True)
class Visit:
    """A provider that is being asked: the address with its key, and for what."""

    claim: ProviderLease
    address: str
    wanted: WantedQuotes

    @property
    def asked(self) -> str:
        return sha256(self.address.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePoller:
    """What polling needs from outside: the network, the site's addresses and keys, clock, chance.

    `addresses` and `keys` are by provider; "" and what is missing mean the provider's own, and
    none. `is_over` says that the process is asked to stop.
    """

    fetch: Fetch
    addresses: Mapping[str, str]
    keys: Mapping[str, str]
    now: Callable[[], datetime]
    chance: random.Random
    is_over: Callable[[], bool] = lambda: False
    worker: str = field(default_factory=sites.name_worker)

    def poll_due(self) -> QuotesTally:
        """Ask each due provider once and return the outcome.

        They are waited for in threads, while no transaction is open; what is still under way when
        `is_over` turns true is given back.
        """
        tally = QuotesTally()
        sites.forget_wrong_clock(self.now(), [Provider.objects.all()])
        renewal = sites.Ticker(RENEW_EVERY, self.now())
        under_way: dict[Future[Response], Visit] = {}
        for provider in Provider.objects.due(self.now()).order_by("code"):
            if visit := self._begin(provider, tally):
                under_way[self._ask(visit)] = visit
        while under_way and not self.is_over():
            if renewal.is_due(self.now()):
                claims = [visit.claim for visit in under_way.values()]
                schedule.renew(claims, worker=self.worker, at=self.now())
            done, _ = wait(under_way, timeout=LOOK_EVERY, return_when=FIRST_COMPLETED)
            for future in done:
                self._finish(under_way.pop(future), future, tally)
        if under_way:
            schedule.give_back([visit.claim for visit in under_way.values()], worker=self.worker)
        return tally

    def _begin(self, provider: Provider, tally: QuotesTally) -> Visit | None:
        """Claim a provider and say what to ask it; None where there is nothing or it must wait."""
        asked = question(provider, at=self.now())
        try:
            address = self._address(provider, asked)
        except NotSetUp as error:
            self._fail(provider, error, tally)
            return None
        if until := self._left_alone_until(provider, asked):
            # It stays as it is: nobody has asked it.
            self._write(provider, {"next_poll_at": until})
            return None
        domain = "" if is_a_file(address) else sites.registrable_domain(address)
        claimed = schedule.claim(provider, domain=domain, at=self.now(), worker=self.worker)
        return Visit(claimed, address, asked.wanted) if claimed else None

    def _left_alone_until(self, provider: Provider, asked: Question) -> datetime | None:
        """Return until when there is nothing to ask it, or no more today; None where it is asked."""
        at = self.now()
        if not asked.wanted.instruments:
            # A standby that is not needed looks again after its interval.
            return min(asked.rests_until or at + provider.interval, at + LONGEST_REST)
        if not provider.is_used_up(at):
            return None
        most = PROVIDERS[provider.code].most_a_day
        logger.warning("%s was asked %s times today, which is its limit", provider.name, most)
        return next_day(at)

    def _address(self, provider: Provider, asked: Question) -> str:
        """Return the address to ask. Raises NotSetUp."""
        adapter, own = PROVIDERS.get(provider.code), self.addresses.get(provider.code, "")
        if adapter is None:
            message = f"{provider.code} is not a provider this version knows"
            raise NotSetUp(message)
        if not adapter.address and not own:
            message = (
                f"no address is set: set MARKETS_{provider.code.upper()} to a file or an address"
            )
            raise NotSetUp(message)
        key = self.keys.get(provider.code, "")
        if adapter.needs_key and not (key or own):
            message = (
                f"no key is set: get one from {provider.name} and set {key_name(provider.code)}"
            )
            raise NotSetUp(message)
        if not asked.is_of_use:
            message = "no instrument on the strip uses it: pause it, or assign it an instrument"
            raise NotSetUp(message)
        return adapter.address_for(own, asked.wanted.instruments, key)

    def _ask(self, visit: Visit) -> Future[Response]:
        provider, address = visit.claim.provider, visit.address
        is_same = provider.asked == visit.asked
        etag, modified = (provider.etag, provider.last_modified) if is_same else ("", "")
        if is_a_file(address):
            return in_a_thread(lambda: read_file(address, etag=etag))
        return in_a_thread(lambda: self.fetch(address, etag=etag, last_modified=modified))

    def _finish(self, visit: Visit, future: Future[Response], tally: QuotesTally) -> None:
        """Give the site free, store the answer, and write how that went."""
        provider = visit.claim.provider
        tally.providers += 1
        self._count(provider)
        try:
            response = self._answer(visit, future)
            outcome = self._store(visit, response)
        except (FetchError, UnreadableQuotes) as error:
            self._fail(provider, error, tally)
            return
        except UNSTORABLE as error:
            # What one provider sent must not stop the others.
            logger.exception("The quotes of %s could not be stored", provider.code)
            reason = first_line(error)
            self._fail(
                provider, UnreadableQuotes(f"its quotes could not be stored: {reason}"), tally
            )
            return
        tally.add(outcome)
        tally.unchanged += response.status == NOT_MODIFIED
        self._write(provider, self._fields(visit, response, outcome))

    def _count(self, provider: Provider) -> None:
        """Count what was asked, whatever the answer: so does the provider."""
        at = self.now()
        times = provider.asked_today(at) + 1
        provider.asked_on, provider.asked_times = at.astimezone(UTC).date(), times
        self._write(provider, {"asked_on": provider.asked_on, "asked_times": times})

    def _answer(self, visit: Visit, future: Future[Response]) -> Response:
        try:
            response = future.result()
        except FetchError as error:
            self._leave(visit, refusal=error if error.status in REFUSALS else None)
            raise in_words_of_the_site(error) from error
        self._leave(visit)
        return response

    def _leave(self, visit: Visit, *, refusal: FetchError | None = None) -> None:
        if domain := visit.claim.domain:
            sites.leave_domain(domain, worker=self.worker, at=self.now(), refusal=refusal)

    def _store(self, visit: Visit, response: Response) -> QuotesOutcome:
        if response.status == NOT_MODIFIED:
            return QuotesOutcome(known=len(visit.wanted.instruments))
        adapter = PROVIDERS[visit.claim.provider.code]
        answer = adapter.read(response.body, visit.wanted.instruments)
        return store(answer, visit.wanted, at=self.now(), origin=Quote.Origin.PROVIDER)

    def _fields(self, visit: Visit, response: Response, outcome: QuotesOutcome) -> dict[str, Any]:
        fields = schedule.after_reading(
            visit.claim.provider, at=self.now(), chance=self.chance, max_age=response.max_age
        )
        # What was held back is asked for again: it may be right by then.
        is_whole = not outcome.held
        etag, modified = response.etag, response.last_modified
        return fields | {
            "asked": visit.asked,
            "etag": etag if is_whole and len(etag) <= 1000 else "",
            "last_modified": modified if is_whole and len(modified) <= 200 else "",
        }

    def _fail(self, provider: Provider, error: Failure, tally: QuotesTally) -> None:
        line = f"{provider.name}: {error.message}"
        # Said when it begins or becomes another trouble, not at every poll.
        if provider.last_error != error.message[:500]:
            logger.warning("No quotes from %s", line)
        tally.failures.append(line)
        fields = schedule.after_failure(provider, error, at=self.now(), chance=self.chance)
        self._write(provider, fields)

    def _write(self, provider: Provider, fields: dict[str, Any]) -> None:
        Provider.objects.filter(pk=provider.pk).update(**fields)


def in_words_of_the_site(error: FetchError) -> FetchError:
    """Return the error with what the site said beside its status, where it said more."""
    said = refusal_in(error.body)
    if not said:
        return error
    message = f"{said} (status {error.status})"
    return FetchError(error.kind, message, status=error.status, retry_after=error.retry_after)


def key_name(code: str) -> str:
    """Return the setting that holds the key of a provider."""
    return f"MARKETS_{code.upper()}_KEY"


def is_a_file(address: str) -> bool:
    return not address.lower().startswith(("http://", "https://"))


def read_file(path: str, *, etag: str) -> Response:
    """Read a file as if a site had answered: unchanged since it was last read, or whole.

    Raises UnreadableQuotes.
    """
    try:
        found = Path(path).stat()
        mark = f"{found.st_mtime_ns}-{found.st_size}"
        if mark == etag:
            return Response(url=path, status=NOT_MODIFIED, headers={}, etag=mark)
        # A pipe would be waited for, for ever.
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
            message = f"{path} is not a regular file of at most {LARGEST // 1_000_000} MB"
            raise UnreadableQuotes(message)
        return Response(url=path, status=200, headers={}, body=Path(path).read_bytes(), etag=mark)
    except OSError as error:
        message = f"{path} cannot be read: {(error.strerror or str(error)).lower()}"
        raise UnreadableQuotes(message) from error
