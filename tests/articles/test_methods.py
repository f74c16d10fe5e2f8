"""The page on methods: every rule that runs, and the figures that docs/checks.md has too."""

import re
from pathlib import Path

import pytest

from articles.pages import methods
from articles.vetting import RULES
from benchmarks.intervals import shown
from benchmarks.seeded.faults import FAULTS

DOCUMENT = (Path(__file__).parents[2] / "docs/checks.md").read_text(encoding="utf-8")
WHAT_NOW = (
    "docs/checks.md says it otherwise than /methods/: put its table and articles/pages in step."
    " `python -m benchmarks.checks --store` writes the figures."
)
# The sections, the live wire and the quotes, which are on every page.
CARETAKERS = 3


def documented():
    """Return level and cause of each check, by code."""
    rows = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \| [^|]+ \|$", DOCUMENT, re.M)
    return {code: (level, fires) for code, level, fires in rows}


def measured_table():
    begins = DOCUMENT.index("| check | faults | recall")
    table = DOCUMENT[begins : DOCUMENT.index("\n\n", begins)]
    return [line for line in table.splitlines()[2:] if not line.startswith("| **all**")]


def test_every_rule_that_runs_is_told_and_no_other():
    assert [rule.code for rule in methods.shown_rules()] == [rule.code for rule in RULES]


def test_levels_and_causes_are_those_of_the_document():
    told = {rule.code: (rule.level, rule.fires) for rule in methods.shown_rules()}

    assert told == documented(), WHAT_NOW


def test_figures_are_those_of_the_document():
    codes = methods.read_measured()["codes"]
    rows = [
        f"| {code} | {one['faults']} | {shown(one['found'], one['faults'])} | {one['right']} |"
        f" {one['wrong']} | {shown(one['right'], one['right'] + one['wrong'])} |"
        for code, one in codes.items()
    ]

    assert rows == measured_table(), WHAT_NOW
    assert set(codes) == set(FAULTS)


def test_what_no_check_looks_for_is_that_of_the_document():
    kinds = methods.read_measured()["unlooked_for"]
    assert kinds
    for kind in kinds:
        share = shown(kind["noticed"], kind["errors"])
        row = rf"^\| {kind['name']} \| {kind['errors']} \| [^|]+ \| {re.escape(share)} \|"
        assert re.search(row, DOCUMENT, re.M), kind


@pytest.mark.django_db
def test_the_page_tells_of_each_rule_without_a_query_of_its_own(client, django_assert_num_queries):
    with django_assert_num_queries(CARETAKERS):
        page = " ".join(client.get("/methods/").content.decode().split())

    for rule in RULES:
        assert f'id="{rule.code}"' in page
    assert page.count("Not measured.") == sum(not each.faults for each in methods.shown_rules())
    assert "What they do not see" in page


@pytest.mark.django_db
@pytest.mark.parametrize(("two", "words"), [(True, "a second person"), (False, "an editor")])
def test_who_overrides_is_as_the_site_is_set(client, settings, two, words):
    settings.DESK_SECOND_PERSON = two

    page = " ".join(client.get("/methods/").content.decode().split())

    assert f"until {words}" in page
