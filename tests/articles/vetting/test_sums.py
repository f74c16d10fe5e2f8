"""A figure that follows from two others by one step is asked about, with the sum, and holds nothing."""

import pytest

from articles.vetting import check
from articles.vetting.facts.reading import read_quantities
from articles.vetting.facts.sums import worked_out
from articles.vetting.finding import Level
from tests.articles.vetting.factories import NOW, make_piece, make_source_ref


def sum_of(said, post):
    found, *_ = [one for one in read_quantities(said, "en") if one.needs_source()]
    return worked_out(found, read_quantities(post, "en"))


def levels(code, **fields):
    return [one.level for one in check(make_piece(**fields), now=NOW) if one.code == code]


@pytest.mark.parametrize(
    ("said", "post", "shown"),
    [
        ("three more ships", "14 ships today, 11 ships on Monday", "14 − 11 = three"),
        ("25 ships", "14 ships today, 11 ships on Monday", "14 + 11 = 25"),
        ("13 people died", "4 dead in Arlen, 9 killed in Brask", "9 + 4 = 13"),
        ("up $3 million", "pays $5m, last year $2m", "$5m − $2m = $3 million"),
        ("0.4 percentage points", "3.1% in May, 2.7% in April", "3.1% − 2.7% = 0.4 percentage points"),
        ("five points lower", "t/o 22pc (27pc last time)", "27pc − 22pc = five"),
        ("70 per cent of the boats", "14 of 20 boats back, 14 boats damaged, 20 boats in all", "14 of 20 = 70 per cent"),
        ("15 years", "built in 2009, lost in 2024", "2024 − 2009 = 15 years"),
        ("more than two days", "71d 14h 22m, old 74d 3h 35m", "74d 3h 35m − 71d 14h 22m = two days"),
        ("3 degrees", "41.5C, rec was 38.5C", "41.5C − 38.5C = 3 degrees"),
        ("14 more seats", "71 seats (57 last time)", "71 − 57 = 14"),
        ("nine members", "Seven members voted for it and two against", "Seven + two = nine"),
    ],
)  # fmt: skip
def test_a_figure_follows_from_two_of_one_thing(said, post, shown):
    assert sum_of(said, post) == shown


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("three ships", "14 houses, 11 trees"), ("three ships", "14 ships, 11 crews"),
        ("four ships", "14 ships today, 11 ships on Monday"), ("13 people died", "4 dead, 9 hurt"),
        ("$3 million", "pays €5m, last year €2m"), ("25 metres", "14 ships, 11 ships"),
        ("65 km", "out at 35 km, led to 30 km"), ("5.75 per cent", "3.75%, aim 2%"),
        ("28 per cent of homes", "78% back, half of them dark in May"),
        ("25 ships", "Kvern 14 and Kvern 11"), ("15 metres", "built in 2009, lost in 2024"),
    ],
)  # fmt: skip
def test_a_figure_follows_from_no_other_things(said, post):
    assert sum_of(said, post) == ""


def test_a_sum_of_the_cited_post_is_asked_about_with_the_sum():
    found = [
        one
        for one in check(
            make_piece(
                body="The queue grew by 13 ships [@r1].",
                sources=[make_source_ref(text="41 ships wait off Calvera, 28 ships on Monday.")],
            ),
            now=NOW,
        )
        if one.code == "figure-not-found"
    ]

    assert [one.level for one in found] == [Level.QUERY]
    assert "41 − 28 = 13" in found[0].message


def test_a_figure_that_follows_from_nothing_is_held():
    post = make_source_ref(text="41 ships wait off Calvera, 28 ships on Monday.")

    assert levels("figure-not-found", body="The queue grew by 14 ships [@r1].", sources=[post]) == [
        Level.HOLD
    ]


BODY = "A freight train hit a passenger train in Hollen [@r1]."


def test_a_headline_may_count_what_the_body_names():
    post = make_source_ref(text="Freight train hits passenger train in Hollen")

    assert levels("headline-drift", headline="Two trains collide", body=BODY, sources=[post]) == []


def test_a_headline_that_counts_what_the_body_counts_by_the_dozen_is_asked_about():
    body = f"{BODY} The line carries 64 trains [@r1]."

    assert levels("headline-drift", headline="Two trains collide", body=body) == [Level.QUERY]


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Three trains collide", "Two trains collided [@r1]."),
        ("Two buses collide", BODY), ("Two people die", BODY), ("14 trains collide", BODY),
    ],
)  # fmt: skip
def test_a_headline_is_held_where_the_body_has_another_small_count_or_none(headline, body):
    assert levels("headline-drift", headline=headline, body=body) == [Level.HOLD]
