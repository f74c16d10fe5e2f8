"""The directory of sources with a scorecard for each, and the articles behind its figures."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_noop

from articles.models import SourceScore, SourceUse
from web.conditional import public_page
from web.keyset import CURSORS, window
from wires import generations

DIRECTORY = 200
PAGE = 20
# What a list of articles can be narrowed to, and what it then says.
SHOWN: Mapping[str, str] = {
    "posts": gettext_noop("Articles that cite it"),
    "edited": gettext_noop("Articles whose post it edited after we cited it"),
    "withdrawn": gettext_noop("Articles whose post it withdrew after we cited it"),
    "corrected": gettext_noop("Articles corrected in a sentence that cites it"),
}


@public_page(generations.reader("pages"), query=("after",))
def directory(request: HttpRequest) -> HttpResponse:
    """List the outlets in the order of their slugs, each with its figures. One query of its own."""
    after = request.GET.get("after", "")
    if "\0" in after:
        message = "The directory has no such page."
        raise Http404(message)
    rows = SourceScore.objects.select_related("outlet").filter(outlet__slug__gt=after)
    scores = list(rows.order_by("outlet__slug")[: DIRECTORY + 1])
    has_more = len(scores) > DIRECTORY
    scores = scores[:DIRECTORY]
    context = {
        "scores": scores,
        "after": after,
        "more": scores[-1].outlet.slug if has_more else "",
        "counted_at": min((score.counted_at for score in scores), default=None),
        "is_demo": any(score.outlet.is_demo for score in scores),
    }
    return render(request, "articles/sources.html", context)


@public_page(generations.reader("pages"), query=(*CURSORS, "show"))
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an outlet's figures, and the articles behind one of them. Two queries of its own."""
    scores = SourceScore.objects.select_related("outlet")
    score = get_object_or_404(scores, outlet__slug=slug)
    show = request.GET.get("show", "posts")
    if show not in SHOWN:
        message = "There is no such list."
        raise Http404(message)
    uses = SourceUse.objects.filter(outlet=score.outlet_id, **{f"{show}__gt": 0})
    kept: dict[str, Any] = {"show": show} if show != "posts" else {}
    page = window(uses.for_cards(), request.GET, field="first_published_at", size=PAGE, **kept)
    context = {
        "score": score,
        "outlet": score.outlet,
        "page": page,
        "show": show,
        "name": SHOWN[show],
        "is_demo": score.outlet.is_demo,
    }
    return render(request, "articles/source.html", context)
