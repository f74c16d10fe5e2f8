"""The buttons that change what is public; each calls one function of publishing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from articles import publishing, vetting
from articles.models import Article, Schedule
from desk.staff import staff_user
from desk.times import clock_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A button: its name in the form, its label, who may press it and when it is shown."""

    name: str
    label: str
    done: str
    permission: str
    statuses: frozenset[str]
    act: Callable[[Article, User, datetime, str], Any]
    is_main: bool = False
    # The other buttons are next to the findings.
    in_bar: bool = True
    # The page that asks for more, once the form is saved.
    leads_to: str = ""
    of_scheduled: bool = False

    def fits(self, article: Article | None, user: Any) -> bool:
        status = article.status if article else Article.Status.DRAFT
        return status in self.statuses and bool(user.has_perm(self.permission))


def _submit(article: Article, by: User, at: datetime, note: str) -> None:
    publishing.submit(article, by=by, at=at)


def _publish(article: Article, by: User, at: datetime, note: str) -> None:
    publishing.publish(article, by=by, at=at)


def _update(article: Article, by: User, at: datetime, note: str) -> None:
    publishing.update(article, by=by, at=at, note=note)


def _correct(article: Article, by: User, at: datetime, note: str) -> None:
    publishing.correct(article, by=by, at=at, note=note)


def _ask_for_time(article: Article, by: User, at: datetime, note: str) -> None:
    """Check the right: the page that follows does the act."""
    publishing.allow(by, SCHEDULING, "schedule an article")


def _reschedule(article: Article, by: User, at: datetime, note: str) -> None:
    """Put the draft as it is saved now in place of what is scheduled, for the same time."""
    publishing.allow(by, SCHEDULING, "schedule an article")
    current = Schedule.objects.open().filter(article=article).first()
    if current is None:
        message = "The schedule was cancelled, or its text is public already."
        raise publishing.ScheduleOver(message)
    publishing.schedule(
        article, due_at=current.due_at, by=by, at=at, kind=current.kind, note=current.note
    )


def _refer(article: Article, by: User, at: datetime, note: str) -> None:
    publishing.request_override(article, by=by, at=at)


SCHEDULING = "articles.publish_article"
PUBLIC_NOTE = "id_public_note"
SAVED_ONLY = "Your text is saved, and nothing public has changed."
WHERE_THE_NOTE_IS = "Write it into “Public note”, below the framing note."
NEVER_PUBLIC = frozenset({Article.Status.DRAFT, Article.Status.REVIEW})

VERBS = (
    Verb(
        name="_submit",
        label="Submit for review",
        done="The article is in review.",
        permission="articles.submit_article",
        statuses=frozenset({Article.Status.DRAFT}),
        act=_submit,
    ),
    Verb(
        name="_publish",
        label="Publish now",
        done="The article is public.",
        permission="articles.publish_article",
        statuses=NEVER_PUBLIC,
        act=_publish,
        is_main=True,
    ),
    Verb(
        name="_update",
        label="Update now",
        done="The public page is up to date, with your note.",
        permission="articles.update_article",
        statuses=frozenset({Article.Status.LIVE}),
        act=_update,
        is_main=True,
    ),
    Verb(
        name="_correct",
        label="Correct now",
        done="The public page is corrected, with your note.",
        permission="articles.correct_article",
        statuses=frozenset({Article.Status.LIVE}),
        act=_correct,
    ),
    Verb(
        name="_schedule",
        label="Schedule…",
        done="",
        permission=SCHEDULING,
        statuses=NEVER_PUBLIC | {Article.Status.SCHEDULED, Article.Status.LIVE},
        act=_ask_for_time,
        leads_to="admin:articles_article_schedule",
    ),
    Verb(
        name="_reschedule",
        label="Schedule this text",
        done="What is saved now goes out at the scheduled time.",
        permission=SCHEDULING,
        statuses=frozenset({Article.Status.SCHEDULED, Article.Status.LIVE}),
        act=_reschedule,
        is_main=True,
        of_scheduled=True,
    ),
    Verb(
        name="_refer",
        label="Ask for a second person",
        done="Publishers now see it on the desk’s first page, with its holds.",
        permission="articles.publish_article",
        statuses=frozenset({Article.Status.DRAFT, Article.Status.REVIEW, Article.Status.LIVE}),
        act=_refer,
        in_bar=False,
    ),
)


def shown(
    article: Article | None, user: Any, schedule: Schedule | None, *, is_changed: bool = False
) -> list[Verb]:
    """Return the buttons of the bar. What is scheduled is not published beside its schedule.

    Who may publish hands a draft to somebody by name, with the link to that page. `is_changed` is
    whether the saved draft is another than what is scheduled.
    """
    fitting = [verb for verb in VERBS if verb.in_bar and verb.fits(article, user)]
    if any(verb.is_main for verb in fitting):
        fitting = [verb for verb in fitting if verb.name != "_submit"]
    if schedule is None:
        return [verb for verb in fitting if not verb.of_scheduled]
    labels = {
        "_schedule": "Change or cancel schedule…",
        "_reschedule": f"Schedule {'this text' if is_changed else 'edits'} for"
        f" {clock_time(schedule.due_at)}",
    }
    return [
        replace(verb, label=labels[verb.name], is_main=verb.is_main and is_changed)
        for verb in fitting
        if verb.name in labels
    ]


def asked(request: HttpRequest) -> Verb | None:
    """Return the verb of the pressed button, if any."""
    if request.method != "POST":
        return None
    return next((verb for verb in VERBS if verb.name in request.POST), None)


def perform(request: HttpRequest, verb: Verb, article: Article) -> str:
    """Perform the verb and tell the user the result. Call it outside a transaction.

    Return the element of the form that lacks something, "" where none does.
    """
    note = request.POST.get("public_note", "")
    try:
        verb.act(article, staff_user(request), timezone.now(), note)
    except publishing.HeldByChecks as held:
        for finding in held.findings:
            messages.error(
                request, f"Hold: {vetting.title_of(finding.code)}. {_why(finding, held)}"
            )
        messages.warning(request, "Your text is saved. Nothing public has changed: " + str(held))
    except publishing.NoteMissing as refused:
        # The form says it again at the field, where the person is led.
        said = f"{SAVED_ONLY} {refused} {WHERE_THE_NOTE_IS}"
        messages.error(request, said, extra_tags=PUBLIC_NOTE)
        return PUBLIC_NOTE
    except publishing.Refused as refused:
        messages.error(request, f"{SAVED_ONLY} {refused}")
    else:
        if verb.done:
            messages.success(request, verb.done)
    return ""


def publish_each(request: HttpRequest, articles: Iterable[Article]) -> None:
    """Publish each article on its own and tell the user each result."""
    for article in articles:
        try:
            publishing.publish(article, by=staff_user(request), at=timezone.now())
        except publishing.HeldByChecks as held:
            whys = " ".join(
                f"{vetting.title_of(finding.code)}: {_why(finding, held)}"
                for finding in held.findings
            )
            messages.error(request, f"“{article}” is held. {whys}")
        except publishing.Refused as refused:
            messages.error(request, f"“{article}” is not published. {refused}")
        else:
            messages.success(request, f"“{article}” is public.")


def _why(finding: vetting.Finding, held: publishing.HeldByChecks) -> str:
    return held.uncounted.get(finding.fingerprint, finding.message)
