"""How articles are checked: every rule that runs, what it catches, how often it was right."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from articles.told_rules import read_told, title_told
from articles.vetting import RULES
from articles.vetting.rule import Rule
from web.conditional import public_page
from web.languages import language_here
from wires import generations

FOLDER = Path(__file__).parent
# Written by `python -m benchmarks.checks --store`.
MEASURED = FOLDER / "measured.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRule:
    """A rule as readers are told of it; `faults` is 0 where nothing was measured."""

    code: str
    title: str
    level: str
    fires: str
    unread: str
    faults: int
    found: int
    raised: int
    wrong: int


@public_page(generations.reader("pages"))
def methods(request: HttpRequest) -> HttpResponse:
    """Show the rules in the order in which they run. No query of its own."""
    measured = read_measured()
    rules = shown_rules()
    context = {
        "rules": rules,
        "faults": sum(rule.faults for rule in rules),
        "found": sum(rule.found for rule in rules),
        "raised": sum(rule.raised for rule in rules),
        "wrong": sum(rule.wrong for rule in rules),
        "measured": measured,
        "needs_second": settings.DESK_SECOND_PERSON,
    }
    return render(request, "articles/methods.html", context)


def shown_rules() -> Sequence[ShownRule]:
    """Return the rules in the language of the page."""
    told, codes = read_told(), read_measured()["codes"]
    return tuple(_shown(rule, told[rule.code], codes.get(rule.code, {})) for rule in RULES)


@cache
def read_measured() -> Mapping[str, Any]:
    """Return what the benchmark of the checks stored last: see benchmarks/checks.py."""
    found: Mapping[str, Any] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return found


def _shown(rule: Rule, told: Mapping[str, str], counts: Mapping[str, int]) -> ShownRule:
    wrong = counts.get("wrong", 0)
    return ShownRule(
        code=rule.code,
        title=title_told(rule.code),
        level=told["level"],
        fires=told["fires"],
        unread=_unread(rule),
        faults=counts.get("faults", 0),
        found=counts.get("found", 0),
        raised=counts.get("right", 0) + wrong,
        wrong=wrong,
    )


def _unread(rule: Rule) -> str:
    """Return in which languages a rule sees nothing; "" where it reads every one."""
    if rule.languages is None:
        return ""
    names = sorted(language_here(code) or code for code in rule.languages)
    return gettext("Reads %(languages)s only.") % {"languages": ", ".join(names)}
