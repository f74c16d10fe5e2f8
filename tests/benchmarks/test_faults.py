"""The table of faults: what docs/operate.md says is what the run prints."""

import re

import pytest

from benchmarks.faults import FAULTS, became_of, table
from tests.packages import ROOT

FAULT = FAULTS[0]
FIRST, SECOND = FAULT.tests[0], FAULT.tests[1]


def test_the_table_of_the_document_is_that_of_the_command():
    assert table() in (ROOT / "docs/operate.md").read_text()


def test_every_test_of_the_table_exists():
    named = [test.split("::") for fault in FAULTS for test in fault.tests]

    assert len(named) > 20
    assert [
        (path, name)
        for path, name in named
        if not re.search(rf"^def {name}\(", (ROOT / path).read_text(), re.M)
    ] == []


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (f"PASSED {FIRST}\nPASSED {SECOND}\n", "held"),
        (f"PASSED {FIRST}[1]\nFAILED {SECOND} - assert 1\n", "FAILED"),
        (f"ERROR {FIRST} - no port\n", "FAILED"),
        (f"SKIPPED [2] {FIRST.partition('::')[0]}:80: SQLite has no server\n", "not here"),
        ("PASSED tests/wires/test_kills.py::test_another\n", "not here"),
        ("", "not here"),
    ],
)
def test_a_fault_is_held_only_where_its_tests_ran_and_passed(said, outcome):
    assert became_of(FAULT, said) == outcome
