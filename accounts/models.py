"""Whose an account is, as far as we know: who made it, who confirmed it, what was done to it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from desk.staff import name_of


class Account(models.Model):
    """What a user is to the second-person rule: who made it, and which administrator confirmed it.

    A user made by a command has none until something is done to it; second_person.py then goes by
    the date it joined. Accounts from before this record count as confirmed, by nobody.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="account"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty for a command.",
    )
    made_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_at__isnull=False),
                name="who_confirms_an_account_does_so_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | ~Q(confirmed_by=F("made_by")) & ~Q(confirmed_by=F("user")),
                name="no_account_is_confirmed_by_its_maker_or_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"The account of {self.user}"


class AccountAct(models.Model):
    """What was done to an account or to a group, by whom and when. Append-only."""

    class Verb(models.TextChoices):
        MADE = "made", "made the account"
        RENAMED = "renamed", "renamed"
        EMAIL = "email", "changed the e-mail address"
        ROLES = "roles", "changed the groups"
        RIGHTS = "rights", "changed the permissions"
        ACTIVATED = "activated", "activated the account"
        DEACTIVATED = "deactivated", "deactivated the account"
        SUPERUSER_GIVEN = "superuser_given", "made a superuser"
        SUPERUSER_TAKEN = "superuser_taken", "took superuser rights"
        CONFIRMED = "confirmed", "confirmed the account"
        PASSWORD = "password", "set the password"
        RESET_ASKED = "reset_asked", "asked for a password reset"
        RESET = "reset", "reset the password by e-mail"
        FACTOR_SET = "factor_set", "set the second factor"
        FACTOR_REMOVED = "factor_removed", "removed the second factor"
        RECOVERY_USED = "recovery_used", "logged in with a recovery code"
        RECOVERY_RENEWED = "recovery_renewed", "made new recovery codes"
        LET_IN = "let_in", "was let in by a command"
        UNLOCKED = "unlocked", "unlocked logins"
        GROUP_MADE = "group_made", "made the group"
        GROUP_CHANGED = "group_changed", "changed the group"
        GROUP_DELETED = "group_deleted", "deleted the group"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="account_acts",
        help_text="Whose account it is; empty where it is about a group.",
    )
    name = models.CharField(
        max_length=150, help_text="The username, or the group, as it was called then."
    )
    verb = models.CharField(max_length=20, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty for a command.",
    )
    at = models.DateTimeField()
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "act on an account", "account log"
        default_permissions = ("view",)
        indexes = [
            models.Index(F("person"), F("at").desc(), F("id").desc(), name="account_act_of_person"),
            models.Index(F("at").desc(), F("id").desc(), name="account_act_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.by or 'A command'} {self.get_verb_display()}: {self.name}"

    @property
    def who(self) -> str:
        """Return the name of who did it. A query unless `by` is loaded."""
        return name_of(self.by) if self.by else "A command"

    @property
    def what_changed(self) -> str:
        """Return in words what was there before and after: "added Editor, removed Writer"."""
        was, now = self.detail.get("from", ""), self.detail.get("to", "")
        if isinstance(was, list) or isinstance(now, list):
            added = [f"added {each}" for each in now if each not in was]
            removed = [f"removed {each}" for each in was if each not in now]
            return ", ".join(added + removed)
        return f"{was or 'nothing'} → {now or 'nothing'}" if was or now else ""


class ResetRequest(models.Model):
    """Somebody at an address asked for a new password; kept for an hour, to limit how often."""

    address = models.CharField(max_length=45, blank=True, help_text="Of IPv6, the network.")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["address"], name="reset_request_of_address")]

    def __str__(self) -> str:
        return f"{self.address} at {self.at:%H:%M}"
