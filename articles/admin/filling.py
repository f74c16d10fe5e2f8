"""Fill the form of an article from an unsaved text or an overwritten draft, without saving it.

`?take=…` names an unsaved text of one's own, `?restore=5` an overwritten draft of the article, and
`?version=2` a published version.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from articles.admin.keeping import MOST_TAKEN
from articles.forms.differing import Difference, differences
from articles.forms.drafts import CITES, MANY, OF_SOURCE, Draft, Source, draft_of
from articles.forms.unsaved import whole
from articles.forms.version_drafts import draft_of_version
from articles.models import Article, OverwrittenDraft, WorkingCopy
from desk.staff import staff_user
from desk.times import clock_time

NOTHING = Draft(fields={}, sources=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What the form is filled from, in words too, and the save that it was typed upon."""

    draft: Draft
    seen_at: datetime | None
    name: str
    taken: str = ""

    def rows_of(self, article: Article | None) -> tuple[list[Source], list[Source]]:
        """Return the rows that have a stored row, and the others. One query."""
        stored = set(article.wire_sources.values_list("pk", flat=True)) if article else set()
        is_stored = [whole(row["id"]) in stored for row in self.draft.sources]
        pairs = list(zip(self.draft.sources, is_stored, strict=True))
        return [row for row, is_old in pairs if is_old], [
            row for row, is_old in pairs if not is_old
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An unsaved text that the form offers, and in what it differs from what is saved."""

    copy: WorkingCopy
    is_older: bool
    differences: tuple[Difference, ...]


def offers(request: HttpRequest, article: Article | None, *, but: str = "") -> list[Offer]:
    """Return what this person typed here and did not save, newest first. One to three queries."""
    copies = WorkingCopy.objects.of_form(article).filter(user=staff_user(request))
    found = list(copies.exclude(token=but).newest_first()[:MOST_TAKEN])
    stored = draft_of(article) if article and found else NOTHING
    read = _different(found)
    return [
        Offer(
            copy=copy,
            is_older=bool(article and copy.seen_at and copy.seen_at < article.updated_at),
            differences=tuple(differences(stored, draft)),
        )
        for copy, draft in read
        if not draft.says_the_same(stored) and (article or draft.texts or draft.sources)
    ]


def _different(copies: Iterable[WorkingCopy]) -> list[tuple[WorkingCopy, Draft]]:
    """Return copies with what they hold, one of those that hold the same."""
    read: list[tuple[WorkingCopy, Draft]] = []
    for copy in copies:
        draft = Draft.from_json(copy.draft)
        if not any(draft.says_the_same(other) for _, other in read):
            read.append((copy, draft))
    return read


def asked_filling(request: HttpRequest, article: Article | None) -> Filling | None:
    """Return what the address names; None where it names nothing of theirs. One query."""
    if request.method != "GET":
        return None
    if token := request.GET.get("take", ""):
        copies = WorkingCopy.objects.of_form(article).filter(user=staff_user(request), token=token)
        for copy in copies:
            return Filling(
                draft=Draft.from_json(copy.draft),
                seen_at=copy.seen_at,
                name=f"What you typed until {clock_time(copy.typed_at)}",
                taken=copy.token,
            )
    if article and (pk := whole(request.GET.get("restore"))):
        for row in OverwrittenDraft.objects.filter(article=article, pk=pk):
            # It is meant to take the place of what is saved now.
            name = f"The draft that was saved {clock_time(row.saved_at)}"
            return Filling(draft=Draft.from_json(row.draft), seen_at=article.updated_at, name=name)
    if article and (n := whole(request.GET.get("version"))):
        for version in article.versions.filter(n=n, erased_at=None):
            draft = draft_of_version(version, article)
            return Filling(draft=draft, seen_at=article.updated_at, name=f"Version {n}")
    return None


def filling_of(request: HttpRequest, article: Article | None) -> Filling | None:
    """Return what the form is filled from, asked for once a request: formsets ask first."""
    if not hasattr(request, "filling"):
        saved = article if article and article.pk else None
        request.filling = asked_filling(request, saved)  # type: ignore[attr-defined]  # for this request alone
    found: Filling | None = request.filling  # type: ignore[attr-defined]
    return found


def fill_form(form: Any, filling: Filling) -> None:
    """Put the fields of a draft into a form that is not bound."""
    for name, text in filling.draft.fields.items():
        if name in form.fields:
            form.initial[name] = text.split() if name in MANY else text
    if filling.seen_at:
        form.initial["seen_at"] = filling.seen_at.isoformat()


def fill_sources(forms: Any, rows: list[Source]) -> None:
    """Put rows of a draft into the forms of stored rows; one that it lacks is to be removed."""
    by_id = {whole(row["id"]): row for row in rows}
    for form in forms:
        if row := by_id.get(form.instance.pk):
            form.initial |= initial_of(row)
        else:
            form.initial["DELETE"] = True


def initial_of(row: Source) -> dict[str, Any]:
    """Return a row as initial data of its form."""
    data: dict[str, Any] = {name: row[name] for name in OF_SOURCE}
    data["passages"] = json.loads(row["passages"])
    return data | {"post": row["post"], CITES: row[CITES]}
