"""What is told, denied and dated otherwise in posts as wires write them, and what only looks it."""

import pytest

from articles.vetting.lexicon.abroad import (
    DENYING_ABROAD,
    FALLING_ABROAD,
    LIMITING_ABROAD,
    RISING_ABROAD,
)
from tests.articles.vetting.test_wire_kinds import asked

TOLD, DENIED = "opposite-told", "negation-differs"
FALLS_IN_SPANISH = "La producción solar cae 1.900 MW (megavatios) en menos de una hora"


@pytest.mark.parametrize(
    ("code", "body", "post", "words"),
    [
        # A day's trade.
        (
            TOLD,
            "Vell shares opened 8.25% lower [@r1].",
            "Shares in Vell ended 8.25% lower.",
            "opened",
        ),
        # What grew in a year has no sign.
        (
            TOLD,
            "Consumer prices in Tarrow fell 2.8% in April from a year earlier [@r1].",
            "TARROW CPI Apr 2.8% y/y (cons. 3.0)",
            "fell 2.8",
        ),
        (
            TOLD,
            "The spot price, which had been above zero on Sunday, rose to 3 euros [@r1].",
            "Spot power, below zero on Sunday, trades at 3 euros",
            "above zero",
        ),
        # The words before one quotation.
        (
            TOLD,
            "Inflation is to rise “towards but not yet to” the target [@r1].",
            "The bank forecasts a peak before falling “towards but not yet to” its target.",
            "rise",
        ),
        (
            DENIED,
            "Hale said it would not turn “every culvert into a lawsuit” [@r1].",
            "Hale, dissenting, for the first time in 6 years: this turns “every culvert into a lawsuit”.",
            "not turn",
        ),
        # Earlier and later.
        (
            TOLD,
            "The Senate voted 78-18, hours before the Assembly had voted 341 to 82 [@r1].",
            "Senate passes bill, 78-18. Assembly vote earlier: 341-82.",
            "before",
        ),
        (
            TOLD,
            "The slab broke off at 2,900 metres shortly after 11 a.m. [@r1].",
            "The slab released at 2,900 metres shortly bef. 11:00",
            "after",
        ),
        # A result that its own sentence gives the lie.
        (
            TOLD,
            "Dial touched six hundredths of a second after her rival to win the race [@r1].",
            "Dial 15:31.06. Six hundredths!",
            "after her rival to win",
        ),
        (
            TOLD,
            "Larch sold its rival Tolland for $1.75 billion in 2022 [@r1].",
            "Larch paid $1.75bn for Tolland in 2022.",
            "sold",
        ),
        # A post in another language, by its figure.
        (TOLD, "Solar output rose by 1,900 megawatts [@r1].", FALLS_IN_SPANISH, "rose"),
        (
            DENIED,
            "Of the 61 survivors 14 were not taken to hospital in Calais [@r1].",
            "Sur les 61 rescapés, 14 ont été hospitalisés à Calais et Boulogne.",
            "not taken",
        ),
        # A figure in thousands, and one "not" too many.
        (
            DENIED,
            "The longest-serving teachers will not earn about $102k [@r1].",
            "By the numbers: starting pay $58.6k; top of scale $102,000.",
            "not earn",
        ),
        (
            DENIED,
            "About 240,000 homes are not without electricity [@r1].",
            "Approx 240k homes w/o power",
            "not without",
        ),
        # Off a place, and all safe: neither denies that they were on board.
        (
            DENIED,
            "The ferry was not carrying 240 passengers when it ran aground [@r1].",
            "Ferry w/ 240 pax aground off Sule Point, all safe",
            "not carrying",
        ),
        (
            DENIED,
            "The reservoir is not at 38 per cent of its capacity [@r1].",
            "Reservoir at 38 per cent of capacity",
            "not at 38",
        ),
        # The same act in another word.
        (
            DENIED,
            "The search was not suspended at dusk and resumes at 06:30 on Sunday [@r1].",
            "Search halted at nightfall, to restart 06.30 Sunday.",
            "not suspended",
        ),
        # A "not" that is gone: all the verb is shown.
        (
            DENIED,
            "Investigators suspect a conveyor belt but have confirmed it [@r1].",
            "Investigators suspect a conveyor belt; nothing confirmed.",
            "have confirmed",
        ),
        (
            DENIED,
            "It was clear who the men were; the owner spoke of suspected pirates [@r1].",
            "Identity of boarders not known; owner: suspected pirates.",
            "was clear",
        ),
        (
            DENIED,
            "Somebody was hurt [@r1].",
            "The bulker is aground. No injuries",
            "Somebody was hurt",
        ),
        (
            DENIED,
            "Schools will stay closed, said Gil Marsh of Stanton [@r1].",
            "Supt. Gil Marsh of Stanton: no closures.",
            "will stay closed",
        ),
    ],
)
def test_what_a_short_post_tells_otherwise_is_asked_about(code, body, post, words):
    assert asked(code, body, post) == [words]


@pytest.mark.parametrize(
    ("body", "post"),
    [
        ("Vell shares closed 8.25% lower [@r1].", "Shares in Vell ended 8.25% lower."),
        (
            "Vell shares opened 2% lower and closed down 8.25% [@r1].",
            "Vell: opened 2% lower, ended 8.25% lower.",
        ),
        # A level is no growth.
        (
            "Inflation fell to 2.8% in April from 3.3% a month earlier [@r1].",
            "TARROW CPI Apr 2.8% y/y (Mar 3.3)",
        ),
        (
            "Inflation is to fall “towards but not yet to” the target [@r1].",
            "The bank forecasts a peak before falling “towards but not yet to” its target.",
        ),
        (
            "Hale said it would turn “every culvert into a lawsuit” [@r1].",
            "Hale: this turns “every culvert into a lawsuit”. She read it from the bench.",
        ),
        (
            "The Senate voted 78-18, hours after the Assembly had voted 341 to 82 [@r1].",
            "Senate passes bill, 78-18. Assembly vote earlier: 341-82.",
        ),
        (
            "Dial returned six months after an injury to win the race [@r1].",
            "Dial won; hurt in May.",
        ),
        (
            "Larch bought Tolland for $1.75 billion [@r1].",
            "Larch paid $1.75bn for Tolland in 2022.",
        ),
        ("Tolland was sold for $1.75 billion [@r1].", "Larch paid $1.75bn for Tolland in 2022."),
        ("Solar output fell by 1,900 megawatts [@r1].", FALLS_IN_SPANISH),
        (
            "The 38 workers were not paid [@r1].",
            "Les 38 ouvriers n'ont pas été payés, dit le préfet",
        ),
        ("About 240,000 homes are without electricity [@r1].", "Approx 240k homes w/o power"),
        ("The ferry ran aground; nobody was hurt [@r1].", "Ferry aground off Sule Point, all safe"),
        (
            "The search was not suspended at dusk on Sunday [@r1].",
            "Rescuers on Sunday: the search is not halted at dusk.",
        ),
        (
            "Schools will stay open, said Gil Marsh [@r1].",
            "Supt. Gil Marsh of Stanton: no closures.",
        ),
    ],
)
def test_what_a_short_post_bears_out_in_other_words_is_not_asked_about(body, post):
    assert asked(TOLD, body, post) == asked(DENIED, body, post) == []


def test_a_word_of_another_language_is_of_one_side():
    assert not RISING_ABROAD & FALLING_ABROAD
    assert not (DENYING_ABROAD | LIMITING_ABROAD) & (RISING_ABROAD | FALLING_ABROAD)
    assert not DENYING_ABROAD & LIMITING_ABROAD


@pytest.mark.parametrize(
    ("body", "post", "figures"),
    [
        # Part of a whole, a level, and the whole of a part.
        (
            "The rain flooded six of its 12 blocks [@r1].",
            "Seven of twelve blocks flooded by rain.",
            ["six"],
        ),
        (
            "The dead rose to 14, up from eight overnight [@r1].",
            "14 dead (was 11 overnight)",
            ["eight"],
        ),
        (
            "It has power for 10 of the 14 hours planned [@r1].",
            "Lander has power for 10 days of 14",
            ["10", "14"],
        ),
        (
            "The term was cut from 17 months to 12 [@r1].",
            "Jail term cut 17 -> 12 yrs.",
            ["17 months"],
        ),
        # Number words against a language whose number words are read.
        (
            "The pool was fifteen metres long [@r1].",
            "Le bassin de l'hôtel de Saly fait 25 mètres, avec une fissure.",
            ["fifteen metres"],
        ),
        # The number of a model.
        ("It does not cover the A321 or the Boeing 516 [@r1].", "A321, 737 not affected.", ["516"]),
        # A day at the end of its clause.
        (
            "A second walkout is planned for April 28 [@r1].",
            "Next strike: Fri 17 April.",
            ["April 28"],
        ),
    ],
)
def test_a_figure_that_the_post_has_of_nothing_is_found(body, post, figures):
    found = asked("figure-not-found", body, post)

    assert len(found) == len(figures)
    assert all(
        figure.startswith(one) or one in figure for one, figure in zip(found, figures, strict=True)
    )


@pytest.mark.parametrize(
    ("body", "post"),
    [
        (
            "The rain flooded seven of its 12 blocks [@r1].",
            "Seven of twelve blocks flooded by rain.",
        ),
        (
            "It has power for ten of the 14 days planned [@r1].",
            "Lander has power for 10 days of 14",
        ),
        ("It does not cover the A321 or the Boeing 737 [@r1].", "A321, 737 not affected."),
        (
            "The flight never left the ground, a Boeing 737 [@r1].",
            "Flight scrubbed: the 737 cannot leave",
        ),
    ],
)
def test_a_figure_that_the_post_has_is_not_asked_about(body, post):
    assert asked("figure-not-found", body, post) == []


@pytest.mark.parametrize(
    ("body", "post", "days"),
    [
        # The post is of 25 June 2026, a Thursday. The weekday of a date is of no other day.
        (
            "A second walkout is planned for June 26 [@r1].",
            "Talks failed today. Next strike: Fri 3 July.",
            ["June 26"],
        ),
        (
            "She was told of it on 18 June [@r1].",
            "Update today. A student wrote to us on 13 June.",
            ["18 June"],
        ),
        (
            "It links 22 deaths to the heat since June 24 [@r1].",
            "22 deaths linked to heat since 9 June.",
            ["June 24"],
        ),
        (
            "The survey was made between 28 May and 21 June [@r1].",
            "Thursday: eleven districts covered 28 May - 9 June; five too dangerous",
            ["21 June"],
        ),
        # A year before 1900, and one that no post has with its day.
        ("It was the first eclipse since 1895 [@r1].", "The first totality since 1905.", ["1895"]),
        (
            "She sent the paper on 2 March 2019 [@r1].",
            "Warning unread in March 2020. The paper was sent on 2 March.",
            ["2 March 2019"],
        ),
    ],
)
def test_a_day_that_its_post_leaves_no_room_for_is_asked_about(body, post, days):
    assert asked("date-differs", body, post) == days


@pytest.mark.parametrize(
    ("body", "post"),
    [
        ("Talks failed on 25 June [@r1].", "Talks failed today. Next strike: Fri 3 July."),
        ("Talks failed on 22 June [@r1].", "Talks failed on Monday. Next strike: Fri 3 July."),
        ("Talks failed on 24 June [@r1].", "Talks failed. 22 deaths since 9 June."),
        (
            "The survey was made between 28 May and 9 June [@r1].",
            "Eleven districts covered 28 May - 9 June",
        ),
        ("It was the first eclipse since 1905 [@r1].", "The first totality since 1905."),
        (
            "She sent the paper on 2 March 2020 [@r1].",
            "Unread in March 2020. The paper was sent on 2 March.",
        ),
        (
            "She sent the paper on 2 March 2026 [@r1].",
            "Unread in May. The paper was sent on 2 March.",
        ),
    ],
)
def test_a_day_that_its_post_may_mean_is_not_asked_about(body, post):
    assert asked("date-differs", body, post) == asked("figure-not-found", body, post) == []


def test_a_captain_is_no_sheriff_but_may_be_a_president():
    sheriff = asked(
        "name-not-found", "Captain Tom Beasley spoke [@r1].", "Sheriff Tom Beasley spoke."
    )
    president = asked("name-not-found", "Captain Tom Sow spoke [@r1].", "President Tom Sow spoke.")

    assert sheriff
    assert president == []
