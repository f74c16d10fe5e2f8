"""Outlets as sources: which are named, linked and cited."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.vetting import Level, OutletName, check
from articles.vetting.outlets import Outlets
from articles.vetting.piece import Context
from tests.articles.vetting.factories import (
    NOW,
    make_piece,
    make_second_source_ref,
    make_source_ref,
)

GAZETTEER = (
    OutletName(name="Reuters"),
    OutletName(name="BBC News", aliases=("BBC",)),
    OutletName(name="The Sun", aliases=("Sun",)),
    OutletName(name="The New York Times", aliases=("NYT", "Times")),
    OutletName(name="Al Jazeera"),
    OutletName(name="Harbour Wire"),
)
PIECE = make_piece(body="", sources=[make_source_ref(), make_second_source_ref()])
OUTLETS = Outlets.known(PIECE, Context(now=NOW, outlet_directory=GAZETTEER))


def named(text):
    return [text[each.start : each.end] for each in OUTLETS.attributed(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Reuters reports that ships wait.",
        "Reuters said ships wait.",
        "Ships wait, Reuters reported on Tuesday.",
        "Ships wait, Reuters has reported.",
        "Ships wait, according to Reuters.",
        "As reported by Reuters, ships wait.",
        "A pilot told Reuters that ships wait.",
        "Reuters, citing two pilots, reported that ships wait.",
        "Reuters put the number at twelve.",
        "By Reuters’s count twelve ships wait.",
        "Reuters: twelve ships wait.",
        "Reuters on X: twelve ships wait.",
        "The notice seen by Reuters bars ships.",
        "Reuters on Telegram reported that ships wait.",
        "Reuters, in Persian, quoted him as denying it.",
        "Per Reuters, ships wait.",
        "REUTERS reports that ships wait.",
        "Reu\u200bters reports that ships wait.",
        "\u2066Reuters\u2069\u00a0reports that ships wait.",
    ],
)
def test_an_outlet_named_as_a_source_is_read(text):
    assert len(named(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Reuters moved its office.",
        "The court fined Reuters twice.",
        "Reuters said it would close its office.",
        "Ministers told Al Jazeera to close its office.",
        "A lawyer for Reuters said ships wait.",
        "The head of Reuters said ships wait.",
        "He spoke to the Reuters Institute on Monday.",
        "According to Reuters Institute figures ships wait.",
        "Reuters.com/ships said nothing",
        "The sun said nothing; the times reported are local.",
        "Post reported nothing.",
        "Sun said it best.",
        "Times reported delays.",
        "Neither Reuters nor anyone has seen it.",
        "Reuters has not reported it.",
    ],
)
def test_an_outlet_in_the_news_is_not_read_as_a_source(text):
    assert named(text) == []


def test_listed_outlets_are_all_read_as_sources():
    assert named("Reuters, the BBC and Harbour Wire report that ships wait.") == [
        "Reuters",
        "BBC",
        "Harbour Wire",
    ]
    assert named("Ships wait, according to Reuters and the BBC.") == ["Reuters", "BBC"]


def test_the_longest_outlet_name_wins_and_ambiguous_names_need_their_article():
    assert named("The New York Times reported it.") == ["The New York Times"]
    assert named("It was cold, the Sun reported.") == ["the Sun"]


SPOKEN = ["Reuters", "the BBC", "according to", "reported", "said", ",", ". ", "Ships wait"]


# Arbitrary text alone names no outlet, and the loop would see nothing.
@given(st.lists(st.sampled_from(SPOKEN) | st.text(max_size=4), max_size=9).map(" ".join))
@example("Ships wait, according to Reuters.")
def test_any_text_is_searched_for_outlets_without_an_error(text):
    for each in OUTLETS.attributed(text):
        assert 0 <= each.start < each.end <= len(text)


@given(st.text(alphabet="aR. ,’", max_size=20), st.sampled_from(GAZETTEER))
def test_an_outlet_name_is_found_whatever_surrounds_the_sentence(noise, outlet):
    text = f"{noise} \n According to {outlet.name}, ships wait. {noise}"

    assert outlet.name in named(text)


# The checks


def found(body, *sources, outlet_directory=GAZETTEER, **changes):
    sources = sources or [make_source_ref(), make_second_source_ref()]
    piece = make_piece(body=body, sources=sources, **changes)
    findings = check(piece, now=NOW, outlet_directory=outlet_directory)
    return [each for each in findings if each.code.startswith("outlet-")]


def codes(*arguments, **more):
    return [finding.code for finding in found(*arguments, **more)]


def test_a_cited_outlet_may_be_named():
    assert codes("Harbour Wire reports it [@r1]. Meridian Press told of pilots [@t1].") == []
    assert codes("Harbour Wire and Meridian Press report that ships wait [@r1; @t1].") == []


def test_an_outlet_without_a_linked_post_is_held():
    body = "Ships wait [@r1]. No pilot came, the BBC reported [@t1]."

    (finding,) = found(body)

    assert (finding.code, finding.level, finding.field) == (
        "outlet-not-linked",
        Level.HOLD,
        "body",
    )
    assert body[finding.start : finding.end] == "BBC"
    assert finding.excerpt == "No pilot came, the BBC reported."


def test_an_outlet_in_the_framing_note_must_be_linked():
    (finding,) = found("Ships wait [@r1; @t1].", framing_note="Reuters reported it first.")

    assert (finding.code, finding.field) == ("outlet-not-linked", "framing_note")


def test_an_outlet_is_linked_by_its_alias():
    source = make_source_ref(outlet="BBC News")

    assert codes("Ships wait, the BBC reported [@r1].", source) == []
    assert codes("Ships wait, BBC News reported [@r1].", make_source_ref(outlet="BBC")) == []


def test_naming_another_outlet_than_the_cited_one_is_held():
    body = "Meridian Press reports that ships wait [@r1]. No pilot came [@t1]."

    (finding,) = found(body)

    assert (finding.code, finding.level) == ("outlet-mismatch", Level.HOLD)
    assert body[finding.start : finding.end] == "Meridian Press"
    assert finding.evidence["fix"] == ["t1"]


def test_each_mark_covers_its_own_part_of_the_sentence():
    right = "Harbour Wire counts nine ships [@r1], and Meridian Press counts twelve [@t1]."
    wrong = "Harbour Wire counts nine ships [@t1], and Meridian Press counts twelve [@r1]."

    assert codes(right) == []
    assert codes(wrong) == ["outlet-mismatch", "outlet-mismatch"]


def test_an_outlet_quoted_by_the_cited_one_may_be_named():
    source = make_source_ref(text="Reuters reports that ships wait.")

    assert codes("Harbour Wire, citing Reuters, said ships wait [@r1].", source) == []
    assert codes("Reuters reported that ships wait [@r1].", source) == ["outlet-relayed"]
    assert codes("Reuters reported that prices fell [@r1].", source) == ["outlet-not-linked"]


def test_background_and_uncited_text_are_not_checked_for_outlets():
    assert codes("[Reuters reported on it in 1994.]{.background} Ships wait [@r1; @t1].") == []


@pytest.mark.parametrize("language", ["es", "fr", "de", "ar", "fa", "tlh", ""])
def test_outlets_in_an_unsupported_language_have_no_findings(language):
    assert codes("Reuters said ships wait [@r1].", language=language) == []


def test_a_relay_is_asked_about_unless_the_sentence_names_it_too():
    source = make_source_ref(text="Prices rose. The port is shut until Friday, Reuters reports.")

    assert codes("The port is shut until Friday, Reuters reported [@r1].", source) == [
        "outlet-relayed"
    ]
    assert codes("Reuters said, Harbour Wire reported, the port is shut [@r1].", source) == []


def test_a_post_that_names_an_outlet_for_something_else_is_no_relay():
    source = make_source_ref(text="Reuters moved its bureau. The port is shut until Friday.")

    assert codes("The port is shut until Friday, Reuters reported [@r1].", source) == [
        "outlet-not-linked"
    ]


def test_a_relay_that_is_cited_for_another_part_of_the_sentence_is_asked_about():
    relay = make_second_source_ref(text="Nine ships wait off the port, Reuters reports.")
    body = "Nine ships wait off the port, Reuters reported [@r1], and prices rose [@t1]."

    assert codes(body, make_source_ref(), relay) == ["outlet-relayed"]
