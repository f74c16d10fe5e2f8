"""“Test this address”: before a channel is added, and of one that is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from desk.forms import is_row_id
from desk.staff import staff_user
from web.characters import drop_controls
from wires import ingest
from wires.admin.switching import SwitchingAdmin
from wires.ingest.address_tests import RIGHTS
from wires.ingest.channels import free_code
from wires.known_sources import KnownChannel, KnownSources
from wires.models import AddressTest, Channel, TooOften
from wires.platforms import platform_of
from wires.schedule import registrable_domain

# How often the page of a test looks again, and when it says that it is late.
LOOK_AGAIN = 2  # seconds
LATE = timedelta(seconds=30)
# What else was entered on the form, to go on with after the test.
TYPED = ("outlet", "outlet_name", "code", "language", "time_zone", "origin", "interval_minutes")
LONGEST_TYPED = 300
MOST_MINUTES = 1_000_000


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A headline of a preview; the time is None where the source names none."""

    title: str
    language: str
    at: datetime | None
    dating: str


class AddressTestingAdmin(SwitchingAdmin):
    """The admin of channels, as far as it tests addresses."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("test/", view(require_POST(self.test_address)), name="wires_channel_test"),
            path("test/<int:pk>/", view(require_safe(self.tested)), name="wires_channel_tested"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_test"] = self.may_test(request)
        # Enter presses the first button of a form: of a new channel it tests, then it saves.
        context["tests_first"] = not context.get("original") and "test" not in request.GET
        return super().render_change_form(request, context, *args, **kwargs)

    def may_test(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(right) for right in RIGHTS)

    def test_address(self, request: HttpRequest) -> HttpResponse:
        """Leave the address of the form to the worker, or say why it is not asked at all."""
        self.require(self.may_test(request))
        entered = _entered(request, "address") or _entered(request, "account")
        channel = _channel(request.POST.get("channel", ""))
        typed = {name: drop_controls(request.POST.get(name, ""))[:LONGEST_TYPED] for name in TYPED}
        platform = drop_controls(request.POST.get("platform", ""))[:32]
        typed = {name: value for name, value in typed.items() if value}
        try:
            test = ingest.ask_for_test(
                entered,
                by=staff_user(request),
                at=timezone.now(),
                platform=platform,
                channel=channel,
                minutes=_minutes(typed.get("interval_minutes", "")),
                typed=typed,
            )
        except (ingest.NotTested, TooOften) as error:
            refused = AddressTest(
                entered=entered[:2000],
                platform=platform,
                channel=channel,
                typed=typed,
                problem=str(error),
            )
            status = 429 if isinstance(error, TooOften) else 200
            return self._page(request, refused, status=status)
        return redirect("admin:wires_channel_tested", test.pk)

    def tested(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what would come in, the reason that nothing would, or that it is under way."""
        self.require(self.may_test(request))
        tests = AddressTest.objects.select_related("channel__outlet")
        test = get_object_or_404(tests, pk=pk, by=staff_user(request))
        response = self._page(request, test)
        if test.answered_at is None:
            response.headers["Refresh"] = str(LOOK_AGAIN)
        return response

    def _page(self, request: HttpRequest, test: AddressTest, *, status: int = 200) -> HttpResponse:
        found = test.found or {}
        is_answered = test.pk is None or test.answered_at is not None
        known = _known(test) if is_answered and not test.problem else None
        context = {
            **self.admin_site.each_context(request),
            "title": "Test of an address",
            "opts": self.opts,
            "test": test,
            "is_answered": is_answered,
            "is_late": not is_answered and timezone.now() - test.asked_at > LATE,
            "platform": platform_of(test.platform).label if test.platform else "",
            "account": _account(test),
            "found": found,
            "items": list(_items(found)),
            "known": known,
            "go_on": _form_address(test, found),
            "back": _form_address(test, {}),
            "feeds": [
                (feed, _form_address(test, {}, feed=feed)) for feed in found.get("feeds", ())
            ],
        }
        return TemplateResponse(request, "admin/wires/channel/tested.html", context, status=status)


def find_test_of(request: HttpRequest) -> AddressTest | None:
    """Return the test that led to a form, if it is this person's own. One query, or none."""
    pk = request.GET.get("test", "")
    if not is_row_id(pk):
        return None
    tests = AddressTest.objects.filter(pk=pk, by=staff_user(request), problem="")
    return tests.exclude(answered_at=None).first()


def _entered(request: HttpRequest, name: str) -> str:
    return drop_controls(request.POST.get(name, "")).strip()


def _channel(pk: str) -> Channel | None:
    return Channel.objects.filter(pk=pk).first() if is_row_id(pk) else None


def _minutes(text: str) -> int:
    usual: int = Channel._meta.get_field("interval_minutes").get_default()
    return int(text) if is_row_id(text) and 2 <= int(text) <= MOST_MINUTES else usual


def _account(test: AddressTest) -> str:
    """Return the account as people know it: by the handle that the test has found."""
    account = (test.found or {}).get("account") or test.account
    return platform_of(test.platform).account_name(account) if test.account else ""


def _known(test: AddressTest) -> KnownChannel | None:
    """Return another channel that reads the same. One query."""
    probe = Channel(
        platform=test.platform,
        account=test.account,
        address=test.address,
        numeric_id=test.found.get("numeric_id", ""),
    )
    return KnownSources.read(platform=test.platform, without=test.channel_id).find(probe)


def _items(found: dict[str, Any]) -> Iterator[ShownItem]:
    for item in found.get("items", ()):
        at = datetime.fromisoformat(item["posted_at"]) if item["posted_at"] else None
        yield ShownItem(item["title"], item["language"], at, item["dating"])


def _form_address(test: AddressTest, found: dict[str, Any], *, feed: str = "") -> str:
    """Return the address of the form with what was entered and, once it was tested, found."""
    fields = dict(test.typed) | {"address": feed or test.entered}
    if feed or not found:
        fields["platform"] = "" if feed else test.platform
    else:
        fields |= {"address": test.address, "platform": test.platform, "test": str(test.pk)}
        fields |= _suggested(test, found) | {name: test.typed[name] for name in test.typed}
    if test.channel_id:
        name, args = "admin:wires_channel_change", [test.channel_id]
        fields = {name: fields[name] for name in ("address", "platform", "test") if name in fields}
    else:
        name, args = "admin:wires_channel_add", []
    given = {name: value for name, value in fields.items() if value}
    return f"{reverse(name, args=args)}?{urlencode(given)}"


def _suggested(test: AddressTest, found: dict[str, Any]) -> dict[str, str]:
    """Return an outlet, a code and a language to begin with."""
    account = (found.get("account") or test.account).partition("@")[0].partition(".")[0]
    stem = account or registrable_domain(test.address).partition(".")[0]
    outlet = {} if test.typed.get("outlet") else {"outlet_name": found["title"][:120]}
    return {"code": free_code(stem), "language": found["language"]} | outlet
