"""What people cleared of the findings against an article, and the log of who did what to it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.models.article import Article
from articles.models.version import Correction


class Acknowledgement(models.Model):
    """An editor has seen a query; valid as long as its sentence and evidence stay the same."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="acknowledgements")
    code = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    # Empty on rows from before migration 0009, and on those that a process of then still writes,
    # until publishing.tie_clearances has found the sentences that they cover.
    evidence_fingerprint = models.CharField(max_length=64, blank=True, default="", db_default="")
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "fingerprint"], name="a_query_is_acknowledged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} acknowledged"


class Override(models.Model):
    """A second person overrides a hold, with a reason that readers see.

    Valid as long as the sentence and the evidence stay the same.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="overrides")
    code = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    # As that of an acknowledgement.
    evidence_fingerprint = models.CharField(max_length=64, blank=True, default="", db_default="")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "fingerprint"], name="a_hold_is_overridden_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_a_reason"),
            # Nobody has read what is too large, and no check has.
            models.CheckConstraint(
                condition=~Q(code="too-large"), name="text_that_is_too_large_is_not_overridden"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} overridden"


class OverrideRequest(models.Model):
    """An editor asks a second person to look at the holds on an article."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, related_name="override_request"
    )
    holds = models.JSONField(
        default=list, help_text="What held it then, [{code, fingerprint, message}]."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("at"), F("id"), name="override_request_oldest_first")]

    def __str__(self) -> str:
        return f"{self.by} asks about {self.article_id}"


class Act(models.Model):
    """Who did what to an article, and when. Append-only.

    Each correction is referenced by an act, which protects it from deletion.
    """

    class Verb(models.TextChoices):
        SUBMIT = "submit", "submitted"
        RETURN = "return", "asked for changes to"
        SCHEDULE = "schedule", "scheduled"
        CANCEL = "cancel", "cancelled the schedule of"
        STOP = "stop", "stopped the schedule of"
        EMBARGO = "embargo", "set the embargo of"
        PUBLISH = "publish", "published"
        UPDATE = "update", "updated"
        CORRECT = "correct", "corrected"
        WITHDRAW = "withdraw", "withdrew"
        ACKNOWLEDGE = "acknowledge", "acknowledged a finding on"
        OVERRIDE = "override", "overrode a hold on"
        TAKE_BACK = "take_back", "undid a clearance on"
        REFER = "refer", "asked for a second person on"
        CONFIRM = "confirm", "confirmed a translation in"
        SHARE = "share", "made a preview link for"
        UNSHARE = "unshare", "revoked a preview link for"

    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="acts")
    headline = models.CharField(max_length=200, help_text="As it stood then.")
    correction = models.OneToOneField(
        Correction, on_delete=models.PROTECT, null=True, related_name="act"
    )
    verb = models.CharField(max_length=11, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(F("article"), F("at").desc(), name="act_of_its_article")]

    def __str__(self) -> str:
        return f"{self.by or 'The system'} {self.get_verb_display()} “{self.headline}”"
