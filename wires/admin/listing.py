"""Channels in and out as OPML: upload, look, add."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from desk.staff import staff_user
from web.words import count_of
from wires import generations
from wires.admin.testing import AddressTestingAdmin
from wires.channel_forms import ChannelListForm
from wires.ingest.channel_lists import (
    PlannedChannel,
    add_channels,
    listed_channels,
    plan_channels,
)
from wires.platforms.opml import ListedSource, write_opml

# What was shown is what is added: the lines go to the browser and come back signed.
SALT = "channels of an OPML file"
LONGEST_LOOK = 3600  # seconds


class ChannelListAdmin(AddressTestingAdmin):
    """The admin of channels, as far as it takes in and gives out lists."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        add_list = view(require_POST(self.add_list))
        return [
            path("import/", view(self.import_list), name="wires_channel_import"),
            path("import/add/", add_list, name="wires_channel_import_add"),
            path("export/", view(require_safe(self.export_list)), name="wires_channel_export"),
            *super().get_urls(),
        ]

    def import_list(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file, and show what each of its lines would become."""
        self.require(self.has_add_permission(request))
        form = ChannelListForm(request.POST or None, request.FILES or None)
        if not form.is_valid():
            return self._list_page(request, form=form)
        planned = plan_channels(form.cleaned_data["file"])
        lines = [asdict(each.line) for each in planned if each.channel]
        signed = signing.dumps([staff_user(request).pk, lines], salt=SALT, compress=True)
        return self._list_page(request, planned=planned, signed=signed if lines else "")

    def add_list(self, request: HttpRequest) -> HttpResponse:
        """Add the channels of a list that was looked at. They are planned again: it may be a while."""
        self.require(self.has_add_permission(request) and request.user.has_perm("wires.add_outlet"))
        try:
            owner, lines = signing.loads(
                request.POST.get("lines", ""), salt=SALT, max_age=LONGEST_LOOK
            )
            self.require(owner == staff_user(request).pk)
        except signing.BadSignature:
            self.message_user(request, "Upload the file again.", messages.ERROR)
            return redirect("admin:wires_channel_import")
        planned = plan_channels(ListedSource(**line) for line in lines)
        added, failed = add_channels(planned)
        if added:
            LogEntry.objects.log_actions(staff_user(request).pk, added, ADDITION, "From a list.")
            generations.bump("wire")
        self._tell_added(request, len(added), [*planned, *failed])
        return redirect("admin:wires_channel_changelist")

    def export_list(self, request: HttpRequest) -> HttpResponse:
        """Return the channels that are polled, as a file."""
        self.require(self.has_view_permission(request))
        body = write_opml(f"Channels of {settings.SITE_NAME}", listed_channels())
        response = HttpResponse(body, content_type="text/x-opml; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="channels.opml"'
        return response

    def _tell_added(self, request: HttpRequest, count: int, planned: list[PlannedChannel]) -> None:
        said = f"{count_of(count, 'channel')} added, paused. Start them when you are ready."
        self.message_user(request, said, messages.SUCCESS if count else messages.WARNING)
        for each in planned:
            if each.refused:
                self.message_user(request, f"{each.name}: {each.refused}.", messages.WARNING)

    def _list_page(
        self,
        request: HttpRequest,
        *,
        form: ChannelListForm | None = None,
        planned: list[PlannedChannel] | None = None,
        signed: str = "",
    ) -> HttpResponse:
        planned = planned or []
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": "Import channels",
            "opts": self.opts,
            "form": form,
            "signed": signed,
            "new": [each for each in planned if each.channel],
            "known": [each for each in planned if each.known],
            "refused": [each for each in planned if each.refused],
        }
        return TemplateResponse(request, "admin/wires/channel/import.html", context)
