"""Forms of the wire desk: a pasted link, the reason a post is hidden, an outlet."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list

from desk.forms import LinesField, PlainForm, ReasonForm
from desk.pictures import PICTURE_TYPES, Decoded, read_upload
from wires import platforms
from wires.models import Outlet
from wires.platforms.permalinks import recognise

SCREENSHOT_BYTES = 10 * 1024 * 1024


class OutletForm(PlainForm):
    aliases = LinesField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Other names used for it in articles, one per line.",
    )

    class Meta:
        model = Outlet
        fields = (
            "name",
            "slug",
            "aliases",
            "country",
            "language",
            "affiliation",
            "excerpt_length",
        )


def _is_fetched(platform: platforms.Platform) -> bool:
    """Return whether the link of a post on it is enough."""
    return platform.fetches_posts and platform.code not in settings.PLATFORMS_OFF


class HideForm(ReasonForm):
    explanation = "A hidden post disappears from the wire, feeds and lists at once. Articles can still cite it."
    button = "Hide"
    reason = forms.CharField(max_length=300, help_text="Kept with the post. Only the desk sees it.")


class WithdrawnForm(ReasonForm):
    explanation = (
        "Readers are told on the post’s page and in every article that cites it. Those articles "
        "stay under Alerts until an editor has dealt with them. The archived text is kept."
    )
    button = "Mark as withdrawn"
    reason = forms.CharField(
        max_length=300,
        label="How you know",
        help_text="For example: its page returns 404. Kept with the post. Only the desk sees it.",
    )


class PauseForm(ReasonForm):
    explanation = (
        "Paused channels are not fetched. Their posts stay, and what they post meanwhile comes in"
        " once polling starts again, as far as their sites still show it."
    )
    button = "Pause polling"
    reason = forms.CharField(
        max_length=300, help_text="Shown in the list of channels, to the desk alone."
    )


class PasteForm(forms.Form):
    """A link to one post; on platforms that are not fetched, also its words and its time."""

    address = forms.CharField(
        max_length=2000,
        widget=forms.URLInput(attrs={"autofocus": True}),
    )
    text = forms.CharField(
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    posted_at = forms.DateTimeField(
        required=False,
        label="Posted at, in UTC",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    screenshot = forms.FileField(
        required=False,
        widget=forms.FileInput(attrs={"accept": PICTURE_TYPES}),
        help_text=(
            "A screenshot of the post: JPEG, PNG, WebP or GIF, at most 10 MB. Kept as evidence;"
            " only the desk sees it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fetched, copied = _labels(are_fetched=True), _labels(are_fetched=False)
        whose = f"For {copied}" if copied else "Where the link is not enough"
        help_texts = {
            "address": f"The link to a single post. Feed entries and posts on {fetched} are fetched.",
            "text": (
                f"{whose}: the text of the post, word for word. It stays at the desk until a"
                " second person has compared it with the original."
            ),
            "posted_at": f"{whose}: the time shown on the platform, in UTC.",
        }
        for name, help_text in help_texts.items():
            self.fields[name].help_text = help_text

    def clean_screenshot(self) -> Decoded | None:
        """Return the picture as we encode it, without what a telephone writes into its files."""
        upload = self.cleaned_data["screenshot"]
        if upload and upload.size > SCREENSHOT_BYTES:
            message = "The screenshot is larger than 10 MB."
            raise ValidationError(message)
        return read_upload(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        """Ask for words and time where the platform is not fetched."""
        data = super().clean() or {}
        found = recognise(data.get("address", ""))
        if found is None or found.why_not or _is_fetched(platforms.platform_of(found.platform)):
            return data
        if not data.get("text", "").strip():
            self.add_error("text", "This platform is not fetched. Paste the text of the post.")
        if not data.get("posted_at") and "posted_at" not in self.errors and not found.id_time:
            self.add_error("posted_at", "This platform is not fetched. Enter the time of the post.")
        return data


def _labels(*, are_fetched: bool) -> str:
    """Return in words the platforms whose posts are fetched by their link, or those copied."""
    labels = [
        platform.label
        for platform in platforms.PLATFORMS
        if platform.has_accounts and _is_fetched(platform) == are_fetched
    ]
    return get_text_list(labels, "and")
