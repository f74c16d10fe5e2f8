"""The findings panel of the desk: findings by level with their evidence, clearances and fixes."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from articles import publishing, vetting
from articles.admin.coverage import Coverage
from articles.admin.finding_words import FindingWords, SourceLines, words_of
from articles.models import Acknowledgement, Article, Override, OverrideRequest
from articles.vetting import evidence
from articles.vetting.fix import Fix
from articles.vetting.fixes import fixes
from desk.staff import name_of
from web.words import count_of

FIELDS = ("headline", "standfirst", "image", "body", "framing_note", "social_text")

# A text with more faults than this is not fixed click by click; fewer fixes are offered when there
# are very many faults or very long posts, because each fix is checked against them.
MOST_FIXED, MOST_FOUND, MOST_READ = 60, 6_000, 3_000_000
# Nobody reads more at once.
MOST_SHOWN = 200
# Set by static/desk/js/desk-findings.js, in whose browser the form comes without its findings.
SCRIPT_COOKIE = "desk-script"


def asks_for_findings(request: HttpRequest) -> bool:
    """Return whether a script of this browser will ask for the slow findings afterwards."""
    return SCRIPT_COOKIE in request.COOKIES and "findings" not in request.GET


@dataclass(frozen=True, slots=True)
class FixButton:
    """A fix as a button: value identifies it to the server, data tells the script what to do."""

    fix: Fix
    value: str
    data: str

    @property
    def label(self) -> str:
        return self.fix.label

    @property
    def hint(self) -> str:
        return self.fix.hint

    @property
    def is_decision(self) -> bool:
        return self.fix.is_decision


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding, the number of its sentence (0 if none) and everything shown with it."""

    finding: vetting.Finding
    id: str
    sentence: int
    span: evidence.FieldSpan
    figures: tuple[evidence.FieldSpan, ...]
    sources: tuple[vetting.SourceRef, ...]
    buttons: tuple[FixButton, ...]
    clearance: Override | Acknowledgement | None

    @property
    def name(self) -> str:
        return vetting.title_of(self.finding.code)

    @property
    def level(self) -> str:
        return self.finding.level.value

    @property
    def sentence_start(self) -> int:
        """Where the sentence around the fault starts in its field, in code points."""
        return self.finding.start - (len(self.span.before) if self.span.words else 0)

    @property
    def sentence_end(self) -> int:
        return self.finding.end + (len(self.span.after) if self.span.words else 0)

    @property
    def diff(self) -> list[list[str]]:
        """Return how a quotation and the nearest passage differ: [sign, words]."""
        nearest = self.finding.evidence.get("nearest")
        return nearest["diff"] if isinstance(nearest, dict) else []

    @property
    def nearest_key(self) -> str:
        nearest = self.finding.evidence.get("nearest")
        return nearest["key"] if isinstance(nearest, dict) else ""

    @property
    def is_overridden(self) -> bool:
        return isinstance(self.clearance, Override)

    @property
    def can_be_overridden(self) -> bool:
        is_hold = self.finding.level is vetting.Level.HOLD
        return is_hold and vetting.can_be_overridden(self.finding.code)

    @property
    def can_be_acknowledged(self) -> bool:
        is_query = self.finding.level is vetting.Level.QUERY
        return is_query or self.finding.code == publishing.CLEARED_BY_ACKNOWLEDGEMENT


@dataclass(frozen=True, slots=True)
class Group:
    """The open findings of a level, under their heading."""

    level: str
    heading: str
    findings: list[Shown]


@dataclass(frozen=True)
class FindingsPanel:
    """The findings on a working copy, how they were cleared, and how much of it is cited.

    Two queries for the clearances.
    """

    snapshot: publishing.Snapshot
    user: Any
    # The hashes of what the browser shows already.
    known: frozenset[str] = frozenset()

    @property
    def article(self) -> Article:
        return self.snapshot.version.article

    @cached_property
    def shown(self) -> list[Shown]:
        seen: Counter[str] = Counter()
        posts = sum(len(source.text or "") for source in self.snapshot.piece.sources)
        faults = len(self.snapshot.findings)
        most = min(MOST_FIXED, MOST_READ // max(posts, 1), MOST_FOUND // max(faults, 1))
        shown = []
        for n, finding in enumerate(self.snapshot.findings[:MOST_SHOWN]):
            # Without its sentence, which may be the one that somebody goes on typing in.
            ordinal = seen[finding.evidence_fingerprint]
            seen[finding.evidence_fingerprint] += 1
            shown.append(self._shown(finding, ordinal, may_fix=n < most))
        return sorted(shown, key=_place)

    @property
    def unshown(self) -> int:
        """Return how many findings are left out of the panel."""
        return max(0, len(self.snapshot.findings) - MOST_SHOWN)

    @cached_property
    def holds(self) -> list[Shown]:
        return [shown for shown in self.shown if shown.level == "hold" and not shown.clearance]

    @cached_property
    def queries(self) -> list[Shown]:
        return [shown for shown in self.shown if shown.level == "query" and not shown.clearance]

    @cached_property
    def cleared(self) -> list[Shown]:
        """Return overridden holds, also those that are queries because the live version has them."""
        return [
            shown
            for shown in self.shown
            if shown.clearance and (shown.level == "hold" or shown.is_overridden)
        ]

    @cached_property
    def acknowledged(self) -> list[Shown]:
        return [shown for shown in self.shown if shown.clearance and shown not in self.cleared]

    @property
    def groups(self) -> list[Group]:
        """What is open, holds first."""
        return [Group("hold", "Holds", self.holds), Group("query", "Queries", self.queries)]

    @property
    def open_count(self) -> str:
        """Return the count of open findings as a screen reader says it."""
        levels = Counter(
            f.level for f in self.snapshot.findings if not self._clearances.for_finding(f)
        )
        holds, queries = levels[vetting.Level.HOLD], levels[vetting.Level.QUERY]
        return f"{count_of(holds, 'hold')}, {count_of(queries, 'query', 'queries')}"

    @cached_property
    def must_be_another(self) -> str:
        """Return why somebody else must publish the article, or an empty value if nobody must.

        Two queries where a hold was overridden.
        """
        if not settings.DESK_SECOND_PERSON:
            return ""
        rows = [shown.clearance for shown in self.cleared if shown.level == "hold"]
        whys = publishing.why_alone(rows, by=self.user, at=self.snapshot.context.now)
        return " ".join(dict.fromkeys(whys.values()))

    @cached_property
    def overriders(self) -> str:
        """Return who overrode holds, for the line next to the buttons."""
        rows = [
            shown.clearance
            for shown in self.cleared
            if shown.level == "hold" and shown.is_overridden
        ]
        people = dict.fromkeys(name_of(row.by) for row in rows if row)
        return ", ".join(people)

    @cached_property
    def override_request(self) -> OverrideRequest | None:
        """Return the open override request. One query unless it was loaded with the article."""
        if self.article.pk is None:
            return None
        return getattr(self.article, "override_request", None)

    @property
    def may_request_override(self) -> bool:
        may = bool(self.user.has_perm("articles.publish_article"))
        could_help = any(shown.can_be_overridden for shown in self.holds)
        return may and settings.DESK_SECOND_PERSON and could_help and self.article.pk is not None

    @cached_property
    def may_acknowledge(self) -> bool:
        may = bool(self.user.has_perm("articles.acknowledge_finding"))
        return may and self.article.pk is not None

    @cached_property
    def may_override(self) -> bool:
        return bool(self.user.has_perm("articles.override_hold")) and self.article.pk is not None

    @cached_property
    def unread(self) -> list[str]:
        """Return the checks that were skipped for the language of the text."""
        return list(vetting.not_run(self.snapshot.piece))

    @cached_property
    def coverage(self) -> Coverage:
        return Coverage(self.snapshot, held=frozenset(shown.sentence for shown in self.holds))

    @cached_property
    def lines(self) -> SourceLines:
        return SourceLines()

    def words(self, shown: Shown, *, may_write: bool) -> FindingWords:
        """Return everything that is shown of a finding but its places."""
        return words_of(shown, self, may_write=may_write)

    def fix(self, value: str) -> Fix | None:
        """Return the fix named by a button, or None if its finding is no longer current."""
        buttons = (button for shown in self.shown for button in shown.buttons)
        return next((button.fix for button in buttons if button.value == value), None)

    @cached_property
    def _clearances(self) -> publishing.Clearances:
        return publishing.clearances(self.article)

    def _shown(self, finding: vetting.Finding, ordinal: int, *, may_fix: bool) -> Shown:
        piece, clearance = self.snapshot.piece, self._clearances.for_finding(finding)
        buttons = self._buttons(finding, ordinal) if may_fix and not clearance else ()
        return Shown(
            finding=finding,
            id=f"finding-{finding.evidence_fingerprint[:16]}-{ordinal}",
            sentence=evidence.sentence_number(finding, piece),
            span=evidence.sentence(finding, piece),
            figures=evidence.figures_near(finding, piece),
            sources=evidence.sources_of(finding, piece),
            buttons=tuple(buttons),
            clearance=clearance,
        )

    def _buttons(self, finding: vetting.Finding, ordinal: int) -> Iterator[FixButton]:
        piece = self.snapshot.piece
        for n, fix in enumerate(fixes(finding, piece, self.snapshot.context)):
            value = f"{finding.evidence_fingerprint}.{ordinal}.{n}"
            yield FixButton(fix, value, json.dumps(_told(fix, piece, finding)))


def _place(one: Shown) -> tuple[int, int]:
    """Return the sort position of a finding: sources first, then page order."""
    name = one.finding.field
    return FIELDS.index(name) + 1 if name in FIELDS else 0, one.finding.start


def _told(fix: Fix, piece: vetting.Piece, finding: vetting.Finding) -> Mapping[str, object]:
    """Return a fix as data for the script; `was` is the text it must find there and replace.

    In the field of the finding, places count from where the finding starts, so that they stay as
    they are while the text before it changes.
    """
    edits = []
    for edit in sorted(fix.edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        base = finding.start if edit.field == finding.field else 0
        was = getattr(piece, edit.field)[edit.start : edit.end]
        places = {"start": edit.start - base, "end": edit.end - base}
        edits.append(asdict(edit) | places | {"was": was})
    return {"edits": edits, "choices": [asdict(choice) for choice in fix.choices]}
