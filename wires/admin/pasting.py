"""“Add post”: one post by its link."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from desk.admin import ReadOnlyAdmin
from desk.staff import staff_user
from wires import http, ingest
from wires.admin import confirming
from wires.forms import PasteForm
from wires.models import PastedLink, Post

# How often the page of a link that is being fetched looks again, and when it says that it is late.
LOOK_AGAIN = 3  # seconds
LATE = timedelta(minutes=1)


class PastingAdmin(ReadOnlyAdmin):
    """The admin of posts, as far as it adds one."""

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("wires.import_post")

    def get_urls(self) -> list[URLPattern]:
        staff = self.admin_site.admin_view
        return [
            path("paste/", staff(self.paste), name="wires_post_paste"),
            path("paste/<int:pk>/", staff(self.pasted), name="wires_post_pasted"),
            *super().get_urls(),
        ]

    def paste(self, request: HttpRequest) -> HttpResponse:
        """Add one post by its address; where it must be fetched, the worker does."""
        self.require(self.has_import_permission(request))
        form = PasteForm(request.POST or None, request.FILES or None)
        before = ingest.on_file(form.cleaned_data["address"]) if form.is_valid() else None
        try:
            if form.is_valid() and (post := self._pasted(request, form)):
                confirming.log_entered(self, request, post, form, before=before)
                return self._added(request, post, is_old=before == post)
        except ingest.LeftToWorker:
            return self._left_to_worker(request, form)
        return self._paste_page(request, form)

    def pasted(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what became of a pasted link: its post, the problem, or that it is under way."""
        self.require(self.has_import_permission(request))
        links = PastedLink.objects.select_related("post").defer("screenshot")
        link = get_object_or_404(links, pk=pk, by=staff_user(request))
        if link.post:
            return self._added(request, link.post, is_old=link.post.first_seen_at < link.asked_at)
        if link.problem:
            form = PasteForm({"address": link.address})
            form.add_error("address", link.problem)
            return self._paste_page(request, form)
        context = {
            **self.admin_site.each_context(request),
            "title": "Add post",
            "opts": self.opts,
            "link": link,
            "is_late": timezone.now() - link.asked_at > LATE,
        }
        response = TemplateResponse(request, "admin/wires/post/pasted.html", context)
        response.headers["Refresh"] = str(LOOK_AGAIN)
        return response

    def _added(self, request: HttpRequest, post: Post, *, is_old: bool) -> HttpResponse:
        said = "This post was already on file." if is_old else "Post added."
        self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:wires_post_change", post.pk)

    def _paste_page(self, request: HttpRequest, form: PasteForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Add post",
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/wires/post/paste.html", context)

    def _left_to_worker(self, request: HttpRequest, form: PasteForm) -> HttpResponse:
        link = ingest.leave_to_worker(
            form.cleaned_data["address"].strip(),
            by=staff_user(request),
            at=timezone.now(),
            screenshot=_bytes_of(form),
        )
        return redirect("admin:wires_post_pasted", link.pk)

    def _pasted(self, request: HttpRequest, form: PasteForm) -> Post | None:
        try:
            return ingest.paste(
                form.cleaned_data["address"].strip(),
                text=form.cleaned_data["text"],
                posted_at=form.cleaned_data["posted_at"],
                screenshot=_bytes_of(form) or None,
                by=staff_user(request),
                at=timezone.now(),
                fetch=http.fetch,
                parsers=None,
            )
        except ingest.NotPasted as error:
            form.add_error("address", str(error))
        return None


def _bytes_of(form: PasteForm) -> bytes:
    """Return the screenshot as we encode it, b"" without one."""
    screenshot = form.cleaned_data["screenshot"]
    body: bytes = screenshot.body if screenshot else b""
    return body
