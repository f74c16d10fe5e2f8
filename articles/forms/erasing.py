"""Forms of a legal erasure: why, and what becomes of the places that still print the words."""

from typing import Any, cast

from django import forms

from articles.forms.writing import ProseField
from articles.models import Erasure, ErasurePlace


class EraseForm(forms.Form):
    """Why a post or a version is erased."""

    reason = ProseField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=(
            "Which court or office asked for it, its reference and date. Only the desk sees it: "
            "do not repeat the words."
        ),
    )


class KeepForm(forms.Form):
    """Which of the places that print the words may keep them, and why."""

    places = forms.ModelMultipleChoiceField(
        queryset=ErasurePlace.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one version or working copy."},
    )
    reason = ProseField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        help_text="Why the words may stay there. Only the desk sees it.",
    )

    def __init__(self, *args: Any, erasure: Erasure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelMultipleChoiceField", self.fields["places"])
        field.queryset = erasure.places.open().select_related("erasure", "article", "version")
