"""Forms that are refused before any view sees them: no session, or no valid security token.

What was typed is sent back on the page, because “Back” does not bring it back everywhere.
"""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from desk.scripts import wants_json
from web.clean_text import without_controls

# The text fields of the desk's forms. No field of a login or of a password is among them.
TEXTS = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "body": "Body",
    "framing_note": "Framing note",
    "public_note": "Public note",
    "image_caption": "Image caption",
    "social_text": "Social text",
    "note": "Note",
    "reason": "Reason",
    "address": "Address",
    "text": "Text",
    "description": "Description",
    "alt": "Alternative text",
    "credit": "Credit",
}


def typed_texts(data: QueryDict) -> list[tuple[str, str]]:
    """Return what was typed into a form, each text with its label; notes of sources come last."""
    notes = sorted(name for name in data if name.startswith("note-") or name.endswith("-note"))
    labelled = [*TEXTS.items(), *((name, "Note") for name in notes)]
    return [(label, text) for name, label in labelled if (text := data.get(name, "").strip())]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without a valid token. Django has logged the reason."""
    if wants_json(request):
        # Somebody logged in or out in another tab: the script asks for a new token.
        return _tell(request, "This page is out of date.", status=403, why="token")
    return _refuse(request, "admin/csrf_failure.html", title="This form was not accepted")


def logged_out(request: HttpRequest) -> HttpResponse:
    """Answer 403 to a form that was sent after its session had ended."""
    return _refuse(request, "admin/logged_out_form.html", title="You are no longer logged in")


def session_over(request: HttpRequest) -> HttpResponse:
    """Answer 401 to a script of a page whose session has ended: it asks to log in again."""
    return _tell(request, "You are no longer logged in.", status=401, why="session")


def _tell(request: HttpRequest, message: str, *, status: int, why: str) -> HttpResponse:
    said = {"message": message, "why": why, "login": reverse("admin:login")}
    response = JsonResponse(said, status=status)
    add_never_cache_headers(response)
    return response


def _refuse(request: HttpRequest, template: str, *, title: str) -> HttpResponse:
    here = request.get_full_path()
    context = {
        **admin.site.each_context(request),
        "title": title,
        "texts": typed_texts(without_controls(request.POST)),
        "again": here,
        "login": f"{reverse('admin:login')}?{urlencode({'next': here})}",
    }
    response = render(request, template, context, status=403)
    add_never_cache_headers(response)
    return response
