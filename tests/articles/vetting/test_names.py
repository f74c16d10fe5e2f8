import tomllib
from pathlib import Path

import pytest

from articles.vetting import Level, check
from articles.vetting.facts.names import read_names
from articles.vetting.facts.spellings import distance, is_same_name, is_short_form, related_forms
from tests.articles.vetting.factories import NOW, make_piece, make_source_ref

WRITTEN = tomllib.loads(Path(__file__).with_name("names.toml").read_text())


def make_written_piece(*, posts, text, **fields):
    sources = [make_source_ref(key=f"r{n}", text=post) for n, post in enumerate(posts, 1)]
    return make_piece(body=text, sources=sources, **fields)


def asked(piece):
    return [one for one in check(piece, now=NOW) if one.code == "name-not-found"]


def names(text):
    return [text[name.start : name.end] for name in read_names(text).mentions]


def titles(text):
    return [(name.last, name.title and name.title.title) for name in read_names(text).mentions]


def test_each_written_fault_names_what_no_post_of_it_says():
    faults = WRITTEN["fault"]

    said = [fault["wrong"] in fault["text"] for fault in faults]
    given = [f" {fault['wrong']} " in " ".join(fault["posts"]) for fault in faults]

    assert len(faults) >= 40
    assert all(said)
    assert not any(given)


def test_there_are_sixty_clean_texts_in_wire_style():
    clean = WRITTEN["clean"]

    assert len(clean) >= 60


@pytest.mark.parametrize("fault", WRITTEN["fault"], ids=lambda fault: fault["wrong"])
def test_a_wrong_name_is_asked_about_where_it_stands(fault):
    piece = make_written_piece(posts=fault["posts"], text=fault["text"])

    found = asked(piece)

    place = fault["text"].index(fault["wrong"])
    assert [one.level for one in found] == [Level.QUERY]
    assert found[0].start < place + len(fault["wrong"])
    assert place < found[0].end


@pytest.mark.parametrize("clean", WRITTEN["clean"], ids=lambda clean: clean["text"][:50])
def test_nothing_is_asked_about_names_that_are_right(clean):
    piece = make_written_piece(posts=clean["posts"], text=clean["text"])

    assert asked(piece) == []


VELEN = "President Marta Velen signed the port bill in Lindow, her office said."


def test_the_finding_says_what_the_post_has_and_where():
    text = "The bill is law, President Marta Velin said [@r1]."
    piece = make_written_piece(posts=[VELEN], text=text)

    found = asked(piece)[0]

    assert text[found.start : found.end] == "Marta Velin"
    assert found.evidence["name"] == "Marta Velin"
    assert found.evidence["given"] == "Marta Velen"
    assert found.evidence["keys"] == ["r1"]


def test_a_wrong_title_is_pointed_at_alone():
    text = "The bill is law, Governor Marta Velen said [@r1]."
    piece = make_written_piece(posts=[VELEN], text=text)

    found = asked(piece)[0]

    assert text[found.start : found.end] == "Governor"
    assert found.evidence["given"] == "President"


def test_a_name_that_is_wrong_throughout_is_asked_about_once():
    text = "Marta Velin signed the bill [@r1]. It was Marta Velin who asked for it [@r1]."

    assert len(asked(make_written_piece(posts=[VELEN], text=text))) == 1


def test_a_name_is_read_under_what_cannot_be_seen():
    text = "Marta Ve\u200blen signed the bill [@r1]. It was signed by *Marta Ve\u00adlin* [@r1]."

    found = asked(make_written_piece(posts=[VELEN], text=text))

    assert [one.evidence["name"] for one in found] == ["Marta Velin"]


@pytest.mark.parametrize(
    "text",
    [
        "Marta Velin signed the bill.",
        "[Marta Velin signed the bill.]{.own}",
        "[Marta Velin signed the bill.]{.background}",
        "The bill is law [@r1]. [Marta Velin wanted it.]{.own} [@r1]",
    ],
)
def test_a_name_that_cites_nothing_is_not_asked_about(text):
    assert asked(make_written_piece(posts=[VELEN], text=text)) == []


def test_a_name_of_a_post_that_is_cited_elsewhere_is_not_asked_about():
    posts = [VELEN, "Marta Velin, a pilot, was on board."]

    found = asked(make_written_piece(posts=posts, text="Marta Velin signed the bill [@r1]."))

    assert found == []


def test_a_name_of_a_background_source_is_not_asked_about():
    linked = make_source_ref(key="r2", text="The law of Marta Velin", role="background")
    sources = [make_source_ref(key="r1", text=VELEN), linked]

    assert asked(make_piece(body="Marta Velin signed the bill [@r1].", sources=sources)) == []


@pytest.mark.parametrize("language", ["de", "fr", "ru", "ar"])
def test_names_are_not_compared_in_other_languages(language):
    text = "Marta Velin signed the bill [@r1]."

    assert asked(make_written_piece(posts=[VELEN], text=text, language=language)) == []


@pytest.mark.parametrize(
    "post",
    [
        "Президент Марта Велен подписала закон о порте.",
        "La presidenta Marta Velen firmó la ley de los puertos, según su oficina en Lindow.",
        "Präsidentin Marta Velen hat das Gesetz über den Hafen nach dem Streik unterzeichnet.",
        "",
        None,
    ],
)
def test_names_are_not_compared_with_a_post_that_cannot_be_read(post):
    source = make_source_ref(text=post)

    assert asked(make_piece(body="Marta Velin signed the bill [@r1].", sources=[source])) == []


@pytest.mark.parametrize(
    ("post", "text"),
    [
        ("Volodar Zelmensky met the envoy.", "Volodar Zelmenskiy met the envoy [@r1]."),
        (
            "The Defense Ministry of Orvania denied it.",
            "Orvania’s Defence Ministry denied it [@r1].",
        ),
        ("The World Harbor Organization agreed.", "The World Harbour Organisation agreed [@r1]."),
        ("A Belgian court freed him.", "A court in Belgium freed him [@r1]."),
        ("German police freed him.", "Police in Germany freed him [@r1]."),
        ("Joe Harwell is free.", "Joseph Harwell is free [@r1]."),
        ("William Harwell is free.", "Bill Harwell is free [@r1]."),
        ("James Harwell is free.", "His brother, John Harwell, is free too [@r1]."),
        ("South Orvania sent ships.", "North Orvania sent no ships, South Orvania did [@r1]."),
        ("Ruth Amberly KC asked him.", "Ruth Amberly asked him [@r1]."),
        ("Calvera United won.", "Lindow United lost to Calvera United [@r1]."),
        ("The Supreme Court of Calvera ruled.", "The High Court of Calvera did not rule [@r1]."),
        ("The president met the mayor, Lise Maron.", "President Maron met the mayor [@r1]."),
        ("Lise Maron, president of the yacht club, won.", "Mayor Lise Maron won the race [@r1]."),
        ("Senate President Lise Maron spoke.", "Senator Lise Maron spoke [@r1]."),
        ("Prof. Lise Maron spoke.", "Mayor Lise Maron spoke [@r1]."),
        ("Prime Minister and Defence Minister Lise Maron.", "Defence Minister Lise Maron [@r1]."),
        ("Lt. Gen. Osric Tallow spoke.", "General Osric Tallow spoke [@r1]."),
        ("The minister, Lise Maron, spoke.", "Finance Minister Lise Maron spoke [@r1]."),
        ("Mayor Lise Maron spoke.", "He told the governor, Lise Maron said, to wait [@r1]."),
        ("Ana King spoke for the union.", "Ana King spoke for the union [@r1]."),
        ("Mary Tolland won.", "Marie Curie House stayed shut, and Mary Tolland won [@r1]."),
        ("Ships wait off Port Sele.", "Shipping off Port Sele waits [@r1]. Forts stay shut [@r1]."),
        ("Novarex rose 4%. NovaTech fell.", "Novatex fell, and NovaTech fell too [@r1]."),
        ("Mrs Beth Orsay was there with Colm Orsay.", "Mr Orsay was there [@r1]."),
        (
            "A judge freed him. Judge Ines Vasque spoke. Orrin left.",
            "Judge Tom Orrin was in Doreh [@r1].",
        ),
    ],
)
def test_a_clean_neighbour_of_a_wrong_name_is_not_asked_about(post, text):
    assert asked(make_written_piece(posts=[post], text=text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marta Velen met Haldor Brenn.", ["Marta Velen", "Haldor Brenn"]),
        ("Pieter van der Holm slept.", ["Pieter van der Holm"]),
        ("Velen’s ship and Thomas J. Ellery", ["Velen", "Thomas J. Ellery"]),
        ("On Monday The Hague waited.", ["Hague"]),
        ("Robert “Bobby” Fennick left.", ["Robert “Bobby” Fennick"]),
        ("We asked @MartaVelen or #Velen, or M6.1.", []),
        ("Governor Lise Maron KC", ["Lise Maron"]),
    ],
)
def test_names_are_runs_of_words_with_capitals(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gov. Lise Maron spoke.", [("maron", "governor")]),
        ("Lt. Col. Mira Stanek spoke.", [("stanek", "colonel")]),
        ("Lise Maron, the governor of Quarrow, spoke.", [("maron", "governor"), ("quarrow", None)]),
        ("The governor of Quarrow, Lise Maron, spoke.", [("quarrow", None), ("maron", "governor")]),
        ("Quarrow’s governor, Lise Maron, spoke.", [("quarrow", None), ("maron", "governor")]),
        ("He told the governor, Lise Maron said.", [("maron", None)]),
        ("Ana King spoke.", [("king", None)]),
    ],
)
def test_a_title_belongs_to_the_name_beside_it(text, expected):
    assert titles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "former President Marta Velen", "acting President Marta Velen",
        "President-elect Marta Velen", "Senate President Marta Velen",
        "Marta Velen, the president of the yacht club, spoke",
    ],
)  # fmt: skip
def test_a_title_that_is_not_held_says_so(text):
    held = [name.title.is_held for name in read_names(text).mentions if name.title]

    assert held == [False]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("juergen", "jurgen"), ("defence", "defense"), ("harbour", "harbor"), ("alghad", "ghad"),
        ("zelmensky", "zelmenskiy"), ("khalid", "halid"), ("o'dell", "odell"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_name_are_the_same(one, other):
    assert is_same_name(one, other)
    assert is_same_name(other, one)


@pytest.mark.parametrize(("one", "other"), [("velen", "velin"), ("mark", "marc"), ("anna", "ann")])
def test_two_names_with_another_letter_are_not_the_same(one, other):
    assert not is_same_name(one, other)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("orvanians", "orvania"), ("orvania", "orvanian"), ("german", "germany"),
        ("belgian", "belgium"), ("velens", "velen"), ("quarrow", "quarrows"), ("iraqi", "iraq"),
        ("somali", "somalia"), ("kosovar", "kosovo"), ("germans", "germany"), ("germany", "german"),
    ],
)  # fmt: skip
def test_people_and_adjectives_of_a_place_are_related_to_it(word, other):
    assert other in related_forms(word)


@pytest.mark.parametrize(
    ("word", "other"), [("stanik", "stanek"), ("bren", "brenn"), ("rundi", "runde")]
)
def test_a_misspelt_name_is_not_a_form_of_the_right_one(word, other):
    assert other not in related_forms(word)


def test_two_letters_that_changed_places_are_one_difference():
    assert distance("corvahlo", "corvalho", most=2) == 1
    assert distance("sele", "calvera", most=2) == 3


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("bill", "william", True), ("bob", "bobby", True), ("kathryn", "katherine", False)],
)
def test_a_short_form_stands_for_the_first_name(one, other, expected):
    assert is_short_form(one, other) is expected
