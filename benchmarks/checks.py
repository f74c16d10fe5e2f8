"""How often the checks of words and figures are right: a table of recall, precision, false holds.

    .venv/bin/python -m benchmarks.checks [WICE.jsonl]

Seeded faults: each sentence of the demo edition that a mutator can spoil is spoilt once, alone,
in an otherwise clean article. Real claims: those of WiCE (Kamoi et al., 2023) with a digit outside
a bare year, each cited to its evidence; skipped where the file is absent. Needs no database.
"""

import json
import random
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path

from articles.vetting import Finding, Level, Piece, SourceRef, check

NOW = datetime(2026, 6, 25, 10, 0, tzinfo=UTC)
DEMO = Path(__file__).resolve().parents[1] / "newsroom/demo"
WICE = Path("../shared/corpora/claims/wice_dev.jsonl")
SEED = 20260625
_MARK = re.compile(r" ?\[@[^\]]+\]")
_QUOTE = re.compile(r"“([^”]{16,200})”")
_FIGURE = re.compile(r"(?<![\w@.,])(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w-]|[.,]\d)")
_BARE_YEAR = re.compile(r"(?<![\d.,])(?:1\d|20)\d\d(?!\d|[.,]\d)")

type Mutator = Callable[[str, random.Random], Iterator[str]]


def swap_digit(body: str, rng: random.Random) -> Iterator[str]:
    for match in _FIGURE.finditer(body):
        if _is_cited(body, match.start()):
            digits = [n for n, c in enumerate(match.group()) if c.isdigit()]
            at = match.start() + rng.choice(digits)
            other = rng.choice([d for d in "23456789" if d != body[at]])
            yield body[:at] + other + body[at + 1 :]


def insert_not(body: str, rng: random.Random) -> Iterator[str]:
    for match in _QUOTE.finditer(body):
        blanks = [n for n in range(match.start(1), match.end(1)) if body[n] == " "]
        if len(blanks) >= 2 and _is_cited(body, match.start()):
            at = rng.choice(blanks)
            yield body[:at] + " not" + body[at:]


def drop_mark(body: str, rng: random.Random) -> Iterator[str]:
    for match in _FIGURE.finditer(body):
        start = max(body.rfind(". ", 0, match.start()), body.rfind("\n", 0, match.start()), 0)
        found = _MARK.search(body, match.end())
        if not found or not _is_cited(body, match.start()):
            continue
        sentence, between = body[start : found.end()], body[match.end() : found.end()]
        stops = body[found.end() : found.end() + 1] == "."
        if stops and len(_MARK.findall(sentence)) == 1 and ". " not in between:
            yield body[: found.start()] + body[found.end() :]


def curl_no_quotes(body: str, rng: random.Random) -> Iterator[str]:
    yield body.replace("“", '"').replace("”", '"').replace("’", "'")


def reflow(body: str, rng: random.Random) -> Iterator[str]:
    yield re.sub(r"(?<=\w) (?=[a-z])", "\u00a0", body, count=40)


def percent_sign(body: str, rng: random.Random) -> Iterator[str]:
    yield body.replace(" per cent", "%")


FAULTS: dict[str, Mutator] = {
    "figure-not-found": swap_digit,
    "quote-not-found": insert_not,
    "unsourced-claim": drop_mark,
}
BENIGN = (curl_no_quotes, reflow, percent_sign)


def _is_cited(body: str, at: int) -> bool:
    """Tell whether an offset is in a sentence with a mark, outside own words and subheads."""
    line = body[body.rfind("\n", 0, at) + 1 :].split("\n", 1)[0]
    opened = body.rfind("[", 0, at)
    spoken = opened >= 0 and body[opened + 1] != "@" and body.find("]{", opened) > at
    return not line.startswith("#") and "[@" in line and not spoken


def articles() -> Iterator[tuple[str, str, list[SourceRef]]]:
    """Yield headline, body and sources of the demo edition's articles."""
    posts: dict[str, dict[str, str]] = {}
    for path in sorted((DEMO / "posts").glob("*.toml")):
        for post in tomllib.loads(path.read_text())["post"]:
            last = post.get("edit", [post])[-1]
            posts[post["key"]] = {"outlet": post["channel"], "text": last.get("text", "")}
    for path in sorted((DEMO / "articles").glob("*.md")):
        _, head, body = path.read_text().split("+++", 2)
        fields = tomllib.loads(head)
        sources = [
            SourceRef(
                key=source["key"], platform="rss", url=f"https://harbour.example/{source['post']}",
                outlet=posts[source["post"]]["outlet"], text=posts[source["post"]]["text"],
            )
            for source in fields["source"]
        ]  # fmt: skip
        yield fields["headline"], re.sub(r"\{\{.*?\}\}", "noon", body), sources


def findings(headline: str, body: str, sources: list[SourceRef]) -> list[Finding]:
    piece = Piece.written(headline=headline, body=body, framing_note="Ours.", sources=sources)
    return list(check(piece, now=NOW))


def seeded() -> None:
    # Chosen at random, the same each time.
    rng = random.Random(SEED)  # noqa: S311 - no secret is made of it
    clean = holds = 0
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for headline, body, sources in articles():
        for text in (body, *(text for mutate in BENIGN for text in mutate(body, rng))):
            clean += 1
            holds += sum(f.level is Level.HOLD for f in findings(headline, text, sources))
        for code, mutate in FAULTS.items():
            for text in mutate(body, rng):
                codes = [f.code for f in findings(headline, text, sources) if f.level is Level.HOLD]
                counts[code][0] += 1
                counts[code][1] += code in codes
                counts[code][2] += sum(other != code for other in set(codes))
    print("| check | faults | recall (95 %) | precision (95 %) |\n|---|---|---|---|")
    for code, (n, found, other) in counts.items():
        print(f"| {code} | {n} | {wilson(found, n)} | {wilson(found, found + other)} |")
    print(f"\nFalse holds per clean article: {wilson(holds, clean)}, {holds} of {clean}.\n")


def claims(path: Path) -> None:
    if not path.exists():
        print(f"WiCE skipped: {path} is absent.")
        return
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line in path.read_text().splitlines():
        row = json.loads(line)
        if not re.search(r"\d", _BARE_YEAR.sub("", row["claim"])):
            continue
        source = SourceRef(
            key="r1", outlet="Z", platform="rss", url="https://z.example/1",
            text=" ".join(row["evidence"]),
        )  # fmt: skip
        body = row["claim"].rstrip(" .") + " [@r1]."
        codes = {f.code for f in findings("", body, [source]) if f.level is Level.HOLD}
        counts[row["label"]][0] += 1
        counts[row["label"]][1] += "figure-not-found" in codes
    print("| WiCE dev, claims with a figure | claims | figure-not-found (95 %) |\n|---|---|---|")
    for label, (n, flagged) in sorted(counts.items()):
        print(f"| {label} | {n} | {wilson(flagged, n)} |")


def wilson(k: int, n: int) -> str:
    """Return a share with its 95 % interval after Wilson (1927)."""
    if not n:
        return "–"
    z, p = 1.96, min(k / n, 1.0)
    middle, width = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = ((middle + sign * width) / (1 + z * z / n) for sign in (-1, 1))
    return f"{p:.3f} ({low:.3f}-{high:.3f})"


if __name__ == "__main__":
    seeded()
    claims(Path(sys.argv[1]) if len(sys.argv) > 1 else WICE)
