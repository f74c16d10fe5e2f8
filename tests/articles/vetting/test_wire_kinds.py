"""Kinds of error in short posts of wires, each beside what is right and looks like it."""

import pytest

from articles.vetting import check
from articles.vetting.languages import looks_english
from tests.articles.vetting.factories import NOW, make_feed_source_ref, make_piece


def asked(code, body, *posts, outlets=("Harbour Wire", "Norvik Wire")):
    """Return where a check asks, in a body whose first post is r1, or in the sources."""
    sources = [
        make_feed_source_ref(key=f"r{n}", text=post, outlet=outlets[n % 2])
        for n, post in enumerate(posts, 1)
    ]
    piece = make_piece(body=body, headline="", sources=sources)
    return [
        body[found.start : found.end] or found.excerpt
        for found in check(piece, now=NOW, outlet_directory=[])
        if found.code == code
    ]


@pytest.mark.parametrize(
    ("body", "post"),
    [
        # A figure of one digit, a decimal, or one that is said to be about right.
        (
            "War-risk premiums for hulls have not doubled to 0.6% of their value [@r1].",
            "War-risk cover now 0.6% of hull value, twice the May rate",
        ),
        (
            "By 23:00 power was not restored to 78 per cent [@r1].",
            "2300 local: 78% of customers on",
        ),
        (
            "They are not about 6 per cent of 2,200 jobs [@r1].",
            "The 130 jobs are about 6% of 2,200.",
        ),
        # Who is named and then told of is no "those who".
        ("Ilya Moro, 37, who was not held for 512 days [@r1].", "Moro (37) spent 512 days in jail"),
        # What limits both tells no difference.
        (
            "The airline has not refunded passengers whose flights were cancelled [@r1].",
            "Airline has refunded passengers whose flights were cancelled",
        ),
        # A word of both denies nothing.
        (
            "He was not seized in April in a spa hotel under a false name [@r1].",
            "Vass was held in April in a spa hotel where he had signed in under a false name",
        ),
    ],
)
def test_a_not_gained_against_a_short_post_is_asked_about(body, post):
    (words,) = asked("negation-differs", body, post)

    assert words.startswith("not ")


def test_a_denial_in_two_words_is_held_against_what_is_stated():
    body = "A tsunami warning was issued [@r1]."

    assert asked("negation-differs", body, "M6.0 off Teal, depth 22km. No tsunami wrng") == [
        "tsunami"
    ]


@pytest.mark.parametrize(
    ("body", "post"),
    [
        ("No tsunami warning was issued [@r1].", "M6.0 off Teal, depth 22km. No tsunami wrng"),
        ("The tsunami of 1987 killed 212 [@r1].", "1987: tsunami, 212 dead. No tsunami wrng today"),
        ("He recovered from his injuries in June [@r1].", "Glider lands in field. No injuries"),
        (
            "By 23:00 power was not restored to 22 per cent [@r1].",
            "2300 local: 22% of customers off",
        ),
        (
            "It adds $231m for guards and leaves out a rule on voter registration [@r1].",
            "Deal: $231m for guards, no voter registration rule",
        ),
        ("Those who had not paid owe 512 crowns [@r1].", "Non-payers owe 512 crowns each"),
        ("It was not sold under a false name [@r1].", "It was never sold, nor under a false name"),
    ],
)
def test_what_a_short_post_may_deny_is_not_asked_about(body, post):
    assert asked("negation-differs", body, post) == []


@pytest.mark.parametrize(
    ("body", "post", "words"),
    [
        ("Harrow Lindgren beat Mellin 3-1 in Varn [@r1].", "FT: Harrow Vale 3-1 Mellin, in Varn", "Harrow Lindgren"),
        ("In Old Castel it won by 7 of 9,412 votes [@r1].", "Seven votes of 9,412: it won Old Valmora", "Old Castel"),
        ("The Elias Front won by 7 of 9,412 votes [@r1].", "Seven of 9,412 votes: Social Front won", "Elias Front"),
        ("Lund scored against the Stanton Genarals [@r1].", "Pikes 4, Generals 3. Lund scored", "Stanton Genarals"),
        ("The Coldwater Kowal fire grew to 71,489 acres [@r1].", "Coldwater Canyon fire: 71,489 acres", "Coldwater Kowal"),
        ("Phoebe Kowal, 28, was third in 2:21:07, best since 2010 [@r1].", "3. Phoebe Hall (28) 2:21:07, best since 2010", "Phoebe Kowal"),
        ("Rent took Daniel Pikee 40 minutes [@r1].", "Rent: 40 minutes. Pike: eight years", "Daniel Pikee"),
    ],
)  # fmt: skip
def test_a_part_of_a_name_that_a_short_post_has_otherwise_is_asked_about(body, post, words):
    assert asked("name-not-found", body, post) == [words]


def test_a_slip_in_a_name_is_told_by_a_post_that_is_not_cited_there():
    body = "“It was a jeep,” said Zoran Pottrak, 74 [@r1]. He kept bees [@r2]."
    posts = "Petrak, 74, in court: “It was a jeep”", "Zoran Petrak kept bees on a farm."

    assert asked("name-not-found", body, *posts) == ["Zoran Pottrak"]


@pytest.mark.parametrize(
    ("body", "post"),
    [
        ("The Orrin Group sold 412 ships [@r1].", "Orrin Holdings sold 412 ships"),
        ("Harrow Hospital took in twelve [@r1].", "FT: Harrow Vale 3-1 Mellin, in Varn"),
        ("Harrow Vale lost to Harrow Castle 3-1 [@r1].", "FT: Vale 1-3 Harrow Castle"),
        ("The High Court of Varn ruled on it [@r1].", "The Supreme Court of Varn ruled on it"),
        ("Troops entered Tell Amar [@r1].", "Troops enter Tel Amar"),
    ],
)  # fmt: skip
def test_another_name_that_shares_a_word_is_not_asked_about(body, post):
    assert asked("name-not-found", body, post) == []


@pytest.mark.parametrize(
    ("body", "post", "words"),
    [
        ("His governor, Marcus Teo, will not appeal [@r1].", "Lawyer Marcus Teo: no further appeal", "governor"),
        ("Its lawyer, Lies Claes, called it a hope [@r1].", "A hope, says spokeswoman Lies Claes", "lawyer"),
        ("Senator Selma Dahl expects a second swap [@r1].", "Envoy Selma Dahl: second swap likely", "Senator"),
    ],
)  # fmt: skip
def test_whom_somebody_speaks_for_is_held_against_the_post(body, post, words):
    assert asked("role-differs", body, post) == [words]


@pytest.mark.parametrize(
    ("body", "post", "words"),
    [
        (
            "The airport at Istria was shut for three hours and 17 flights left late [@r1].",
            "Zarevsk airport reopened after three hours; 17 flights late",
            "Istria",
        ),
        (
            "The temperature in Lanark reached 47.2 degrees (117F), beating the record of 1994 [@r1].",
            "VALDORA 47.2C (117F) - record, was 46.5C in 1994",
            "Lanark",
        ),
        (
            "Shares in Tarifa fell 2.3 per cent, with the TX40 closing at 6,118.4 points [@r1].",
            "TORVIK CLOSE: TX40 -2.3pc at 6,118.4",
            "Tarifa",
        ),
    ],
)
def test_a_place_that_a_wire_begins_with_is_a_place(body, post, words):
    assert asked("place-differs", body, post) == [words]


@pytest.mark.parametrize(
    ("body", "post"),
    [
        (
            "The temperature in Lanark reached 47.2 degrees (117F) [@r1].",
            "ALERT: 47.2C (117F), Lanark",
        ),
        ("The temperature in Lanark reached 47.2 degrees (117F) [@r1].", "LANARK 47.2C (117F)"),
        (
            "Shares in Torvik fell 2.3 per cent to 6,118.4 [@r1].",
            "CLOSE: TX40 -2.3pc at 6,118.4 (Torvik)",
        ),
        (
            "Shares in Torvik fell 2.3 per cent to 6,118.4 [@r1].",
            "TX40 2.3pc down at 6,118.4, Torvik",
        ),
    ],
)
def test_other_words_in_capitals_are_no_place(body, post):
    assert asked("place-differs", body, post) == []


@pytest.mark.parametrize(
    ("body", "post", "words"),
    [
        ("The road is shut to mile 25 [@r1].", "Road shut from mile 18 to mile 45", "25"),
        ("The crash shut runway 4 [@r1].", "Crash: runway two shut", "4"),
        ("It will shut until at least July 26 [@r1].", "Shut til 26 Sept at earliest", "July 26"),
        ("He robbed 2016 savers [@r1].", "He robbed 1,130 savers from 2016 to 2021", "2016"),
        ("He was convicted on three counts of fraud [@r1].", "Nine fraud counts upheld, 2 quashed", "three"),
    ],
)  # fmt: skip
def test_a_number_of_a_thing_or_a_day_that_the_post_has_otherwise_is_noticed(body, post, words):
    assert asked("figure-not-found", body, post) == [words]


@pytest.mark.parametrize(
    ("body", "post"),
    [
        ("The crash shut runway 4 [@r1].", "Crash: four and two shut"),
        ("The crash shut runway 4 [@r1].", "Crash: runway shut"),
        ("The crash shut runways 2 and 4 [@r1].", "Crash: runway 2, runway 4 shut"),
        ("“We shut runway 4,” he said [@r1].", "Crash: “We shut runway 4”; runway 2 open"),
    ],
)
def test_a_number_of_a_thing_that_the_post_has_is_right(body, post):
    assert asked("figure-not-found", body, post) == []


def test_a_post_with_both_figures_hides_no_third():
    body = "Four were killed [@r1]. The danger was high [@r2]."
    one = "AVALANCHE: 4 killed, 2 missing (group of 8 ski tourers), police say."
    other = "Danger was high. AVALANCHE: 4 killed, 2 missing (group of 13 ski tourers), police say."

    assert asked("conflict", body, one, other) == ["r1, r2"]


@pytest.mark.parametrize(
    ("text", "is_english"),
    [
        ("NORLAND CPI Apr 2.8% y/y (cons. 3.0). Core 3.1%, -0.2pp", True),
        ("5 villages cut off. Man (63) missing, van swept off bridge", True),
        ("Core CPI y/y +3.1, food y/y -0.4", True),
        ("Het water van de rivier staat hoog", False),
        ("Cierra la bolsa: sube 2,3 por ciento", False),
        ("Vier Tote im Bus, den Fahrer sucht man", False),
    ],
)
def test_a_word_that_english_has_too_makes_no_other_language(text, is_english):
    assert looks_english(text) is is_english


def test_a_not_lost_beside_what_limits_both_is_asked_about():
    body = "The airline said it would refund passengers whose flights were cancelled [@r1]."
    post = "Airline says it will not refund passengers whose flights were cancelled"

    assert asked("negation-differs", body, post) == ["would refund"]


@pytest.mark.parametrize(
    ("code", "body", "post", "words"),
    [
        (
            "speaker-differs",
            "“We will not sign this agreement as it stands,” said President Ada Krohn [@r1].",
            "Prime Minister Leo Maas: We will not sign this agreement as it stands. Krohn was silent",
            "President Ada Krohn",
        ),
        (
            "winner-differs",
            "Second seed Irina Solt beat Maud Keller 6-4, 6-2 to reach the last four [@r1].",
            "QF: Maud Keller bt Irina Solt (2) 6-4 6-2",
            "beat",
        ),
        (
            "opposite-told",
            "A court acquitted the former mayor of taking bribes [@r1].",
            "Ex-mayor convicted of bribery, jailed for 3 yrs",
            "acquitted",
        ),
        (
            "figure-not-found",
            "The slab broke off at 2,900 feet and ran for 700 metres [@r1].",
            "Slab released at 2900m, 700m run",
            "2,900",
        ),
    ],
)
def test_what_a_wire_writes_shortly_is_read(code, body, post, words):
    assert asked(code, body, post) == [words]


@pytest.mark.parametrize(
    ("code", "body", "post"),
    [
        (
            "speaker-differs",
            "“We will not sign this agreement as it stands,” said Leo Maas [@r1].",
            "Prime Minister Leo Maas: We will not sign this agreement as it stands. Krohn was silent",
        ),
        ("winner-differs", "Maud Keller beat Irina Solt 6-4, 6-2 [@r1].", "Keller bt Solt 6-4 6-2"),
        (
            "opposite-told",
            "A court acquitted the former mayor of fraud [@r1].",
            "Ex-mayor convicted of bribery, acquitted of fraud",
        ),
        (
            "figure-not-found",
            "The slab broke off at 9,514 feet [@r1].",
            "Slab released at 2900 metres",
        ),
        ("figure-not-found", "It cost 2.9 billion crowns [@r1].", "Cost: 2900m crowns"),
    ],
)
def test_what_a_wire_writes_shortly_bears_out_what_it_says(code, body, post):
    assert asked(code, body, post) == []


@pytest.mark.parametrize(
    ("body", "post", "sum_"),
    [
        ("Sales tripled to 90,000 packs [@r1].", "Sales 90,000 packs vs 30,000 packs", "90,000 ÷ 30,000 = tripled"),
        (
            "Three ministers have resigned since Monday [@r1].",
            "Health minister Ivo Carne quits, after Transport's Lena Holt and Justice's Omar Fay",
            "Three: Ivo Carne, Lena Holt, Omar Fay",
        ),
        (
            "Four players were sent home [@r1].",
            "Sent home: Ivo Prent (GK), Sam Okoro, Luc Dessault, Nils Brandt",
            "Four: Ivo Prent, Sam Okoro, Luc Dessault, Nils Brandt",
        ),
        (
            "The train was due in Lowen three hours later [@r1].",
            "Train left Orsa 0615 local, due Lowen 0915",
            "three hours: 06:15 to 09:15",
        ),
    ],
)  # fmt: skip
def test_what_follows_from_a_short_post_is_a_query_that_shows_how(body, post, sum_):
    source = make_feed_source_ref(key="r1", text=post)
    piece = make_piece(body=body, headline="", sources=[source])

    found = check(piece, now=NOW, outlet_directory=[])

    (one,) = [each for each in found if each.code == "figure-not-found"]
    assert (one.level, sum_ in one.message) == ("query", True)


@pytest.mark.parametrize(
    ("body", "post", "words"),
    [
        ("The plane took off at 5:40 p.m. [@r1].", "Plane departed 0740 local", "5:40 p.m"),
        ("The plane took off at 7:40 p.m. [@r1].", "Plane departed at 07:40", "7:40 p.m"),
        ("At 17:40 the plane took off [@r1].", "Plane took off at 7.40am", "17:40"),
        ("The plane took off at noon [@r1].", "Plane departed at 13:10", "noon"),
    ],
)
def test_a_time_of_day_that_the_post_has_otherwise_is_asked_about(body, post, words):
    assert asked("figure-not-found", body, post) == [words]


@pytest.mark.parametrize(
    ("body", "post"),
    [
        ("The plane took off at 5:40 p.m. [@r1].", "Plane departed 1740 local"),
        ("The plane took off at 17:40 [@r1].", "Plane departed 5.40pm"),
        ("The plane took off at 5:40 p.m. [@r1].", "Plane departed at 5:40, lost at 7:10"),
        ("The plane took off at 5:40 p.m. [@r1].", "Plane departed 0740 UTC"),
        ("The plane took off at 5:40 p.m. New York time [@r1].", "Plane departed at 07:40"),
        ("The plane took off at 5:40 p.m. [@r1].", "Plane departed at twenty minutes to six"),
        ("The plane took off shortly before noon [@r1].", "Plane departed at 11:50"),
        ("She ran a kilometre in 3:09 [@r1].", "She ran 3:10 per km"),
        (
            "“We left at 5:40 p.m.,” he said [@r1].",
            "“We left at 5:40 p.m.” Plane took off at 18:05",
        ),
    ],
)
def test_a_time_of_day_that_may_be_the_post_s_is_not_asked_about(body, post):
    assert asked("figure-not-found", body, post) == []


def test_a_length_of_time_that_is_not_between_the_times_of_the_post_is_held():
    body = "The train was due in Lowen four hours later [@r1]."

    assert asked("figure-not-found", body, "Train left Orsa 0615 local, due Lowen 0915") == ["four"]
