"""Print how well copies of one text are told from what only looks alike.

Goals: precision of 0.95, and recall of 0.85 on reprints. Accounts of one event by two hands are
printed, and not promised. The pairs are in tests/wires/stories/.
`python -m benchmarks.stories`
"""

import sys
import tomllib
from pathlib import Path

from benchmarks.options import parser
from wires.stories import Copy, keys_of, tell_the_same

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "wires" / "stories"
PRECISION, RECALL = 0.95, 0.85

type Words = tuple[str, str]


def read_pairs(name: str) -> list[tuple[Words, Words]]:
    """Return pairs of headline and text."""
    tables = tomllib.loads((CORPUS / f"{name}.toml").read_text(encoding="utf-8"))
    return [
        (_words(table["a"], table), _words(table["b"], table))
        for rows in tables.values()
        for table in rows
    ]


def _words(side: str, table: dict[str, str]) -> Words:
    headline, _, text = side.partition(" | ")
    return headline, f"{text} {table.get('body', '')}".strip()


def are_joined(one: Words, other: Words) -> bool:
    """Return whether both share a key, by which they are found, and are one piece of copy."""
    copies = Copy.of(*one), Copy.of(*other)
    share_a_key = not {*keys_of(copies[0])}.isdisjoint(keys_of(copies[1]))
    return share_a_key and tell_the_same(*copies)


def main() -> None:
    parser(__doc__).parse_args()
    found, of, false = {}, {}, {}
    for name in ("reprints", "accounts", "near_misses"):
        pairs = read_pairs(name)
        found[name], of[name] = sum(are_joined(*pair) for pair in pairs), len(pairs)
        false[name] = [one[0] for one, other in pairs if are_joined(one, other)]
    precision = found["reprints"] / (found["reprints"] + found["near_misses"])
    recall = found["reprints"] / of["reprints"]
    print(
        f"reprints joined              {found['reprints']:4} of {of['reprints']}: recall {recall:.2f}"
    )
    print(
        f"near misses joined           {found['near_misses']:4} of {of['near_misses']}: precision {precision:.2f}"
    )
    print(f"accounts by two hands joined {found['accounts']:4} of {of['accounts']}, not promised")
    for headline in false["near_misses"]:
        print(f"  wrongly joined: {headline}")
    sys.exit(precision < PRECISION or recall < RECALL)


if __name__ == "__main__":
    main()
