"""The rows of wire sources in the article form, as their template writes them."""

from collections.abc import Iterator
from typing import Any, Self

from django.contrib.admin.helpers import InlineAdminFormSet
from django.forms import Media
from django.urls import reverse
from django.utils.safestring import SafeString

from desk.rows import Row
from desk.times import desk_time
from wires.models import Post, PostVersion
from wires.templatetags.wire import copied, copied_in_full

WITH_ERRORS = ("post", "key", "role", "position", "note", "translation")


class SourceRows(InlineAdminFormSet):
    """The inline of the sources, without an admin form for each of its rows."""

    @classmethod
    def of(cls, inline: InlineAdminFormSet) -> Self:
        return cls(
            inline.opts,
            inline.formset,
            inline.fieldsets,
            inline.prepopulated_fields,
            inline.readonly_fields,
            inline.model_admin,
            has_add_permission=inline.has_add_permission,
            has_change_permission=inline.has_change_permission,
            has_delete_permission=inline.has_delete_permission,
            has_view_permission=inline.has_view_permission,
        )

    @property
    def media(self) -> Media:
        """Return what the widgets of one row need: all rows have the same."""
        media: Media = self.opts.media + self.formset.media
        return media

    def rows(self) -> Iterator[Row]:
        """Yield the stored rows, the new ones, and the blank that script copies."""
        posts = reverse("admin:wires_post_changelist")
        stored = self.formset.initial_form_count()
        for n, form in enumerate(self.formset.forms):
            yield self._row(form, str(n), posts, is_stored=n < stored)
        if self.has_add_permission:
            yield self._row(self.formset.empty_form, "empty", posts, is_empty=True)

    def _row(
        self, form: Any, n: str, posts: str, *, is_stored: bool = False, is_empty: bool = False
    ) -> Row:
        post, cited = form.cited_post, form.cited_words
        errors = _errors(form)
        translation = _text(form.value_of("translation"))
        traits = {
            "is_empty": is_empty,
            "is_stored": is_stored,
            "is_removable": is_stored and self.formset.can_delete,
            "is_removed": is_stored and self.formset.can_delete and form.value_of("DELETE"),
            "has_errors": form.is_bound,
            "has_wrong_fields": form.is_bound and form.errors,
            "has_cited": form.wanted_versions and form.value_of("cites"),
            "has_newer_words": form.has_newer_words,
            "has_translation": translation,
        }
        traits |= _traits_of_post(post, cited) | _traits_of_translation(form)
        words = {
            "row_id": f"{self.formset.prefix}-{n}",
            "name": form.prefix,
            **{
                name: _text(form.value_of(name))
                for name in ("id", "article", "passages", "cites", "key", "position", "note")
            },
            "role_options": form.role_options,
            "translation": translation,
            **errors,
            **_words_of_post(post, cited, posts),
            **_words_of_fields(form, is_new=post is None),
            "translated_by": str(form.instance.translated_by or ""),
            "confirmed_by": str(form.instance.translation_confirmed_by or ""),
        }
        return Row(frozenset(name for name, is_true in traits.items() if is_true), words)


def _traits_of_post(post: Post | None, cited: PostVersion | None) -> dict[str, object]:
    return {
        "has_post": post,
        "has_text": cited,
        "is_not_live": post and post.state != "live",
        "is_hidden": post and post.is_hidden,
        "is_copied": copied(cited),
        "is_unconfirmed": cited and cited.is_unconfirmed(),
    }


def _words_of_post(post: Post | None, cited: PostVersion | None, posts: str) -> dict[str, str]:
    of_post = dict.fromkeys(("outlet", "code", "who", "wire_at", "post", "state", "state_name"), "")
    if post is not None:
        of_post = {
            "outlet": post.channel.outlet.name,
            "code": post.channel.code,
            "who": post.channel.outlet_on_platform(),
            "wire_at": desk_time(post.wire_at),
            "post": str(post.pk),
            "state": post.state,
            "state_name": str(post.get_state_display()),
        }
    of_text = dict.fromkeys(("language", "own_title", "text", "captured_at", "confirm_url"), "")
    if cited is not None:
        of_text = {
            "language": cited.language,
            "own_title": cited.own_title,
            "text": cited.text,
            "captured_at": desk_time(cited.captured_at),
            "confirm_url": _confirm_url(post, cited),
        }
    version = str(cited.n) if cited and cited.n else "none"
    how = copied_in_full(cited)
    url = f"{posts}{of_post['post']}/change/"
    return of_post | of_text | {"version": version, "copied_in_full": how, "post_url": url}


def _confirm_url(post: Post | None, cited: PostVersion) -> str:
    if post is None or not cited.is_unconfirmed():
        return ""
    return reverse("admin:wires_post_confirm", args=[post.pk, cited.n])


def _traits_of_translation(form: Any) -> dict[str, object]:
    source = form.instance
    return {
        "has_stored_translation": source.translation,
        "has_translator": source.translated_by_id,
        "is_confirmed": source.translation_confirmed_by_id,
        "may_confirm": form.may_confirm,
    }


def _words_of_fields(form: Any, *, is_new: bool) -> dict[str, str]:
    """Return the fields that only some rows have, as their widgets write them."""
    return {
        "post_label": form["post"].id_for_label if is_new else "",
        "post_field": str(form["post"]) if is_new else "",
        "repin": _ticked(form, "repin") if form.has_newer_words else "",
        "confirm": _ticked(form, "confirm") if form.may_confirm else "",
    }


def _ticked(form: Any, name: str) -> SafeString:
    field = form[name]
    return SafeString(f"{field} {field.label}")


def _errors(form: Any) -> dict[str, str]:
    if not form.is_bound:
        return {"errors": ""} | {f"{name}_errors": "" for name in WITH_ERRORS}
    of_fields = {f"{name}_errors": str(form[name].errors) for name in WITH_ERRORS}
    return of_fields | {"errors": str(form.non_field_errors())}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
