"""A post in the language of an article, and by whom."""

from django.conf import settings
from django.db import models


class Translated(models.Model):
    """What a wire source and its published snapshot share: the translation of their post."""

    translation = models.TextField(
        blank=True,
        default="",
        max_length=20_000,
        help_text="The post in the language of the article, if it is in another. Shown to readers.",
    )
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    translation_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def confirmed_translation(self) -> str:
        """The translation once a second person confirmed it, or none is needed; else "".

        None is needed without DESK_SECOND_PERSON.
        """
        who, second = self.translated_by_id, self.translation_confirmed_by_id
        is_confirmed = second is not None and second != who
        return self.translation if is_confirmed or not settings.DESK_SECOND_PERSON else ""
