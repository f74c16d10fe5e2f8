"""Which words two texts share: runs of words, names and figures, in any script."""

import pytest

from wires.shared_words import SharedWords

POST = "Harbour master Jo Lind owes 95 crowns, he said."


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("The harbour master, Jo, is gone.", ("harbour master, Jo",)),
        ("HARBOUR MASTER JO LIND!", ("HARBOUR MASTER JO LIND",)),
        ("We met Lind.", ("Lind",)),
        ("Some 95 ships.", ("95",)),
        ("The master of the harbour said so.", ()),
        ("He owes it.", ()),
        ("", ()),
    ],
)
def test_runs_names_and_figures_are_shared_and_common_words_are_not(text, shared):
    assert SharedWords([POST]).printed_in(text) == shared


@pytest.mark.parametrize(
    ("post", "text", "shared"),
    [
        ("السفن تنتظر غرب المنارة", "قال إن السفن وصلت", "السفن"),
        ("船舶在港口等待", "他说港口等待", "港口等待"),
        ("Straße gesperrt", "Die STRASSE ist frei", "STRASSE"),
        ("\uff4c\uff49\uff4e\uff44 owes it all", "He said Lind owes it", "Lind owes it"),
    ],
)
def test_words_are_shared_in_any_script_and_spelling(post, text, shared):
    assert shared in SharedWords([post]).printed_in(text)


def test_a_text_of_one_or_two_words_is_shared_whole():
    assert SharedWords(["ill again"]).printed_in("She is ill again.") == ("ill again",)
    assert SharedWords(["ill"]).printed_in("She is ill.") == ("ill",)


def test_the_longest_words_come_first_and_each_once():
    found = SharedWords([POST]).printed_in("Lind is ill. So is Lind; so is harbour master Jo Lind.")

    assert found == ("harbour master Jo Lind", "Lind")


def test_the_first_word_of_a_sentence_is_a_name_only_if_it_is_long():
    words = SharedWords(["He left. The port is shut."])

    assert words.printed_in("The He port.") == ()


def test_a_name_alone_is_no_run():
    words = SharedWords([POST], run=5)

    assert not words.has_run_in("Jo Lind owes nothing")
    assert words.has_run_in("that harbour master Jo Lind owes nothing")


def test_no_words_share_nothing():
    assert SharedWords(["", " … "]).printed_in("Anything at all.") == ()
