"""Errors of the kinds that newsrooms correct: what is made, and what counts as noticed."""

import re

import pytest

from articles.vetting import Finding, Level
from benchmarks.checks import CODES, SEED, report
from benchmarks.seeded.articles import WIRE, chance, load
from benchmarks.seeded.fault import Fault
from benchmarks.seeded.kinds import KINDS, Kind, figures, names, senses, spots
from benchmarks.seeded.measuring import noticed
from benchmarks.seeded.tables import kinds_table, looked_for
from benchmarks.seeded.tally import Tally
from benchmarks.seeded.world import in_words

ARTICLES = [*load(), *load(WIRE)]
SLICE = [*ARTICLES[:60:6], *ARTICLES[60::3]]


def article(start):
    return next(each for each in ARTICLES if each.id.startswith(start))


def finding(fault, *, code="figure-not-found", level=Level.QUERY, at=0):
    return Finding(
        code=code, level=level, field="body", start=fault.start + at, end=fault.end + at,
        excerpt="a sentence", message="No.", evidence={},
    )  # fmt: skip


def made(kind):
    """Return some articles that an error fits, each with it: those of SLICE, or else the first."""
    for articles in (SLICE, ARTICLES):
        found = [(each, kind.mutator(each, chance(SEED, each.id, kind.name))) for each in articles]
        fitting = [(each, fault) for each, fault in found if fault is not None]
        if fitting:
            return fitting[:6]
    return []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_error_changes_one_place_and_says_where(kind):
    found = made(kind)

    assert found
    for clean, fault in found:
        before, after = getattr(clean, fault.field), getattr(fault.article, fault.field)

        assert after.casefold() != before.casefold()
        assert 0 <= fault.start < fault.end <= len(after)
        assert after[: min(fault.start, fault.was[0])].casefold() == (
            before[: min(fault.start, fault.was[0])].casefold()
        )
        assert fault.article.posts == clean.posts


def test_every_kind_fits_some_article_and_has_its_own_name():
    fitting = {
        kind.name
        for kind in KINDS
        if any(kind.mutator(each, chance(SEED, each.id, kind.name)) for each in ARTICLES)
    }

    assert fitting == {kind.name for kind in KINDS}
    assert len(fitting) == len(KINDS)


def test_an_error_is_the_same_on_every_run():
    clean = article("w01-")

    once, again = ([kind.mutator(clean, chance(1)) for kind in KINDS] for _ in range(2))

    assert any(once)
    assert once == again


def test_a_spoilt_count_is_in_none_of_the_cited_posts():
    found = made(KINDS[0])

    assert found
    for clean, fault in found:
        new = re.findall(r"[\d.,]*\d", fault.article.body[fault.start : fault.end])[-1]
        spot = next(
            each
            for each in spots.spots(fault.article, r"[\d.,]*\d")
            if each.start < fault.end and fault.start < each.end
        )

        assert all(spots.value_of(new) not in spots.values_of(post) for post in spot.posts), (
            clean.id
        )


def test_a_changed_letter_leaves_a_name_that_stands_nowhere_else():
    found = made(Kind("one", names.one_letter))

    assert found
    for clean, fault in found:
        new = fault.article.body[fault.start : fault.end]

        assert not spots.has_words(clean.body, new)
        assert all(not spots.has_words(post.text or "", new) for post in clean.posts)


def test_a_direction_is_turned_only_where_no_post_says_the_other():
    found = made(Kind("turned", senses.turned_direction))

    assert found
    for clean, fault in found:
        new = fault.article.body[fault.start : fault.end]
        cited = next(
            spot.posts
            for spot in spots.spots(fault.article, re.escape(new))
            if spot.start == fault.start
        )

        assert not any(spots.has_words(post, new) for post in cited), clean.id


def test_an_opening_comes_before_the_spoilt_count():
    found = made(Kind("opening", figures.other_count_after_a_capital))

    assert found
    for _, fault in found:
        before = fault.article.body[: fault.start].rpartition("\n")[2]

        assert re.search(r"[A-Z][A-Za-z ]+ \Z", before)
        assert fault.article.body[fault.start].isdigit()


def test_any_finding_at_the_place_notices_an_error_and_one_elsewhere_does_not():
    clean = article("w01-")
    fault = KINDS[0].mutator(clean, chance(SEED))
    there, elsewhere = finding(fault, code="whatever"), finding(fault, at=200)

    assert fault.is_met_by(there)
    assert not fault.is_met_by(elsewhere)


def test_an_error_where_the_clean_article_is_already_asked_about_is_not_counted():
    fault = KINDS[0].mutator(article("w01-"), chance(SEED))
    start, _ = fault.was
    before = Finding(
        code="hedge-lost", level=Level.QUERY, field="body", start=start, end=start + 2,
        message="No.", evidence={},
    )  # fmt: skip

    assert fault.is_clouded_by(before)


def test_what_is_missed_is_reported_with_its_sentence():
    clean = article("w01-")
    unspoilt = Fault(article=clean, code="", start=3, end=9, what="nothing")

    outcome = noticed(unspoilt, KINDS[0], [])

    assert not outcome.is_met
    assert outcome.report.startswith("MISSED a count | w01-colliery-fire | nothing")


def test_kinds_that_no_check_looks_for_stand_in_their_own_table():
    tally = Tally()
    for kind in (Kind("a count", figures.other_count), Kind("a surname", names.other_surname)):
        _, fault = made(kind)[0]
        tally.add(noticed(fault, kind, []))

    without = "\n".join(kinds_table(tally, {"figure-not-found"}, promised=False))

    assert "| a surname | 1 |" in without
    assert "| a count |" not in without
    assert list(looked_for(tally, {"figure-not-found"})) == ["a count"]
    assert "| a count | 1 |" in "\n".join(kinds_table(tally, {"figure-not-found"}, promised=True))


def test_the_report_begins_with_what_no_check_looks_for():
    lines = list(report(Tally()))

    assert lines[0].startswith("| errors that no check looks for |")


def test_a_kind_whose_check_is_still_to_come_is_no_goal():
    tally = Tally()
    kind = next(each for each in KINDS if each.name == "a speaker")
    tally.add(noticed(made(kind)[0][1], kind, []))

    assert looked_for(tally, CODES - set(kind.looked_for_by)) == {}
    assert list(looked_for(tally, CODES | set(kind.looked_for_by))) == ["a speaker"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (7, "seven"),
        (19, "nineteen"),
        (30, "thirty"),
        (44, "forty-four"),
        (305, "three hundred and five"),
    ],
)
def test_a_number_is_written_in_words(number, words):
    assert in_words(number) == words
