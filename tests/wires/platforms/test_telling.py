"""The words whose change must be seen: numbers, negations and quotations in many languages."""

import pytest

from wires.platforms.telling import telling_words

PAIRS = [
    ("Kaksi laivaa odottaa", "Kolme laivaa odottaa"),
    ("Två fartyg väntar", "Fyra fartyg väntar"),
    ("Satama ei aukea", "Satama aukea"),
    ("Hamnen öppnar inte", "Hamnen öppnar"),
    ("Порт не відкрито", "Порт відкрито"),
    ("Ранены трое рыбаков", "Ранены двое рыбаков"),
    ("Dwa statki czekają", "Trzy statki czekają"),
    ("三人受伤", "四人受伤"),
    ("港口未开放", "港口开放"),
    ("Liman açık değil", "Liman açık"),
    ("ثلاثة جرحى", "أربعة جرحى"),
    ("१२ जहाज़", "१३ जहाज़"),
    ("तीन लोग घायल", "चार लोग घायल"),
    ("Le port n’ouvre pas", "Le port ouvre"),
    ("Den Hafen öffnet „niemand“", "Den Hafen öffnet „jemand“"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_number_a_negation_or_quoted_words_tell_two_texts_apart(one, other):
    assert telling_words(one) != telling_words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Port to close by dawn", "Port closes at dawn"),
        ("Fire crews at the quay", "Crews at the burning quay"),
        ("Lima hat den Hafen geöffnet", "Der Hafen von Lima ist offen"),
        ("Satama aukeaa", "Satama avataan"),
    ],
)
def test_other_words_do_not(one, other):
    assert telling_words(one) == telling_words(other) == []
