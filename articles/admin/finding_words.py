"""What the desk shows of a finding, as plain values.

They are all that the template of a finding is told, so that a hash of them stands for what it
writes: what the browser has already is known without being written again.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from articles.models import Acknowledgement, Override
from articles.vetting import SourceRef, evidence
from desk.staff import name_of
from desk.times import desk_time
from wires.models import link_to

if TYPE_CHECKING:
    from articles.admin.panel import FindingsPanel, Shown

# Enough to tell the findings of one article apart.
HASH_LENGTH = 16


@dataclass(frozen=True, slots=True)
class FixWords:
    """A fix as a button: value identifies it to the server, data tells the script what to do."""

    value: str
    data: str
    label: str
    hint: str
    is_decision: bool


@dataclass(frozen=True, slots=True)
class ClearanceWords:
    """Who overrode or acknowledged a finding, when, and why, as far as they said."""

    by: str
    at: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingWords:
    """Everything that is shown of a finding, but for its places, which move as somebody types.

    The sources are those that it is about, in HTML. sentence is 0 where it stands in none, and
    override_url empty for those who cannot override it.
    """

    id: str
    level: str
    name: str
    code: str
    field: str
    fingerprint: str
    sentence: int
    message: str
    span: evidence.FieldSpan
    diff: tuple[tuple[str, ...], ...]
    nearest_key: str
    figures: tuple[evidence.FieldSpan, ...]
    sources: tuple[SafeString, ...]
    buttons: tuple[FixWords, ...]
    clearance: ClearanceWords | None
    is_overridden: bool
    may_write: bool
    may_undo: bool
    may_acknowledge: bool
    override_url: str

    @property
    def hash(self) -> str:
        """The same for the same words in every process."""
        return sha256(repr(self).encode("utf-8", "surrogatepass")).hexdigest()[:HASH_LENGTH]


class SourceLines:
    """The line of each source as findings show it, written once however many are about it."""

    def __init__(self) -> None:
        # By identity: while somebody types, two sources may have one key. The source is kept with
        # its line, so that no other takes its place.
        self._lines: dict[int, tuple[SourceRef, SafeString]] = {}

    def of(self, source: SourceRef) -> SafeString:
        if id(source) not in self._lines:
            context = {"source": source, "url": link_to(source.url)}
            html = render_to_string("admin/articles/article/_finding_source.html", context)
            self._lines[id(source)] = source, html
        return self._lines[id(source)][1]


def words_of(shown: "Shown", panel: "FindingsPanel", *, may_write: bool) -> FindingWords:
    """Return what the person of the panel is shown of a finding."""
    finding = shown.finding
    undo = panel.may_override if shown.is_overridden else panel.may_acknowledge
    is_open = may_write and not shown.clearance
    may_acknowledge = is_open and shown.can_be_acknowledged and panel.may_acknowledge
    may_override = is_open and shown.can_be_overridden and panel.may_override
    url = (
        reverse("admin:articles_article_override", args=[panel.article.pk, finding.fingerprint])
        if may_override and not may_acknowledge
        else ""
    )
    return FindingWords(
        id=shown.id,
        level=shown.level,
        name=shown.name,
        code=finding.code,
        field=finding.field,
        fingerprint=finding.fingerprint,
        sentence=shown.sentence,
        message=finding.message,
        span=shown.span,
        diff=tuple(tuple(part) for part in shown.diff),
        nearest_key=shown.nearest_key,
        figures=shown.figures,
        sources=tuple(panel.lines.of(source) for source in shown.sources),
        buttons=tuple(
            FixWords(each.value, each.data, each.label, each.hint, each.is_decision)
            for each in (shown.buttons if may_write else ())
        ),
        clearance=_clearance(shown.clearance),
        is_overridden=shown.is_overridden,
        may_write=may_write,
        may_undo=may_write and bool(shown.clearance) and undo,
        may_acknowledge=may_acknowledge,
        override_url=url,
    )


def _clearance(row: Override | Acknowledgement | None) -> ClearanceWords | None:
    if row is None:
        return None
    said = row.reason if isinstance(row, Override) else row.note
    return ClearanceWords(by=name_of(row.by), at=desk_time(row.at), said=said)
