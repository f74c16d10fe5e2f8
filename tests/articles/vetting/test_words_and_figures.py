"""The checks on words and figures: what they hold, and similar text they leave alone."""

from dataclasses import replace

import pytest

from articles.prose import Picture
from articles.vetting import Level, OutletName, check
from tests.articles.vetting.factories import NOW, make_feed_source_ref, make_piece

ORDER = (
    "BREAKING: the harbour master orders all vessels above 20,000 tonnes to wait west of the light "
    "for eight days. “We will not close the strait,” the ministry said. About 25,437 accounts were removed."
)
TASS = "TASS: the ministry put the number at 12 ships, up 0.4% in a week, and said “nobody has asked us”."

ORDERED = make_feed_source_ref(text=ORDER)
COUNTED = make_feed_source_ref(key="t1", outlet="TASS", text=TASS)

# The sources of these pieces are not what these tests are about.
ABOUT_SOURCES = {"single-origin", "source-uncited"}


def findings_in(body, *, sources=None, outlet_directory=(), **changes):
    given = {"headline": ""} | changes
    piece = make_piece(body=body, sources=sources or [ORDERED, COUNTED], **given)
    findings = check(piece, now=NOW, outlet_directory=outlet_directory)
    return [finding for finding in findings if finding.code not in ABOUT_SOURCES]


def codes_in(body, **changes):
    return [finding.code for finding in findings_in(body, **changes)]


@pytest.mark.parametrize(
    "said",
    [
        "“We will not close the strait,” it said",
        '"we will not close the strait" is what it said',
        "“We\u00a0will not … the strait”, it said",
        "“[They] will not close the strait”, it said",
        "‘We will not close the strait’, it said",
        "«We will not close the strait», it said",
        "“We will not clo\u200bse the strait”, it said",
        "the word is “close” and “the light” it is",
    ],
)
def test_an_exact_quotation_has_no_findings(said):
    assert codes_in(f"On this {said} [@r1].") == []


def test_a_changed_negation_in_a_quotation_is_held_and_named_first():
    body = "It said: “We will close the strait” [@r1]."
    (finding,) = findings_in(body)

    assert (finding.code, finding.level) == ("quote-not-found", Level.HOLD)
    assert body[finding.start : finding.end] == "We will close the strait"
    assert finding.evidence["nearest"]["changed"] == ["not"]
    assert ["+", "not"] in finding.evidence["nearest"]["diff"]


def test_parts_of_a_quotation_must_keep_their_order():
    assert codes_in("It said “the strait … will not close” [@r1].") == ["quote-not-found"]


def test_an_invented_quotation_has_no_nearest_passage():
    (finding,) = findings_in("“Penguins are fine swimmers indeed,” it said [@r1].")

    assert finding.code == "quote-not-found"
    assert "nearest" not in finding.evidence


def test_a_quotation_over_two_sentences_is_covered_by_the_mark_after_it():
    source = make_feed_source_ref(text="He said: “We wait. We always wait.”")

    assert codes_in("“We wait. We always wait,” he said [@r1].", sources=[source]) == []


def test_a_quotation_of_another_linked_post_is_held_with_its_key():
    (finding,) = findings_in("It said “nobody has asked us” [@r1]. Ships wait [@t1].")

    assert (finding.code, finding.level) == ("quote-elsewhere", Level.HOLD)
    assert finding.evidence["elsewhere"] == ["t1"]


def test_a_claim_is_checked_by_clause_and_not_by_sentence():
    right = "It said “nobody has asked us” [@t1], and “we will not close the strait” [@r1]."
    wrong = "It said “nobody has asked us” [@r1], and “we will not close the strait” [@t1]."

    assert codes_in(right) == []
    assert codes_in(wrong) == ["quote-elsewhere", "quote-elsewhere"]


def test_a_quotation_found_twice_in_a_post_is_a_query():
    twice = make_feed_source_ref(text="We wait for rain. He said: we wait for rain.")
    (finding,) = findings_in("They said “we wait for rain” [@r1].", sources=[twice])

    assert (finding.code, finding.level) == ("quote-ambiguous", Level.QUERY)


def test_the_title_of_a_post_is_not_a_second_place():
    titled = make_feed_source_ref(
        text="“We wait for rain”, says Olsen\nOlsen said: “We wait for rain.”"
    )

    assert codes_in("They said “we wait for rain” [@r1].", sources=[titled]) == []


@pytest.mark.parametrize(
    "said",
    [
        "above 20,000 tonnes", "above 20k tonnes", "above twenty thousand tonnes", "eight days",
        "8 days", "25,437 accounts", "about 25,000 accounts", "more than 25,000 accounts",
        "25\u00a0437 accounts", "G7 and Covid-19 in 2026", "the two sides", "on 24 June",
    ],
)  # fmt: skip
def test_a_figure_from_the_post_has_no_findings(said):
    assert codes_in(f"It spoke of {said} [@r1].") == []


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("above 30,000 tonnes", "30,000"), ("nine days", "nine"), ("25,347 accounts", "25,347"),
        ("25,000 accounts", "25,000"), ("12 ships", "12"), ("$20,437", "$20,437"),
        ("fewer than 20,000 tonnes", "20,000"), ("0.4 per cent", "0.4 per cent"),
        ("30 March 2024", "30 March 2024"),
    ],
)  # fmt: skip
def test_a_figure_in_no_cited_post_is_held(said, figure):
    body = f"It spoke of {said} [@r1]."
    (finding,) = findings_in(body)

    assert (finding.code, finding.level) == ("figure-not-found", Level.HOLD)
    assert body[finding.start : finding.end].strip("$") in figure
    assert finding.evidence["figure"] == figure


@pytest.mark.parametrize(
    "text",
    [
        "۲۵٬۴۳۷ حساب حذف شد و ۴۰ نفر",
        "وزارت: حذف ٢٥٬٤٣٧ حسابا",
        "Se borraron 25.437 cuentas en la red, según el ministerio",
        "Le ministère a supprimé 25 437 comptes, dit-il",
        "Das Ministerium hat 25.437 Konten gelöscht",
    ],
)
def test_figures_in_digits_are_checked_in_other_languages(text):
    source = make_feed_source_ref(text=text)

    assert codes_in("It removed 25,437 accounts [@r1].", sources=[source]) == []
    assert codes_in("It removed 25,347 accounts [@r1].", sources=[source]) == ["figure-not-found"]


def test_number_words_of_unsupported_languages_have_no_findings():
    source = make_feed_source_ref(
        text="Quatorze navires attendent dans le port, dit la capitainerie"
    )

    assert codes_in("Fourteen ships wait, or 14 [@r1].", sources=[source]) == []


@pytest.mark.parametrize(
    "said",
    [
        "Some 400 ships wait.",
        "He said “we wait for the tide”.",
        "Prices rose by 4 per cent.",
    ],
)
def test_a_claim_without_a_mark_is_held(said):
    assert "unsourced-claim" in codes_in(f"Ships wait [@r1]. {said}")


@pytest.mark.parametrize(
    "said",
    [
        "Ships wait.",
        "[Some 400 ships would be many.]{.own}",
        "[The accord of 1994 has thirteen articles.]{.background}",
        "The two sides met in 2019.",
        "He calls it “a farce”.",
    ],
)
def test_text_that_needs_no_source_has_no_findings(said):
    assert codes_in(f"Ships wait [@r1]. {said}") == []


def test_a_headline_going_beyond_the_body_is_held():
    findings = findings_in(
        "Ships wait for eight days [@r1].",
        headline="Ships wait for nine days, says BBC News",
        standfirst="“We wait for the tide”",
        social_text="Eight days, and 12 ships",
        images=[Picture(id=1, url="/a", alt="A chart of 40 ships", credit="x", width=1, height=1)],
        outlet_directory=[OutletName(name="BBC News", aliases=("BBC",))],
    )

    assert {finding.code for finding in findings} == {"headline-drift"}
    assert [(f.field, f.evidence["what"]) for f in findings] == [
        ("headline", "nine"),
        ("headline", "BBC News"),
        ("standfirst", "We wait for the tide"),
        ("social_text", "12"),
        ("image", "40"),
    ]


def test_a_headline_rounding_a_figure_of_the_body_has_no_findings():
    body = "It removed 25,437 accounts, Harbour Wire says, and 0.4 per cent more [@r1; @t1]."

    assert codes_in(body, headline="Harbour Wire: some 25,000 accounts, 0.4%") == []


def test_twelve_consecutive_words_of_a_post_are_a_query():
    copied = "All vessels above 20,000 tonnes to wait west of the light for eight days"
    (finding,) = findings_in(f"There is an order: {copied} [@r1].")

    assert (finding.code, finding.level) == ("verbatim-copy", Level.QUERY)
    assert finding.evidence["words"] == copied
    assert codes_in(f"There is an order: “{copied}” [@r1].") == []
    assert codes_in("All vessels above 20,000 tonnes wait west of the light [@r1].") == []


def test_a_dropped_hedge_is_a_query():
    source = make_feed_source_ref(
        text="Unconfirmed: the guards fired at fishermen off Meray Light."
    )
    flat = "The guards fired at fishermen off Meray Light [@r1]."

    assert codes_in(flat, sources=[source]) == ["hedge-lost"]
    assert codes_in(flat.replace("The guards", "The guards allegedly"), sources=[source]) == []


@pytest.mark.parametrize(
    "hedged",
    ["The pilot is thought to have left his post off Meray Light.",
     "The guild alleges the pilot left his post off Meray Light.",
     "The pilot is feared to have left his post off Meray Light.",
     "The pilot left his post off Meray Light, if confirmed a first.",
     "No independent confirmation that the pilot left his post off Meray Light.",
     "Held on suspicion of it: the pilot who left his post off Meray Light."],
)  # fmt: skip
@pytest.mark.parametrize("kept", ["thought to have left", "is accused: he left", "may have left"])
def test_a_hedge_is_missed_in_any_words_and_kept_in_any_others(hedged, kept):
    source = make_feed_source_ref(text=hedged)
    flat = "The pilot left his post off Meray Light [@r1]."

    assert codes_in(flat, sources=[source]) == ["hedge-lost"]
    assert codes_in(flat.replace("left", kept), sources=[source]) == []


@pytest.mark.parametrize(
    "flat",
    ["The guild says the pilot left his post off Meray Light [@r1].",
     "The pilot left his post off Meray Light, according to the guild [@r1]."],
)  # fmt: skip
def test_who_says_it_is_as_much_as_that_they_claim_it(flat):
    source = make_feed_source_ref(
        text="The guild claims that the pilot left his post off Meray Light."
    )

    assert codes_in(flat, sources=[source]) == []


@pytest.mark.parametrize(
    "post",
    ["The storm claimed the pilot, who left his post off Meray Light.",
     "The pilot left his post off Meray Light to make an insurance claim.",
     "Prices are thought high; the pilot left his post off Meray Light."],
)  # fmt: skip
def test_a_word_of_doubt_in_another_sense_is_no_hedge(post):
    source = make_feed_source_ref(text=post)

    assert codes_in("The pilot left his post off Meray Light [@r1].", sources=[source]) == []


def test_conflicting_posts_are_a_query_unless_the_framing_note_says_so():
    sources = [
        make_feed_source_ref(text="Police say 40 people were killed in the fire at Port Ansel."),
        make_feed_source_ref(
            key="t1",
            outlet="TASS",
            text="The mayor says 52 people were killed in the Port Ansel fire.",
        ),
    ]
    body = "The fire at Port Ansel killed many people [@r1; @t1]."
    (finding,) = findings_in(body, sources=sources)

    assert (finding.code, finding.level) == ("conflict", Level.QUERY)
    assert codes_in(body, sources=sources, framing_note="Police say 40, the mayor 52.") == []


def test_a_piece_that_is_too_large_is_held_for_its_size_only():
    assert codes_in("4" * 230_001) == ["too-large"]
    assert codes_in("[a](" * 20_000) == ["too-large"]
    assert codes_in("Ships wait [@r1].", sources=[make_feed_source_ref(text="a " * 600_000)]) == [
        "too-large"
    ]
    several = [make_feed_source_ref(key=f"r{n}", text="a " * 60_000) for n in range(6)]
    assert codes_in("Ships wait [@r1].", sources=several) == ["too-large"]


def test_a_body_that_is_too_large_is_not_rendered():
    piece = make_piece(headline="", body="[a](" * 300_000)

    assert piece.prose.html == ""
    assert [finding.code for finding in check(piece, now=NOW)] == ["too-large"]


@pytest.mark.parametrize(
    "unit",
    ["x", "4", "1,", "‘a ", "“a ", '"a ', "one ", "one and ", "a@", "[", "4 June ", "‘a b c’ ", "$", "- ", "«\u200b"],
)  # fmt: skip
def test_a_hostile_text_is_checked_to_its_end(unit):
    text = (unit * 60_000)[:60_000]
    piece = make_piece(
        headline="", body="Ships wait [@r1].", sources=[make_feed_source_ref(text=text)]
    )

    findings = check(replace(piece, headline=text[:19_000], standfirst=text[:19_000]), now=NOW)

    # With a quadratic reader this takes minutes.
    assert [finding for finding in findings if not finding.message] == []


def test_the_mark_after_a_quotation_covers_all_its_sentences():
    running = (
        "“Nine ships wait,” she said. “The tide is low. Twelve more will come. We wait.” [@r1]"
    )
    apart = "Nine ships wait. “The tide is low. We wait.” [@r1]"

    assert "unsourced-claim" not in codes_in(f"{running}")
    assert "unsourced-claim" in codes_in(f"{apart}")
