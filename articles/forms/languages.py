"""The language of an article: one of a list, or a code that it was stored with."""

from typing import Any

from django import forms

from web.languages import is_language, language_choices, language_name


class LanguageSelect(forms.Select):
    """A list in which one types the first letters of a name. A code that it lacks is added."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        groups = super().optgroups(name, value, attrs)
        offered = {str(code) for code, _ in self.choices}
        for code in value:
            if code and code not in offered:
                label = f"{language_name(code) or 'Other'} ({code})"
                option = self.create_option(
                    name, code, label, selected=True, index=len(groups), attrs=attrs
                )
                groups.append((None, [option], len(groups)))
        return groups


class LanguageField(forms.ChoiceField):
    """A BCP 47 code whose language we can name; codes of a region, such as en-GB, are valid."""

    widget = LanguageSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=language_choices, **kwargs)
        # Never refused, however it came to be stored.
        self.stored = ""

    def valid_value(self, value: Any) -> bool:
        return value == self.stored or is_language(str(value))
