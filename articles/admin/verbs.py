"""The buttons that change what is public; each calls one function of publishing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from articles import publishing, vetting
from articles.models import Article
from desk.staff import staff_user


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

    def fits(self, article: Article | None, user: Any) -> bool:
        status = article.status if article else Article.Status.DRAFT
        return status in self.statuses and bool(user.has_perm(self.permission))


def _submit(article: Article, by: User, at: datetime, note: str) -> None:
    publishing.submit(article, by=by, at=at)


def _publish(article: Article, by: User, at: datetime, note: str) -> None:
    publishing.publish(article, by=by, at=at)


def _update(article: Article, by: User, at: datetime, note: str) -> None:
    publishing.update(article, by=by, at=at, note=note)


def _refer(article: Article, by: User, at: datetime, note: str) -> None:
    publishing.request_override(article, by=by, at=at)


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
        statuses=frozenset({Article.Status.DRAFT, Article.Status.REVIEW}),
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
        name="_refer",
        label="Ask for a second person",
        done="Publishers now see it on the desk’s first page, with its holds.",
        permission="articles.publish_article",
        statuses=frozenset({Article.Status.DRAFT, Article.Status.REVIEW, Article.Status.LIVE}),
        act=_refer,
        in_bar=False,
    ),
)


def asked(request: HttpRequest) -> Verb | None:
    """Return the verb of the pressed button, if any."""
    if request.method != "POST":
        return None
    return next((verb for verb in VERBS if verb.name in request.POST), None)


def perform(request: HttpRequest, verb: Verb, article: Article) -> None:
    """Perform the verb and tell the user the result. Call it outside a transaction."""
    note = request.POST.get("public_note", "")
    try:
        verb.act(article, staff_user(request), timezone.now(), note)
    except publishing.HeldByChecks as held:
        for finding in held.findings:
            messages.error(request, f"Hold, {finding.code}: {_why(finding, held)}")
        messages.warning(request, "Your text is saved. Nothing public has changed: " + str(held))
    except publishing.Refused as refused:
        messages.error(request, f"Your text is saved, and nothing public has changed. {refused}")
    else:
        messages.success(request, verb.done)


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
