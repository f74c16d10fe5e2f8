"""By what the desk narrows its list of posts."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from wires import platforms
from wires.models import Channel, Outlet, Post


class OutletFilter(admin.SimpleListFilter):
    title, parameter_name = "outlet", "outlet"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        rows = Outlet.objects.order_by("name").values_list("pk", "name")
        return [(str(pk), name) for pk, name in rows]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        channels = Channel.objects.filter(outlet_id=int(value) if value.isdecimal() else 0)
        # Named one by one they are found by the index post_of_its_channel.
        return queryset.filter(channel_id__in=list(channels.values_list("pk", flat=True)))


class PlatformFilter(admin.SimpleListFilter):
    title, parameter_name = "platform", "platform"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return platforms.choices()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(channel__platform=value) if value else queryset


class LanguageFilter(admin.SimpleListFilter):
    """Offer the languages that outlets and channels are said to write in."""

    title, parameter_name = "language", "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        outlets = Outlet.objects.exclude(language="").values_list("language").order_by()
        channels = Channel.objects.exclude(language="").values_list("language").order_by()
        tags = {tag.split("-")[0].lower() for (tag,) in outlets.union(channels)}
        return [(tag, tag) for tag in sorted(tags)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        return queryset.filter(
            Q(latest_version__language=value) | Q(latest_version__language__startswith=f"{value}-")
        )


class CitedFilter(admin.SimpleListFilter):
    title, parameter_name = "cited", "cited"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("yes", "Cited"), ("no", "Not cited")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        cited = Post.objects.filter(wire_sources__isnull=False)
        match self.value():
            case "yes":
                return queryset.filter(pk__in=cited.values("pk"))
            case "no":
                return queryset.exclude(Exists(cited.filter(pk=OuterRef("pk"))))
        return queryset


class HiddenFilter(admin.SimpleListFilter):
    title, parameter_name = "hidden", "hidden"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("no", "On the wire"), ("yes", "Hidden")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "yes":
                return queryset.filter(hidden_at__isnull=False)
            case "no":
                return queryset.filter(hidden_at__isnull=True, latest_version__isnull=False)
        return queryset


class ConfirmedFilter(admin.SimpleListFilter):
    title, parameter_name = "words", "words"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("unconfirmed", "Waiting to be confirmed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        is_asked = self.value() == "unconfirmed"
        return queryset.filter(unconfirmed_version__isnull=False) if is_asked else queryset
