"""Pages of one article's way to readers: review, schedule, embargo."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rights import holders_of
from articles import publishing, vetting
from articles.admin import verbs
from articles.admin.alerts import desk_context, require_permission
from articles.admin.keeping import discard_copies
from articles.forms.drafts import NOTE, Draft
from articles.forms.scheduling import EmbargoForm, ReturnForm, ScheduleForm, SubmitForm
from articles.models import (
    Article,
    ArticleVersion,
    FrontOrder,
    Redirect,
    Review,
    Schedule,
    WorkingCopy,
)
from desk.holders import Holder
from desk.staff import staff_user
from desk.times import clock_time

PUBLISH, UPDATE = "articles.publish_article", "articles.update_article"
SUBMIT, CHANGE = "articles.submit_article", "articles.change_article"
VERB_OF = {"": "Publish", "update": "Publish the update", "correct": "Publish the correction"}
# The moment that the last page named on its button, and the draft that it was about.
CONFIRMED, SEEN = "confirmed", "seen_at"
# The working copy of one's own that holds the public note: of the form that led here.
NOTE_OF = "note_of"

EVER_PUBLIC = (
    "This article is or was public and cannot be deleted. Withdraw it; its address will say why."
)
SCHEDULED = "This article is scheduled and cannot be deleted. Cancel its schedule first."


def open_schedule(article: Article) -> Schedule | None:
    """Return when and how an article goes out, None where nobody scheduled it. One query."""
    return Schedule.objects.open().filter(article=article).select_related("by").first()


def _is_changed(current: Schedule | None, article: Article) -> bool:
    """Return whether later edits do not go out with a schedule. Three queries, none without one."""
    return current is not None and not publishing.is_draft_unchanged(current, article)


# What names an article that was never public, and keeps it.
HOLDERS = (
    Holder(
        Article,
        "live_original",
        "“{name}” is published as a translation of it. Publish this one too, or clear “Translation of”"
        " there and update it. Until then readers do not see this one.",
    ),
    Holder(
        ArticleVersion,
        "original",
        "{name} was published as a translation of it, which stays on record. Leave it as a draft:"
        " readers do not see it.",
    ),
    Holder(
        Redirect,
        "article",
        "it came from another program, and by its address there ({name}) another import knows that"
        " it is here already. Leave it as a draft: readers do not see it.",
    ),
    Holder(
        FrontOrder,
        "banner_article",
        "a front page in the record led to it from the line above the masthead. Leave it as a draft:"
        " readers do not see it.",
    ),
)


def why_not_deleted(article: Article) -> str:
    """Return why an article must not be deleted, "" where it may be."""
    if article.was_ever_public:
        return EVER_PUBLIC
    return SCHEDULED if article.status == Article.Status.SCHEDULED else ""


def state_of(article: Article | None, user: Any) -> dict[str, Any]:
    """Return what the form says of the way of its article to readers: its buttons, its schedule,
    and what its last review said. Three queries, three more where it is scheduled.
    """
    if article is None:
        return {"verbs": verbs.shown(None, user, None)}
    current = open_schedule(article)
    is_changed = _is_changed(current, article)
    review = Review.objects.of_article(article).select_related("by", "to", "answered_by")
    return {
        "verbs": verbs.shown(article, user, current, is_changed=is_changed),
        "schedule": current,
        "is_changed": is_changed,
        "review": None if article.was_ever_public else review.newest_first().first(),
        "may_withdraw": article.is_live and user.has_perm("articles.withdraw_article"),
        "comments": article.comments.open().count() if user.has_perm(CHANGE) else None,
        "may_send_back": article.status == Article.Status.REVIEW and user.has_perm(PUBLISH),
        "may_schedule": user.has_perms((PUBLISH, UPDATE)),
        "may_submit_to": article.status == Article.Status.DRAFT and user.has_perm(SUBMIT),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask when the saved draft goes out, then name the act and its time on the button."""
    article = _article(request, pk)
    current = open_schedule(article)
    form = _schedule_form(request, article, current)
    is_named = form.is_valid() and _can_go_out(form)
    moment = form.moment if is_named else None
    is_confirmed = moment is not None and request.POST.get(CONFIRMED) == moment.isoformat()
    if is_confirmed and _schedule(request, article, form):
        return redirect("admin:articles_article_change", article.pk)
    context = desk_context(request, "Schedule") | {
        "article": article,
        "schedule": current,
        "is_changed": _is_changed(current, article),
        "form": form,
        "moment": moment,
        "verb": VERB_OF[form.cleaned_data.get("kind", "")] if is_named else "",
        "unsaved": _unsaved(request, article),
        "findings": publishing.open_findings(article, at=timezone.now()),
        "zone": settings.NEWSROOM_TIME_ZONE.key,
    }
    return TemplateResponse(request, "admin/articles/article/schedule.html", context)


def _article(request: HttpRequest, pk: int) -> Article:
    """Return the article for who may make it public, whatever it is."""
    if not (request.user.has_perm(PUBLISH) and request.user.has_perm(UPDATE)):
        raise PermissionDenied
    return get_object_or_404(Article.objects.select_related("section", "image"), pk=pk)


def _schedule_form(
    request: HttpRequest, article: Article, current: Schedule | None
) -> ScheduleForm:
    zone = settings.NEWSROOM_TIME_ZONE
    initial = {}
    if current is not None:
        wall = current.due_at.astimezone(zone).replace(tzinfo=None)
        initial = {"when": wall, "kind": current.kind, "note": current.note}
    if article.was_ever_public and (note := _typed_note(request, article)):
        initial["note"] = note
    return ScheduleForm(
        request.POST or None,
        initial=initial,
        zone=zone,
        now=timezone.now(),
        is_update=article.was_ever_public,
    )


def _can_go_out(form: ScheduleForm) -> bool:
    """Return whether something can go out at its time; else the form says why, and no button."""
    try:
        publishing.check_time(form.moment or form.now, at=form.now)
    except publishing.BadTime as refused:
        form.add_error("when", str(refused))
        return False
    return True


def _typed_note(request: HttpRequest, article: Article) -> str:
    """Return the note that was typed into the form which led here. One query, or none."""
    if request.method == "POST" or not (token := request.GET.get(NOTE_OF)):
        return ""
    copies = WorkingCopy.objects.of_form(article).filter(user=staff_user(request), token=token)
    drafts = copies.values_list("draft", flat=True)
    return next((Draft.from_json(draft).fields.get(NOTE, "") for draft in drafts), "")


def _unsaved(request: HttpRequest, article: Article) -> QuerySet[WorkingCopy]:
    """Return what somebody typed into the form and did not save. One query."""
    rows = WorkingCopy.objects.of_form(article).select_related("user").defer("draft")
    rows = rows.exclude(user=staff_user(request), token=request.GET.get(NOTE_OF, ""))
    return rows.filter(typed_at__gt=article.updated_at).newest_first()


def _schedule(request: HttpRequest, article: Article, form: ScheduleForm) -> bool:
    """Schedule it, or say why not: the page then comes back with what was typed."""
    try:
        row = publishing.schedule(
            article,
            due_at=form.moment or timezone.now(),
            by=staff_user(request),
            at=timezone.now(),
            kind=form.cleaned_data.get("kind", ""),
            note=form.cleaned_data.get("note", ""),
            seen_at=_moment(request.POST.get(SEEN, "")),
        )
    except publishing.Refused as refused:
        say_refused(request, refused)
        return False
    discard_copies(request, [request.GET.get(NOTE_OF, "")])
    messages.success(request, f"It goes out {clock_time(row.due_at)}, as it is saved now.")
    return True


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def say_refused(request: HttpRequest, refused: publishing.Refused) -> None:
    """Tell why an act was refused, each hold in a line of its own."""
    if isinstance(refused, publishing.HeldByChecks):
        for finding in refused.findings:
            why = refused.uncounted.get(finding.fingerprint, finding.message)
            messages.error(request, f"Hold: {vetting.title_of(finding.code)}. {why}")
    messages.error(request, f"Nothing has changed. {refused}")


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel the schedule of an article."""
    article = _article(request, pk)
    try:
        publishing.cancel(article, by=staff_user(request), at=timezone.now())
    except publishing.Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, "The schedule is cancelled. Nothing goes out by itself.")
    return redirect("admin:articles_article_change", article.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def embargo(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before when nothing of the article may leave."""
    article = _article(request, pk)
    zone, until = settings.NEWSROOM_TIME_ZONE, article.embargo_until
    initial = {"when": until.astimezone(zone).replace(tzinfo=None)} if until else {}
    form = EmbargoForm(request.POST or None, initial=initial, zone=zone, now=timezone.now())
    if form.is_valid() and _set_embargo(request, article, form.moment):
        return redirect("admin:articles_article_change", article.pk)
    context = desk_context(request, "Embargo") | {"article": article, "form": form}
    return TemplateResponse(request, "admin/articles/article/embargo.html", context)


def _set_embargo(request: HttpRequest, article: Article, until: datetime | None) -> bool:
    try:
        cancelled = publishing.set_embargo(
            article, until=until, by=staff_user(request), at=timezone.now()
        )
    except publishing.Refused as refused:
        say_refused(request, refused)
        return False
    said = f"Nothing of it leaves before {clock_time(until)}." if until else "No embargo."
    messages.success(request, said)
    if cancelled is not None:
        messages.warning(
            request,
            f"It was scheduled for {clock_time(cancelled.due_at)}, before the embargo ends, so"
            " that schedule is cancelled. Schedule it again.",
        )
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a draft to one of the editors, with a comment."""
    require_permission(request, SUBMIT)
    article = get_object_or_404(Article, pk=pk)
    form = SubmitForm(request.POST or None, editors=_editors())
    if form.is_valid():
        return _act(
            request,
            article,
            lambda: publishing.submit(
                article,
                by=staff_user(request),
                at=timezone.now(),
                to=form.cleaned_data["to"],
                comment=form.cleaned_data["comment"],
            ),
            done="The article is in review.",
        )
    context = desk_context(request, "Submit for review") | {"article": article, "form": form}
    context |= {"button": "Submit for review", "unsaved": _unsaved(request, article)}
    return TemplateResponse(request, "admin/articles/article/review.html", context)


def _editors() -> QuerySet[User]:
    return holders_of([PUBLISH]).filter(is_active=True)


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what should change, then hand the article back to its writer."""
    require_permission(request, PUBLISH)
    article = get_object_or_404(Article, pk=pk)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        return _act(
            request,
            article,
            lambda: publishing.send_back(
                article,
                by=staff_user(request),
                at=timezone.now(),
                comment=form.cleaned_data["comment"],
            ),
            done="The article is a draft again, and its writer sees what should change.",
        )
    context = desk_context(request, "Request changes") | {"article": article, "form": form}
    context |= {"button": "Request changes"}
    return TemplateResponse(request, "admin/articles/article/review.html", context)


def _act(request: HttpRequest, article: Article, act: Any, *, done: str) -> HttpResponse:
    try:
        act()
    except publishing.Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, done)
    return redirect("admin:articles_article_change", article.pk)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a stopped schedule off the desk's first page: somebody knows."""
    require_permission(request, PUBLISH)
    Schedule.objects.stopped().filter(pk=pk).update(seen_at=timezone.now())
    return redirect("admin:index")


PAGES = (
    ("<int:pk>/schedule/", schedule, "articles_article_schedule"),
    ("<int:pk>/schedule/cancel/", cancel, "articles_article_schedule_cancel"),
    ("<int:pk>/embargo/", embargo, "articles_article_embargo"),
    ("<int:pk>/submit/", submit, "articles_article_submit"),
    ("<int:pk>/send-back/", send_back, "articles_article_send_back"),
    ("stopped/<int:pk>/seen/", dismiss, "articles_article_schedule_seen"),
)
