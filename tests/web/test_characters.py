import pytest

from web.characters import drop_controls

UNWANTED = "\0\x01\x08\x0b\x0c\x0e\x1f\x7f\x80\x85\x9f\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff"


@pytest.mark.parametrize("character", [*UNWANTED, "\ud800", "\U0005ffff"], ids=ascii)
def test_a_character_that_xml_or_a_database_refuses_is_dropped(character):
    assert drop_controls(f"fa{character}il") == "fail"


def test_tabs_line_ends_and_every_other_script_are_kept():
    text = "a\tb\nc\r\nd \u200b \u00a0 \u064a \U0001f30d \ufffd \ue000"

    assert drop_controls(text) == text
