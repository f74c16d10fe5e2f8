"""Words entered by hand at the desk: compared with the original, confirmed, taken back."""

import zlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from desk.admin import DeskAdmin
from desk.pictures import media_type
from desk.staff import staff_user
from wires import ingest
from wires.models import Evidence, Post, PostVersion

ENTERED = "Version {n}: words entered by hand."
SCREENSHOT = "Version {n}: a screenshot was added."
CONFIRMED = "Version {n}: the words entered by {who} were confirmed."
TAKEN_BACK = "Version {n}: the confirmation was taken back."


def confirm(model_admin: DeskAdmin, request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """Show words that somebody entered by hand beside what there is to compare; confirm them."""
    version = _version(request, pk, n)
    if request.method == "POST":
        try:
            ingest.confirm(version, by=staff_user(request), at=timezone.now())
        except ingest.NotConfirmed as error:
            model_admin.message_user(request, str(error), messages.ERROR)
        else:
            said = CONFIRMED.format(n=n, who=version.captured_by)
            model_admin.log_change(request, version.post, said)
            model_admin.message_user(request, "Words confirmed. Readers see them now.")
        return redirect("admin:wires_post_change", pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Confirm words",
        "opts": model_admin.opts,
        "version": version,
        "post": version.post,
        "screenshots": version.evidence.filter(kind=Evidence.Kind.SCREENSHOT).defer("body"),
        "objection": ingest.find_objection(version, to=staff_user(request), at=timezone.now()),
    }
    return TemplateResponse(request, "admin/wires/post/confirm.html", context)


def take_back(model_admin: DeskAdmin, request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """Take a confirmation back that no published article relies on."""
    version = _version(request, pk, n)
    try:
        ingest.take_back(version, by=staff_user(request))
    except ingest.NotConfirmed as error:
        model_admin.message_user(request, str(error), messages.ERROR)
    else:
        model_admin.log_change(request, version.post, TAKEN_BACK.format(n=n))
        said = "Confirmation taken back. Only the desk sees these words now."
        model_admin.message_user(request, said)
    return redirect("admin:wires_post_change", pk)


def screenshot(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Show a screenshot to the desk. One query."""
    if not request.user.has_perm("wires.view_evidence"):
        raise PermissionDenied
    rows = Evidence.objects.filter(kind=Evidence.Kind.SCREENSHOT, post_version__post=pk)
    kept = get_object_or_404(rows, pk=evidence, body__isnull=False).body
    body = zlib.decompress(bytes(kept or b""))
    kind = media_type(body)
    if not kind:
        # From before they were encoded here: nobody knows what it is.
        message = "This screenshot is not in a format that is shown."
        raise Http404(message)
    return HttpResponse(body, kind)


def log_entered(
    model_admin: DeskAdmin, request: HttpRequest, post: Post, form: Form, *, before: Post | None
) -> None:
    """Log words and screenshots that came from a person; `before` is the post as it was."""
    version = post.newest_version
    was = before.newest_version if before else None
    if version is not None and version.captured_by_id is not None and version != was:
        model_admin.log_change(request, post, ENTERED.format(n=version.n))
    if version is not None and form.cleaned_data["screenshot"]:
        model_admin.log_change(request, post, SCREENSHOT.format(n=version.n))


def _version(request: HttpRequest, pk: int, n: int) -> PostVersion:
    """Return a version of a post for those who may confirm it. Raises PermissionDenied, Http404."""
    if not request.user.has_perm(ingest.CONFIRMING):
        raise PermissionDenied
    versions = PostVersion.objects.select_related(
        "post__channel__outlet", "captured_by", "confirmation"
    )
    return get_object_or_404(versions, post=pk, n=n, captured_by__isnull=False)
