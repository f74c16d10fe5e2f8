import pytest

from tests.articles.vetting.dated_pairs import read_pairs

CLEAN = [*read_pairs("dated_clean.toml"), *read_pairs("dated_clean_later.toml")]
FAULTS = [*read_pairs("dated_faults.toml"), *read_pairs("dated_faults_later.toml")]
# A span between two days is the arithmetic of another check.
COUNTED = "Rescuers found the boy on Saturday, three days after the slide [@r1]."
# What these wrong days are of, or whether they are wrong, nobody can tell from the words alone.
NOT_SEEN = {
    # The post is of that Saturday, and something may be said again.
    "On Saturday the ministry said that it would appeal the ruling [@r1].",
    # The day stands in a clause that says nothing of it.
    "Calvera beat Orsk 2-1 on Saturday [@r1].",
    # West of the Azores the post was made on Wednesday, and its yesterday was Tuesday.
    "O porto fechou na terça-feira [@r1].",
}


def test_there_are_more_right_sentences_than_wrong_ones():
    assert len(CLEAN) >= 90
    assert len(FAULTS) >= 60


@pytest.mark.parametrize("pair", CLEAN, ids=[pair.text for pair in CLEAN])
def test_a_right_day_is_not_asked_about(pair):
    findings = pair.findings()

    assert [found for found in findings if pair.text != COUNTED] == []


@pytest.mark.parametrize("pair", FAULTS, ids=[pair.text for pair in FAULTS])
def test_a_wrong_day_is_noticed_where_it_stands(pair):
    assert pair.text.count(pair.wrong) == 1
    assert pair.is_noticed() == (pair.text not in NOT_SEEN)
