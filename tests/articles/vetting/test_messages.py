"""The exact messages of the checks; all other tests look at codes and evidence."""

import tomllib
from pathlib import Path

import pytest

from articles.vetting import RULES, check
from tests.articles.vetting.factories import NOW
from tests.articles.vetting.faulty_pieces import GAZETTEER, make_faulty_pieces

WORDS = Path(__file__).with_name("messages.toml")
CODES = [rule.code for rule in RULES]


@pytest.fixture(scope="module")
def messages():
    """Return the distinct messages of each code, in the order in which the pieces produce them."""
    found = {}
    for piece in make_faulty_pieces().values():
        for finding in check(piece, now=NOW, outlet_directory=GAZETTEER):
            found.setdefault(finding.code, {})[finding.message] = None
    return {code: list(said) for code, said in found.items()}


def test_the_faulty_pieces_cover_every_finding_code(messages):
    assert sorted(messages) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_finding_message_matches_its_snapshot(messages, code):
    pinned = tomllib.loads(WORDS.read_text())

    assert messages[code] == pinned[code]


def test_every_message_snapshot_belongs_to_a_finding_code():
    assert sorted(tomllib.loads(WORDS.read_text())) == sorted(CODES)
