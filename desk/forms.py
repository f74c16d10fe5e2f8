"""What forms of the desk share: fields and forms that belong to no app."""

import json
from typing import Any

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

from web.slugs import LETTERS

LONGEST_ID = 19  # digits: 2 ** 63 has as many


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


class SlugInput(forms.TextInput):
    """A slug that the browser makes as the server would, while one types a headline or a name."""

    class Media:
        js = ("desk/js/desk-slug.js",)

    def __init__(self, *, longest: int | None = None) -> None:
        attrs = {"data-letters": json.dumps(LETTERS, ensure_ascii=False, separators=(",", ":"))}
        super().__init__(attrs | ({"data-longest": str(longest)} if longest else {}))


class RowsOnly:
    """For a widget of autocomplete: ids that were sent and are none are not looked up.

    Django asks the database for them while it shows the form again that has them.
    """

    def optgroups(self, name: str, value: list[Any], attrs: Any = None) -> Any:
        rows = [each for each in value if not each or is_row_id(str(each))]
        return super().optgroups(name, rows, attrs)  # type: ignore[misc]


class OneOfTheRows(RowsOnly, AutocompleteSelect):  # type: ignore[misc]  # it takes Any
    pass


class SomeOfTheRows(RowsOnly, AutocompleteSelectMultiple):  # type: ignore[misc]  # as above
    pass


def is_row_id(text: str) -> bool:
    """Return whether a text can be the id of a row: digits, and no more than a database counts."""
    return text.isascii() and text.isdecimal() and len(text) < LONGEST_ID


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
