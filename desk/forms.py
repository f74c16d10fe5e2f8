"""What forms of the desk share: fields and forms that belong to no app."""

from typing import Any

from django import forms
from django.contrib.admin.helpers import ActionForm


class LinesField(forms.CharField):
    """A list of words, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else (value or "").splitlines()
        return list(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class PlainForm(forms.ModelForm):
    """Labels without a colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class ReasonForm(forms.Form):
    """Why something is done; the form also says what that does, and what its button says."""

    explanation = button = ""


class ShownOnlyActionForm(ActionForm):
    """An action touches the rows that were ticked, never a whole filtered table unseen."""

    def clean_select_across(self) -> bool:
        return False
