"""Confirm a translation of a post: a second person has compared it with the original."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from accounts.second_person import objection
from articles.models import Act, WireSource
from articles.publishing.on_record import allow, log
from articles.publishing.refusals import ChangedMeanwhile, Refused


class OwnTranslation(Refused):
    """Who made a translation and who confirms it are not two people."""


def confirm_translation(source: WireSource, *, by: User, at: datetime) -> None:
    """Record that this person confirms the translation as it was loaded, and of these words.

    A change of either takes the confirmation away again; see forms.WireSourceForm. Raises
    NotAllowed, OwnTranslation, or ChangedMeanwhile.
    """
    allow(by, "articles.change_article", "confirm a translation")
    if source.translated_by_id == by.pk:
        message = f"You made the translation of {source.key}; another person has to confirm it."
        raise OwnTranslation(message)
    if why := objection(by, to=source.translated_by, at=at):
        raise OwnTranslation(why)
    with transaction.atomic():
        as_read = WireSource.objects.filter(
            ~Q(translation=""),
            ~Q(translated_by=by),
            pk=source.pk,
            version=source.version_id,
            translation=source.translation,
        )
        if not as_read.update(translation_confirmed_by=by):
            message = f"The translation of {source.key} changed meanwhile; read it again."
            raise ChangedMeanwhile(message)
        log(source.article, Act.Verb.CONFIRM, by=by, at=at)
