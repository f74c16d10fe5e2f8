from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks.checks import LEAST_RECALL, SEED, clean_articles
from benchmarks.intervals import wilson
from benchmarks.seeded import ids
from benchmarks.seeded.articles import WIRE, as_case, chance, load, read, vet
from benchmarks.seeded.benign import BENIGN
from benchmarks.seeded.fault import QUERY, Fault
from benchmarks.seeded.faults import FAULTS
from benchmarks.seeded.kinds import KINDS
from benchmarks.seeded.measuring import carry_out, judged, plans
from benchmarks.seeded.recombined import recombined
from benchmarks.seeded.tally import Tally

# English with post times and weekdays, Arabic with its own digits, German, Spanish.
SLICE = ("03-", "16-", "32-", "39-", "44-", "48-")
MEASURED = ("03-", "39-", "48-")
QUERIES = {
    "outlet-relayed", "source-duplicate", "source-uncited", "single-origin", "quote-ambiguous",
    "quote-translated", "conflict", "hedge-lost", "verbatim-copy", "markup-shown",
    "date-differs", "name-not-found", "opposite-told", "negation-differs", "speaker-differs",
    "role-differs", "place-differs", "winner-differs",
}  # fmt: skip
RATHER_FEW = 0.1


def written(*prefixes):
    return [article for article in load() if not prefixes or article.id.startswith(prefixes)]


def faults(article):
    for code, mutators in FAULTS.items():
        for mutator in mutators:
            fault = mutator(article, chance(SEED, article.id, code, mutator.__name__))
            if fault is not None:
                yield code, mutator, fault


def text_of(fault):
    if fault.field == "image":
        return fault.article.pictures[0].alt
    return getattr(fault.article, fault.field)


def problems(article):
    """Return what is wrong with the faults seeded into an article."""
    for code, mutator, fault in faults(article):
        name = f"{article.id}, {code}, {mutator.__name__}"
        if fault.article == article:
            yield f"{name}: nothing is spoilt"
        if fault.code != code:
            yield f"{name}: it says that it is {fault.code}"
        if (fault.level == QUERY) != (code in QUERIES) and code != "source-id-time":
            yield f"{name}: {fault.level} is not its level"
        if fault.end and not 0 <= fault.start < fault.end <= len(text_of(fault)) + 1:
            yield f"{name}: {fault.start} to {fault.end} is no place in its {fault.field}"
        if code != "too-large" and read(as_case(fault.article)).posts != fault.article.posts:
            yield f"{name}: the case does not hold it"


def measured(work):
    tally = Tally()
    for plan in work:
        for outcome in carry_out(plan):
            tally.add(outcome)
    return tally


@pytest.fixture(scope="module")
def tally():
    return measured(plans(written(*MEASURED), [], seed=SEED))


def test_the_corpus_has_ninety_written_articles_and_more_recombined():
    articles, made = clean_articles(SEED)

    assert len(articles) >= 90
    assert len(made) >= 150
    assert len({article.id for article in (*articles, *made)}) == len(articles) + len(made)


def test_three_in_ten_clean_articles_are_wire_style():
    articles, made = clean_articles(SEED)

    for each in (articles, made):
        assert sum(article.is_wire for article in each) >= 0.3 * len(each)


def test_a_written_article_round_trips_through_its_case_file():
    articles = [*written(), *load(WIRE)]

    again = [replace(read(as_case(article)), is_wire=article.is_wire) for article in articles]

    assert again == articles


def test_every_mutator_makes_the_fault_it_claims():
    articles = [*written(*SLICE), *list(load(WIRE))[:3]]

    assert [problem for article in articles for problem in problems(article)] == []


def test_every_check_has_a_fault_that_fits_a_few_articles():
    articles = [*written(*SLICE), *list(load(WIRE))[:3]]

    made = {code for article in articles for code, _, _ in faults(article)}

    assert made == set(FAULTS)


def test_seeded_faults_are_the_same_on_every_run():
    (article,) = written("03-")

    once, again = list(faults(article)), list(faults(article))

    assert once == again


def test_benign_variants_change_the_article_and_stay_valid_cases():
    (article,) = written("03-")

    variants = [change(article, chance(SEED, change.__name__)) for change in BENIGN]

    changed = [variant for variant in variants if variant is not None and variant != article]
    assert len(changed) > len(BENIGN) / 2
    assert all(vet(variant) is not None for variant in changed)


def test_the_checks_find_nearly_every_fault_of_a_few_articles(tally):
    share, _, _ = wilson(tally.met.total(), tally.faults.total())

    assert tally.faults.total() > 120
    assert share >= LEAST_RECALL - 0.02, "\n".join(tally.reports)


def test_the_checks_hold_few_benign_variants_and_no_clean_article(tally):
    assert tally.clean.articles == len(MEASURED)
    assert tally.clean.holds == 0, "\n".join(tally.reports)
    assert tally.variants.articles > 80
    held = tally.variants.held / tally.variants.articles
    assert held <= RATHER_FEW, "\n".join(tally.reports)


def test_a_missed_fault_is_reported_with_its_sentence():
    (article,) = written("03-")
    unspoilt = Fault(article=article, code="weekday", start=3, end=9, what="nothing")

    outcome = judged(unspoilt, "other_weekday", [])

    assert not outcome.is_met
    assert outcome.report.startswith("MISSED weekday | 03-quake-valley: other_weekday | nothing")
    assert article.body.splitlines()[0] in outcome.report


def test_a_finding_elsewhere_does_not_count_for_a_fault():
    (article,) = written("03-")
    fault = FAULTS["quote-not-found"][0](article, chance(SEED))
    moved = replace(fault, start=0, end=1)

    assert judged(fault, "insert_not", []).is_met
    assert not judged(moved, "insert_not", []).is_met


def test_posts_of_a_recombined_article_keep_their_id_times_and_are_not_newer():
    made = list(recombined(written(), count=40, seed=SEED))

    assert len(made) == 40
    for article in made:
        for post in article.posts:
            clock = ids.clock(post.url, post.platform)
            edits = [at for at, _ in post.versions]
            moments = [moment for moment in (post.posted_at, *edits) if moment]
            assert all(moment <= article.now for moment in moments)
            if clock and moments:
                assert min(abs(clock - moment) for moment in moments) <= timedelta(minutes=2)


@pytest.mark.parametrize(
    ("platform", "url"),
    [
        ("x", "https://x.com/Reuters/status/2069973906167009892"),
        ("bluesky", "https://bsky.app/profile/bloomberg.com/post/3mp2mbo22j7no"),
        ("mastodon", "https://mastodon.social/@norlandwire/115225185847908480"),
    ],
)
def test_moving_a_post_in_time_moves_its_id(platform, url):
    hour = timedelta(hours=1)

    moved = ids.moved(url, platform, hour)

    assert ids.clock(moved, platform) == ids.clock(url, platform) + hour
    assert ids.moved(moved, platform, -hour) == url


@pytest.mark.long
def test_every_mutator_makes_the_fault_it_claims_in_every_article():
    articles, made = clean_articles(SEED)

    assert [problem for article in (*articles, *made) for problem in problems(article)] == []


@pytest.mark.long
def test_every_mutator_and_variation_fits_some_article():
    articles, _ = clean_articles(SEED)
    makers = [*BENIGN, *(mutator for mutators in FAULTS.values() for mutator in mutators)]
    makers += [kind.mutator for kind in KINDS]

    idle = [
        make.__name__
        for make in makers
        if not any(make(article, chance(SEED, article.id)) for article in articles)
    ]

    assert idle == []


@pytest.mark.long
def test_the_checks_find_nearly_every_fault_of_all_articles():
    articles, made = clean_articles(SEED)

    tally = measured(plans(articles, made, seed=SEED))

    share, _, _ = wilson(tally.met.total(), tally.faults.total())
    assert share >= LEAST_RECALL, "\n".join(tally.reports)
