import pytest

from tests.articles.vetting.dated_pairs import read_pairs

CLEAN = read_pairs("dated_clean.toml")
FAULTS = read_pairs("dated_faults.toml")


def test_there_are_more_right_sentences_than_wrong_ones():
    assert len(CLEAN) >= 50
    assert len(FAULTS) >= 40


@pytest.mark.parametrize("pair", FAULTS, ids=[pair.text for pair in FAULTS])
def test_a_wrong_day_stands_in_its_sentence_once(pair):
    assert pair.text.count(pair.wrong) == 1
