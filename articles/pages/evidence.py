"""What articles rest on, page by page: a version of a post as it is cited, a story of several posts."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from articles import stories
from articles.cited import LISTED, citations_of, cited_words, find_version, read_version
from web.conditional import public_page
from web.keyset import CURSORS, window
from wires import generations
from wires.lists import as_listed, by_hour


@public_page(generations.reader("wire", "pages"))
def cited_version(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """Show a version of a post as live articles cite it; the post where none does any more.

    Three queries.
    """
    key = find_version(pk, n)
    citations = citations_of(key) if key else []
    if key is None or not citations:
        return HttpResponseRedirect(reverse("wires:post", args=[pk]))
    version = read_version(key)
    context = {
        "words": version,
        "post": version.post,
        "outlet": version.post.channel.outlet,
        "cited": cited_words(version, citations),
        "listed": LISTED,
        "is_demo": version.post.channel.outlet.is_demo,
    }
    response = render(request, "articles/cited_version.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@public_page(generations.reader("wire", "pages"), query=CURSORS)
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """One story as the wire tells it, every post of it. Six queries."""
    page = window(stories.posts_of_story(pk), request.GET, field="wire_at", size=stories.PAGE)
    if not page.rows:
        message = "No such story, or none of its posts is public any more."
        raise Http404(message)
    listed = {**as_listed(page), "hours": by_hour(page.rows, stories_fold=False)}
    response = render(request, "articles/story.html", {**listed, **stories.story_page(pk, page)})
    response.headers["X-Robots-Tag"] = "noindex"
    return response
