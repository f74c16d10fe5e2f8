"""The log of corrections: every public note on what was changed in an article, or withdrawn."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop

from articles.models import Correction
from web.conditional import public_page
from web.keyset import CURSORS, window
from wires import generations

PAGE = 40
KINDS: Mapping[str, str] = {
    Correction.Kind.CORRECT: gettext_noop("Corrections"),
    Correction.Kind.UPDATE: gettext_noop("Updates"),
    Correction.Kind.WITHDRAW: gettext_noop("Withdrawals"),
}


@public_page(generations.reader("pages"), query=(*CURSORS, "kind"))
def log(request: HttpRequest) -> HttpResponse:
    """Show all notes, or those of a kind, newest first. One query of its own."""
    kind = request.GET.get("kind", "")
    if kind and kind not in KINDS:
        message = "There is no such kind of note."
        raise Http404(message)
    kept: dict[str, Any] = {"kind": kind} if kind else {}
    page = window(notes_for_list().filter(**kept), request.GET, field="at", size=PAGE, **kept)
    context = {
        "page": page,
        "kind": kind,
        "kinds": KINDS,
        "updated_at": max((note.at for note in page.rows), default=None),
        "is_demo": any(note.article.is_demo for note in page.rows),
    }
    return render(request, "articles/corrections_log.html", context)


def notes_for_list() -> QuerySet[Correction]:
    """Return notes with what a list shows of their articles: no query more."""
    return Correction.objects.select_related("article__live_version", "version_before").only(
        "kind", "note", "at", "version_after",
        "article__status", "article__live_slug", "article__first_published_at", "article__is_demo",
        "article__live_version__headline", "article__live_version__language",
        "version_before__headline", "version_before__language",
    )  # fmt: skip
