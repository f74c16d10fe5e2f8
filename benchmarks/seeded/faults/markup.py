"""Faults of markup: a slip that readers would see, or that hides words from them."""

import re
from dataclasses import replace
from random import Random

from benchmarks.seeded.articles import Article
from benchmarks.seeded.fault import QUERY, Fault, first, in_body

_CODE = "markup-shown"
_KEY = re.compile(r"@(\w*\d)")


def slip_in_a_mark(article: Article, rng: Random) -> Fault | None:
    """Cite a post with a mark that is none, or with a bracket too many."""
    keys = _KEY.findall(article.body)
    if not keys:
        return None
    key = rng.choice(keys)
    slip = rng.choice(
        [f"[{key}]", f"[@ {key}]", f"(@{key})", f"\uff3b@{key}\uff3d", f"[@{key}", f"[@{key}]]", f"@{key}",
         f"[[@{key}]]", f"[see @{key}]", f"[\N{ZERO WIDTH SPACE}@{key}]"]
    )  # fmt: skip
    return _added(article, f"It was calm {slip}", len("It was calm "))


def type_other_markup(article: Article, rng: Random) -> Fault | None:
    """Write what has an effect in other editors."""
    slip = rng.choice(
        ["~~calm~~", "==calm==", "calm[^1]", "^[calm]", "[[calm]]", "[calm][1]", "&amp;nbsp;calm",
         "<! -- calm -->", "[calm]{own}", "[calm]{.b2}", "[b]calm[/b]", "![calm]", "[calm] (https://quay.example/)"]
    )  # fmt: skip
    return _added(article, f"It was {slip}", len("It was "))


def add_a_cell(article: Article, rng: Random) -> Fault | None:
    """Give a row of a table more cells than it has columns."""
    cell = rng.choice(["at dawn", "**at dawn**", "[by day](https://quay.example/)"])
    table = f"| place | weather |\n|---|---|\n| the scene | calm | {cell} |"
    return _added(article, table, table.index(cell))


def mark_up_a_title(article: Article, rng: Random) -> Fault | None:
    """Write markup into headline or standfirst, where it has no effect."""
    slip = rng.choice(
        [
            "**now**",
            "<b>now</b>",
            "[now](https://quay.example/)",
            "&nbsp;",
            "{.own}",
            "<!-- now -->",
        ]
    )

    def marked_up(field: str) -> Fault | None:
        was = getattr(article, field)
        if not was:
            return None
        return Fault(
            article=replace(article, **{field: f"{was} {slip}"}),
            code=_CODE,
            level=QUERY,
            field=field,
            start=len(was) + 1,
            end=len(was) + 1 + len(slip),
            what=f"{field} with {slip!r}",
        )

    return first(rng, ("headline", "dek"), marked_up)


def _added(article: Article, words: str, slip: int) -> Fault:
    """Add a paragraph; the finding overlaps what begins at slip in it."""
    at = article.body.find("\n\n")
    at = at if at >= 0 else len(article.body)
    new = f"\n\n{words}"
    return in_body(
        article, at, at, new, code=_CODE, level=QUERY, shown=(at + 2 + slip, at + len(new)),
        also={"unsourced-claim"},
    )  # fmt: skip
