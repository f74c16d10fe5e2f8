"""One post linked twice looks like two sources but is only one."""

from collections.abc import Iterator

from articles.vetting import fixers
from articles.vetting.finding import Finding, Level
from articles.vetting.links import Link
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.rule import NOTHING, Rule
from wires.platforms.permalinks import canonical_url, is_certain, post_identity, recognise


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    same: dict[str, list[SourceRef]] = {}
    for source in piece.sources:
        if identity := _identity(source):
            same.setdefault(identity, []).append(source)
    for identity, group in same.items():
        if len(group) > 1 and len(_accounts(group)) < 2:
            yield _finding(identity, group)


def _identity(source: SourceRef) -> str:
    if not source.url.strip():
        return ""
    found = recognise(source.url)
    if found is None or not is_certain(found):
        return canonical_url(source.url)
    return post_identity(found) or canonical_url(source.url)


def _accounts(group: list[SourceRef]) -> set[str]:
    """Return the accounts named; of two the finding is source-shared-id."""
    found = [(source, recognise(source.url)) for source in group]
    named = {Link(source, to).account for source, to in found if to is not None}
    return named - {""}


def _finding(identity: str, group: list[SourceRef]) -> Finding:
    keys = [source.key for source in group]
    return Finding(
        code="source-duplicate",
        level=Level.QUERY,
        field="sources",
        excerpt=", ".join(keys),
        message=(
            f"Sources {', '.join(keys[:-1])} and {keys[-1]} are the same post. Keep one, and cite it "
            "wherever the others are cited."
        ),
        evidence={"keys": sorted(keys), "post": identity},
    )


RULE = Rule(
    code="source-duplicate",
    title="Same post linked twice",
    find=find,
    compares=NOTHING,
    fix=fixers.keep_one,
)
