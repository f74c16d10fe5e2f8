"""The strip of quotes alone, for the script that refreshes it in place."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from markets.templatetags.markets import quotes
from web.conditional import public_page
from wires import generations


# Each minute counts down, and may make a quote stale.
@public_page(generations.reader("quotes"), each_minute=True)
def strip(request: HttpRequest) -> HttpResponse:
    """The strip's quotes and exchanges. One query, none while they are kept."""
    return HttpResponse(quotes(timezone.now()))
