"""One post linked twice looks like two sources but is only one."""

from collections.abc import Iterator, Mapping

from articles.vetting import fixers
from articles.vetting.finding import Finding, Level
from articles.vetting.links import Link, recognised
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.rule import NOTHING, Rule
from wires.platforms.canonical import tidy
from wires.platforms.permalinks import Permalink, is_certain, post_identity


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    same: dict[str, list[SourceRef]] = {}
    known = recognised(piece, context)
    for source in piece.sources:
        if identity := _identity(source, known[source.url]):
            same.setdefault(identity, []).append(source)
    for identity, group in same.items():
        if len(group) > 1 and len(_accounts(group, known)) < 2:
            yield _finding(identity, group)


def _identity(source: SourceRef, found: Permalink | None) -> str:
    if not source.url.strip():
        return ""
    post = post_identity(found) if found is not None and is_certain(found) else ""
    # What is no post for sure is known by the spelling that any page has.
    return post or tidy(source.url)


def _accounts(group: list[SourceRef], known: Mapping[str, Permalink | None]) -> set[str]:
    """Return the accounts named; of two the finding is source-shared-id."""
    found = [(source, known[source.url]) for source in group]
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
