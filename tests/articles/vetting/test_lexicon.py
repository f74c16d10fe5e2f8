"""The word lists: each thing stands in one table, and days and months come from the CLDR."""

from collections import Counter

import pytest

from articles.vetting.lexicon import LEXICONS, bare, lexicon_of, units
from articles.vetting.lexicon.likely import likely_lexicon
from articles.vetting.text import View

EIGHT = ("en", "de", "fr", "es", "it", "pt", "ar", "fa")


def codes(lexicons):
    return [lexicon.code for lexicon in lexicons]


@pytest.mark.parametrize("code", EIGHT)
def test_a_language_of_the_desk_knows_its_months_and_weekdays(code):
    lexicon = lexicon_of(code)

    assert set(lexicon.months.values()) == set(range(1, 13))
    assert set(lexicon.weekdays.values()) == set(range(7))


@pytest.mark.parametrize(
    ("code", "name", "number"),
    [
        ("en", "march", 3), ("en", "sept", 9), ("de", "märz", 3), ("de-AT", "jänner", 1),
        ("fr", "août", 8), ("es", "setiembre", 9), ("it", "gennaio", 1), ("pt", "março", 3),
        ("ar", "كانون الثاني", 1), ("ar", "يناير", 1), ("fa", "مهر", 7), ("ru", "мая", 5),
    ],
)  # fmt: skip
def test_a_month_is_known_by_its_name(code, name, number):
    assert lexicon_of(code).months[bare(name)] == number


@pytest.mark.parametrize(("code", "name"), [("en", "monday"), ("de", "montag"), ("fr", "lundi")])
def test_monday_is_the_first_day(code, name):
    assert lexicon_of(code).weekdays[name] == 0


@pytest.mark.parametrize(
    ("code", "words", "value"),
    [
        ("en", "ninety nine", 99), ("it", "ventitre", 23), ("es", "treinta y dos", 32),
        ("fr", "quatre vingt onze", 91), ("fr", "soixante et onze", 71), ("fr", "deux cents", 200),
        ("de", "einundzwanzig", 21), ("de", "dreissig", 30), ("pt", "vinte e tres", 23),
        ("it", "ventotto", 28), ("de", "funfhundert", 500), ("es", "cuatrocientos", 400),
    ],
)  # fmt: skip
def test_number_words_are_known(code, words, value):
    assert lexicon_of(code).number_words[words] == value


def test_no_language_has_two_lexicons():
    assert codes(LEXICONS) == list(Counter(codes(LEXICONS)))


def test_an_unknown_language_has_no_lexicon():
    assert lexicon_of("tlh") is None
    assert lexicon_of("en-GB") is lexicon_of("EN")


@pytest.mark.parametrize("lexicon", LEXICONS, ids=codes(LEXICONS))
def test_a_word_is_a_number_a_scale_or_a_unit_and_no_two_of_them(lexicon):
    tables = (lexicon.number_words, lexicon.units, lexicon.multiples, lexicon.spans)

    several = [word for word, n in Counter(word for one in tables for word in one).items() if n > 1]

    assert several == []
    assert [word for word in lexicon.scales if len(word) > 2 and word in lexicon.units] == []


def test_a_symbol_of_every_language_stands_in_no_lexicon():
    symbols = {symbol for symbol in units.SYMBOLS if len(symbol) > 1}

    again = [(one.code, word) for one in LEXICONS for word in one.units if word in symbols]

    assert again == []


def test_no_unit_has_two_sizes():
    every = [*units.SYMBOLS.values(), *(unit for one in LEXICONS for unit in one.units.values())]

    sizes = {}
    for unit in every:
        sizes.setdefault(unit.code, set()).add((unit.dimension, unit.factor))

    assert len(sizes) > 50
    assert [code for code, found in sizes.items() if len(found) > 1] == []


@pytest.mark.parametrize("lexicon", LEXICONS, ids=codes(LEXICONS))
def test_every_key_is_folded_so_that_a_reader_can_find_it(lexicon):
    tables = (
        lexicon.months, lexicon.weekdays, lexicon.number_words, lexicon.scales, lexicon.fractions,
        lexicon.multiples, lexicon.units, lexicon.spans, lexicon.comparators, lexicon.hedges,
        lexicon.labels, lexicon.before_years, lexicon.tolls, lexicon.function_words,
    )  # fmt: skip

    unfolded = [word for one in tables for word in one if word != bare(word.casefold())]

    assert unfolded == []


@pytest.mark.parametrize("lexicon", LEXICONS, ids=codes(LEXICONS))
def test_a_span_is_said_in_a_unit_of_its_language(lexicon):
    assert [word for word, (_, unit) in lexicon.spans.items() if unit not in lexicon.units] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The mine produced 112,000 ounces of gold in 2024", "en"),
        ("Afecta a unas 121.500 personas, según el ministerio", "es"),
        ("À Marseille, 44 navires attendaient au large de la côte", "fr"),
        ("Gezählt wurden 4.950 Menschen auf der Brücke", "de"),
        ("A safra de soja deve chegar a 177,6 milhões de toneladas", "pt"),
        ("Treno deragliato nella notte, 23 feriti tra i passeggeri della carrozza", "it"),
        ("وزارت: ۲۵٬۴۳۷ حساب کاربری حذف شد و چهل نفر گفتند", "fa"),
        ("وزارة: حذف ٢٥٬٤٣٧ حسابا", "ar"), ("430 млн рублей пропали", "ru"),
        ("1.2万人が避難した", "ja"), ("1.2万人撤离", "zh"), ("12명이 다쳤다", "ko"), ("M6.1", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_the_likely_language_of_a_text_is_found_by_its_words(text, code):
    assert likely_lexicon(View.of(text)).code == code
