"""The markets: a page of all quotes and hours, and the strip's for the script that refreshes it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from markets import strip as strips
from markets.templatetags.markets import quotes
from web.conditional import public_page
from wires import generations

_numbers = generations.reader("quotes")


@public_page(_numbers)
def page(request: HttpRequest) -> HttpResponse:
    """Every quote with its time and its source, and the hours of every exchange. One query."""
    at = timezone.now()
    found = strips.strip(at)
    context = {
        "strip": found,
        "exchanges": strips.all_days(at),
        "updated_at": found.newest_at,
        "is_demo": found.is_demo,
    }
    return render(request, "markets/markets.html", context)


@public_page(_numbers)
def strip(request: HttpRequest) -> HttpResponse:
    """The strip's quotes and exchanges. One query, none while they are kept."""
    return HttpResponse(quotes(timezone.now()))
