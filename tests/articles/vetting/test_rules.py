import pytest

from articles.vetting import RULES, OutletName, check, not_run, title_of
from tests.articles.vetting.factories import HARBOUR, MERIDIAN, NOW, make_piece

FAULTY = (
    "On Thursday 24 June 2026 Reuters reported that the ships hold [@h1]. Harbour Wire reported at "
    "05:40 UTC on 25 June 2026 that they wait [@m1]. It was on 31 June 2026. The raid came at 05:00 "
    "UTC on 25 June 2027 [@h1]. Reportedly so [@h1]."
)
# What is read of the sense of sentences, in English alone, and the rules that read it.
SENSES = {
    "opposites",
    "negations",
    "speakers",
    "places",
    "winners",
    "occupations and relations",
}
SENSE_CODES = {
    "opposite-told",
    "negation-differs",
    "speaker-differs",
    "place-differs",
    "winner-differs",
    "role-differs",
}


def codes_in(language):
    piece = make_piece(body=FAULTY, language=language, sources=[HARBOUR, MERIDIAN])
    found = check(piece, now=NOW, outlet_directory=[OutletName(name="Reuters")])
    return {finding.code for finding in found}, set(not_run(piece))


def test_a_code_of_a_rule_that_is_gone_is_its_own_title():
    assert title_of("weekday") == "Weekday does not match the date"
    assert title_of("rule-of-old") == "rule-of-old"


def test_titles_name_one_rule_each():
    titles = [rule.title for rule in RULES]

    assert len(set(titles)) == len(titles)
    assert all(len(title.split()) <= 7 for title in titles)


@pytest.mark.parametrize(
    ("language", "unread"),
    [
        ("fr", {"stated times", "future dates", "dropped hedges", "names and titles", *SENSES}),
        (
            "fa",
            {
                "unlinked outlets",
                "mismatched outlets",
                "relayed outlets",
                "stated times",
                "future dates",
                "weekdays",
                "impossible dates",
                "differing days",
                "dropped hedges",
                "names and titles",
                *SENSES,
            },
        ),
    ],
)
def test_rules_skipped_for_a_language_are_listed_and_do_not_run(language, unread):
    english, none = codes_in("en-GB")
    found, listed = codes_in(language)
    skipped = {rule.code for rule in RULES if not rule.reads(language)}

    assert none == set()
    assert listed == unread
    assert found & skipped == set()
    # This text has all of these faults but some, so that an empty result means something.
    assert skipped - english <= {
        "hedge-lost",
        "outlet-relayed",
        "date-differs",
        "name-not-found",
        *SENSE_CODES,
    }
    # Figures are read in every language, dates within them in six.
    read_in_some = {rule.code for rule in RULES if rule.languages is not None}
    assert english - found <= read_in_some | {"figure-not-found"}
