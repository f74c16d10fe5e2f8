"""The desk's page of the front page: what is pinned, in which order, and the breaking line.

Nothing is live before Launch. Every button works without script, and then the page that comes back
holds the order that is being made; static/desk/js/front-order.js moves rows in place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from articles import publishing
from articles.admin.alerts import desk_context, require_permission
from articles.forms.scheduling import MomentForm
from articles.models import Article, FrontOrder
from articles.models.front import LONGEST_BANNER, MOST_PINS
from articles.publishing import Arrangement, Current
from articles.views import cards
from desk.staff import staff_user
from newsroom.front import Front, in_bulk, slots
from newsroom.views import front_parts
from wires.lists import ON_TICKER
from wires.live_wire import live_entries

RIGHT = "articles.publish_article"
CANDIDATES = 30
HISTORY = 10
BIGGEST_ID = 2**63 - 1
# Where a pinned article stands that found no place above: there are few articles.
BELOW = "In its section"
UNCHANGED = "The front page has not changed."
LEFT_OUT = "It is left out below: look at the order, then press Launch again."


class BannerForm(MomentForm):
    """The line for breaking news, where it leads, and until when it stands."""

    field_order = ("banner", "banner_article", "when", "which")
    banner = forms.CharField(
        label="Breaking line",
        required=False,
        max_length=LONGEST_BANNER,
        help_text="Stands above the front page. Empty: no line.",
    )
    banner_article = forms.TypedChoiceField(
        label="It leads to", required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, articles: Sequence[Article], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].required = False
        self.fields["when"].label = f"It stands until, time in {self.zone.key}"
        choices = [(article.pk, headline_of(article)) for article in articles]
        self.fields["banner_article"].choices = [("", "Nothing"), *choices]  # type: ignore[attr-defined]


def headline_of(article: Article) -> str:
    return article.live_version.headline if article.live_version else article.headline


@dataclass(frozen=True, slots=True)
class Row:
    """A place of the front page as the desk shows it."""

    article: Article
    place: str

    @property
    def headline(self) -> str:
        return headline_of(self.article)


@require_http_methods(["GET", "HEAD", "POST"])
def front_page(request: HttpRequest) -> HttpResponse:
    """Show the front page as a list; move, pin and unpin in it; launch it. Nine queries to show."""
    require_permission(request, RIGHT)
    at, now = timezone.now(), publishing.current_front()
    made = being_made(request.POST, now.arrangement)
    choices = list(cards().newest_first()[:CANDIDATES])
    form = _banner_form(request, now, choices, at=at)
    is_asked = request.method == "POST" and "launch" in request.POST and form.is_valid()
    if is_asked and _launch(request, _wanted(made, form), at=at):
        return redirect("admin:front")
    return TemplateResponse(
        request, "admin/front.html", _context(request, now, made, choices, form, at=at)
    )


def _banner_form(
    request: HttpRequest, now: Current, choices: Sequence[Article], *, at: datetime
) -> BannerForm:
    zone, set_now = settings.NEWSROOM_TIME_ZONE, now.arrangement
    initial: dict[str, Any] = {
        "banner": set_now.banner,
        "banner_article": set_now.banner_article,
    }
    if set_now.banner_until is not None:
        initial["when"] = set_now.banner_until.astimezone(zone).replace(tzinfo=None)
    return BannerForm(request.POST or None, initial=initial, zone=zone, now=at, articles=choices)


def being_made(data: QueryDict, now: Arrangement) -> Arrangement:
    """Return how the form that was sent arranges the page, without the line for breaking news."""
    two_leads = "two_leads" in data if data else now.two_leads
    return Arrangement(pins=moved(data, now.pins), two_leads=two_leads)


def moved(data: QueryDict, pins: Sequence[int]) -> tuple[int, ...]:
    """Return the pins after the pressed button; `data` holds the order that is being made."""
    order = list(pins)
    if data:
        order = list(dict.fromkeys(pk for text in data.getlist("pin") if (pk := _id(text))))
    verb, _, text = data.get("move", "").partition(":")
    pk = _id(text)
    if pk and verb in {"pin", "lead"}:
        order = [each for each in order if each != pk]
        order.insert(0 if verb == "lead" else len(order), pk)
    elif pk in order:
        place = order.index(pk)
        order.pop(place)
        if verb != "unpin":
            order.insert(max(0, place - 1) if verb == "up" else place + 1, pk)
    return tuple(order[:MOST_PINS])


def _id(text: str) -> int:
    """Return an id, 0 where it is none that a column holds."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 20
    return number if is_number and (number := int(text)) <= BIGGEST_ID else 0


def _wanted(made: Arrangement, form: BannerForm) -> Arrangement:
    data = form.cleaned_data
    if not data["banner"]:
        return made
    return replace(
        made,
        banner=data["banner"],
        banner_article=data["banner_article"],
        banner_until=form.moment,
    )


def _launch(request: HttpRequest, wanted: Arrangement, *, at: datetime) -> bool:
    try:
        publishing.arrange_front(
            wanted, seen=_id(request.POST.get("seen", "")), by=staff_user(request), at=at
        )
    except publishing.WrongState as refused:
        messages.error(request, f"{UNCHANGED} {refused} {LEFT_OUT}")
        return False
    except publishing.Refused as refused:
        messages.error(request, f"{UNCHANGED} {refused}")
        return False
    messages.success(request, "Readers now see the front page in this order.")
    return True


def _context(
    request: HttpRequest,
    now: Current,
    made: Arrangement,
    choices: Sequence[Article],
    form: BannerForm,
    *,
    at: datetime,
) -> dict[str, Any]:
    pins, set_now = made.pins, now.arrangement
    page = slots(at, tried=replace(set_now, pins=pins, two_leads=made.two_leads))
    places = places_of(page)
    known = {article.pk: article for article in (*choices, *page.articles)}
    known |= in_bulk(set(pins) - known.keys())
    shown = {*places, *pins}
    orders = FrontOrder.objects.select_related("by").newest_first()[:HISTORY]
    return desk_context(request, "Front page") | {
        "pinned": [Row(known[pk], places.get(pk, BELOW)) for pk in pins if pk in known],
        "filled": [Row(known[pk], place) for pk, place in places.items() if pk not in pins],
        "others": [article for article in choices if article.pk not in shown],
        "form": form,
        "seen": _id(request.POST.get("seen", "")) or now.n,
        "two_leads": made.two_leads,
        "is_changed": (pins, made.two_leads) != (set_now.pins, set_now.two_leads),
        "orders": list(orders),
        "most": MOST_PINS,
    }


def places_of(page: Front) -> dict[int, str]:
    """Return the places that pins can take by the article that has them, from the lead on."""
    leads = zip(("Lead", "Second lead"), ([article] for article in page.leads), strict=False)
    named = (*leads, ("Side", page.side), ("Second row", page.row))
    return {
        article.pk: place
        for place, articles in (*named, ("Most recent", page.recent))
        for article in articles
    }


@require_POST
def front_preview(request: HttpRequest) -> HttpResponse:
    """Show the front page as readers would see it in the order that is being made."""
    require_permission(request, RIGHT)
    at, now = timezone.now(), publishing.current_front()
    choices = list(cards().newest_first()[:CANDIDATES])
    form = _banner_form(request, now, choices, at=at)
    made = being_made(request.POST, now.arrangement)
    wanted = _wanted(made, form) if form.is_valid() else made
    entries = live_entries(at)[ON_TICKER:]
    parts = front_parts(has_wire=bool(entries), at=at, tried=wanted)
    context = {"parts": parts, "entries": entries, "updated_at": parts.changed_at}
    return render(request, "newsroom/front.html", context | {"is_demo": parts.is_demo})


@require_POST
def front_undo(request: HttpRequest) -> HttpResponse:
    """Arrange the front page as it was before."""
    require_permission(request, RIGHT)
    try:
        publishing.undo_front(
            seen=_id(request.POST.get("seen", "")), by=staff_user(request), at=timezone.now()
        )
    except publishing.Refused as refused:
        messages.error(request, f"The front page has not changed. {refused}")
    else:
        messages.success(request, "The front page is as it was before.")
    return redirect("admin:front")
