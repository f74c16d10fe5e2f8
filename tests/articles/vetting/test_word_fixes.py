"""Fixes that write words of the cited post: offered where nothing else can be meant, else never."""

from datetime import timedelta

import pytest

from articles.vetting import Context, OutletName, findings
from articles.vetting.fix import applied
from articles.vetting.fixes import fixes
from tests.articles.vetting.factories import (
    NOW,
    POSTED,
    make_feed_source_ref,
    make_piece,
    make_second_source_ref,
)

TOLL = "The ferry Amrun sank off Lindow with 212 passengers aboard, the coast guard said."
RULING = (
    "The court in Calvera heard the owners. “The harbour master had no power to close the strait to "
    "grain ships”, the judge wrote. The order is dated Wednesday 24 June."
)


def post(text, *, key="h1", outlet="Harbour Wire", **fields):
    return make_feed_source_ref(key=key, outlet=outlet, text=text, **fields)


def context():
    names = ("Harbour Wire", "Meridian Press", "Reuters")
    return Context(now=NOW, outlet_directory=[OutletName(name=name) for name in names])


def offered(code, body, *posts, language="en"):
    """Return what each fix makes of the body; the code has to be found there."""
    piece = make_piece(body=body, sources=list(posts), language=language)
    found = [finding for finding in findings(piece, context()) if finding.code == code]
    assert found
    return [
        applied(body, "body", fix.edits)
        for finding in found
        for fix in fixes(finding, piece, context())
        if not fix.is_decision
    ]


# Figures


@pytest.mark.parametrize(
    ("body", "text", "fixed"),
    [
        ("The ferry Amrun sank off Lindow with 221 passengers aboard [@h1].", TOLL,
         "The ferry Amrun sank off Lindow with 212 passengers aboard [@h1]."),
        ("The ferry Amrun sank off Lindow with four boats aboard [@h1].",
         "The ferry Amrun sank off Lindow with three boats aboard.",
         "The ferry Amrun sank off Lindow with three boats aboard [@h1]."),
        ("Four boats sank off Lindow near the harbour [@h1].",
         "Near the harbour 3 boats sank off Lindow.",
         "Three boats sank off Lindow near the harbour [@h1]."),
        ("Insurers of the ferry Amrun expect to pay $94 million [@h1].",
         "Insurers expect to pay $49 million for the ferry Amrun.",
         "Insurers of the ferry Amrun expect to pay $49 million [@h1]."),
        ("The premium for grain ships rose to 0.35% of hull value [@h1].",
         "Premium for grain ships at 0.53% of hull value.",
         "The premium for grain ships rose to 0.53% of hull value [@h1]."),
    ],
)  # fmt: skip
def test_a_figure_is_replaced_by_the_only_one_of_the_same_thing(body, text, fixed):
    assert offered("figure-not-found", body, post(text)) == [fixed]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        # The dead are not the injured, and neither are those whose fate is not said.
        ("The blast in the Lindow market hall injured 15 people [@h1].",
         "The blast in the Lindow market hall killed 12 people and injured 14."),
        ("The blast in the Lindow market hall killed 15 people [@h1].",
         "The blast in the Lindow market hall killed 12 people. Another 14 people died later."),
        # Two figures of one thing.
        ("Some 40 grain ships wait off the Lindow light [@h1].",
         "Off the Lindow light 35 grain ships wait, after 31 grain ships on Monday."),
        # The thing is not said.
        ("The owners of Lindow light counted 40 in the roads [@h1].",
         "The owners of Lindow light counted 35 in the roads."),
        # More than: another figure would claim something else.
        ("More than 40 grain ships wait off the Lindow light [@h1].",
         "Off the Lindow light 35 grain ships wait."),
        ("Some 40 grain ships wait off the Lindow light [@h1].",
         "Off the Lindow light nearly 35 grain ships wait."),
        # Another unit, another currency.
        ("The premium for grain ships off Lindow is $40 [@h1].",
         "The premium for grain ships off Lindow is €35."),
        # The post is about something else.
        ("Some 40 ships wait for a pilot [@h1].", "A museum in Calvera shows 35 ships in bottles."),
        # The text says the post's figure of something else already.
        ("Of 35 grain ships off the Lindow light 40 grain ships wait [@h1].",
         "Off the Lindow light 35 grain ships wait."),
        # It would take more than digits.
        ("The premium for grain ships off Lindow is $1.2 million [@h1].",
         "The premium for grain ships off Lindow is $3bn."),
        ("Insurers of the ferry Amrun expect 3-5 claims from owners [@h1].",
         "Insurers of the ferry Amrun expect 4-6 claims from owners."),
    ],
)  # fmt: skip
def test_no_figure_is_offered_where_another_may_be_meant(body, text):
    assert offered("figure-not-found", body, post(text)) == []


def test_no_figure_is_offered_where_two_posts_are_cited():
    body = "The ferry Amrun sank off Lindow with 221 passengers aboard [@h1; @m1]."

    assert offered("figure-not-found", body, post(TOLL), post("It sank.", key="m1")) == []


def test_the_mark_is_what_is_wrong_where_another_post_has_the_figure():
    body = "The ferry Amrun sank off Lindow with 221 passengers aboard [@h1]."
    earlier = post(TOLL.replace("The ferry", "Ferry"))
    later = post("Ferry Amrun sank with 221 passengers aboard off Lindow, owner says.", key="h2")

    made = offered("figure-not-found", body, earlier, later)

    assert [each for each in made if "212" in each] == []


def test_another_post_is_not_cited_for_a_number_that_it_has_of_something_else():
    body = "The ferry Amrun sank off Lindow with seven boats aboard [@h1]."
    other = post("The mayor of Calvera answered seven questions.", key="m1")

    assert offered("figure-not-found", body, post("The ferry Amrun sank off Lindow."), other) == []


# Quotations


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("The harbour master had power to close the strait to grain ships",
         "The harbour master had no power to close the strait to grain ships"),
        ("The harbour master had no right to close the strait to grain ships",
         "The harbour master had no power to close the strait to grain ships"),
        ("the harbour master had no power to close a strait to grain ships",
         "the harbour master had no power to close the strait to grain ships"),
    ],
)  # fmt: skip
def test_a_quotation_is_replaced_by_the_whole_clause_that_was_meant(said, right):
    body = "“{}”, the judge in Calvera wrote [@h1]."

    assert offered("quote-not-found", body.format(said), post(RULING)) == [body.format(right)]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        # Cut in the middle of a clause.
        ("had no right to close the strait to grain", RULING),
        # Another beginning, another end, another quotation altogether.
        ("A harbour master had no power to close the strait to grain ships", RULING),
        ("The harbour master had no power to close the strait to grain barges", RULING),
        ("The harbour master may leave when he likes, and so may grain ships", RULING),
        # An attribution between.
        ("The strait is not open, and the grain ships will wait",
         "The strait is open, he said, and the grain ships will wait."),
        ("The strait is not open and the grain ships will wait",
         "“The strait is open” and “the grain ships will wait”."),
        # Said twice, and not the same.
        ("The strait is now closed to all grain ships",
         "The strait is closed to all grain ships. Later: The strait is not closed to all grain ships."),
        # Marks of omission say that it is not the whole.
        ("The harbour master … no right to close the strait to grain ships", RULING),
        ("The harbour master had [no] right to shut the strait to grain ships", RULING),
    ],
)  # fmt: skip
def test_no_quotation_is_offered_where_the_alignment_is_not_sure(said, text):
    assert offered("quote-not-found", f"“{said}”, the judge wrote [@h1].", post(text)) == []


def test_no_quotation_is_taken_from_a_post_that_is_not_cited_there():
    body = "“The harbour master had power to close the strait to grain ships”, she wrote [@m1]."

    assert offered("quote-not-found", body, post(RULING), post("No ship left.", key="m1")) == []


def test_no_quotation_is_offered_where_two_posts_have_words_like_it():
    body = "“The harbour master had power to close the strait to grain ships”, she wrote [@h1]."
    other = post(RULING.replace("no power", "every power"), key="m1")

    assert offered("quote-not-found", body, post(RULING), other) == []


# Weekdays


@pytest.mark.parametrize(
    ("said", "right"),
    [("Thursday", "Wednesday"), ("Thu", "Wed"), ("Thurs.", "Weds."), ("THURSDAY", "WEDNESDAY")],
)
def test_a_weekday_is_replaced_where_the_cited_post_has_the_date(said, right):
    body = "The order is dated {} 24 June 2026 [@h1]."

    assert offered("weekday", body.format(said), post(RULING)) == [body.format(right)]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        # Of a date without its year, or another than the post's, nobody knows which half is wrong.
        ("The order is dated Thursday 24 June [@h1].", RULING),
        ("The order is dated Wednesday 25 June 2026 [@h1].", RULING),
        ("The order is dated Thursday 24 June 2026 [@h1].", "The order was signed on Thursday."),
        ("The order is dated Thursday 24 June 2026 [@h1].",
         "The order was signed on Thursday. It takes effect as of 24 June."),
        ("The order is dated Thursday 24 June 2026.", RULING),
    ],
)  # fmt: skip
def test_no_weekday_is_offered_unless_the_post_agrees_with_the_date(body, text):
    assert offered("weekday", body, post(text)) == []


def test_a_weekday_of_another_language_keeps_its_case():
    body = "L’ordre date du jeudi 24 juin 2026 [@h1]."

    made = offered("weekday", body, post("L’ordre est daté du 24 juin 2026."), language="fr")

    assert made == ["L’ordre date du mercredi 24 juin 2026 [@h1]."]


# Times


TIMED = "Harbour Wire reported at {} that the harbour master orders all vessels to hold [@h1]."


def timed(**fields):
    text = "The harbour master orders all vessels to hold."
    return post(text, **({"posted_at": POSTED} | fields))


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("02:14 UTC on 25 June 2026", "02:40 UTC on 25 June 2026"),
        ("05:40 CEST on 25 June 2026", "04:40 CEST on 25 June 2026"),
        ("2:14 a.m. GMT on 25 June", "2:40 a.m. GMT on 25 June"),
        ("02:40 UTC on 24 June 2026", "02:40 UTC on 25 June 2026"),
    ],
)
def test_a_stated_time_becomes_the_posts_in_the_same_zone(said, right):
    assert offered("stated-time", TIMED.format(said), timed()) == [TIMED.format(right)]


@pytest.mark.parametrize(
    ("body", "posts"),
    [
        # Another post is of that very time: the mark may be wrong.
        (TIMED.format("02:14 UTC on 25 June 2026"),
         [timed(), timed(key="h2", posted_at=POSTED - timedelta(minutes=26))]),
        (TIMED.format("02:14 UTC on 25 June 2026"),
         [timed(edits=(POSTED + timedelta(minutes=9),))]),
        # Two posts are cited.
        (TIMED.format("02:14 UTC on 25 June 2026").replace("[@h1]", "[@h1; @h2]"),
         [timed(), timed(key="h2", posted_at=POSTED + timedelta(hours=2))]),
        # The post says something else.
        ("Harbour Wire reported at 02:14 UTC on 25 June 2026 that pilots struck [@h1].", [timed()]),
    ],
)  # fmt: skip
def test_no_time_is_offered_where_another_post_may_be_meant(body, posts):
    assert offered("stated-time", body, *posts) == []


# Outlets


HOLDS = "The harbour master orders all vessels off Lindow to hold."


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        ("Reuters reported that the harbour master ordered vessels off Lindow to hold [@h1].",
         "Harbour Wire reported that the harbour master ordered vessels off Lindow to hold [@h1]."),
        ("According to Reuters, the harbour master ordered vessels off Lindow to hold [@h1].",
         "According to Harbour Wire, the harbour master ordered vessels off Lindow to hold [@h1]."),
        ("The harbour master ordered vessels off Lindow to hold, Reuters said [@h1].",
         "The harbour master ordered vessels off Lindow to hold, Harbour Wire said [@h1]."),
    ],
)  # fmt: skip
def test_an_outlet_is_renamed_to_the_one_whose_post_carries_the_sentence(body, fixed):
    assert offered("outlet-not-linked", body, post(HOLDS)) == [fixed]


@pytest.mark.parametrize(
    "body",
    [
        # Told, filmed, seen by: that was another outlet's doing.
        "The harbour master told Reuters that vessels off Lindow must hold [@h1].",
        "Reuters, whose reporter was on board, said the harbour master told vessels to hold [@h1].",
        "The Reuters report says the harbour master ordered vessels off Lindow to hold [@h1].",
        "Reuters’s count of vessels that the harbour master ordered to hold off Lindow grows [@h1].",
        # Two outlets.
        "Reuters and Harbour Wire reported that the harbour master ordered vessels to hold [@h1].",
        # The post does not carry it.
        "Reuters reported that pilots struck in Calvera [@h1].",
        "Reuters reported that the harbour master ordered 30 vessels off Lindow to hold [@h1].",
    ],
)
def test_no_outlet_is_renamed_where_the_post_does_not_bear_it_out(body):
    assert offered("outlet-not-linked", body, post(HOLDS)) == []


def test_the_post_of_the_outlet_named_is_cited_where_it_alone_carries_the_sentence():
    body = (
        "Meridian Press reported that the harbour master ordered vessels off Lindow to hold [@h1]."
    )
    other = make_second_source_ref(key="m1", text=HOLDS)

    made = offered("outlet-mismatch", body, post("Pilots struck in Calvera."), other)

    assert made == [body.replace("[@h1]", "[@m1]")]


def test_nothing_is_offered_where_posts_of_both_outlets_carry_the_sentence():
    body = (
        "Meridian Press reported that the harbour master ordered vessels off Lindow to hold [@h1]."
    )
    other = make_second_source_ref(key="m1", text=HOLDS)

    assert offered("outlet-mismatch", body, post(HOLDS), other) == []


# Keys


def test_a_key_is_not_changed_to_a_like_one_whose_post_says_something_else():
    sources = [post("Pilots struck in Calvera.", key="a1")]

    assert offered("citation-unknown", "The ferry sank off Lindow at dawn [@a2].", *sources) == []


def test_a_key_is_changed_to_a_like_one_whose_post_carries_the_sentence():
    body = "The ferry Amrun sank off Lindow [@al]."

    assert offered("citation-unknown", body, post(TOLL, key="a1")) == [body.replace("al]", "a1]")]


def test_a_quotation_that_two_posts_have_is_for_the_editor_to_place():
    body = "“The harbour master had no power to close the strait”, the judge wrote [@m1]."
    posts = [post(RULING), post(RULING, key="h2"), post("Owners wait.", key="m1")]
    piece = make_piece(body=body, sources=posts)
    finding = next(each for each in findings(piece, context()) if each.code == "quote-elsewhere")

    ways = fixes(finding, piece, context())

    assert [(way.label, way.is_decision) for way in ways] == [
        ("Cite [@h1]", True),
        ("Cite [@h2]", True),
    ]


def test_a_figure_is_corrected_where_it_stands_and_nowhere_else():
    body = "[The 221 seats matter.]{.own} The ferry Amrun sank off Lindow with 221 passengers aboard [@h1]."
    piece = make_piece(headline="Ferry sinks with 221", body=body, sources=[post(TOLL)])
    (finding,) = (each for each in findings(piece, context()) if each.code == "figure-not-found")

    (fix,) = fixes(finding, piece, context())

    assert [edit.field for edit in fix.edits] == ["body"]
    assert applied(body, "body", fix.edits) == body.replace("221 pass", "212 pass")
