"""Whether two accounts are two people.

What takes two people at the desk (an override, a translation, words entered by hand) takes two
accounts that nobody could have both of. Who made an account, or got hold of its password, second
factor or e-mail address, can be that person too, and so can who did the same to *their* account.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import F, Value

from accounts.models import Account, AccountAct
from desk.staff import name_of
from web.words import long_time

# So long somebody else can notice an account that should not be there.
YOUNG = timedelta(hours=24)

# Who did this to somebody else's account can get into it.
WAYS_IN: Mapping[str, str] = {
    AccountAct.Verb.MADE: "made the account of",
    AccountAct.Verb.EMAIL: "changed the e-mail address of",
    AccountAct.Verb.PASSWORD: "set the password of",
    AccountAct.Verb.FACTOR_SET: "set the second factor of",
    AccountAct.Verb.FACTOR_REMOVED: "removed the second factor of",
}


@dataclass(frozen=True, slots=True)
class Ties:
    """What is known of some people's accounts, and who could get into whose.

    `ways` maps each person to those who could get into their account, and by what act.
    """

    accounts: Mapping[int, Account]
    ways: Mapping[int, Mapping[int, str]]

    def objection(self, person: User, *, to: User | None, at: datetime) -> str:
        """Return why `person` is no second person beside `to` at this time; "" where they are."""
        if to is not None and person.pk == to.pk:
            return f"It takes two people, and {name_of(person)} would be both of them."
        if not person.is_active:
            return f"The account of {name_of(person)} is not active, so it does not count."
        if to is not None and (tie := self._tie(person, to) or self._tie(to, person)):
            return tie
        return self._too_young(person, to, at)

    def can_be(self, one: int, other: int) -> bool:
        """Return whether `one` could get into the account of `other`, through others too."""
        above: set[int] = set()
        waiting = [other]
        while waiting:
            new = self.ways.get(waiting.pop(), {}).keys() - above - {other}
            above |= new
            waiting += new
        return one in above

    def _tie(self, one: User, other: User) -> str:
        """Return how `one` could be who `other` is; "" where they could not."""
        if what := self.ways.get(other.pk, {}).get(one.pk):
            return (
                f"{name_of(one)} {what} {name_of(other)},"
                " so the two do not count as two people. Ask somebody else."
            )
        if self.can_be(one.pk, other.pk):
            return (
                f"{name_of(one)} can get into the account of {name_of(other)} through an account"
                " that made it or set its password, so the two do not count as two people."
                " Ask somebody else."
            )
        return ""

    def _too_young(self, person: User, to: User | None, at: datetime) -> str:
        account = self.accounts.get(person.pk)
        counts_from = (account.made_at if account else person.date_joined) + YOUNG
        if at >= counts_from or (account and self._is_confirmed(account, to)):
            return ""
        return (
            f"The account of {name_of(person)} is less than 24 hours old. It counts from"
            f" {long_time(counts_from)}, or once an administrator who has no part in this"
            " confirms it."
        )

    def _is_confirmed(self, account: Account, to: User | None) -> bool:
        """Return whether somebody confirmed the account who is not `to`, nor could be its owner."""
        if account.confirmed_at is None:
            return False
        who = account.confirmed_by_id
        if who is None:
            return True
        return not (to and who == to.pk) and not self.can_be(who, account.user_id)


def objection(person: User, *, to: User | None, at: datetime) -> str:
    """Return "" where `person` counts as a second person beside `to`, else why not, in a sentence.

    `to` is who made the override, the translation or the words; None where a command did. Two
    queries.
    """
    return read_ties([person, to]).objection(person, to=to, at=at)


def read_ties(people: Iterable[User | None]) -> Ties:
    """Read what objections among these people need. Two queries, however many they are."""
    accounts = Account.objects.filter(user__in={person.pk for person in people if person})
    acts = AccountAct.objects.filter(verb__in=WAYS_IN, by__isnull=False, person__isnull=False)
    made = Account.objects.filter(made_by__isnull=False).annotate(
        verb=Value(AccountAct.Verb.MADE.value)
    )
    ways: dict[int, dict[int, str]] = {}
    # A union leaves out what is there twice, so this is as long as there are pairs of people.
    for person, by, verb in made.values_list("user", "made_by", "verb").union(
        acts.exclude(by=F("person")).values_list("person", "by", "verb")
    ):
        ways.setdefault(person, {}).setdefault(by, WAYS_IN[verb])
    return Ties({account.user_id: account for account in accounts}, ways)
