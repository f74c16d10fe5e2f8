"""A number that no post has is never passed in silence, wherever it stands and however it is written."""

import pytest

from articles.prose import Picture
from articles.vetting import Context
from articles.vetting.finding import Level
from articles.vetting.rules import figure_not_found, headline_drift, unsourced_claim
from tests.articles.vetting.factories import NOW, make_feed_source_ref, make_piece

WORDS = {
    "40": "forty", "250": "two hundred and fifty", "1500": "fifteen hundred", "1900": "nineteen hundred",
    "2500": "twenty-five hundred", "2,500": "two and a half thousand",
}  # fmt: skip
NUMBERS = (*WORDS, *WORDS.values())
OPENINGS = (
    "", "On Sunday ", "On Friday night ", "By Tuesday ", "In Gaza ", "In Port Adra ", "Near Lindow ",
    "At Meray Light ", "In the Tarsa valley ", "After the storm ", "Overnight, ", "Officials said ",
    "Mayor Ana Dovik said ", "Of these, ", "In all ", "At least ", "Meanwhile ", "Since March, ",
    "According to the ministry, ", "Across Halmera ", "Of the crew, ", "When the dam broke, ",
)  # fmt: skip
PREDICATES = (
    "people were killed", "were killed", "fled", "houses burned down", "villagers had to leave",
    "drones were shot down", "were taken to hospital", "ships wait", "soldiers crossed the border",
    "have died", "lost their homes", "were still missing",
)  # fmt: skip
HEADLINES = (
    "Quake Kills {n} People", "Quake Kills {n}", "{n} Dead in Tarsa Flood", "Tarsa Flood Leaves {n} Dead",
    "{n} flee Port Adra", "Storm forces {n} from their homes", "Adra Port: {n} Ships Held",
    "Police Arrest {n} in Lindow", "HALMERA FIRES {n} DRONES", "Fire destroys {n} houses", "Toll Rises to {n}",
    "Blast in Port Adra injures {n}", "Over {n} protest in Lindow", "Army Says {n} Soldiers Crossed Border",
)  # fmt: skip
POST = make_feed_source_ref(text="The ministry counts 777 in all, and the mayor agrees.")


def raised_in_body(body, post=POST):
    piece = make_piece(body=f"{body} [@r1].", sources=[post])
    return list(figure_not_found.find(piece, Context(now=NOW)))


def raised_above_body(**fields):
    piece = make_piece(**{"headline": "So", "body": "Some 777 ships wait [@r1]."} | fields)
    return list(headline_drift.find(piece, Context(now=NOW)))


def silent(texts, raised):
    return [text for text in texts if not raised(text)]


def sentences(number):
    """Return every opening with a third of the predicates, in turn."""
    for n, opening in enumerate(OPENINGS):
        for predicate in PREDICATES[n % 3 :: 3]:
            yield f"{opening}{number} {predicate}"


def levels(raised):
    return [one.level for one in raised]


@pytest.mark.parametrize("number", NUMBERS)
def test_no_ordinary_sentence_with_a_number_of_no_post_is_silent(number):
    assert silent(sentences(number), raised_in_body) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_no_headline_with_a_number_of_no_sentence_is_silent(number):
    headlines = [form.format(n=number) for form in HEADLINES]

    assert silent(headlines, lambda text: raised_above_body(headline=text)) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_no_sentence_is_bothered_whose_post_has_the_number(number):
    value = {spelled: digits for digits, spelled in WORDS.items()}.get(number, number)
    post = make_feed_source_ref(text=f"The ministry counts {value.replace(',', '')} in all.")

    assert [text for text in sentences(number) if raised_in_body(text, post)] == []


@pytest.mark.parametrize("number", ["40", "1500", "2500", "2,500", "97,250"])
def test_what_is_held_with_250_is_held_with_any_other_number(number):
    other = [levels(raised_in_body(text)) for text in sentences(number)]

    assert other == [levels(raised_in_body(text)) for text in sentences("250")]
    assert [Level.HOLD] in other


@pytest.mark.parametrize("number", ["40", "1500", "1900", "2500", "2,500"])
def test_what_is_held_in_the_body_is_held_above_it(number):
    picture = Picture(
        id=3, url="/a.png", credit="", alt=f"Tarsa, where {number} people fled", width=4, height=3
    )
    text = f"In Tarsa {number} people fled"

    raised = [
        raised_in_body(text),
        raised_above_body(headline=text),
        raised_above_body(standfirst=f"{text}."),
        raised_above_body(social_text=text),
        raised_above_body(images=[picture]),
    ]

    assert [levels(found) for found in raised] == [[Level.HOLD]] * 5


DISGUISES = {
    "zero width": lambda text: text.replace("250", "2\u200b50"),
    "soft hyphen": lambda text: text.replace("250", "25\u00ad0"),
    "tag characters": lambda text: text.replace("250", "2\U000e003550"),
    "full-width digits": lambda text: text.replace("250", "\uff12\uff15\uff10"),
    "mathematical digits": lambda text: text.replace("250", "\U0001d7d0\U0001d7d3\U0001d7ce"),
    "Arabic digits": lambda text: text.replace("250", "٢٥٠"),
    "capitals": str.upper,
    "no-break space": lambda text: text.replace(" ", "\u00a0"),
    "bold": lambda text: text.replace("250", "**250**"),
    "half bold": lambda text: text.replace("250", "2**50**"),
    "italics": lambda text: text.replace("250 people", "*250 people*"),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_what_is_held_plain_is_held_in_disguise(disguise):
    hidden = DISGUISES[disguise]("In Tarsa 250 people were killed on Friday")

    assert levels(raised_in_body(hidden)) == [Level.HOLD]


@pytest.mark.parametrize("disguise", [each for each in DISGUISES if "bold" not in each])
def test_what_is_held_plain_in_a_headline_is_held_in_disguise(disguise):
    hidden = DISGUISES[disguise]("In Tarsa 250 people were killed on Friday")

    assert levels(raised_above_body(headline=hidden)) == [Level.HOLD]


@pytest.mark.parametrize(
    "text", ["Kvern 2 was shut", "Its 2019 profits fell", "In 1900 homes the power failed"]
)  # fmt: skip
def test_a_number_that_may_be_a_name_is_asked_about_and_not_held(text):
    unmarked = unsourced_claim.find(make_piece(body=f"{text}.", sources=[]), Context(now=NOW))

    assert levels(raised_in_body(text)) == [Level.QUERY]
    assert levels(raised_above_body(headline=text)) == [Level.QUERY]
    assert levels(unmarked) == [Level.QUERY]


@pytest.mark.parametrize(
    ("said", "post", "level"),
    [
        ("19 people died", "Water 19C, waves 2 m.", Level.HOLD),
        ("It lies 20 miles away", "The village is 20 km away.", Level.HOLD),
        ("The party gained 5.1 per cent", "Up 5.1 percentage points.", Level.HOLD),
        ("It cost 62 million euros", "The price: £62m.", Level.HOLD),
        ("Adra won 4-2", "Adra is four points behind, and two games are left.", Level.QUERY),
        ("19 people died", "19 houses burned down; 3 people were hurt.", Level.QUERY),
        ("212 people were killed", "212 injured, 14 dead.", Level.QUERY),
        ("They found 19 boats", "19 houses and 4 boats burned.", Level.QUERY),
    ],
)
def test_the_same_number_of_something_else_is_not_the_figure(said, post, level):
    assert levels(raised_in_body(said, make_feed_source_ref(text=post)))[:1] == [level]


def test_both_figures_are_shown_in_their_words():
    (found,) = raised_in_body("19 people died", make_feed_source_ref(text="Water 19C, no wind."))

    assert "“19 people died”" in found.message
    assert "“19C”" in found.message


CLEAN = [
    ("A magnitude 6.1 quake struck", "M6.1 quake strikes."),
    ("He ran it in 158 minutes", "He won in 2h38."),
    ("The flight took eight hours and ten minutes", "Flight time 8 h 10 min."),
    ("She was eleven seconds behind", "Second: Dovik +0:11."),
    ("The Under-25s won", "Under-25 side wins."),
    ("Turnout was 40 per cent", "Turnout: 40pc."),
    ("The plant cost 5 billion dollars", "A $5B plant."),
    ("The fund holds 4 trillion dollars", "The $4T fund."),
    ("Triple the number came", "Three times the number came."),
    ("Prices tripled", "Prices rose to three times the level."),
    ("It took a decade", "It took ten years."),
    ("Half of the voters stayed at home", "50% of voters stayed at home."),
    ("A quarter of the fleet is idle", "25% of the fleet is idle."),
    ("A fifth of the growers gave up", "20 per cent of growers gave up."),
    ("She ran the 4x100m relay", "4x100m relay: Halmera first."),
    ("More than 100 ships wait", "116 ships wait."),
    ("The vote is on 12 April", "the April 12 vote"),
    ("The fair runs from 6-7 June", "6 and 7 June: fair."),
    ("As of 16:00 no ship had sailed", "No ship sailed."),
    ("Seven members voted for it and two against", "The panel voted 7-2."),
    ("The 58-year-old was freed", "Dovik, 58, was freed."),
    ("It is 32 km away", "It is 20 miles away."),
    ("Some 250 people fled", "250 residents fled."),
    ("14 people were killed", "14 dead in the flood."),
    ("In the 2017 film he plays a pilot", "He plays a pilot."),
    ("In 2024 prices rose", "Prices rose last year."),
    ("On 3 June 2026 ministers met", "3 June 2026: ministers meet."),
    ("In her 30s she wrote songs", "She wrote songs."),
    ("They fired 155mm shells", "They fired shells."),
    ("Fever followed 1 in 20 doses", "Fever after one dose in 20."),
    ("The fire grew to more than twice its size", "The fire grew from 3 to 7 acres."),
    ("It is more than at the same point of 2023", "It is more than last year."),
    ("They closed Gallery 7 and Room 12", "They closed two rooms."),
    ("It ended 3-2", "Adra 3-2 Lindow."),
    ("From 0.1 to 4 per cent of crops are lost", "0.1-4% of crops are lost."),
]  # fmt: skip


@pytest.mark.parametrize(("said", "post"), CLEAN)
def test_clean_copy_is_not_bothered(said, post):
    assert raised_in_body(said, make_feed_source_ref(text=post)) == []


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Three ports close as storm nears", "Adra, Lindow and Calvera closed their three ports [@r1]."),
        ("Over 100 Flee Tarsa", "In Tarsa 116 people fled [@r1]."),
        ("A third of voters stay home", "Some 33 per cent of voters stayed at home [@r1]."),
        ("Quake Kills 14", "Fourteen people died in the quake [@r1]."),
        ("$5B plant for Lindow", "The plant costs five billion dollars [@r1]."),
        ("250 Flee", "In Gaza 250 residents fled [@r1]."),
    ],
)  # fmt: skip
def test_a_headline_in_other_words_than_the_body_is_not_bothered(headline, body):
    assert raised_above_body(headline=headline, body=body) == []


def test_the_dead_of_the_text_and_the_hurt_of_the_post_are_told_apart_in_words():
    post = make_feed_source_ref(text="14 people were injured when a crane fell in Calvera.")

    (found,) = raised_in_body("14 people were killed when a crane fell in Calvera", post)

    assert found.level is Level.QUERY
    assert found.message == (
        "r1 has “14 people” of something else. Here they are dead, there hurt."
    )


@pytest.mark.parametrize(
    ("body", "post", "words"),
    [
        (
            "The hospital treated 206 killed [@r1].",
            "Hospital has treated 206 injured.",
            "206 killed",
        ),
        ("A quake injured 212 people [@r1].", "1987 quake: 212 dead.", "injured 212"),
        ("Four people survived [@r1].", "Four people died, 61 saved.", "Four people survived"),
    ],
)
def test_a_figure_of_the_dead_that_the_post_has_of_the_hurt_points_at_both(body, post, words):
    source = make_feed_source_ref(text=post)
    piece = make_piece(body=body, headline="", sources=[source])

    (found,) = figure_not_found.RULE.find(piece, Context(now=NOW))

    assert body[found.start : found.end] == words
    assert found.level == "query"
