"""The form of the working copy. Nothing saved here is public until it is published."""

from typing import Any, cast

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.dateparse import parse_datetime
from markdownx.widgets import MarkdownxWidget

from articles.forms.counterparts import objection
from articles.forms.languages import LanguageField
from articles.models import Article, Redirect
from articles.models.frozen import WORKING_COPY
from desk.forms import SlugInput
from desk.staff import name_of
from web.characters import is_blank
from web.slugs import make_slug

LATEST_SLUG = 100
# Of a public note: readers see the newest ones of an article in full.
LONGEST_NOTE = 2_000


class ProseField(forms.CharField):
    """Text with normalised line ends, so that offsets of findings match the browser."""

    def to_python(self, value: Any) -> str:
        return unix_lines(super().to_python(value) or "")


def unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class BodyWidget(MarkdownxWidget):  # type: ignore[misc]  # markdownx has no types
    """The markdownx editor without its own preview box: the page around it has the preview."""

    template_name = "django/forms/widgets/textarea.html"


def prose(name: str, widget: forms.Widget) -> Any:
    field = cast("Any", Article._meta.get_field(name))
    return field.formfield(form_class=ProseField, widget=widget)


class ArticleForm(forms.ModelForm):
    """The fields of an article, and the save time the form was loaded with."""

    standfirst = prose("standfirst", forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
    body = prose("body", BodyWidget(attrs={"rows": 24, "spellcheck": "true", "dir": "auto"}))
    framing_note = prose("framing_note", forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
    slug = forms.SlugField(
        label="Slug",
        required=False,
        max_length=120,
        widget=SlugInput(longest=LATEST_SLUG),
        help_text="The last part of the address. Made from the headline if left empty.",
    )
    language = LanguageField(label="Language", initial="en")
    seen_at = forms.CharField(label="Seen at", required=False, widget=forms.HiddenInput)
    public_note = forms.CharField(
        label="Public note",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What changed and why, for readers. An update or a correction needs one.",
    )

    class Meta:
        model = Article
        fields = WORKING_COPY
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2, "maxlength": 200, "dir": "auto"}),
            "social_text": forms.Textarea(attrs={"rows": 2, "maxlength": 280, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "seen_at" in self.fields:
            self.initial["seen_at"] = self.instance.updated_at.isoformat()
        if "language" in self.fields:
            cast("LanguageField", self.fields["language"]).stored = self.instance.language
        if self.instance.pk is None and {"headline", "body"} <= set(self.fields):
            first = "body" if self.initial.get("headline") else "headline"
            self.fields[first].widget.attrs["autofocus"] = True

    def clean_headline(self) -> str:
        """Return the headline on one line. Raises ValidationError if nobody could see it."""
        headline = " ".join(self.cleaned_data["headline"].split())
        if is_blank(headline):
            raise ValidationError(self.fields["headline"].error_messages["required"], "required")
        return headline

    def clean_standfirst(self) -> str:
        standfirst = str(self.cleaned_data["standfirst"])
        return "" if is_blank(standfirst) else standfirst

    def clean_social_text(self) -> str:
        social_text = " ".join(self.cleaned_data["social_text"].split())
        return "" if is_blank(social_text) else social_text

    def clean_slug(self) -> str:
        """Make a slug from the headline if it is empty. Two or three queries.

        Raises ValidationError if the entered slug is taken.
        """
        slug = self.cleaned_data.get("slug") or ""
        headline = self.cleaned_data.get("headline", "")
        if not slug:
            made = make_slug(headline, longest=LATEST_SLUG)
            return self._free(made or self._numbered()) if headline else ""
        if self._is_taken(slug):
            message = "Another article that is or was public has this slug; choose another."
            raise ValidationError(message)
        return slug

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if original := data.get("original"):
            language = data.get("language", "")
            if why := objection(original, pk=self.instance.pk, language=language):
                self.add_error("original", why)
        if self.instance.pk and not self._is_fresh():
            self._say_who_saved()
        return data

    def _numbered(self) -> str:
        """Return a slug for a headline without Latin letters, such as article-3."""
        newest = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        return f"article-{self.instance.pk or newest + 1}"

    def _free(self, slug: str) -> str:
        if not self._is_taken(slug):
            return slug
        return next(
            numbered for n in range(2, 1000) if not self._is_taken(numbered := f"{slug}-{n}")
        )

    def _is_taken(self, slug: str) -> bool:
        # As the index has it.
        public = Article.objects.exclude(live_slug="").alias(in_lower_case=Lower("live_slug"))
        others = public.filter(in_lower_case=slug.lower()).exclude(pk=self.instance.pk)
        redirects = Redirect.objects.filter(path__iendswith=f"/{slug}/")
        return others.exists() or redirects.exclude(article_id=self.instance.pk or 0).exists()

    def _is_fresh(self) -> bool:
        """Return whether the article is unchanged since the form was shown. One locking query."""
        try:
            seen = parse_datetime(self.cleaned_data.get("seen_at") or "")
        except ValueError:
            # Well formed but not a date, such as a thirteenth month: the form never contained that.
            seen = None
        locked = Article.objects.select_for_update().filter(pk=self.instance.pk)
        return seen is not None and list(locked.values_list("updated_at", flat=True)) == [seen]

    def _say_who_saved(self) -> None:
        saved = Article.objects.get(pk=self.instance.pk)
        entry = (
            LogEntry.objects.filter(
                content_type=get_content_type_for_model(saved), object_id=str(saved.pk)
            )
            .select_related("user")
            .order_by("-action_time")
            .first()
        )
        who = name_of(entry.user) if entry else "Someone else"
        self.add_error(
            None,
            f"{who} saved this article at {saved.updated_at:%H:%M:%S} UTC on "
            f"{saved.updated_at:%d %B}, after you opened it. Your text is still below and is not "
            "saved. Where both of you changed a text, choose which one stays, then save again.",
        )


class OverrideForm(forms.Form):
    """Why a hold is overridden."""

    note = ProseField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        max_length=500,
        help_text="It is published with the article, under your name.",
    )


class NoteForm(forms.Form):
    """The public note of a withdrawal."""

    note = ProseField(
        label="Public note",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        help_text="Tell readers why it was withdrawn. The note is shown at the article’s address.",
    )
