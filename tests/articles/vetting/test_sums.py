"""A figure that follows from two others by one step is asked about, with the sum, and holds nothing."""

from datetime import UTC, datetime

import pytest

from articles.vetting import check
from articles.vetting.facts.reading import read_quantities
from articles.vetting.facts.sums import worked_out
from articles.vetting.finding import Level
from tests.articles.vetting.factories import NOW, make_feed_source_ref, make_piece, make_source_ref


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


def told(said, post, **fields):
    """Return the levels and messages of figure-not-found on a sentence that cites a post."""
    source = make_feed_source_ref(text=post, posted_at=datetime(2026, 6, 24, 9, tzinfo=UTC))
    piece = make_piece(body=f"{said} [@r1].", sources=[source], **fields)
    return [
        (one.level, one.message)
        for one in check(piece, now=NOW)
        if one.code in ("figure-not-found", "headline-drift")
    ]


@pytest.mark.parametrize(
    ("said", "post", "shown"),
    [
        ("The siege lasted nine days", "It ran from 14 May to 23 May", "nine days: 14 to 23 May"),
        ("The siege lasted 10 days", "Siege of Tarn, 14-23 May", "10 days: 14 to 23 May"),
        ("It took 11 days", "Began 28 April, ended 9 May", "11 days: 28 April to 9 May"),
        ("The walkout lasted 12 days", "Walkout begun on 12 June is over", "12 to 24 June"),
        ("Nearly two weeks on, it is over", "Walkout begun June 12 ends", "12 to 24 June"),
        ("He was held for two months", "Held on 3 March, freed 4 May", "3 March to 4 May"),
        ("He was held for more than two months", "Held on 3 March, freed 12 May", "3 March to"),
        ("Five of nine members agreed", "Vote was 5-3-1", "5 + 3 + 1 = nine"),
        ("In all 26 people died", "14 dead in Arlen, 9 dead in Brask, 3 dead in Tarn", "14 + 9 + 3"),
        ("More than half of them died", "640 cows in the pen, 352 of them dead", "352 of 640"),
        ("Three rivers rose", "The Dabber, Tolle and Linn rose", "The Dabber, Tolle, Linn"),
        ("Four men were held", "Held: Al Roe, Bo Dunn, Cy Orr and Di Lott", "Al Roe, Bo Dunn"),
    ],
)  # fmt: skip
def test_what_follows_from_days_lists_and_totals_is_asked_with_the_sum(said, post, shown):
    ((level, message),) = told(said, post)

    assert level is Level.QUERY
    assert shown in message


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("The siege lasted 19 days", "It ran from 14 May to 23 May"),
        ("The walkout lasted nine days", "Walkout begun on 12 June is over"),
        ("It took three weeks", "Began 28 April, ended 9 May"),
        ("He was held for more than four months", "Held on 3 March, freed 12 May"),
        ("Five of 11 members agreed", "Vote was 5-3-1"),
        ("More than half of them died", "640 cows in the pen, 252 of them dead"),
        ("Four rivers rose", "The Dabber, Tolle and Linn rose"),
        ("She is 9 years old", "Born on 24 June 2015, she swims"),
    ],
)
def test_what_no_days_list_or_total_gives_is_held(said, post):
    assert [level for level, _ in told(said, post)] == [Level.HOLD]


@pytest.mark.parametrize(
    ("headline", "said", "shown"),
    [
        ("Siege ends after nine days", "It began on 14 May and ended on 23 May", "14 to 23 May"),
        ("Three rivers burst banks", "The Dabber, the Tolle and the Linn rose", "the Linn"),
    ],
)
def test_a_headline_that_sums_up_days_or_a_list_is_asked_about(headline, said, shown):
    ((level, message),) = told(said, said, headline=headline)

    assert level is Level.QUERY
    assert shown in message


@pytest.mark.parametrize(
    "said",
    [
        "Sales fell by a fifth", "It fell by almost a fifth", "Sales are a fifth lower",
        "A fifth of them left", "Sales fell by a fifth in May", "The price is a fifth above that",
        "It was hit by a third party", "It was won by a quarter-finalist",
        "It came in a third wave", "She came a fifth time", "They paid by the quarter",
    ],
)  # fmt: skip
def test_a_part_that_the_post_gives_in_per_cent_is_the_same(said):
    assert told(said, "They left: 20%, hit and won") == []


@pytest.mark.parametrize("said", ["Sales fell by a quarter", "Sales are a third lower in May"])
def test_a_part_that_the_post_gives_otherwise_is_asked_about(said):
    assert [level for level, _ in told(said, "Sales fell 20% in May")] == [Level.QUERY]
