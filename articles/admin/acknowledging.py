"""Acknowledge a finding from the article form, or undo the acknowledgement."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils import timezone

from articles import publishing, vetting
from articles.models import Article
from desk.staff import staff_user

# The names of the buttons; their value is the fingerprint of the finding.
ACKNOWLEDGE, REVOKE = "_acknowledge", "_revoke"


def is_pressed(request: HttpRequest) -> bool:
    return ACKNOWLEDGE in request.POST or REVOKE in request.POST


def apply_button(
    request: HttpRequest, article: Article, *, unsaved: Sequence[vetting.Finding] = ()
) -> str:
    """Store what the pressed button says, if any. Return the reason if that is refused."""
    if article.pk is None or not is_pressed(request):
        return ""
    at, by = timezone.now(), staff_user(request)
    try:
        if fingerprint := request.POST.get(ACKNOWLEDGE):
            note = request.POST.get(f"note-{fingerprint}", "")
            publishing.acknowledge(
                article, fingerprint=fingerprint, note=note, by=by, at=at, unsaved=unsaved
            )
        else:
            publishing.revoke(article, fingerprint=request.POST.get(REVOKE, ""), by=by, at=at)
    except publishing.Refused as refused:
        return str(refused)
    return ""
