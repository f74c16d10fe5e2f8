"""The form of a page about the site."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import URLPattern, URLResolver, get_resolver

from articles import vetting
from articles.forms.writing import ProseField
from articles.models import SitePage
from articles.prose import Source, render
from desk.forms import SlugInput

# What the server in front of us may answer by itself, and what other software looks for.
NEVER_OURS = frozenset({"static", "media", "admin", "api", "login", "index"})
LONGEST_SLUG = 60


class SitePageForm(forms.ModelForm):
    """The fields of a page, when it was saved as this form shows it, and the note of an act."""

    slug = forms.SlugField(
        label="Slug",
        max_length=LONGEST_SLUG,
        widget=SlugInput(longest=LONGEST_SLUG),
        help_text=SitePage._meta.get_field("slug").help_text,
    )
    body = ProseField(
        label="Text",
        required=False,
        widget=forms.Textarea(
            attrs={
                "rows": 24,
                "cols": 80,
                "class": "vLargeTextField",
                "spellcheck": "true",
                "dir": "auto",
            }
        ),
        help_text="Markdown, as in articles: ## for a subhead. No citation marks, no pictures.",
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField", "size": 60}),
        help_text="Shown to readers: what changed. To take a page down, say why.",
    )
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = SitePage
        fields = ("title", "slug", "body", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen_at"] = self.instance.updated_at.isoformat()
        if self.instance.pk and "slug" in self.fields and self.instance.versions.exists():
            self.fields["slug"].disabled = True

    def clean_slug(self) -> str:
        """Return the slug. Raises ValidationError where its address is another page's."""
        slug: str = self.cleaned_data["slug"]
        if slug.isdigit() or slug.lower() in {*taken_slugs(), *NEVER_OURS}:
            message = f"/{slug}/ is an address of the site itself; choose another slug."
            raise ValidationError(message)
        same = SitePage.objects.filter(slug__iexact=slug).exclude(pk=self.instance.pk)
        if same.exists():
            message = f"Another page has the address /{slug}/; choose another slug."
            raise ValidationError(message)
        return slug

    def clean_body(self) -> str:
        """Return the text. Raises ValidationError for what only articles can show."""
        body: str = self.cleaned_data["body"]
        if not vetting.is_readable(body):
            message = "This text is too long, or holds too much markup, to be shown as one page."
            raise ValidationError(message)
        prose = render(body, sources=[Source(key="none")])
        if prose.unknown or prose.unknown_pictures or prose.marks:
            message = "A page holds no citation marks and no pictures. Write a link instead."
            raise ValidationError(message)
        return body

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        seen_at = self.initial.get("seen_at")
        if self.instance.pk and self.is_bound and data.get("seen_at") not in ("", seen_at):
            self.add_error(
                None,
                "Somebody saved this page after you opened it. Your text is still below and is not"
                " saved: copy it, open the page again, and put it in there.",
            )
        return data


def taken_slugs() -> set[str]:
    """Return the first parts of all addresses of the site but those of these pages."""
    return set(_first_parts(get_resolver().url_patterns, ""))


def _first_parts(patterns: Sequence[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^")
        first = route.partition("/")[0].replace("\\", "")
        if first and not set(first) & set("<>()[]"):
            yield first.rstrip("$").lower()
        elif isinstance(pattern, URLResolver) and not route:
            yield from _first_parts(pattern.url_patterns, route)
