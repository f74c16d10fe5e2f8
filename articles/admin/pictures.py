"""The admin of the picture library."""

from functools import partial
from typing import Any, override

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html

from articles.admin import choosing, replacing
from articles.forms import ImageForm, ImageUploadForm
from articles.models import Image
from articles.pictures import PictureNotStored, articles_showing, delete_picture, is_kept_by
from desk.admin import DeskAdmin
from desk.staff import staff_user
from desk.times import desk_time
from wires import generations


@admin.register(Image)
class ImageAdmin(DeskAdmin):
    form = ImageForm
    heading = "Images"
    list_display = ("thumbnail", "said", "credit", "size_in_words", "taken_in", "mark")
    list_display_links = ("said",)
    list_select_related = False
    search_fields = ("alt", "credit", "rights", "caption")
    ordering = ("-uploaded_at", "-pk")
    fields = (
        "thumbnail", "mark", "alt", "is_decorative", "credit", "rights", "caption",
        "focus_x", "focus_y",
    )  # fmt: skip
    readonly_fields = ("thumbnail", "mark")
    change_form_template = "admin/articles/image/change_form.html"
    # Cards that show it have another crop.
    after_save = (partial(generations.bump, "pages"),)

    @admin.display(description="Image")
    def thumbnail(self, image: Image) -> str:
        return format_html(
            '<img class="thumbnail" src="{}" alt="" width="{}" height="{}" loading="lazy">',
            image.thumbnail_url,
            image.width,
            image.height,
        )

    @admin.display(description="What it shows")
    def said(self, image: Image) -> str:
        return image.alt or ("Decorative" if image.is_decorative else "No alternative text yet")

    @admin.display(description="Size")
    def size_in_words(self, image: Image) -> str:
        kind = image.get_extension_display()
        return f"{kind}, {image.width} × {image.height}, {max(image.size // 1024, 1)} kB"

    @admin.display(description="Uploaded, UTC")
    def taken_in(self, image: Image) -> str:
        return desk_time(image.uploaded_at)

    @admin.display(description="Mark")
    def mark(self, image: Image) -> str:
        return format_html("<code>![](image:{})</code>", image.pk)

    def get_urls(self) -> list[URLPattern]:
        staff = self.admin_site.admin_view
        return [
            path("library/", staff(choosing.library), name="articles_image_library"),
            path("library/<int:pk>/", staff(choosing.picture), name="articles_image_words"),
            path("<int:pk>/replace/", staff(replacing.replace), name="articles_image_replace"),
            *super().get_urls(),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add a picture. Decoding is slow, so it stays out of the admin's transaction."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImageUploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                image = form.save_picture(by=staff_user(request), at=timezone.now())
            except PictureNotStored as failure:
                form.add_error("image", str(failure))
            else:
                self.message_user(
                    request, f"The image is in the library. {form.lost}".rstrip(), messages.SUCCESS
                )
                return redirect("admin:articles_image_change", image.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": "Upload image",
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/articles/image/upload.html", context)

    @override
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # Only these: the file may be replaced, and renditions made, meanwhile.
        form.save_words()
        for call in self.after_save:
            transaction.on_commit(call, robust=True)

    def record_context(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """Say which articles show it. Two queries, three for who may not update articles."""
        image = self.get_object(request, object_id)
        if not isinstance(image, Image):
            return {}
        shown = articles_showing(image, most=replacing.SHOWN)
        may_replace = self.has_change_permission(request) and replacing.may_replace(request, image)
        return {"shown": shown, "may_replace": may_replace, "show_delete": not shown}

    def why_kept(self, row: Image) -> str:
        """Return which texts show an image, also by its mark in their body."""
        kept_by = is_kept_by(row)
        shown = " and ".join(kept_by)
        return (
            f"This image cannot be deleted: {shown} shows it. Replace its file instead."
            if kept_by
            else ""
        )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_picture(obj)
