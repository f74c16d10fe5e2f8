"""The findings panel of the desk: findings by level with their evidence, clearances and fixes."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from articles import publishing, vetting
from articles.models import Acknowledgement, Article, Override, OverrideRequest
from articles.prose import Claim
from articles.vetting import evidence, names
from articles.vetting.fix import Fix
from articles.vetting.fixes import fixes

FIELDS = ("headline", "standfirst", "image", "body", "framing_note", "social_text")

# A text with more faults than this is not fixed click by click; fewer fixes are offered when there
# are very many faults or very long posts, because each fix is checked against them.
MOST_FIXED, MOST_FOUND, MOST_READ = 60, 6_000, 3_000_000
# Nobody reads more at once.
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Way:
    """A fix as a button: value identifies it to the server, data tells the script what to do."""

    label: str
    hint: str
    value: str
    data: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding, the number of its sentence (0 if none) and everything shown with it."""

    finding: vetting.Finding
    id: str
    sentence: int
    span: evidence.FieldSpan
    figures: tuple[evidence.FieldSpan, ...]
    sources: tuple[vetting.SourceRef, ...]
    ways: tuple[Way, ...]
    clearance: Override | Acknowledgement | None

    @property
    def name(self) -> str:
        return names.name(self.finding.code)

    @property
    def level(self) -> str:
        return self.finding.level.value

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
    def can_be_acknowledged(self) -> bool:
        is_query = self.finding.level is vetting.Level.QUERY
        return is_query or self.finding.code == publishing.CLEARED_BY_ACKNOWLEDGEMENT


@dataclass(frozen=True)
class FindingsPanel:
    """The findings on a working copy, how they were cleared, and how much of it is cited.

    Two queries for the clearances.
    """

    snapshot: publishing.Snapshot
    user: Any
    _fixes: dict[str, Fix] = field(default_factory=dict, init=False, repr=False)

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
            ordinal = seen[finding.fingerprint]
            seen[finding.fingerprint] += 1
            shown.append(self._shown(finding, ordinal, may_mend=n < most))
        return sorted(shown, key=_place)

    @property
    def unshown(self) -> int:
        """Return how many findings are left out of the panel."""
        return max(0, len(self.snapshot.findings) - MOST_SHOWN)

    @cached_property
    def holds(self) -> list[Shown]:
        return [one for one in self.shown if one.level == "hold" and not one.clearance]

    @cached_property
    def queries(self) -> list[Shown]:
        return [one for one in self.shown if one.level == "query" and not one.clearance]

    @cached_property
    def cleared(self) -> list[Shown]:
        """Return overridden holds, also those that are queries because the live version has them."""
        return [
            one
            for one in self.shown
            if one.clearance and (one.level == "hold" or one.is_overridden)
        ]

    @cached_property
    def acknowledged(self) -> list[Shown]:
        return [one for one in self.shown if one.clearance and one not in self.cleared]

    @property
    def groups(self) -> list[tuple[str, str, list[Shown]]]:
        """Return the open findings by level: its name, its heading and its findings."""
        return [("hold", "Holds", self.holds), ("query", "Queries", self.queries)]

    @property
    def sum(self) -> str:
        """Return the count of open findings as a screen reader says it."""
        levels = Counter(
            f.level for f in self.snapshot.findings if not self._clearances.for_finding(f)
        )
        holds, queries = levels[vetting.Level.HOLD], levels[vetting.Level.QUERY]
        return f"{holds} hold{'' if holds == 1 else 's'}, {queries} quer{'y' if queries == 1 else 'ies'}"

    @cached_property
    def must_be_another(self) -> str:
        """Return why this user may not publish the article, or an empty value if they may."""
        rows = [one.clearance for one in self.cleared if one.level == "hold"]
        own = any(publishing.must_be_another(row, self.user) for row in rows)
        return "You let a hold pass: somebody else must publish." if own else ""

    @cached_property
    def overriders(self) -> str:
        """Return who overrode holds, for the line next to the buttons."""
        rows = [one.clearance for one in self.cleared if one.level == "hold" and one.is_overridden]
        people = dict.fromkeys(_called(row.by) for row in rows if row)
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
        return (
            may and settings.DESK_SECOND_PERSON and bool(self.holds) and self.article.pk is not None
        )

    @property
    def may_acknowledge(self) -> bool:
        may = bool(self.user.has_perm("articles.acknowledge_finding"))
        return may and self.article.pk is not None

    @property
    def may_override(self) -> bool:
        return bool(self.user.has_perm("articles.override_hold")) and self.article.pk is not None

    @cached_property
    def unread(self) -> list[str]:
        """Return the checks that were skipped for the language of the text."""
        return [names.SUBJECTS[code] for code in vetting.not_run(self.snapshot.piece)]

    # Coverage

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.snapshot.piece.prose.claims

    @property
    def words(self) -> int:
        return self.snapshot.piece.prose.words

    @cached_property
    def voices(self) -> Counter[str]:
        return Counter(claim.voice for claim in self.claims)

    @property
    def cited(self) -> int:
        return self.voices["cited"]

    @property
    def own(self) -> int:
        return self.voices["own"]

    @property
    def background(self) -> int:
        return self.voices["background"]

    @property
    def bare(self) -> list[Claim]:
        return [claim for claim in self.claims if claim.voice == "bare"]

    @cached_property
    def ribbon(self) -> list[str]:
        """Return one word per claim for the ribbon: "held" takes precedence over its voice."""
        held = {one.sentence for one in self.holds}
        return ["held" if claim.number in held else claim.voice for claim in self.claims]

    @cached_property
    def marks(self) -> list[tuple[str, list[int]]]:
        """Return each key with the numbers of the sentences that cite it."""
        return [
            (source.key, [claim.number for claim in self.claims if source.key in claim.keys])
            for source in self.snapshot.piece.sources
        ]

    def fix(self, value: str) -> Fix | None:
        """Return the fix named by a button, or None if its finding is no longer current."""
        # Fixes are computed while the findings are shown.
        _ = self.shown
        return self._fixes.get(value)

    @cached_property
    def _clearances(self) -> publishing.Clearances:
        return publishing.clearances(self.article)

    def _shown(self, finding: vetting.Finding, ordinal: int, *, may_mend: bool) -> Shown:
        piece, clearance = self.snapshot.piece, self._clearances.for_finding(finding)
        ways = self._ways(finding, ordinal) if may_mend and not clearance else ()
        return Shown(
            finding=finding,
            id=f"finding-{finding.fingerprint[:16]}-{ordinal}",
            sentence=evidence.sentence_number(finding, piece),
            span=evidence.sentence(finding, piece),
            figures=evidence.figures_near(finding, piece),
            sources=evidence.sources_of(finding, piece),
            ways=tuple(ways),
            clearance=clearance,
        )

    def _ways(self, finding: vetting.Finding, ordinal: int) -> Iterator[Way]:
        piece = self.snapshot.piece
        for n, fix in enumerate(fixes(finding, piece, self.snapshot.context)):
            value = f"{finding.fingerprint}.{ordinal}.{n}"
            self._fixes[value] = fix
            yield Way(fix.label, fix.hint, value, json.dumps(_told(fix, piece)))


def _place(one: Shown) -> tuple[int, int]:
    """Return the sort position of a finding: sources first, then page order."""
    name = one.finding.field
    return FIELDS.index(name) + 1 if name in FIELDS else 0, one.finding.start


def _told(fix: Fix, piece: vetting.Piece) -> Mapping[str, object]:
    """Return a fix as data for the script; `was` is the text it must find there and replace."""
    edits = [
        asdict(edit) | {"was": getattr(piece, edit.field)[edit.start : edit.end]}
        for edit in sorted(fix.edits, key=lambda edit: (edit.start, edit.end), reverse=True)
    ]
    return {"edits": edits, "choices": [asdict(choice) for choice in fix.choices]}


def _called(user: User) -> str:
    return user.get_full_name() or user.get_username()
