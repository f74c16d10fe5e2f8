"""The forms of the publishing day: when something goes out, who looks at it, what should change."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.models import User

from articles.forms.writing import LONGEST_NOTE, ProseField
from articles.models import Correction
from desk.staff import name_of
from web.local_times import both_clocks, moments_of
from web.words import long_date

WALL = "%Y-%m-%dT%H:%M"
KINDS = {
    Correction.Kind.UPDATE: "Update: there is news",
    Correction.Kind.CORRECT: "Correction: it was wrong",
}


class WallTimeField(forms.Field):
    """A day and a time as a clock on the wall shows them, without a zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WALL)

    def to_python(self, value: Any) -> datetime | None:
        text = str(value or "").strip().replace(" ", "T")
        if not text:
            return None
        # Browsers add seconds where a page was restored with them.
        for shape in (WALL, f"{WALL}:%S"):
            try:
                return datetime.strptime(text, shape).replace(second=0)  # noqa: DTZ007  # no zone yet
            except ValueError:
                continue
        message = "Enter a day and a time, such as 2026-06-25 08:30."
        raise forms.ValidationError(message)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime(WALL) if isinstance(value, datetime) else value


class MomentForm(forms.Form):
    """A moment in the desk's zone. A time that clocks show twice is asked about, a skipped one refused."""

    when = WallTimeField(label="Time")
    which = forms.ChoiceField(label="Which of the two", widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, zone: ZoneInfo, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now
        self.fields["when"].label = f"Time in {zone.key}"
        self.fields["when"].help_text = f"It is {both_clocks(now, zone, now=now)} now."
        self.moment: datetime | None = None
        found = self._found()
        if len(found) == 2:
            choices = [(at.isoformat(), both_clocks(at, zone, now=now)) for at in found]
            self.fields["which"].choices = choices  # type: ignore[attr-defined]  # it is one
        else:
            del self.fields["which"]

    def _found(self) -> tuple[datetime, ...]:
        try:
            wall = self.fields["when"].clean(self.data.get(self.add_prefix("when"), ""))
        except forms.ValidationError:
            return ()
        return moments_of(wall, self.zone) if wall else ()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        wall = data.get("when")
        if wall is None:
            return data
        found = moments_of(wall, self.zone)
        if not found:
            self.add_error(
                "when",
                f"Clocks in {self.zone.key} are put forward on {long_date(wall)}, and never show"
                f" {wall:%H:%M}. Choose an earlier or a later time.",
            )
        elif len(found) == 1:
            self.moment = found[0]
        elif which := data.get("which"):
            self.moment = datetime.fromisoformat(which)
        else:
            self.add_error(
                "which",
                f"Clocks in {self.zone.key} are put back on {long_date(wall)}, and show"
                f" {wall:%H:%M} twice. Choose one of the two.",
            )
        return data


class ScheduleForm(MomentForm):
    """When the saved draft goes out, and with an update its public note."""

    field_order = ("when", "which", "kind", "note")
    kind = forms.ChoiceField(label="What readers get", choices=list(KINDS.items()))
    note = ProseField(
        label="Public note",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tell readers what changed and why.",
    )

    def __init__(self, *args: Any, is_update: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_update:
            del self.fields["kind"], self.fields["note"]


class EmbargoForm(MomentForm):
    """Before when nothing of an article may leave."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].required = False
        self.fields["when"].help_text += " Empty: no embargo."


class SubmitForm(forms.Form):
    """To whom a draft is handed, and what they should know."""

    to = forms.ModelChoiceField(
        label="To",
        queryset=User.objects.none(),
        required=False,
        empty_label="Any editor",
    )
    comment = ProseField(
        label="Comment",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only the desk reads it.",
    )

    def __init__(self, *args: Any, editors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = editors  # type: ignore[attr-defined]  # it is one
        self.fields["to"].label_from_instance = name_of  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    """What should change before an article is published."""

    comment = ProseField(
        label="What should change",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        help_text="Its writer sees it on the desk’s first page and above the text.",
    )
