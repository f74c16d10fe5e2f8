"""The dialogue in which an editor searches the library for a picture, and says what it shows.

Its parts are HTML for the script of the picture field; without script the library has pages.
"""

from typing import Any, cast

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import construct_change_message
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin.endpoints import require_writer
from articles.forms import ImageForm
from articles.models import Image
from desk.staff import staff_user
from web.keyset import window
from wires import generations

PAGE = 24
LONGEST_SEARCH = 100


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """List the pictures of ?q=, newest first, with thumbnails. One query of its own."""
    require_writer(request)
    words = request.GET.get("q", "")[:LONGEST_SEARCH]
    page = window(Image.objects.search(words), request.GET, field="uploaded_at", size=PAGE, q=words)
    context = {
        "page": page,
        "words": words,
        "may_upload": request.user.has_perm("articles.add_image"),
    }
    return TemplateResponse(request, "admin/articles/image/_library.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a picture of the list with the form of its words and focal point, or store these."""
    require_writer(request)
    image = get_object_or_404(Image, pk=pk)
    form = ImageForm(request.POST or None, instance=image, prefix=f"image{pk}")
    is_saved = request.method == "POST" and form.is_valid()
    if is_saved:
        _save(request, image, form)
        # Cards that show it have another crop.
        generations.bump("pages")
    elif form.is_bound:
        # The line says what is stored, not what was refused.
        image = get_object_or_404(Image, pk=pk)
    context = {"image": image, "form": None if is_saved else form}
    status = 422 if form.is_bound and not is_saved else 200
    return TemplateResponse(request, "admin/articles/image/_choice.html", context, status=status)


def _save(request: HttpRequest, image: Image, form: ImageForm) -> None:
    """Store the words of a picture, and log who changed which, as its own page does."""
    with transaction.atomic():
        form.save_words()
        if form.has_changed():
            said: Any = construct_change_message(cast("Any", form), [], add=False)
            LogEntry.objects.log_actions(
                staff_user(request).pk,
                [image],
                CHANGE,
                change_message=said,
                single_object=True,
            )
