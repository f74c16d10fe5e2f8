"""Posts with conflicting figures, and posts that count different things."""

import pytest

from articles.vetting import check
from tests.articles.vetting.factories import (
    NOW,
    make_piece,
    make_second_source_ref,
    make_source_ref,
)


def codes(
    one, other, note="We lead with the pilots.", body="Ships wait [@r1; @t1].", language="en"
):
    sources = [make_source_ref(text=one), make_second_source_ref(text=other)]
    piece = make_piece(body=body, framing_note=note, sources=sources, language=language)
    wanted = {"conflict", "hedge-lost"}
    return [finding.code for finding in check(piece, now=NOW) if finding.code in wanted]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gale on the Norder coast, killing 14.", "Gale kills 17 on the Norder coast."),
        ("Norder gale: at least 14 dead on the coast.", "Toll of the gale on the Norder coast rises to 17."),
        ("Four dead after gale at Norder pier.", "Gale at Norder pier leaves nine people dead."),
        ("14 injured in the gale at Norder.", "Gale at Norder pier: 17 people hurt, say medics. Norder gale, pier shut."),
        ("14,000 marched in Norder - police.", "Organisers: 40,000 at Norder march."),
        ("Anchor of the Norder ferry weighs 40 kg, says yard.", "The Norder ferry's anchor weighs 55 kilos, the yard says."),
        ("Fähre Norder: 14 Verletzte nach Sturm.", "Nach Sturm: 17 Verletzte auf der Fähre Norder."),
    ],
)  # fmt: skip
def test_different_figures_for_one_thing_are_a_query(one, other):
    assert codes(one, other) == ["conflict"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bank of Norder cuts its rate to 4.25%.", "Bank of Norder: prices rose by 2.8% in May."),
        ("Norder pier shut for 25 minutes by the gale.", "Pilot freed at Norder after 40 minutes."),
        ("14 dead in Norder gale.", "Norder gale: 14 dead, 30 injured."),
        (
            "14 dead in Norder gale on the coast.",
            "Norder gale on the coast: 17 dead, up from 14 dead.",
        ),
        ("312 people left the Norder ferry.", "Six people dead on the Norder ferry."),
        (
            "More than 20,000 crates on the Norder ferry Ida.",
            "25,000 crates on the Norder ferry Ida.",
        ),
    ],
)
def test_figures_for_different_things_are_not_a_conflict(one, other):
    assert codes(one, other) == []


def test_a_framing_note_naming_one_figure_resolves_the_conflict():
    one, other = "Gale on the Norder coast kills 14.", "Gale on the Norder coast kills 17."

    assert codes(one, other, note="Tolls differ; we take 14.") == []


def test_a_dropped_hedge_is_found_in_a_short_sentence():
    post = "Unconfirmed reports say two sailors were hurt."

    assert codes(post, "Calm sea.", body="Two sailors were hurt [@r1; @t1].") == ["hedge-lost"]
    assert codes(post, "Calm sea.", body="Two sailors may have been hurt [@r1; @t1].") == []


def test_a_date_in_the_name_of_an_event_needs_no_source():
    def dates(body):
        piece = make_piece(body=body, sources=[make_source_ref(text="The pier is shut.")])
        figures = [finding.evidence.get("figure", "") for finding in check(piece, now=NOW)]
        return [figure for figure in figures if "September" in figure or "October" in figure]

    assert dates("The 11 September attacks changed the port [@r1].") == []
    assert dates("He led the October 7 commission [@r1].") == []
    assert dates("The pier was shut on 11 September [@r1].") == ["11 September"]
