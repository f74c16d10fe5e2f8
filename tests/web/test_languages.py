import pytest

from web.language_tags import primary
from web.languages import direction, language_name, own_name


@pytest.mark.parametrize("code", ["ar", "ar-EG", "ckb", "dv", "fa", "fa-IR", "he", "iw", "nqo", "ps", "rhg", "sd", "syr", "ug", "ur", "yi"])  # fmt: skip
def test_direction_is_that_of_the_script_a_language_is_written_in(code):
    assert direction(code) == "rtl"


@pytest.mark.parametrize("code", ["", "und", "xx", "de", "en-GB", "hi", "ja", "tr", "zh-Hant-TW"])
def test_direction_is_from_the_left_for_other_scripts_and_unknown_languages(code):
    assert direction(code) == "ltr"


@pytest.mark.parametrize(
    ("code", "way"),
    [("az-Arab", "rtl"), ("AZ-ARAB-IR", "rtl"), ("ar-Latn", "ltr"), ("ff-adlm", "rtl"), ("ur_Deva_IN", "ltr")],
)  # fmt: skip
def test_direction_is_that_of_the_script_a_code_names(code, way):
    assert direction(code) == way


@pytest.mark.parametrize(
    ("code", "way"),
    [("pa", "ltr"), ("pa-PK", "rtl"), ("uz-AF", "rtl"), ("uz-UZ", "ltr"), ("ku-IQ", "rtl"), ("ku-TR", "ltr"), ("pa_PK", "rtl")],
)  # fmt: skip
def test_direction_is_that_of_the_script_used_in_the_region(code, way):
    assert direction(code) == way


@pytest.mark.parametrize("code", ["arc", "pnb", "prs"])
def test_direction_of_languages_that_cldr_has_otherwise(code):
    assert direction(code) == "rtl"


@pytest.mark.parametrize(
    ("tag", "language"),
    [("pt-BR", "pt"), ("pt_BR", "pt"), ("ZH-Hant", "zh"), (" de ", "de"), ("und", "und"), ("", "")],
)
def test_primary_is_the_language_without_region_and_script(tag, language):
    assert primary(tag) == language


def test_names_of_languages_with_regions_and_of_unknown_ones():
    assert (language_name("ar-EG"), language_name("xx")) == ("Arabic", "")
    assert (own_name("de"), own_name("xx")) == ("Deutsch", "xx")
