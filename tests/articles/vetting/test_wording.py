"""What a finding is tied to besides its evidence: the words of its sentence, or of its field."""

import pytest

from articles.prose import Picture
from articles.vetting import check
from tests.articles.vetting.factories import NOW, make_piece, make_source_ref

SENTENCE = "The pilots’ union said that 999 people wait, on 40 ships [@r1]."
POST = make_source_ref(text="The pilots' union of Calvera says that people wait on 40 ships.")


def finding_in(code, **fields):
    """Return the only finding of a code in a piece with these fields."""
    (found,) = [each for each in check(make_piece(**fields), now=NOW) if each.code == code]
    return found


def figure_in(body):
    return finding_in("figure-not-found", body=body, sources=[POST])


@pytest.mark.parametrize(
    "same",
    [
        pytest.param("Night fell [@r1]. " + SENTENCE + " Nobody left [@r1].", id="edits around it"),
        pytest.param("Night fell [@r1].\n\n" + SENTENCE, id="another paragraph"),
        pytest.param("- " + SENTENCE, id="a list item"),
        pytest.param(SENTENCE.replace("’", "'"), id="another apostrophe"),
        pytest.param(SENTENCE.replace(" 999 ", "\u00a0999\n"), id="other blanks"),
        pytest.param(SENTENCE.replace("people", "pe\u00adople"), id="a soft hyphen"),
        pytest.param(SENTENCE.replace("people", "*people*"), id="italics"),
        pytest.param(SENTENCE.replace("people", "[people](https://a.example)"), id="a link"),
        pytest.param(SENTENCE.replace(" [@r1].", ". [@r1]"), id="the mark after the stop"),
        pytest.param(SENTENCE.replace("wait,", "wait [@r1],"), id="one more mark"),
        pytest.param(SENTENCE.replace("wait,", "wait,<!-- who? -->"), id="a comment"),
    ],
)
def test_a_fingerprint_survives_what_leaves_the_words_of_the_sentence(same):
    assert figure_in(same).fingerprint == figure_in(SENTENCE).fingerprint


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(SENTENCE.replace("wait", "died"), id="a word"),
        pytest.param(SENTENCE.replace("said", "never said"), id="a negation"),
        pytest.param(SENTENCE.replace("wait, on", "wait on"), id="a comma"),
        pytest.param(SENTENCE.replace("pilots", "masters"), id="a speaker"),
        pytest.param(SENTENCE.replace("people wait", "people still wait"), id="one word more"),
        pytest.param(SENTENCE.replace(" [@r1].", ", and nobody knows why [@r1]."), id="a clause"),
    ],
)
def test_a_fingerprint_dies_when_the_words_of_the_sentence_change(other):
    changed, before = figure_in(other), figure_in(SENTENCE)

    assert changed.evidence_fingerprint == before.evidence_fingerprint
    assert changed.fingerprint != before.fingerprint


def test_one_sentence_twice_has_one_fingerprint_and_two_sentences_have_two():
    body = "Ships wait [@zz]. Men wait [@zz]. Ships wait [@zz]. [@r1]"

    prints = [each.fingerprint for each in check(make_piece(body=body), now=NOW)
              if each.code == "citation-unknown"]  # fmt: skip

    assert prints[0] == prints[2]
    assert prints[0] != prints[1]


@pytest.mark.parametrize("field", ["headline", "standfirst", "social_text"])
def test_a_finding_above_the_text_is_tied_to_its_whole_field(field):
    first, edited = (
        finding_in("headline-drift", **{field: words})
        for words in ("Ships wait. 250 men left", "Ships sank. 250 men left")
    )

    assert first.evidence == edited.evidence
    assert first.fingerprint != edited.fingerprint


def test_a_finding_on_a_picture_is_tied_to_its_text_and_not_to_another_picture():
    def drift(alt, other="A quay."):
        images = [
            Picture(id=n, url=f"/{n}", alt=text, credit="M. Ora", width=4, height=3)
            for n, text in enumerate((other, alt), start=1)
        ]
        return finding_in("headline-drift", images=images)

    first = drift("250 men on a quay.")

    assert drift("250 men on a quay.", other="Gulls.").fingerprint == first.fingerprint
    assert drift("250 gulls on a quay.").fingerprint != first.fingerprint


def test_a_finding_in_the_framing_note_is_tied_to_its_sentence():
    impossible = "We follow the order of 31 June."

    first, moved, edited = (
        finding_in("impossible-date", framing_note=note)
        for note in (impossible, f"Harbour first. {impossible}", "We doubt the order of 31 June.")
    )

    assert first.fingerprint == moved.fingerprint
    assert first.fingerprint != edited.fingerprint


def test_a_quotation_over_several_sentences_is_tied_to_all_of_them():
    def quotation(body):
        return finding_in("quote-not-found", body=body, sources=[POST])

    said = "“We wait for the tide. We wait for the wind,” the union said [@r1]."
    first = quotation(said)

    assert quotation("Night fell [@r1]. " + said).fingerprint == first.fingerprint
    assert quotation(said.replace("union", "mayor")).fingerprint != first.fingerprint


@pytest.mark.parametrize("fields", [{"sources": []}, {"framing_note": ""}])
def test_a_finding_on_sources_or_on_a_missing_text_is_tied_to_its_evidence_alone(fields):
    found = [
        each
        for each in check(make_piece(**fields), now=NOW)
        if each.code in ("source-missing", "framing-note-missing", "single-origin")
    ]

    assert found
    assert [each.fingerprint for each in found] == [each.evidence_fingerprint for each in found]


def test_a_long_sentence_is_told_apart_by_its_last_word_too():
    def impossible(end):
        body = "On 31 June " + "the ships of the gulf wait and " * 200 + f"{end} [@r1]."
        return finding_in("impossible-date", body=body)

    assert impossible("leave").fingerprint != impossible("sink").fingerprint
