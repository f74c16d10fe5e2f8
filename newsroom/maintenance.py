"""A pause that an operator declares, such as for an upgrade: a file on this host says so.

Pages that web processes have kept are still sent. All others are 503, the desk too, and no query is
made: the database may be about to change.
"""

import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from desk.scripts import wants_json
from newsroom.large_bodies import MOST_FROM_ANYBODY, announced_size
from newsroom.refused_forms import typed_texts
from web.clean_text import without_controls
from web.interface import in_site_language

# What was typed is sent again by then by itself (static/desk/js/keeping.js).
LEAST, MOST = 1, 24 * 60  # minutes
SOON = 60  # seconds


def begin(*, minutes: int, now: float) -> None:
    """Begin a pause that is said to last so long; it lasts until `end`. Raises OSError."""
    _file().write_text(f"{now + minutes * 60:.0f}\n")


def end() -> None:
    """End the pause, if there is one. Raises OSError."""
    _file().unlink(missing_ok=True)


def seconds_left(now: float) -> int | None:
    """Return how long the pause is said to last, SOON once that is over; None where there is none."""
    try:
        return max(SOON, round(float(_file().read_text()) - now))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, OverflowError):
        # Somebody made the file by hand.
        return SOON


def answer_pauses(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 503 while there is a pause, with what was typed into a form."""

    def middleware(request: HttpRequest) -> HttpResponse:
        left = seconds_left(time.time())
        if left is None or request.path in {"/healthz", "/readyz"}:
            return get_response(request)
        response = _answer(request, minutes=-(-left // 60))
        response.headers["Retry-After"] = str(left)
        response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def _answer(request: HttpRequest, *, minutes: int) -> HttpResponse:
    if wants_json(request):
        message = "The site is being worked on. Your text is kept in this browser and saved later."
        return JsonResponse({"message": message, "why": "maintenance"}, status=503)
    is_form = request.method == "POST" and announced_size(request) <= MOST_FROM_ANYBODY
    texts = typed_texts(without_controls(request.POST)) if is_form else []
    context = {"minutes": minutes, "texts": texts, "was_sent": request.method == "POST"}
    with in_site_language():
        return render(request, "maintenance.html", context, status=503)


def _file() -> Path:
    return _file_in(settings.RUNTIME_DIR)


@lru_cache(maxsize=1)
def _file_in(folder: Path) -> Path:
    # Each page asks for it, and to put a path together takes longer than to open a file.
    return folder / "maintenance"
