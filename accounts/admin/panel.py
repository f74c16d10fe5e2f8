"""What the page of a person shows of their account."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import User

from accounts.login import why_not_logged_in
from accounts.models import Account, AccountAct
from accounts.rights import is_administrator, may_change
from accounts.second_factor import has_app
from accounts.second_person import objection

SHOWN = 20


@dataclass(frozen=True)
class AccountPanel:
    """The account of a person as `user` sees it now. Some six queries."""

    person: User
    user: User
    at: datetime

    @cached_property
    def account(self) -> Account | None:
        accounts = Account.objects.select_related("made_by", "confirmed_by")
        return accounts.filter(user=self.person).first()

    @property
    def made_at(self) -> datetime:
        return self.account.made_at if self.account else self.person.date_joined

    @cached_property
    def why_not_logged_in(self) -> str:
        return why_not_logged_in(self.person)

    @cached_property
    def may_lose_factor(self) -> bool:
        """Return whether `user` can remove the person's second factor here."""
        is_another = self.person.pk != self.user.pk
        return is_another and has_app(self.person) and may_change(self.person, by=self.user)

    @cached_property
    def objection(self) -> str:
        """Return why the account does not count as a second person beside anybody."""
        return objection(self.person, to=None, at=self.at)

    @property
    def may_confirm(self) -> bool:
        is_open = self.account is None or self.account.confirmed_at is None
        is_another = self.person.pk != self.user.pk
        return is_open and is_another and bool(self.objection) and is_administrator(self.user)

    @cached_property
    def acts(self) -> list[AccountAct]:
        """Return the last acts on the account, to who may read the account log."""
        if not self.user.has_perm("accounts.view_accountact"):
            return []
        acts = AccountAct.objects.filter(person=self.person).select_related("by")
        return list(acts.order_by("-at", "-pk")[:SHOWN])
