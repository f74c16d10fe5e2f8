"""Forms that are refused before any view sees them: no session, or no valid security token.

What was typed is sent back on the page, because “Back” does not bring it back everywhere.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from desk.scripts import wants_json
from web.clean_text import without_controls
from web.interface import for_readers

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

RETRY_AFTER = "3"  # seconds
# A stock list names the rows of an action so.
SELECTED = "_selected_action"
NEVER_AGAIN = frozenset({"csrfmiddlewaretoken", "password", "password1", "password2", "code"})


def typed_texts(data: QueryDict) -> list[tuple[str, str]]:
    """Return what was typed into a form, each text with its label; notes of sources come last."""
    notes = sorted(name for name in data if name.startswith("note-") or name.endswith("-note"))
    labelled = [*TEXTS.items(), *((name, "Note") for name in notes)]
    return [(label, text) for name, label in labelled if (text := data.get(name, "").strip())]


@dataclass(frozen=True, slots=True)
class SentField:
    """A field of a form that was refused, to be sent again: typed text can be changed before."""

    name: str
    value: str
    label: str = ""


def sent_again(data: QueryDict) -> tuple[SentField, ...]:
    """Return the fields to send again: all but the token, secrets, and buttons that do more.

    Nothing is published by it: an editor who wanted to publish presses
    that again, on the page of the article.
    """
    labels = {**TEXTS, **{name: "Note" for name in data if name.endswith("-note")}}
    return tuple(
        SentField(name, value, labels.get(name, ""))
        for name, values in data.lists()
        if name not in NEVER_AGAIN and (not name.startswith("_") or name == SELECTED)
        for value in values
    )


def is_same_origin(request: HttpRequest) -> bool:
    """Return whether a page of this site sent the form.

    A form of another site comes here too, and must not be offered to be sent with a good token.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site", "same-origin")
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        origin = urlsplit(sender)
    except ValueError:
        return False
    is_ours = origin.scheme == request.scheme and origin.netloc == request.get_host()
    return fetch_site == "same-origin" and is_ours


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without a valid token. Django has logged the reason."""
    if wants_json(request):
        # Somebody logged in or out in another tab: the script asks for a new token.
        return _tell(request, "This page is out of date.", status=403, why="token")
    if not request.path.startswith(reverse("admin:index")):
        return _refuse_reader(request)
    return _refuse(request, "admin/csrf_failure.html", title="This form was not accepted")


@for_readers
def _refuse_reader(request: HttpRequest) -> HttpResponse:
    """Answer in the language of the site: pages for readers have no form that is sent."""
    response = render(request, "403.html", {"is_form": True}, status=403)
    add_never_cache_headers(response)
    return response


def logged_out(request: HttpRequest) -> HttpResponse:
    """Answer 403 to a form that was sent after its session had ended."""
    return _refuse(request, "admin/logged_out_form.html", title="You are no longer logged in")


def session_over(request: HttpRequest) -> HttpResponse:
    """Answer 401 to a script of a page whose session has ended: it asks to log in again."""
    return _tell(request, "You are no longer logged in.", status=401, why="session")


def sessions_away(request: HttpRequest) -> HttpResponse:
    """Answer 503 where nobody can be told from anybody: the sessions cannot be read."""
    if wants_json(request):
        message = "The desk cannot see who is logged in at the moment."
        response: HttpResponse = _tell(request, message, status=503, why="sessions")
    else:
        title = "The desk cannot be used just now"
        response = _refuse(request, "admin/sessions_away.html", title=title, status=503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _tell(request: HttpRequest, message: str, *, status: int, why: str) -> HttpResponse:
    said = {"message": message, "why": why, "login": reverse("admin:login")}
    response = JsonResponse(said, status=status)
    add_never_cache_headers(response)
    return response


def _refuse(request: HttpRequest, template: str, *, title: str, status: int = 403) -> HttpResponse:
    here = request.get_full_path()
    data = without_controls(request.POST)
    context = {
        **admin.site.each_context(request),
        "title": title,
        "texts": typed_texts(data),
        "fields": sent_again(data) if typed_texts(data) and is_same_origin(request) else (),
        "again": here,
        "login": f"{reverse('admin:login')}?{urlencode({'next': here})}",
    }
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response
