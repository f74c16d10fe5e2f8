"""Tie clearances from before migration 0009 to the sentences that they cover now.

They were tied to code and evidence alone, so that they covered the same fault in any sentence.
Those that cover something are tied to each sentence where they do; the others are dropped, and
the log of the article says so. A clearance that is not tied clears nothing that stands in a
sentence: whatever goes wrong here, an article is held again rather than published.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.apps.registry import Apps
from django.db import transaction

from articles import vetting
from articles.models import Acknowledgement, Act, Article, Fault, Override
from articles.publishing.live import read_live, stored_fingerprint
from articles.publishing.on_record import log
from articles.publishing.snapshot import build_snapshot, outlet_directory

logger = logging.getLogger(__name__)

# The findings that a fingerprint covers, which may be one of either form.
type Covered = Mapping[str, Iterable[vetting.Finding]]

# The columns in which the two say what a person said of it.
SAID = {Override: "reason", Acknowledgement: "note"}


def are_clearances_untied(apps: Apps) -> bool:
    """Return whether any is left to tie, by the models as they are migrated now.

    Two queries, none before migration 0009.
    """
    column = "evidence_fingerprint"
    models = [apps.get_model("articles", model.__name__) for model in SAID]
    return any(
        model._base_manager.filter(**{column: ""}).exists()
        for model in models
        if column in {field.name for field in model._meta.concrete_fields}
    )


def tie_clearances(*, at: datetime) -> None:
    """Tie what is not tied yet. Two queries where that is nothing.

    An article that cannot be read keeps its clearances as they are, for the next `migrate`.
    """
    articles = {
        pk
        for model in SAID
        for pk in model._base_manager.filter(evidence_fingerprint="").values_list(
            "article", flat=True
        )
    }
    rows = Article.objects.select_related("section", "image", "live_version")
    for article in (rows.get(pk=pk) for pk in sorted(articles)):
        try:
            covered, live_marks = _read(article, at=at)
        except Exception:
            # One article that crashes a check must not stop the migration of all the others.
            logger.exception("The clearances of article %s could not be tied", article.pk)
            continue
        with transaction.atomic():
            kept, dropped = _tie(article, covered, at=at)
            _move_faults(article, live_marks)
        logger.info("Article %s: %s clearances tied, %s dropped", article.pk, kept, dropped)


def _read(article: Article, *, at: datetime) -> tuple[Covered, Mapping[int, str]]:
    """Return what stands in the article, its live version included, and the marks of its faults."""
    found = list(build_snapshot(article, at=at).findings)
    marks: dict[int, str] = {}
    if article.is_live and article.live_version is not None:
        live = read_live(article, article.live_version)
        piece = live.piece()
        context = vetting.Context(now=live.version.at, outlet_directory=outlet_directory())
        found += vetting.findings(piece, context)
        wordings = vetting.Wordings(piece, context)
        faults = Fault.objects.filter(article=article, version=live.version)
        marks = {fault.pk: stored_fingerprint(fault.finding, wordings) for fault in faults}
    covered: dict[str, dict[str, vetting.Finding]] = defaultdict(dict)
    for finding in found:
        for fingerprint in (finding.evidence_fingerprint, finding.fingerprint):
            covered[fingerprint][finding.fingerprint] = finding
    return {mark: each.values() for mark, each in covered.items()}, marks


def _tie(article: Article, covered: Covered, *, at: datetime) -> tuple[int, int]:
    """Replace each row by one for each sentence that it covers. Return how many were, and were not."""
    kept = dropped = 0
    for model, said in SAID.items():
        untied: Any = model._base_manager.filter(article=article, evidence_fingerprint="")
        rows = list(untied)
        untied.filter(pk__in=[row.pk for row in rows]).delete()
        # A clearance of the same sentence that was given since stays as it is.
        model._base_manager.bulk_create(
            [
                _tied(row, finding, said)
                for row in rows
                for finding in covered.get(row.fingerprint, ())
            ],
            ignore_conflicts=True,
        )
        lost = [row for row in rows if row.fingerprint not in covered]
        for row in lost:
            logger.warning("Article %s: dropped, its sentence is gone: %s", article.pk, row)
            log(article, Act.Verb.TAKE_BACK, by=None, at=at)
        kept, dropped = kept + len(rows) - len(lost), dropped + len(lost)
    return kept, dropped


def _tied(row: Any, finding: vetting.Finding, said: str) -> Any:
    """Return a clearance by the same person, in the same words, of a finding with its sentence."""
    return type(row)(
        article_id=row.article_id,
        code=finding.code,
        fingerprint=finding.fingerprint,
        evidence_fingerprint=finding.evidence_fingerprint,
        by_id=row.by_id,
        at=row.at,
        **{said: getattr(row, said)},
    )


def _move_faults(article: Article, marks: Mapping[int, str]) -> None:
    """Give the recorded faults of a live article their sentences, so that they stay cleared."""
    taken = set(Fault.objects.filter(article=article).values_list("fingerprint", flat=True))
    for pk, mark in marks.items():
        if mark not in taken:
            taken.add(mark)
            Fault.objects.filter(pk=pk).update(fingerprint=mark)
