import pytest

from desk.forms import LinesField


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", []),
        ("Nahr\r\n\r\n  the  river \r\nNahr\r\n", ["Nahr", "the river"]),
        (["Nahr", "Nahr"], ["Nahr"]),
    ],
)
def test_a_list_is_typed_one_a_line(typed, words):
    assert LinesField(required=False).clean(typed) == words


def test_a_list_is_shown_one_a_line():
    assert LinesField().prepare_value(["Nahr", "the river"]) == "Nahr\nthe river"


def test_only_other_words_change_a_list():
    field = LinesField()

    assert not field.has_changed(["Nahr", "the river"], "Nahr\r\n\r\nthe river")
    assert field.has_changed(["Nahr"], "River")
