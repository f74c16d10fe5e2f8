"""What the checks read of a text they read once, and what few texts have is looked for in those alone.

Counted are calls, never seconds: each of these took a part of the time of all checks.
"""

import sys
from collections import Counter

import pytest

from articles.prose import render
from articles.vetting import Context, OutletName, findings
from articles.vetting.facts.given import Given
from articles.vetting.facts.lone_figures import read_lone_figures
from articles.vetting.facts.pairs import paired
from articles.vetting.facts.reading import read_quantities
from articles.vetting.facts.spellings import BEGINNING, related_forms
from articles.vetting.outlets import Outlets
from articles.vetting.plain import Plain
from articles.vetting.post_names import archive_of
from articles.vetting.rules import verbatim_copy
from articles.vetting.rules.verbatim_copy import _runs
from articles.vetting.text import View
from articles.vetting.told import Saying
from tests.articles.vetting.factories import NOW, make_piece, make_source_ref
from wires.platforms.permalinks import recognise

POST = (
    "Orsay lost 12 houses and Mellin lost 40 houses on 3 June. No ship sank off Meray.\n"
    "Pilots waited for 9 hours and 20 crews did not sail. The Meray port has 7 quays."
)
BODY = (
    "Orsay lost 40 houses and Mellin lost 12 houses [@r1]. A ship sank off Meray [@r1].\n\n"
    "Pilots waited for 20 hours and 9 crews sailed [@r1]. Meray’s port has 8 quays [@r1]."
)


def calls_of(function, act):
    """Return with which first arguments a function was called, and how often with each."""
    counted = Counter()

    def count(frame, event, _):
        if event == "call" and frame.f_code is function.__code__:
            # The first of a class method is its class.
            names = [name for name in frame.f_code.co_varnames if name != "cls"]
            value = frame.f_locals[names[0]]
            counted[value if isinstance(value, str) else id(value)] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return counted


def check_all(piece):
    return list(findings(piece, Context(now=NOW)))


@pytest.fixture
def piece():
    return make_piece(body=BODY, framing_note="So we say.", sources=[make_source_ref(text=POST)])


def test_the_framing_note_is_rendered_once(piece):
    calls = calls_of(render, lambda: check_all(piece))

    assert calls == {"So we say.": 1}


def test_a_post_is_viewed_once(piece):
    calls = calls_of(View.of.__func__, lambda: check_all(piece))

    assert calls[POST] == 1


def test_an_address_is_recognised_once_for_all_rules_on_links(piece):
    url = piece.sources[0].url

    calls = calls_of(recognise, lambda: check_all(piece))

    # source-not-a-post reads it for itself.
    assert calls[url] == 2


def test_a_sentence_of_a_post_is_asked_once_whether_it_denies_anything(piece):
    may_deny = vars(Saying)["may_deny"]
    function = may_deny.fget if isinstance(may_deny, property) else may_deny.func

    calls = calls_of(function, lambda: check_all(piece))

    assert calls
    assert set(calls.values()) == {1}


def test_the_figures_of_a_sentence_are_read_once_for_all_sentences_beside_it(piece):
    calls = calls_of(read_lone_figures, lambda: check_all(piece))

    assert calls
    assert set(calls.values()) == {1}


def test_what_is_counted_on_is_looked_for_once_for_figures_with_the_same_likes():
    posts = read_quantities("Seven members voted for it and 2 against. 9 members left.", "en")
    given = Given(posts)
    said = read_quantities("Nine members voted, 11 members of 12 came.", "en")

    first = given.counted_on(said[0])

    assert first
    assert given.counted_on(said[1]) is first


def test_no_word_is_inflected_that_begins_like_none_of_a_post(piece):
    archive = archive_of(piece, Context(now=NOW))

    assert not calls_of(related_forms, lambda: archive.has("zarkovia"))
    assert calls_of(related_forms, lambda: archive.has("orsian"))


@pytest.mark.parametrize("word", ["gulls", "meray", "iraqi", "belgians", "greens", "isles"])
def test_all_forms_of_a_longer_word_begin_as_it_does(word):
    assert {form[:BEGINNING] for form in related_forms(word)} == {word[:BEGINNING]}


def test_runs_of_words_are_collected_only_where_a_paragraph_may_copy_some(piece):
    copied = make_piece(body=f"{POST.split('. ')[0]} [@r1].", sources=piece.sources)

    def find(one):
        return lambda: list(verbatim_copy.find(one, Context(now=NOW)))

    assert not calls_of(_runs, find(piece))
    assert calls_of(_runs, find(copied))


def test_a_text_with_the_first_word_of_a_name_alone_is_not_searched_for_it():
    outlets = Outlets.known(make_piece(), Context(now=NOW, outlet_directory=[NAME]))

    named = calls_of(Outlets._pattern, lambda: outlets.mentioned(Plain.of("The Quay Ledger said")))
    other = calls_of(Outlets._pattern, lambda: outlets.mentioned(Plain.of("The ships said so")))

    assert named
    assert not other


NAME = OutletName(name="The Quay Ledger")


def test_what_stands_between_figures_that_are_no_scores_is_not_viewed():
    view = View.of("12 boats, 3 crews and 14 tugs")
    found = list(read_quantities(view, "en"))

    assert not calls_of(View.of.__func__, lambda: paired(found, view))
