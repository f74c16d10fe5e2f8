"""The language of an article: one of a list, or a code that it was stored with."""

from functools import lru_cache
from typing import Any, override

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from web.languages import is_language, language_choices, language_name


class LanguageSelect(forms.Select):
    """A list in which one types the first letters of a name. A code that it lacks is added.

    Written out here: by the templates of Django its options take as long as the rest of the form.
    """

    @override
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        every = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(every), _options(str(value or "")))


@lru_cache(maxsize=64)
def _options(chosen: str) -> SafeString:
    choices = [(str(code), label) for code, label in language_choices()]
    if chosen and chosen not in dict(choices):
        choices.append((chosen, f"{language_name(chosen) or 'Other'} ({chosen})"))
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        (
            (code, SafeString(" selected") if code == chosen else "", label)
            for code, label in choices
        ),
    )


class LanguageField(forms.ChoiceField):
    """A BCP 47 code whose language we can name; codes of a region, such as en-GB, are valid."""

    widget = LanguageSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=language_choices, **kwargs)
        # Never refused, however it came to be stored.
        self.stored = ""

    def valid_value(self, value: Any) -> bool:
        return value == self.stored or is_language(str(value))
