"""Measure the checks on real texts, each cited to itself.

    .venv/bin/python -m benchmarks.real_text [--misses] [CORPORA]

An article that consists of an item's own words, each sentence citing that item, must raise no
hold unless the item itself is wrong. Reads the news items, the feeds and the articles of QAGS
(Wang et al., 2020). single-origin and verbatim-copy, which are true of each, are counted apart
and are no part of the goals. Needs no database. Exit status 1 if a goal is missed, 2 if CORPORA is missing.
"""

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from articles.vetting import Finding, Level, OutletName, Piece, SourceRef, check
from articles.vetting.report import Ink
from benchmarks.intervals import shown
from benchmarks.options import parser
from wires import platforms

CORPORA = Path("../shared/corpora")
NOW = datetime(2026, 6, 25, 10, 0, tzinfo=UTC)
# True of every article that only repeats one post.
TRUE_HERE = frozenset({"single-origin", "verbatim-copy"})
MOST_HELD, MOST_QUERIES = 0.01, 0.1
FEWEST_WORDS = 60
FEEDS = frozenset({".xml", ".rss", ".atom", ".json"})
# An editor gives an outlet its name, where its feed has none.
NAMES = {"TheWeek feed": "The Week"}
# What the archive of a newsroom would know besides the outlets of these texts.
AGENCIES = (
    OutletName(name="Agence France-Presse", aliases=("AFP",)),
    OutletName(name="Al Jazeera"),
    OutletName(name="Associated Press", aliases=("AP",)),
    OutletName(name="BBC News", aliases=("BBC",)),
    OutletName(name="Bloomberg"),
    OutletName(name="Fox News", aliases=("Fox",)),
    OutletName(name="Reuters"),
    OutletName(name="The Guardian", aliases=("Guardian",)),
    OutletName(name="The New York Times", aliases=("New York Times",)),
    OutletName(name="The Washington Post", aliases=("Washington Post",)),
)
# A mark wherever a sentence may end, never inside a quotation. One too many does no harm.
_END = re.compile(r"""(?<=[.!?…])["'”’)\]]*(?=\s|$)""")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_MARKUP = re.compile(r"([\\`*_\[\]<>{}!|~])|^([#+\-=]|\d+[.)])", re.M)


@dataclass(frozen=True, slots=True)
class RealText:
    """Words that somebody published, with the outlet that did. posted_at is aware."""

    corpus: str
    name: str
    outlet: str
    text: str
    posted_at: datetime | None = None
    language: str = "en"


def read_texts(corpora: Path) -> Iterator[RealText]:
    """Yield the texts of at least FEWEST_WORDS words, none twice. Raises OSError."""
    seen: set[str] = set()
    for text in (*_news(corpora), *_feeds(corpora), *_qags(corpora)):
        if len(text.text.split()) >= FEWEST_WORDS and text.text not in seen:
            seen.add(text.text)
            yield text


def _news(corpora: Path) -> Iterator[RealText]:
    for line in (corpora / "news/items.jsonl").read_text().splitlines():
        row = json.loads(line)
        posted_at = datetime.fromisoformat(row["posted_at"]) if row["posted_at"] else None
        outlet = NAMES.get(row["outlet"], row["outlet"])
        yield RealText("news", row["id"], outlet, row["text"], posted_at)


def _feeds(corpora: Path) -> Iterator[RealText]:
    paths = sorted(path for path in (corpora / "feeds/real").rglob("*") if path.suffix in FEEDS)
    for path in paths:
        try:
            document = platforms.parse(path.read_bytes())
        except platforms.UnreadableBody:
            continue
        for n, post in enumerate(document.posts):
            name = f"{path.stem}-{n}"
            language = post.language.partition("-")[0] or "en"
            outlet = document.title or path.stem
            yield RealText("feeds", name, outlet, post.text, post.posted_at, language)


def _qags(corpora: Path) -> Iterator[RealText]:
    for n, line in enumerate((corpora / "claims/qags_cnndm.jsonl").read_text().splitlines()):
        yield RealText("qags", f"qags-{n}", "CNN", json.loads(line)["article"])


def cited_to_itself(text: RealText) -> Piece:
    """Return the article that a newsroom would have if it only repeated this text."""
    paragraphs = [line for line in text.text.splitlines() if line.strip()]
    source = SourceRef(
        key="r1", outlet=text.outlet, platform="rss", url="https://z.example/1",
        text=text.text, posted_at=text.posted_at,
    )  # fmt: skip
    return Piece.written(
        body="\n\n".join(map(_marked, paragraphs)),
        framing_note="Ours.",
        language=text.language,
        sources=[source],
    )


def _marked(paragraph: str) -> str:
    quoted = [match.span() for match in _QUOTED.finditer(paragraph)]
    parts, done = [], 0
    for match in _END.finditer(paragraph):
        if any(start < match.end() < end for start, end in quoted):
            continue
        parts.append(paragraph[done : match.end()])
        done = match.end()
    parts.append(paragraph[done:])
    return " ".join(f"{_escaped(part.strip())} [@r1]" for part in parts if part.strip())


def _escaped(words: str) -> str:
    return _MARKUP.sub(lambda match: f"\\{match[1]}" if match[1] else _line_start(match[2]), words)


def _line_start(marker: str) -> str:
    return f"{marker[:-1]}\\{marker[-1]}"


def table(found: dict[RealText, list[Finding]]) -> Iterator[str]:
    yield "| real text cited to itself | articles | held (95 %) | asked (95 %) | queries each |"
    yield "|---|---|---|---|---|"
    for corpus in dict.fromkeys(text.corpus for text in found):
        yield _row(corpus, [each for text, each in found.items() if text.corpus == corpus])
    yield _row("**all**", list(found.values()))


def _row(name: str, found: list[list[Finding]]) -> str:
    n = len(found)
    held, asked = _articles_with(found, Level.HOLD), _articles_with(found, Level.QUERY)
    queries = sum(_count(each, Level.QUERY) for each in found)
    return (
        f"| {name} | {n} | {held}: {shown(held, n)} | {asked}: {shown(asked, n)} "
        f"| {queries / n:.3f} ({queries}) |"
    )


def _articles_with(found: list[list[Finding]], level: Level) -> int:
    return sum(_count(each, level) > 0 for each in found)


def _count(findings: list[Finding], level: Level) -> int:
    return sum(finding.level is level for finding in findings)


def codes(found: dict[RealText, list[Finding]]) -> Iterator[str]:
    counts = Counter((f.level.value, f.code) for each in found.values() for f in each)
    for (level, code), n in counts.most_common():
        yield f"{n:5} {level} {code}"


def misses(found: dict[RealText, list[Finding]]) -> Iterator[str]:
    for text, findings in found.items():
        for finding in findings:
            yield f"FALSE {text.name}, {finding.level.value}, {finding.code}: {finding.message}"
            yield f"  {finding.excerpt}"


def missed_goals(found: dict[RealText, list[Finding]]) -> Iterator[str]:
    each, n = list(found.values()), len(found)
    if not n or _articles_with(each, Level.HOLD) / n > MOST_HELD:
        yield f"{_articles_with(each, Level.HOLD)} of {n} articles are held, the goal is {MOST_HELD}"
    queries = sum(_count(findings, Level.QUERY) for findings in each)
    if not n or queries / n > MOST_QUERIES:
        yield f"{queries} queries in {n} articles, the goal is {MOST_QUERIES} each"


def main() -> int:
    asked = parser(__doc__)
    asked.add_argument("corpora", nargs="?", type=Path, default=CORPORA, metavar="CORPORA")
    asked.add_argument("--misses", action="store_true", help="print every finding")
    given = asked.parse_args()
    if not (given.corpora / "news").is_dir():
        print(f"{given.corpora} is absent: name the folder of corpora.", file=sys.stderr)
        return 2
    texts = list(read_texts(given.corpora))
    own = dict.fromkeys(text.outlet for text in texts)
    directory = [*AGENCIES, *(OutletName(name=name) for name in own)]
    all_found = {
        text: list(check(cited_to_itself(text), now=NOW, outlet_directory=directory))
        for text in texts
    }
    found = {
        text: [finding for finding in findings if finding.code not in TRUE_HERE]
        for text, findings in all_found.items()
    }
    left_out = Counter(f.code for each in all_found.values() for f in each if f.code in TRUE_HERE)
    print("\n".join((*table(found), "", *codes(found))))
    told = ", ".join(f"{code} {left_out[code]}" for code in sorted(TRUE_HERE))
    print(f"\nNot counted, since true of a text that repeats one post: {told}.")
    if given.misses:
        print("\n" + "\n".join(misses(found)))
    ink = Ink(is_coloured=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    goals = list(missed_goals(found))
    for goal in goals:
        print(f"{ink.paint('Missed', '1;31')}: {goal}.")
    return 1 if goals else 0


if __name__ == "__main__":
    sys.exit(main())
