"""E-mail that the site sends: kept until it went out, and what became of it for a month."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

# How long the desk is told of an e-mail that never went out.
TOLD_FOR = timedelta(days=7)
FORGOTTEN_AFTER = timedelta(minutes=20)


class EmailQuerySet(models.QuerySet["Email"]):
    def waiting(self) -> Self:
        return self.filter(sent_at=None, given_up_at=None)

    def forgotten(self, *, at: datetime) -> Self:
        """Those long due for which no task is left: a worker died, or lost its database."""
        return self.waiting().filter(next_attempt_at__lt=at - FORGOTTEN_AFTER)

    def failing(self, *, at: datetime) -> Self:
        """Those that the mail server did not take: still tried, or given up lately."""
        tried = Q(attempts__gt=0, sent_at=None, given_up_at=None)
        return self.filter(tried | Q(given_up_at__gte=at - TOLD_FOR))

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")


class Email(models.Model):
    """One e-mail to one person. Its text is emptied once nobody will send it any more."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="From then on it would help nobody.")
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Those that failed.")
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects = EmailQuerySet.as_manager()

    class Meta:
        verbose_name = "e-mail"
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None),
                name="email_is_sent_or_given_up_not_both",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, given_up_at=None) | Q(text=""),
                name="email_that_is_over_has_no_text",
            ),
        ]
        indexes = [
            models.Index(F("asked_at").desc(), F("id").desc(), name="email_newest_first"),
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(sent_at=None),
                name="email_that_was_not_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"

    @property
    def is_over(self) -> bool:
        """Return whether nobody will send it any more."""
        return self.sent_at is not None or self.given_up_at is not None
