"""What a browser sent, without characters that no text of ours may hold."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from web.characters import drop_controls, settle_direction

type View = Callable[..., HttpResponse]


def clean_text(text: str) -> str:
    """Return what was typed without what nobody types and nobody sees."""
    return settle_direction(drop_controls(text))


def without_controls(data: QueryDict) -> QueryDict:
    """Return what a browser sent without control characters; itself where it has none."""
    clean = {name: [clean_text(value) for value in values] for name, values in data.lists()}
    if all(values == data.getlist(name) for name, values in clean.items()):
        return data
    data = data.copy()
    for name, values in clean.items():
        data.setlist(name, values)
    return data


def reads_clean_text(view: View) -> View:
    """Hand a view what the browser sent without control characters.

    Here and not in the forms, so that no field, button or search of the desk can be forgotten.
    """

    @wraps(view)
    def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.GET = without_controls(request.GET)  # type: ignore[assignment]  # a cached property
        if request.method == "POST":
            request.POST = without_controls(request.POST)  # type: ignore[assignment]  # has a setter
        return view(request, *args, **kwargs)

    return reading
