"""Endpoints that keep what is typed: the working copy of a form, and who else is at the article.

The rights are asked first, and one keystroke costs five queries at most.
"""

import json
import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rights import labels_of, permissions_of
from articles.forms.drafts import read_draft
from articles.forms.unsaved import whole
from articles.models import Article, ArticleVisit, Erasure, WorkingCopy
from articles.models.keeping import ALIVE_FOR, COPY_NAME
from desk.scripts import wants_json
from desk.staff import name_of, staff_user
from web.words import count_of
from wires import generations
from wires.management.outage import is_disk_full

CHANGE, ADD = "articles.change_article", "articles.add_article"
VIEW = "articles.view_article"
# Of all texts of a form, in characters: a book has half as many.
LONGEST_COPY = 1_000_000
# Fields of the form: the name of this copy, and those of the copies that it was filled from.
COPY, TAKEN = "copy", "taken"
MOST_TAKEN = 50
# Read by static/desk/js/local-copy.js.
SAVED_COOKIE = "desk-saved"
SAVED_FOR = 60
_pages = generations.reader("pages")
# When the form was opened: what was erased since must not be kept again from it.
OPENED = "opened"
ERASED = (
    "Words were erased on legal request since you opened this page, so the desk keeps no unsaved "
    "text of it. Save, then reload the page."
)
NO_ROOM = "The disk of the desk is full: tell the people who run the site."


def require_one_right(request: HttpRequest, *names: str) -> None:
    """Raise PermissionDenied for a user who has none of these rights. One query."""
    user = staff_user(request)
    if not user.is_superuser and labels_of(permissions_of(user)).isdisjoint(names):
        raise PermissionDenied


@never_cache
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Store what a form holds and was not saved; `?article=5` names the article.

    GET says who else is at it, and gives a token of the form that is good for this session.
    """
    article = whole(request.GET.get("article")) or None
    right = CHANGE if article else ADD
    if request.method == "GET":
        require_one_right(request, right, VIEW)
        return JsonResponse(_news(request, article, at=timezone.now()))
    require_one_right(request, right)
    token = request.POST.get(COPY, "")
    if not re.fullmatch(COPY_NAME, token):
        return refuse("This form has no name for its copy. Reload the page.", 400)
    if "still" in request.POST:
        return _note_alive(request, token, at=timezone.now())
    return _keep(request, article, token, at=timezone.now())


def _keep(request: HttpRequest, article: int | None, token: str, *, at: datetime) -> HttpResponse:
    seen_at = read_moment(request.POST.get("seen_at", ""))
    if _was_erased_since(request.POST.get(OPENED, ""), seen_at):
        return refuse(ERASED, 409)
    draft = read_draft(request.POST).as_json()
    if len(json.dumps(draft, ensure_ascii=False)) > LONGEST_COPY:
        return refuse("This text is too long to be kept unsaved at the desk.", 413)
    try:
        WorkingCopy.objects.keep(
            user_id=staff_user(request).pk,
            token=token,
            article_id=article,
            draft=draft,
            seen_at=seen_at,
            at=at,
        )
    except IntegrityError:
        return refuse("This article was deleted. Copy your text before you leave.", 404)
    except OperationalError as error:
        if not is_disk_full(error):
            raise
        return refuse(NO_ROOM, 507)
    return JsonResponse({"at": at.isoformat()})


def opened(at: datetime) -> str:
    """Return what a form says of the moment when it was opened. No query."""
    return f"{at.isoformat()} {_state_of_pages()}"


def _was_erased_since(opened: str, seen_at: datetime | None) -> bool:
    """Return whether anything was erased. No query while no page of the paper has changed."""
    moment, _, state = opened.partition(" ")
    opened_at = read_moment(moment) or seen_at
    if opened_at is None or state == _state_of_pages():
        return False
    return Erasure.objects.filter(at__gte=opened_at).exists()


def _state_of_pages() -> str:
    return ".".join(map(str, _pages()))


def _note_alive(request: HttpRequest, token: str, *, at: datetime) -> HttpResponse:
    """Note that the form is still open, or was left. Not a sign of life of the person.

    The session ends as if nobody had asked.
    """
    request.is_background = True  # type: ignore[attr-defined]  # read by accounts.middleware
    copies = WorkingCopy.objects.filter(user=staff_user(request), token=token)
    is_open = request.POST["still"] == "1"
    if not copies.update(alive_at=at if is_open else at - ALIVE_FOR):
        return refuse("This copy is gone.", 404)
    return JsonResponse({"at": at.isoformat()})


def _news(request: HttpRequest, article: int | None, *, at: datetime) -> dict[str, Any]:
    """Return what a page wants to know once in a while, and note that it is open. Four queries."""
    request.is_background = True  # type: ignore[attr-defined]  # read by accounts.middleware
    user = staff_user(request)
    saved_at = Article.objects.filter(pk=article or 0).values_list("updated_at", flat=True).first()
    if article and saved_at:
        note_visit(article, user_id=user.pk, at=at)
    return {
        "csrf": get_token(request),
        "user": user.get_username(),
        "saved_at": saved_at.isoformat() if saved_at else "",
        "others": present(article, user_id=user.pk, but=request.GET.get(COPY, ""), at=at),
    }


def note_visit(article: int, *, user_id: int, at: datetime) -> None:
    """Note that somebody has an article open. One or two queries, and a savepoint's."""
    # It opens although it was deleted meanwhile, or the database is locked or has no room.
    with suppress(IntegrityError, OperationalError), transaction.atomic():
        ArticleVisit.objects.note(user_id=user_id, article_id=article, at=at)


def present(article: int | None, *, user_id: int, at: datetime, but: str = "") -> list[str]:
    """Return in words who is editing an article, one line a form, and who looks. Two queries."""
    if article is None:
        return []
    copies = WorkingCopy.objects.filter(article=article).alive(at).exclude(user=user_id, token=but)
    visits = ArticleVisit.objects.filter(article=article).alive(at).exclude(user=user_id)
    editing = list(copies.select_related("user").defer("draft").order_by("began_at", "pk"))
    writers = {copy.user_id for copy in editing}
    lines = [
        f"You are editing in another window, {_since(copy, at)}"
        if copy.user_id == user_id
        else f"{name_of(copy.user)} is editing, {_since(copy, at)}"
        for copy in editing
    ]
    lines += [
        f"{name_of(visit.user)} has it open, {_since(visit, at)}"
        for visit in visits.select_related("user").order_by("began_at", "pk")
        if visit.user_id not in writers
    ]
    return lines


def _since(row: WorkingCopy | ArticleVisit, at: datetime) -> str:
    return count_of(max(1, int((at - row.began_at).total_seconds() // 60)), "min", "min")


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Delete an unsaved text of one's own; a browser without script is led back to the form."""
    require_one_right(request, CHANGE, ADD)
    article = whole(request.GET.get("article"))
    discard_copies(request, [request.POST.get(COPY, "")])
    if wants_json(request):
        return JsonResponse({})
    if article:
        return redirect("admin:articles_article_change", article)
    return redirect("admin:articles_article_add")


def discard_copies(request: HttpRequest, tokens: list[str]) -> None:
    """Delete unsaved texts of this person. One query."""
    WorkingCopy.objects.filter(user=staff_user(request), token__in=tokens[:MOST_TAKEN]).delete()


def discard_saved(request: HttpRequest) -> None:
    """Delete what was kept of a form that is saved now, and what it was filled from."""
    if tokens := copies_in(request):
        discard_copies(request, tokens)


def copies_in(request: HttpRequest) -> list[str]:
    """Return the name of a sent form's copy, and those of the copies that it was filled from."""
    names = [request.POST.get(COPY, ""), *request.POST.get(TAKEN, "").split()]
    return [name for name in names if re.fullmatch(COPY_NAME, name)][:MOST_TAKEN]


def note_saved_copies(request: HttpRequest, response: HttpResponse) -> None:
    """Tell the browser which of its copies are saved: a merged text is none of those it has."""
    if names := copies_in(request):
        response.set_cookie(
            SAVED_COOKIE,
            ".".join(names),
            max_age=SAVED_FOR,
            path="/desk/",
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )


def refuse(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)


def read_moment(text: str) -> datetime | None:
    """Return the moment of a hidden field; None for anything that the form never held."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None:
        return None
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None
