"""The public wire: its list, the live fragment, archived posts and outlets."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from web.conditional import public_page
from web.keyset import CURSORS, window
from wires import generations
from wires.archived_post import UNSHOWN_OF_A_POST, archived_post, citations_of
from wires.filters import ASKED, LISTS, Filters, choices
from wires.lists import as_listed, listed_posts
from wires.live_wire import live_fragment
from wires.models import Outlet, Post
from wires.newest import of_channels
from wires.search import found_window

CHANNELS_SHOWN = 40


@public_page(generations.reader("wire"), shows_clocks=False)
def fragment(request: HttpRequest) -> HttpResponse:
    """The live wire's entries alone, for the script that refreshes them in place."""
    return HttpResponse(live_fragment(timezone.now()))


@public_page(generations.reader("wire", "pages"), query=(*CURSORS, *ASKED), lists=LISTS)
def wire(request: HttpRequest) -> HttpResponse:
    """Every post, newest first, by words, outlet, platform and language. Five queries of its own."""
    filters = Filters.read(request.GET)
    query = filters.as_search(at=timezone.now())
    if query is None:
        page = window(
            listed_posts(), request.GET, field="wire_at", narrow=filters.narrow,
            reach=filters.reach, **filters.as_query(),
        )  # fmt: skip
    else:
        page = found_window(
            query, listed_posts(), request.GET, is_public=True, **filters.as_query()
        )
    context = {
        "filters": filters,
        "query": query,
        **as_listed(page, of_one_outlet=bool(filters.outlet or (query and query.outlets))),
        **choices(filters),
    }
    return render(request, "wires/wire.html", context)


@public_page(generations.reader("wire", "pages"))
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """An archived post. A hidden one is not found unless a live article cites it.

    Nor is one whose words somebody entered by hand and nobody confirmed.

    Three queries; one or two more for the words of one that was taken back.
    """
    post = get_object_or_404(Post.objects.with_words().defer(*UNSHOWN_OF_A_POST), pk=pk)
    citations = citations_of(post)
    if (post.is_hidden or post.latest_version is None) and not citations:
        message = "No such post."
        raise Http404(message)
    response = render(request, "wires/post.html", archived_post(post, citations))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@public_page(generations.reader("wire", "pages"))
def in_an_article(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the sentence of the newest live article that cites a post; to the post where none does.

    A list of posts need not know which that is: two queries here, none there.
    """
    post = get_object_or_404(Post.objects.only("state", "hidden_at", "latest_version"), pk=pk)
    citations = citations_of(post)
    return HttpResponseRedirect(citations[0].sentence_url if citations else post.get_absolute_url())


@public_page(generations.reader("wire", "pages"), query=CURSORS)
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """Who an outlet is, where it posts, and what it posted. Four queries."""
    outlet = get_object_or_404(Outlet, slug=slug)
    channels = list(outlet.channels.public().order_by("platform", "code")[:CHANNELS_SHOWN])
    if not channels and outlet.channels.exists():
        message = "No such outlet: nobody has confirmed what was entered of it by hand."
        raise Http404(message)
    of_outlet = partial(of_channels, channels=outlet.channels.all())
    page = window(listed_posts(), request.GET, field="wire_at", narrow=of_outlet)
    context = {"outlet": outlet, "channels": channels, **as_listed(page, of_one_outlet=True)}
    return render(request, "wires/outlet.html", context | {"is_demo": outlet.is_demo})
