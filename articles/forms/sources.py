"""The wire sources of a working copy: keys, posts and the post versions they are pinned to."""

import json
import re
from collections.abc import Collection, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, cast, override

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from articles.forms.writing import ProseField
from articles.models import WireSource, read_chosen
from desk.forms import is_row_id
from web.characters import drop_controls
from wires.models import Post, PostVersion

MOST_SOURCES = 200
MOST_PASSAGES = 100
NO_LETTER = "s"


def next_key(code: str, used: Collection[str]) -> str:
    """Return the first free key of a channel: its initial and a number, such as r1 for REUTERS."""
    found = re.search(r"[A-Za-z]", code)
    letter = found.group().lower() if found else NO_LETTER
    taken = {key.lower() for key in used}
    return next(
        key for number in range(1, len(taken) + 2) if (key := f"{letter}{number}") not in taken
    )


def chosen_passages(value: Any) -> list[dict[str, Any]]:
    """Return the places in a post chosen by an editor, from JSON or parsed; [] if invalid."""
    try:
        rows = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return []
    return [
        {"exact": drop_controls(chosen.exact), "start": chosen.start}
        for chosen in read_chosen(rows, most=MOST_PASSAGES)
    ]


class LoadedChoiceField(forms.ModelChoiceField):
    """A choice among rows, which looks first at those that the form set has loaded."""

    loaded: Mapping[int, Any] = MappingProxyType({})

    @override
    def to_python(self, value: Any) -> Any:
        """Return the row. One query unless it is loaded; raises ValidationError if there is none."""
        row = self.loaded.get(int(value)) if is_row_id(str(value)) else None
        return row if row is not None else super().to_python(value)


class SharedFields(dict[str, forms.Field]):
    """The fields of forms that are only shown, which change nothing in them and need no copies."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


class WireSourceForm(forms.ModelForm):
    """One source row. An empty key is filled in; the post version is pinned on the first save."""

    key = WireSource._meta.get_field("key").formfield(required=False)
    repin = forms.BooleanField(required=False, label="Cite the post’s current version")
    translation = ProseField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    confirm = forms.BooleanField(required=False, label="I have compared it with the post")
    # A version of the post, by id, where a version of the article was put back that cites it.
    cites = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # Set by a button next to a quotation that appears twice in the post.
    passages = forms.JSONField(required=False, widget=forms.HiddenInput)
    # The post whose text is shown next to the row; the form set loads them all in one query.
    cited_post: Post | None = None
    # The versions that rows are to cite, which the form set loads; see `cites`.
    wanted_versions: Mapping[int, PostVersion] = MappingProxyType({})
    # The person who saves the form; set before it is saved.
    editor: User | None = None

    def __init__(self, data: Any = None, files: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is None and files is None:
            # Copies of all fields take longer than the rest of a row that is only shown.
            self.base_fields = SharedFields(self.base_fields)  # type: ignore[misc]  # of this form alone
        super().__init__(data, files, *args, **kwargs)

    def value_of(self, name: str) -> Any:
        """Return what a field shows, as its bound field would."""
        if self.is_bound:
            return self[name].value()
        field = self.fields[name]
        return field.prepare_value(self.get_initial_for_field(field, name))

    @property
    def cited_words(self) -> PostVersion | None:
        """Return the version that is pinned, or will be."""
        if wanted := self.wanted_version:
            return wanted
        if self.instance.version_id and not self._names_another():
            return cast("PostVersion", self.instance.version)
        return self.cited_post.newest_version if self.cited_post else None

    @property
    def wanted_version(self) -> PostVersion | None:
        """Return the version that the row is to cite, where it names one of its post."""
        if not self.wanted_versions:
            return None
        value = str(self.value_of("cites") or "")
        version = self.wanted_versions.get(int(value)) if is_row_id(value) else None
        return version if version and version.post_id == _post_key(self) else None

    @property
    def role_options(self) -> SafeString:
        return _role_options(str(self.value_of("role")))

    @property
    def may_confirm(self) -> bool:
        """Whether this person can confirm the translation that is stored."""
        source = self.instance
        is_open = bool(source.translation) and source.translation_confirmed_by_id is None
        return is_open and self.editor is not None and source.translated_by_id != self.editor.pk

    @property
    def is_to_confirm(self) -> bool:
        """Whether the box is ticked, of a translation that is as it was stored."""
        is_same = not {"translation", "post", "repin"}.intersection(self.changed_data)
        return bool(self.cleaned_data.get("confirm")) and is_same

    @property
    def has_newer_words(self) -> bool:
        words = self.cited_words
        newest = self.cited_post.newest_version if self.cited_post else None
        return bool(newest and words and newest.pk != words.pk)

    class Meta:
        model = WireSource
        fields = ("key", "post", "role", "note", "position", "passages", "translation")

    def clean_passages(self) -> list[dict[str, Any]]:
        return chosen_passages(self.cleaned_data.get("passages") or [])

    def clean(self) -> dict[str, Any]:
        """Check the fields alone. The form set compares the rows, in no query for each."""
        return self.cleaned_data

    def _get_validation_exclusions(self) -> set[str]:
        """Leave out the post: its field has looked it up."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # the stubs lack it
        return exclusions | {"post"}

    def _names_another(self) -> bool:
        return self.cited_post is not None and self.cited_post.pk != self.instance.post_id

    def has_changed(self) -> bool:
        """Return True for a new row that names a post, even if it was prefilled."""
        is_new = self.instance.pk is None or self.instance.version_id is None
        return super().has_changed() or (is_new and self.is_bound and bool(self["post"].data))

    @override
    def save(self, commit: bool = True) -> WireSource:
        source: WireSource = self.instance
        is_repinned = self.cleaned_data["repin"]
        wanted = None if is_repinned else self.wanted_version
        if source.version_id is None or "post" in self.changed_data or is_repinned or wanted:
            source.version = wanted or source.post.newest_version
            source.translation_confirmed_by = None
        if "translation" in self.changed_data:
            source.translated_by = self.editor if source.translation else None
            source.translation_confirmed_by = None
        super().save(commit)
        return source


class SourceFormSet(BaseInlineFormSet):
    """All source rows: unique keys, empty keys filled in, and the posts fetched in one query."""

    # Those of the first row that is only shown.
    _shown_fields: dict[str, forms.Field] | None = None

    def add_fields(self, form: Any, index: int | None) -> None:
        if self.is_bound:
            self._add_fields(form, index)
            return
        # Of rows that are only shown, all have the same, but for the id.
        form.initial["id"] = form.instance.pk
        if self._shown_fields is None:
            self._add_fields(form, index)
            self._shown_fields = form.fields
        else:
            form.fields = dict(self._shown_fields)

    def _add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["position"].required = False
        stored = form.fields["id"]
        form.fields["id"] = LoadedChoiceField(
            stored.queryset, initial=stored.initial, required=False, widget=forms.HiddenInput
        )
        if self.is_bound:
            form.wanted_versions = self._wanted_versions
            form.fields["id"].loaded = self._stored_rows
            form.fields["post"].loaded = self._posts

    @cached_property
    def _stored_rows(self) -> Mapping[int, WireSource]:
        return {row.pk: row for row in self.get_queryset()}

    @cached_property
    def _posts(self) -> Mapping[int, Post]:
        """Return the posts that the browser names. One query, or none if all are linked."""
        linked = {row.post_id: row.post for row in self._stored_rows.values()}
        others = self._sent("post").difference(linked)
        return linked | (Post.objects.with_newest_words().in_bulk(others) if others else {})

    @cached_property
    def _wanted_versions(self) -> Mapping[int, PostVersion]:
        """Return the versions that rows are to cite. One query, mostly none."""
        return cited_versions(self._sent("cites"))

    def _sent(self, field: str) -> set[int]:
        """Return the ids that the browser sent in a field of all rows."""
        names = (
            self.data.get(f"{self.prefix}-{n}-{field}", "") for n in range(self.total_form_count())
        )
        return {int(name) for name in names if is_row_id(name)}

    def script_data(self) -> str:
        """Return the data for Django's inline script, with a label in our capitalisation."""
        options = {
            "prefix": self.prefix,
            "addText": "Add another wire source",
            "deleteText": "Remove",
        }
        return json.dumps({"name": f"#{self.prefix}", "options": options})

    def fetch_posts(self) -> None:
        """Set the named post on each row. One query, or none if all are loaded."""
        rows: list[Any] = [form for form in self.forms if not _loaded(form)]
        wanted = {pk for form in rows if (pk := _post_key(form)) is not None}
        posts = Post.objects.with_newest_words().in_bulk(wanted) if wanted else {}
        for form in rows:
            form.cited_post = posts.get(_post_key(form) or 0)

    def fetch_wanted_versions(self) -> None:
        """Set on each row of a form that was filled what it is to cite. One query, mostly none."""
        rows: list[Any] = self.forms
        values = (str(form.value_of("cites") or "") for form in rows)
        versions = cited_versions({int(value) for value in values if is_row_id(value)})
        for form in rows:
            form.wanted_versions = versions

    def clean(self) -> None:
        """Reject duplicate keys. Django's own check would count two empty keys as duplicates."""
        rows = [form for form in self.forms if self._is_kept(form)]
        if len(rows) > MOST_SOURCES:
            message = f"An article can have at most {MOST_SOURCES} wire sources."
            raise ValidationError(message)
        used: set[str] = set()
        stored = {form.initial.get("key"): form for form in self.initial_forms}
        for form in rows:
            key = form.cleaned_data.get("key")
            if stored.get(key, form) is not form:
                form.add_error(
                    "key", f"The key {key} is still that of another source. Save that one first."
                )
            elif key and key in used:
                form.add_error("key", f"The key {key} is used twice. Give each source its own key.")
            used.add(key or "")
        for place, form in enumerate(rows):
            self._fill_in(form, place, used)

    def _is_kept(self, form: Any) -> bool:
        data = getattr(form, "cleaned_data", None)
        return bool(data and data.get("post") and not data.get("DELETE"))

    def _fill_in(self, form: Any, place: int, used: set[str]) -> None:
        if form.cleaned_data.get("position") is None:
            form.instance.position = place
        if not form.cleaned_data.get("key") and "key" not in form.errors:
            form.instance.key = next_key(form.cleaned_data["post"].channel.code, used)
            used.add(form.instance.key)


@lru_cache(maxsize=16)
def _role_options(chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SafeString(" selected") if value == chosen else "", label)
            for value, label in WireSource.Role.choices
        ),
    )


def cited_versions(wanted: set[int]) -> Mapping[int, PostVersion]:
    """Return versions of posts by id. One query, none without an id."""
    rows = PostVersion.objects.select_related("confirmation")
    return rows.in_bulk(wanted) if wanted else {}


def _loaded(form: Any) -> bool:
    if form.instance.pk and form.instance.post_id == _post_key(form):
        form.cited_post = form.instance.post
    return form.cited_post is not None


def _post_key(form: Any) -> int | None:
    value = form.value_of("post")
    return int(value) if str(value or "").isdecimal() and len(str(value)) < 19 else None
