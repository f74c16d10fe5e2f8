"""The search of readers over articles and the wire."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.search.asked import ASKED, Asked
from articles.search.page import read_page
from web.conditional import public_page
from web.keyset import CURSORS
from wires import generations


@public_page(generations.reader("wire", "pages"), query=(*CURSORS, *ASKED))
def search(request: HttpRequest) -> HttpResponse:
    """Show the articles, or the posts of the wire, that have the words somebody looks for.

    Four queries at most on SQLite, of its own.
    """
    asked = Asked.read(request.GET)
    page = read_page(asked, request.GET, at=timezone.now())
    response = render(request, "articles/search.html", {"search": page})
    if asked:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
