import pytest

from articles.vetting import Level, check
from articles.vetting.facts.locations import read_locations
from articles.vetting.facts.results import read_results
from articles.vetting.facts.roles import read_kin_counts, read_roles
from articles.vetting.facts.words import read_words
from articles.vetting.text import View
from tests.articles.vetting.factories import NOW, make_piece, make_source_ref
from tests.articles.vetting.who_pairs import (
    CLEAN,
    FAULTS,
    JOURNEYS_CLEAN,
    JOURNEYS_FAULTS,
    NAME,
    OFFICES_CLEAN,
    OFFICES_FAULTS,
    PLACE,
    ROLE,
    SURNAMES_CLEAN,
    SURNAMES_FAULTS,
    TOWNS_CLEAN,
    TOWNS_FAULTS,
    WALKS_CLEAN,
    WALKS_FAULTS,
    WINNER,
)

CODES = {NAME, PLACE, ROLE, WINNER}
RIGHT = [
    *CLEAN,
    *TOWNS_CLEAN,
    *WALKS_CLEAN,
    *SURNAMES_CLEAN,
    *OFFICES_CLEAN,
    *JOURNEYS_CLEAN,
]
WRONG = [
    *FAULTS,
    *TOWNS_FAULTS,
    *WALKS_FAULTS,
    *SURNAMES_FAULTS,
    *OFFICES_FAULTS,
    *JOURNEYS_FAULTS,
]


def make_pair(sentence, post, **fields):
    body = f"{sentence.rstrip('.')} [@r1]."
    return make_piece(body=body, sources=[make_source_ref(text=post)], **fields)


def asked(piece, codes=CODES):
    return [one for one in check(piece, now=NOW) if one.code in codes]


def test_there_are_150_innocent_sentences():
    assert len(set(CLEAN)) >= 150


@pytest.mark.parametrize(
    ("sentence", "post"),
    RIGHT,
    ids=[one for one, _ in RIGHT],
)
def test_nothing_is_asked_about_who_and_where_when_it_is_right(sentence, post):
    assert asked(make_pair(sentence, post)) == []


@pytest.mark.parametrize(
    ("code", "wrong", "sentence", "post"),
    WRONG,
    ids=[one[2] for one in WRONG],
)
def test_who_and_where_are_asked_about_when_the_post_says_otherwise(code, wrong, sentence, post):
    piece = make_pair(sentence, post)

    found = asked(piece)

    place = piece.body.index(wrong)
    assert [(one.code, one.level) for one in found] == [(code, Level.QUERY)]
    assert found[0].start < place + len(wrong)
    assert place < found[0].end


def test_an_office_is_asked_about_when_the_post_says_the_same_of_another_without_a_name():
    said = "Man in uniform on state TV says president safe and retired"
    piece = make_piece(
        body="The man in uniform said that Envoy Alan Tour was safe and retired [@r1].",
        sources=[
            make_source_ref(text=said),
            make_source_ref(
                key="r2", text="Tour is at his desk, presidency says", role="background"
            ),
        ],
    )

    found = asked(piece)

    assert [piece.body[one.start : one.end] for one in found] == ["Envoy"]


def roles(text):
    return [(one.code, text[one.name.start : one.name.end], one.of) for one in read_roles(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nadia Sorel, 34, a nurse who survived", [("nurse", "Nadia Sorel", "")]),
        ("Nadia Sorel (34), a nurse from Lindow,", [("nurse", "Nadia Sorel", "")]),
        ("the night nurse Nadia Sorel", [("nurse", "Nadia Sorel", "")]),
        ("Its chief engineer, Nadia Ferro.", [("chief engineer", "Nadia Ferro", "")]),
        ("Gov. Rita Vane said", [("governor", "Rita Vane", "")]),
        ("Today farmer Jens Holt said", [("farmer", "Jens Holt", "")]),
        ("Farmer Jens Holt: “No.”", [("farmer", "Jens Holt", "")]),
        ("his brother-in-law, Emil Rask, said", [("brother in law", "Emil Rask", "")]),
        ("Viktor Rask’s brother Emil Rask", [("brother", "Emil Rask", "rask")]),
        ("Emil Rask, brother of Ada Holm, said", [("brother", "Emil Rask", "holm")]),
        ("Lise Maron, a nurse by training, said", [("nurse", "Lise Maron", "")]),
        # A name that only looks like a role, and a role that is held no more, or by another.
        ("Baker Hughes said", []),
        ("Lise Maron, a former nurse, said", []),
        ("Lise Maron, a nurse practitioner, said", []),
        ("the nurse’s friend Lise Maron", []),
        ("nurses, Lise Maron and Tom Asker", []),
        ("Lise Maron, a friend of the nurse, said", []),
        ("nurse-led Lindow", []),
        ("", []),
    ],
)
def test_a_role_is_read_with_the_name_that_it_is_said_of(text, expected):
    assert roles(text) == expected


def test_sons_and_daughters_are_read_with_their_number():
    text = "her two young sons, 3 daughters and some brothers"

    found = [(one.number, one.code, text[one.start : one.end]) for one in read_kin_counts(text)]

    assert found == [("2", "son", "two young sons"), ("3", "daughter", "3 daughters")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a consultancy in Lissen", [("lissen", "in")]),
        ("via the Lissen consultancy", [("lissen", "")]),
        ("Off Lissen divers found it", [("lissen", "off")]),
        ("a crash near the town of New Lissen", [("new lissen", "near")]),
        # Days, bodies, people, streets and what belongs to a place.
        ("a crash in March", []),
        ("a vote in Parliament", []),
        ("a speech in the Senate", []),
        ("a letter from Elin Sorvath", []),
        ("a fire in Station Road", []),
        ("a post in NATO", []),
        ("a seat in Lissen’s council", []),
        ("an Orvanian consultancy", []),
    ],
)
def test_a_place_is_read_where_something_is(text, expected):
    view = View.of(text)

    found = read_locations(read_words(view), view.text)

    assert [(" ".join(one.names), one.kind) for one in found] == expected


@pytest.mark.parametrize(
    ("text", "winner", "loser", "score"),
    [
        ("Lindow beat Calvera 2-1", {"lindow"}, {"calvera"}, (2, 1)),
        ("Lindow have beaten the Calvera Pikes", {"lindow"}, {"calvera", "pikes"}, ()),
        ("Calvera was beaten 1-2 by Lindow", {"lindow"}, {"calvera"}, (2, 1)),
        ("Calvera lost 1–2 to Lindow", {"lindow"}, {"calvera"}, (2, 1)),
        ("Lindow won the cup 2-1", {"lindow"}, set(), (2, 1)),
        ("The Ravens beat the Pikes 2-1", {"ravens"}, {"pikes"}, (2, 1)),
        ("Calvera Pikes 1-2 Lindow", {"lindow"}, {"calvera", "pikes"}, (2, 1)),
    ],
)
def test_a_result_is_read_with_its_sides(text, winner, loser, score):
    view = View.of(text)

    found = list(read_results(read_words(view), view.text))

    assert [(one.winner, one.loser, one.score) for one in found] == [(winner, loser, score)]


@pytest.mark.parametrize(
    "text",
    [
        "Lindow hope to beat Calvera",
        "Lindow did not beat Calvera",
        "Lindow 1-1 Calvera",
        "Lindow lost a player",
        "Lindow won a prize",
        "Flight 2-1 left",
        "Police beat the crowd",
    ],
)
def test_no_result_is_read_where_nobody_won(text):
    view = View.of(text)

    assert list(read_results(read_words(view), view.text)) == []


def test_a_winner_of_the_headline_is_held_against_all_posts():
    piece = make_piece(
        headline="Calvera win the cup 2-1",
        body="The final took two hours [@r1].",
        sources=[make_source_ref(text="FT: Lindow 2-1 Calvera. The final took two hours.")],
    )

    assert [(one.code, one.field) for one in asked(piece)] == [(WINNER, "headline")]


def test_a_winner_whom_another_cited_post_bears_out_is_not_asked_about():
    sources = [
        make_source_ref(key="r1", text="FT: Lindow 2-1 Calvera"),
        make_source_ref(key="r2", text="Calvera beat Lindow 2-1"),
    ]

    assert asked(make_piece(body="Calvera beat Lindow 2-1 [@r1; @r2].", sources=sources)) == []


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("Nadia Sorel, a teacher, spoke [@r1].", "Nadia Sorel, a teacher, was on board."),
        ("A student in Varnholt wrote on 21 May [@r1].", "The student is from Varnholt."),
    ],
)
def test_what_any_other_post_has_is_not_asked_about(text, elsewhere):
    post = "Nadia Sorel, a nurse, spoke. A student in Brunow wrote on 21 May."
    sources = [make_source_ref(key="r1", text=post), make_source_ref(key="r2", text=elsewhere)]

    assert asked(make_piece(body=f"{text} More followed [@r2].", sources=sources)) == []


def test_who_somebody_is_may_be_both_when_the_piece_says_both():
    text = "Nadia Sorel, a teacher, spoke [@r1]. She is a nurse, too [@r1]."

    assert (
        asked(make_piece(body=text, sources=[make_source_ref(text="Nurse Nadia Sorel spoke")]))
        == []
    )


@pytest.mark.parametrize("voice", ["own", "background"])
def test_who_and_where_of_our_own_words_are_not_asked_about(voice):
    found = [
        asked(
            make_piece(
                body=f"[{sentence}]{{.{voice}}} So it is [@r1].",
                sources=[make_source_ref(text=post)],
            )
        )
        for _, _, sentence, post in FAULTS
    ]

    assert found == [[]] * len(FAULTS)
    assert len(FAULTS) > 20


@pytest.mark.parametrize("language", ["de", "fr", "fa"])
def test_who_and_where_are_read_in_english_alone(language):
    found = [
        asked(make_pair(sentence, post, language=language)) for _, _, sentence, post in FAULTS[::7]
    ]

    assert found == [[]] * len(found)
    assert len(found) > 2


def test_who_and_where_inside_a_quotation_are_the_speakers():
    text = "“My wife Tove Rask was in a shop in Varnholt,” he said"
    post = "“My wife Tove Rask was in a shop in Brunow,” he said. Tove Rask, his sister"

    found = asked(make_pair(text, post), {PLACE, WINNER})

    assert found == []
