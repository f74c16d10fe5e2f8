"""Ids that are unique on a server: the same id under two accounts means one link is wrong.

Other platforms count per channel, where the same number in two channels means nothing.
"""

from collections.abc import Iterator

from articles.vetting.finding import Finding, Level
from articles.vetting.links import Link, links
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule
from wires.platforms import platform_of
from wires.platforms.permalinks import post_identity


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    same: dict[str, list[Link]] = {}
    for link in links(piece, context):
        if platform_of(link.to.platform).ids_are_unique and link.account:
            same.setdefault(post_identity(link.to), []).append(link)
    for group in same.values():
        accounts = sorted({link.account for link in group})
        if len(accounts) > 1:
            yield _finding(group, accounts)


def _finding(group: list[Link], accounts: list[str]) -> Finding:
    keys = [link.source.key for link in group]
    number = group[0].to.number
    return Finding(
        code="source-shared-id",
        level=Level.HOLD,
        field="sources",
        excerpt=", ".join(keys),
        message=(
            f"Sources {', '.join(keys[:-1])} and {keys[-1]} have the same post ID, {number}, under the "
            f"accounts {' and '.join(accounts)}. Only one can be right: open each one and correct the link."
        ),
        evidence={"keys": sorted(keys), "id": number, "accounts": accounts},
    )


RULE = Rule(
    code="source-shared-id",
    title="One post ID, two accounts",
    find=find,
    compares=NOTHING,
)
