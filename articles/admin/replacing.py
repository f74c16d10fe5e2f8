"""Replace the file of a picture: what readers see changes at once, so that is said before."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from articles.admin.alerts import desk_context, require_permission
from articles.cards import forget_cards
from articles.forms import ReplaceFileForm
from articles.models import Image, SocialCard
from articles.pictures import (
    NotReplaced,
    PictureNotStored,
    articles_showing,
    is_shown_to_readers,
    replace_file,
)
from desk.staff import staff_user

SHOWN = 100
REPLACED = "The file is replaced. Look at the focal point, and at what is said of the image."


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another file, saying who shows the picture, and store it. Slow: it is decoded here."""
    require_permission(request, "articles.change_image")
    image = get_object_or_404(Image, pk=pk)
    shown = articles_showing(image, most=SHOWN)
    if not may_replace(request, image):
        raise PermissionDenied
    form = ReplaceFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _replaced(request, image, form):
        return redirect("admin:articles_image_change", image.pk)
    context = desk_context(request, "Replace file") | {"image": image, "shown": shown, "form": form}
    return TemplateResponse(request, "admin/articles/image/replace.html", context)


def may_replace(request: HttpRequest, image: Image) -> bool:
    """Return whether somebody may: of what readers see, only who may update articles."""
    return request.user.has_perm("articles.update_article") or not is_shown_to_readers(image)


def _replaced(request: HttpRequest, image: Image, form: ReplaceFileForm) -> bool:
    picture: Any = form.cleaned_data["image"]
    by, at = staff_user(request), timezone.now()
    try:
        replace_file(image, picture, by=by, at=at)
    except (NotReplaced, PictureNotStored) as refusal:
        form.add_error("image", str(refusal))
        return False
    # They show the file that was replaced.
    forget_cards(SocialCard.objects.filter(version__image=image))
    LogEntry.objects.log_actions(
        by.pk, [image], CHANGE, change_message="Replaced the file.", single_object=True
    )
    messages.success(request, f"{REPLACED} {' '.join(picture.lost)}".rstrip())
    return True
