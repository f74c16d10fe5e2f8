"""What the form of an article does so that no text gets lost, no matter who saves it when.

It offers unsaved texts, merges a save with one that came between, keeps the draft that a save
writes over, and makes one article of a form that was sent twice.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, override

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from articles.admin import verbs
from articles.admin.filling import (
    Filling,
    fill_form,
    fill_sources,
    filling_of,
    initial_of,
    offers,
)
from articles.admin.keeping import (
    COPY,
    copies_in,
    discard_saved,
    note_saved_copies,
    note_visit,
    opened,
    present,
    read_moment,
)
from articles.forms.differing import Difference, differences
from articles.forms.drafts import NOTE, Draft, draft_of, has_unfinished_rows, read_draft
from articles.forms.merging import CHOICE, Merged, choose, fill, merge
from articles.forms.unsaved import whole
from articles.models import (
    Article,
    Author,
    Erasure,
    Image,
    OverwrittenDraft,
    Section,
    SentForm,
    Topic,
    WorkingCopy,
)
from articles.models.keeping import KEPT_FOR
from desk.admin import RightsFirst
from desk.staff import staff_user

FORM_TOKEN = "form_token"  # noqa: S105
NOT_READ = (
    "Your text is saved. Somebody saved this article after you opened it, so nothing else was done:"
    " read it, then press the button again."
)
SENT_BEFORE = "This form was sent before. What it holds now is saved in the article that it made."


# Fields that hold the keys of rows, which nobody knows by heart.
NAMED: dict[str, type[Model]] = {
    "section": Section,
    "image": Image,
    "original": Article,
    "authors": Author,
    "topics": Topic,
}


class Saved(HttpResponseRedirect):
    """A redirect back to the form that knows which article was stored."""

    def __init__(self, article: Article) -> None:
        super().__init__(reverse("admin:articles_article_change", args=[article.pk]))
        self.article = article


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """A save that came between: what both make, and the moment of the draft it was merged with."""

    merged: Merged
    saved_at: datetime


class KeepsText(RightsFirst):
    """The article form without losses."""

    @override
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, *args, **kwargs)
        self.require(
            self.has_change_permission(request) if object_id else self.has_add_permission(request)
        )
        if object_id is None and (sent := _sent_before(request)):
            return self._save_again(request, sent, *args, **kwargs)
        if object_id:
            self._merge(request, object_id)
        try:
            response = super().changeform_view(request, object_id, *args, **kwargs)
        except IntegrityError:
            sent = None if object_id else _sent_before(request)
            if sent is None:
                raise
            # The same form came twice at once, and the other one was first.
            return self._save_again(request, sent, *args, **kwargs)
        return self._kept(request, response)

    def _kept(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Drop what was kept of a form that is saved; stop the act of one that was merged."""
        if not isinstance(response, Saved):
            return response
        if verbs.asked(request) and getattr(request, "was_stale", False):
            # Nobody publishes what they have not read.
            discard_saved(request)
            self.keep_note(request, response.article)
            self.message_user(request, NOT_READ, messages.WARNING)
            unread = HttpResponseRedirect(response.url)
            note_saved_copies(request, unread)
            return unread
        discard_saved(request)
        note_saved_copies(request, response)
        return response

    def keep_note(self, request: HttpRequest, article: Article) -> str:
        """Keep a public note, which goes out with an act and is stored nowhere before it.

        Return the name of its working copy, "" without a note.
        """
        draft = read_draft(request.POST)
        if not draft.fields.get(NOTE, "").strip():
            return ""
        token = secrets.token_hex(16)
        WorkingCopy.objects.keep(
            user_id=staff_user(request).pk,
            token=token,
            article_id=article.pk,
            draft=draft.as_json(),
            seen_at=Article.objects.values_list("updated_at", flat=True).get(pk=article.pk),
            at=timezone.now(),
        )
        return token

    def _save_again(
        self, request: HttpRequest, sent: SentForm, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Save a form for a new article, which made one already, as a change of that one."""
        if read_draft(request.POST).says_the_same(draft_of(sent.article)):
            discard_saved(request)
            if verbs.asked(request):
                self.message_user(request, SENT_BEFORE, messages.INFO)
            # Not Saved: what the button asked for was done the first time.
            return HttpResponseRedirect(Saved(sent.article).url)
        if not request.POST.get("seen_at"):
            _set(request, seen_at=sent.saved_at.isoformat())
        pk = str(sent.article_id)
        self._merge(request, pk, is_sent_again=True)
        response = super().changeform_view(request, pk, *args, **kwargs)
        if isinstance(response, Saved):
            self.message_user(request, SENT_BEFORE, messages.INFO)
        return self._kept(request, response)

    def _merge(self, request: HttpRequest, object_id: str, *, is_sent_again: bool = False) -> None:
        """Merge the posted fields with a save that came between. One query where none did."""
        article = self.get_object(request, object_id)
        if not isinstance(article, Article) or not self.has_change_permission(request, article):
            return
        if has_unfinished_rows(request.POST):
            # The form says so, and that there was another save.
            return
        seen_at = read_moment(request.POST.get("seen_at", ""))
        is_stale = seen_at != article.updated_at
        if (
            not is_stale
            and not is_sent_again
            and not any(name.startswith(CHOICE) for name in request.POST)
        ):
            return
        request.was_stale = is_stale  # type: ignore[attr-defined]  # read above
        mine, theirs = read_draft(request.POST), draft_of(article)
        base = _base(article, seen_at) if is_stale else theirs
        if base:
            mine = choose(request.POST, mine, theirs=base)
        merged = merge(mine, theirs=theirs, base=base)
        request.POST = fill(request.POST, merged.draft, stored=theirs)  # type: ignore[assignment]  # it has a setter
        if merged.conflicts:
            request.between = Between(merged=merged, saved_at=article.updated_at)  # type: ignore[attr-defined]  # read below
            return
        _set(request, seen_at=article.updated_at.isoformat())
        if merged.taken and not is_sent_again:
            said = f"Merged with what was saved in the meantime: {merged.labels}."
            self.message_user(request, said, messages.INFO)

    # What the form is filled from

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if found := filling_of(request, obj):
            _, new = found.rows_of(obj if obj.pk else None)
            kwargs["initial"] = [initial_of(row) for row in new]
        return kwargs

    @override
    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = context["original"]
        if article and request.method == "GET":
            note_visit(article.pk, user_id=staff_user(request).pk, at=timezone.now())
        if not context.get("may_write"):
            context["others"] = _others(request, article)
        else:
            form = context["adminform"].form
            found = filling_of(request, article)
            if found and not form.is_bound:
                fill_form(form, found)
                stored, _ = found.rows_of(article)
                for formset in context["inline_admin_formsets"]:
                    fill_sources(formset.formset.initial_forms, stored)
                    formset.formset.fetch_wanted_versions()
                context["panel"] = None
            context |= self._keeping(request, article, found)
            if context["offers"] or context["conflicts"]:
                # They stand above the text: the page must not open below them.
                for field in form.fields.values():
                    field.widget.attrs.pop("autofocus", None)
            if between := getattr(request, "between", None):
                form.data = form.data.copy()
                form.data["seen_at"] = between.saved_at.isoformat()
        return super().render_change_form(request, context, *args, **kwargs)

    def _keeping(
        self, request: HttpRequest, article: Article | None, found: Filling | None
    ) -> dict[str, Any]:
        """Return what the page says about unsaved texts. Three to five queries."""
        is_sent = request.method == "POST"
        between = getattr(request, "between", None)
        # A form that comes back holds what its copy holds, and goes on under its name; one with
        # choices to make does not, as the copy tells which draft it was typed upon.
        names = copies_in(request)
        copy = names[0] if names and not between else ""
        taken = found.taken if found else " ".join(name for name in names if name != copy)
        return {
            "taken": taken,
            "copy": copy,
            "is_unsaved": is_sent or found is not None,
            "filled_from": found.name if found else "",
            # Its own text came back with the form.
            "offers": [] if is_sent else offers(request, article, but=taken),
            "others": _others(request, article),
            "conflicts": _shown(between.merged) if between else (),
            "opened": opened(timezone.now()),
            "form_token": request.POST.get(FORM_TOKEN)
            or ("" if article else secrets.token_hex(16)),
        }

    # What a save leaves behind

    def note_saved(self, request: HttpRequest, article: Article, *, is_new: bool) -> None:
        """Note that a form made an article, or keep the draft that it writes over.

        To be called within the transaction: of an article that is there before it is saved.
        """
        if is_new:
            if token := request.POST.get(FORM_TOKEN, "")[:64]:
                SentForm.objects.create(
                    user=staff_user(request),
                    token=token,
                    article=article,
                    saved_at=article.updated_at,
                )
            return
        stored = Article.objects.get(pk=article.pk)
        draft = draft_of(stored)
        if not read_draft(request.POST).says_the_same(draft):
            OverwrittenDraft.objects.create(
                article=stored,
                draft=draft.as_json(),
                saved_at=stored.updated_at,
                overwritten_at=timezone.now(),
                overwritten_by=staff_user(request),
            )

    @method_decorator(require_safe)
    def overwritten(self, request: HttpRequest, pk: int, draft: int) -> HttpResponse:
        """Show a draft that was saved over, beside what is saved now."""
        self.require(self.has_view_or_change_permission(request))
        row = get_object_or_404(
            OverwrittenDraft.objects.select_related("article", "overwritten_by"),
            pk=draft,
            article=pk,
        )
        context = {
            **self.admin_site.each_context(request),
            "title": "Overwritten draft",
            "opts": self.opts,
            "row": row,
            "differences": differences(draft_of(row.article), Draft.from_json(row.draft)),
            "may_write": self.has_change_permission(request, row.article),
        }
        return TemplateResponse(request, "admin/articles/article/overwritten.html", context)


def _others(request: HttpRequest, article: Article | None) -> list[str]:
    return present(
        article.pk if article else None,
        user_id=staff_user(request).pk,
        but=request.POST.get(COPY, ""),
        at=timezone.now(),
    )


def _shown(merged: Merged) -> list[Difference]:
    """Return the conflicts as people read them: names, where a field holds numbers."""
    return [
        replace(each, earlier=_names(each.name, each.earlier), later=_names(each.name, each.later))
        for each in merged.conflicts
    ]


def _names(field: str, text: str) -> str:
    if field not in NAMED:
        return text
    rows = NAMED[field]._default_manager.filter(pk__in=[whole(key) for key in text.split()])
    return ", ".join(sorted(str(row) for row in rows))


def _sent_before(request: HttpRequest) -> SentForm | None:
    """Return what became of this form of this person, if it was sent before. One query."""
    token = request.POST.get(FORM_TOKEN, "")[:64]
    if not token:
        return None
    sent = SentForm.objects.filter(user=staff_user(request), token=token)
    return sent.select_related("article").first()


def _base(article: Article, seen_at: datetime | None) -> Draft | None:
    """Return the draft that a form began with, where it is known. Two queries.

    A save keeps what it writes over; the others (publishing, submitting) change no text, and an
    erasure takes words out of what is kept, so that nobody can say any more who changed what.
    """
    if seen_at is None or not article.created_at <= seen_at <= article.updated_at:
        return None
    if seen_at < timezone.now() - KEPT_FOR:
        return None
    if Erasure.objects.filter(at__gte=seen_at).exists():
        return None
    later = article.overwritten_drafts.filter(saved_at__gte=seen_at)
    first = later.order_by("saved_at", "pk").first()
    if first:
        return Draft.from_json(first.draft)
    return draft_of(article)


def _set(request: HttpRequest, **fields: str) -> None:
    data = request.POST.copy()
    for name, text in fields.items():
        data[name] = text
    request.POST = data  # type: ignore[assignment]  # it has a setter
