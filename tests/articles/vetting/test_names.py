import pytest

from articles.vetting import CHECKS, OutletName, check, not_run
from articles.vetting.languages import READS
from articles.vetting.names import NAMES, SUBJECTS
from tests.articles.vetting.factories import HARBOUR, MERIDIAN, NOW, make_piece

FAULTY = (
    "On Thursday 24 June 2026 Reuters reported that the ships hold [@h1]. Harbour Wire reported at "
    "05:40 UTC on 25 June 2026 that they wait [@m1]. It was on 31 June 2026. The raid came at 05:00 "
    "UTC on 25 June 2027 [@h1]. Reportedly so [@h1]."
)


def codes_in(language):
    piece = make_piece(body=FAULTY, language=language, sources=[HARBOUR, MERIDIAN])
    found = check(piece, now=NOW, outlet_directory=[OutletName(name="Reuters")])
    return {finding.code for finding in found}, set(not_run(piece))


def test_every_finding_code_has_a_name():
    codes = {find.__name__.replace("_", "-") for find in CHECKS}

    assert set(NAMES) == codes


@pytest.mark.parametrize("language", ["fr", "fa"])
def test_checks_skipped_for_a_language_are_listed_and_do_not_run(language):
    english, none = codes_in("en-GB")
    found, unread = codes_in(language)

    assert none == set()
    assert unread == {code for code in READS if language not in READS[code]}
    assert found & unread == set()
    # This text has all of these faults but one, so that an empty result means something.
    assert unread - english <= {"hedge-lost"}
    # Figures are read in every language, dates within them only in English.
    assert english - found <= set(READS) | {"figure-not-found"}


def test_every_skippable_check_has_a_name():
    assert set(SUBJECTS) == set(READS)
