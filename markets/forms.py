"""Forms of the markets' desk: a quote written by hand."""

from typing import Any

from django import forms

from desk.forms import PlainForm
from markets.models import DIGITS, PLACES, Instrument


class InstrumentForm(PlainForm):
    class Meta:
        model = Instrument
        fields = (
            "label",
            "symbol",
            "group",
            "description",
            "stands_for",
            "unit",
            "currency",
            "prefix",
            "decimals",
            "provider",
            "provider_symbol",
            "standby",
            "standby_symbol",
            "standby_note",
            "divided_by",
            "least",
            "most",
            "calendar",
            "stale_after_minutes",
            "position",
            "is_shown",
        )
        labels = {"least": "Lowest plausible price", "most": "Highest plausible price"}
        widgets = {
            "description": forms.Textarea(attrs={"rows": 2}),
            "stands_for": forms.Textarea(attrs={"rows": 2}),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse bounds with no price between them, and a standby that is none."""
        data = super().clean() or {}
        self._clean_standby(data)
        least, most = data.get("least"), data.get("most")
        if least is not None and most is not None and least >= most:
            self.add_error("most", "Must be higher than the lowest plausible price.")
        return data

    def _clean_standby(self, data: dict[str, Any]) -> None:
        standby, symbol = data.get("standby"), data.get("standby_symbol")
        if standby and standby == data.get("provider"):
            self.add_error("standby", "This is its provider already. Choose another, or none.")
        elif standby and not symbol:
            self.add_error("standby_symbol", "Enter the standby’s name for the instrument.")
        elif symbol and not standby and "standby" in data:
            self.add_error("standby", "Choose whose name the standby symbol is, or empty it.")


class CorrectForm(forms.Form):
    """A price in the instrument's own unit, and why it is written by hand."""

    price = forms.DecimalField(
        min_value=0,
        max_digits=DIGITS,
        decimal_places=PLACES,
        help_text="In the unit shown on the strip, with a decimal point: 61594 or 1.1340.",
    )
    previous_close = forms.DecimalField(
        required=False,
        min_value=0,
        max_digits=DIGITS,
        decimal_places=PLACES,
        help_text="The change is calculated from this. Leave empty if unknown.",
    )
    reason = forms.CharField(
        max_length=300, help_text="Kept with the quote. Only the desk sees it."
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a price of zero."""
        data = super().clean() or {}
        for name in ("price", "previous_close"):
            if data.get(name) == 0:
                self.add_error(name, "Enter a price above zero.")
        return data
