"""The opposite of what a post says, a "not" gained or lost, and words given to somebody else."""

import pytest

from articles.vetting import check
from articles.vetting.facts.negation import read_denials
from articles.vetting.facts.opposite import read_opposites
from articles.vetting.facts.speaker import read_speaker
from articles.vetting.facts.words import read_words, root_of
from articles.vetting.text import View
from tests.articles.vetting.factories import (
    NOW,
    make_feed_source_ref,
    make_piece,
    make_second_source_ref,
)
from tests.articles.vetting.loosely_told_pairs import (
    ABOVE_CLEAN,
    ABOVE_FAULTS,
    GAINS_CLEAN,
    GAINS_FAULTS,
    MORE_NOT_CLEAN,
    MORE_NOT_FAULTS,
)
from tests.articles.vetting.told_pairs import (
    CLEAN,
    FAULTS,
    MORE_CLEAN,
    MORE_FAULTS,
    NOT_CLEAN,
    NOT_FAULTS,
    SIDES_CLEAN,
    SIDES_FAULTS,
)

CODES = {"opposite-told", "negation-differs", "speaker-differs"}


def told(sentence, *posts, **fields):
    """Return what is found of an article of one sentence, citing each of the posts."""
    sources = [make_feed_source_ref(key=f"r{n}", text=post) for n, post in enumerate(posts, 1)]
    mark = "; ".join(f"@{source.key}" for source in sources)
    piece = make_piece(
        **{"headline": "", "body": f"{sentence[:-1]} [{mark}]{sentence[-1]}", "sources": sources}
        | fields
    )
    return [finding for finding in check(piece, now=NOW) if finding.code in CODES]


def opposites(sentence):
    return [(each.entry.side, each.thing.head) for each in read_opposites(words_of(sentence))]


def words_of(sentence):
    return read_words(View.of(sentence))


def quoted_speaker(text):
    start, end = text.index("“") + 1, text.index("”")
    found = read_speaker(text, start, end)
    return found and found.name


@pytest.mark.parametrize(
    ("sentence", "post"),
    [*CLEAN, *MORE_CLEAN, *SIDES_CLEAN, *NOT_CLEAN, *MORE_NOT_CLEAN, *GAINS_CLEAN],
)
def test_a_sentence_that_its_post_bears_out_is_not_asked_about(sentence, post):
    assert told(sentence, post) == []


@pytest.mark.parametrize(("headline", "sentence", "post"), ABOVE_CLEAN)
def test_a_body_that_agrees_with_its_headline_is_not_asked_about(headline, sentence, post):
    assert told(sentence, post, headline=headline) == []


@pytest.mark.parametrize(("headline", "sentence", "post"), ABOVE_FAULTS)
def test_a_body_that_says_the_opposite_of_its_headline_is_asked_about(headline, sentence, post):
    found = told(sentence, post, headline=headline)

    assert [(one.code, one.field) for one in found] == [("opposite-told", "body")]
    assert found[0].message.startswith("The headline says ")


@pytest.mark.parametrize(
    ("code", "sentence", "post"),
    [*FAULTS, *MORE_FAULTS, *SIDES_FAULTS, *NOT_FAULTS, *MORE_NOT_FAULTS, *GAINS_FAULTS],
)
def test_a_sentence_that_turns_its_post_round_is_asked_about(code, sentence, post):
    assert [(finding.code, finding.level) for finding in told(sentence, post)] == [(code, "query")]


def test_the_query_points_at_the_word_that_differs():
    rose, fell = "Rents in Lindow rose 4% in May.", "Rents in Lindow fell 4% in May."

    (found,) = told(rose, fell)

    assert "Rents in Lindow rose 4% in May [@r1]."[found.start : found.end] == "rose"
    assert (found.evidence["here"], found.evidence["there"]) == ("rose", "fell")


def test_a_query_about_a_negation_points_at_what_is_denied():
    sentence = "The old lock in Lindow was not inspected by the board."

    (found,) = told(sentence, "The old lock in Lindow was inspected by the board on 4 May.")

    assert sentence[found.start : found.end] == "not inspected"


def test_a_query_about_a_speaker_points_at_the_name():
    sentence = "“We wait for the tide,” said Tom Asker."

    (found,) = told(sentence, "“We wait for the tide,” said Marta Velin.")

    assert sentence[found.start : found.end] == "Tom Asker"


def test_a_second_post_that_bears_the_sentence_out_silences_the_query():
    rose, fell = "Rents in Lindow rose 4% in May.", "Rents in Lindow fell 4% in May."

    assert told(rose, fell, "Lindow: rents up 4% in May") == []
    assert [finding.code for finding in told(rose, fell, "It rained.")] == ["opposite-told"]


def test_a_cited_post_in_another_language_silences_the_query():
    german = "Die Mieten in Lindow sind im Mai um 4 Prozent gestiegen, und das ist nicht neu."

    assert told("Rents in Lindow rose 4% in May.", "Rents in Lindow fell 4% in May.", german) == []


def test_a_headline_is_compared_with_every_post():
    sources = [make_feed_source_ref(text="Bank of Lindow raises key rate to 4%")]
    fields = {"headline": "Bank of Lindow cuts key rate to 4%", "sources": sources}

    found = told("The rate is 4%.", "", **fields)

    assert [(finding.code, finding.field) for finding in found] == [("opposite-told", "headline")]


@pytest.mark.parametrize("voice", ["own", "background"])
def test_own_words_and_background_are_not_compared(voice):
    source = make_feed_source_ref(text="Rents in Lindow fell 4% in May.")
    body = f"[Rents in Lindow rose 4% in May.]{{.{voice}}} Rents are news [@r1]."

    assert told("-.", "", body=body, sources=[source]) == []


def test_a_question_asserts_nothing():
    assert told("Did rents in Lindow rise 4% in May?", "Did rents in Lindow fall 4% in May?") == []


def test_words_within_a_quotation_are_left_to_the_checks_of_quotations():
    sentence = "She told the board that “rents in Lindow rose 4% in May”."

    found = told(sentence, "She told the board that “rents in Lindow fell 4% in May”.")

    assert found == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister fell ill.", "The minister rose to power.", "The sun rose.", "Up to 40 came.",
        "They set up camp.", "He jumped the queue.", "The plan fell short.", "Night fell.",
        "He lost his mother.", "She gained access to the vault.", "The talks fell apart.",
        "They added a clause.", "He was down and out.",
    ],
)  # fmt: skip
def test_an_idiom_is_no_direction(sentence):
    assert [each for each in read_opposites(words_of(sentence)) if each.entry.group == "move"] == []


@pytest.mark.parametrize(
    ("sentence", "side", "head"),
    [
        ("Shares of Orrin fell 4 percent.", "-", "share"), ("Orrin shares are up 4%.", "+", "share"),
        ("In Lindow rents climbed.", "+", "rent"), ("The bank cut its key rate to 4%.", "-", "rate"),
        ("The key rate was cut to 4%.", "-", "rate"), ("Orrin reported a rise in profit.", "+", "profit"),
        ("It saw a fall of 4% in orders.", "-", "order"), ("The index closed lower.", "-", "index"),
        ("Ten-year yield -12bp at 4.3%", "-", "yield"), ("Main index +1.2% at noon", "+", "index"),
        ("Gold, silver and copper gained 2%.", "+", "copper"),
    ],
)  # fmt: skip
def test_a_direction_is_read_with_what_it_tells_of(sentence, side, head):
    assert opposites(sentence) == [(side, root_of(head))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Not only the pier was hit.", "No fewer than 12 came.", "No doubt he left.", "It is no longer.",
        "He did not say how many came.", "No. 4 was late.", "Not in Lindow.", "He left, or not.",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_negation_denies_nothing(sentence):
    assert list(read_denials(words_of(sentence))) == []


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("The plant will not close.", "close"), ("Nobody was hurt.", "hurt"),
        ("There were no survivors.", "survivors"), ("The sides failed to agree.", "agreed"),
        ("It sailed without a licence.", "licence"), ("They haven't paid.", "paid"),
        ("He did not immediately answer.", "answered"), ("It is not yet safe.", None),
    ],
)  # fmt: skip
def test_a_negation_denies_the_next_word_that_says_something(sentence, denied):
    found = [each.root for each in read_denials(words_of(sentence))]

    assert found == ([root_of(denied)] if denied else [])


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("closed", "close"), ("agreed", "agrees"), ("identified", "identify"), ("stopping", "stops"),
        ("took", "takes"), ("found", "find"), ("companies", "company"), ("rates", "rate"),
        ("women", "woman"), ("Lindow's".casefold(), "lindow"),
    ],
)  # fmt: skip
def test_the_forms_of_a_word_share_a_root(form, other):
    assert root_of(form) == root_of(other)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“We wait for it,” said Marta Velin, minister of ports.", "Marta Velin"),
        ("“We wait for it,” Marta Velin, minister of ports, said.", "Marta Velin"),
        ("“We wait for it,” the driver, Emil Vasko, told the court.", "Emil Vasko"),
        ("“We wait for it,” Orla Venn told the mayor, Ida Storr.", "Orla Venn"),
        ("“We wait for it,” according to Ines Parl of Orrin.", "Ines Parl"),
        ("According to engineer Paul Dern, “we wait for it”.", "Paul Dern"),
        (
            "Orrin's lawyer Ines Parl said after the ruling of Ron Hale: “We wait for it.”",
            "Ines Parl",
        ),
        ("At the quay, Gus Marl, 58, of Upper Lindow: “We wait for it.”", "Gus Marl"),
        ("“We wait for it,” the Tarrow Foreign Ministry said.", "Tarrow Foreign Ministry"),
        ("“We wait for it,” said the Ministry of Health.", "Ministry of Health"),
        ("“We wait for it,” she said.", None),
        ("“We wait for it,” the minister said.", None),
        ("“We wait for it.” Marta Velin left.", None),
        ("It rained. “We wait for it.”", None),
        ("NIGHT PLANNER: “WE WAIT FOR IT.”", None),
        ("“We wait for it,” said Tom Asker, quoting Ida Storr.", None),
    ],
)
def test_a_speaker_is_read_only_where_one_is_named(text, name):
    assert quoted_speaker(text) == name


def test_a_surname_is_completed_from_the_posts():
    post = (
        "Deputy Karl Oste said: “The port will be open by noon”. Minister Marta Velin was abroad."
    )

    found = told("Velin said: “The port will be open by noon”.", post)

    assert [finding.code for finding in found] == ["speaker-differs"]


def test_a_speaker_spelt_in_another_way_is_the_same():
    assert (
        told("“We wait for it,” said Sergei Lavren.", "“We wait for it,” Sergey Lavrin said.") == []
    )


def test_a_quotation_that_two_posts_give_to_two_people_is_not_asked_about():
    sentence = "“We wait for the tide,” said Tom Asker [@r1; @t1]."
    sources = [
        make_feed_source_ref(text="“We wait for the tide,” said Marta Velin."),
        make_second_source_ref(text="“We wait for the tide,” said Tom Asker."),
    ]

    assert told("-.", "", body=sentence, sources=sources) == []
