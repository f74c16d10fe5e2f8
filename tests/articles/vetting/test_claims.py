import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.vetting import Chosen, Context, bind, check, spans
from tests.articles.vetting.factories import NOW, make_feed_source_ref, make_piece

POST = (
    "BREAKING: the harbour master orders all vessels above 20,000 tonnes to hold. "
    "“We wait for the tide,” she said. At least eleven carriers have turned back."
)


def bound(body, *sources, **fields):
    piece = make_piece(body=body, sources=sources or (make_feed_source_ref(text=POST),), **fields)
    return bind(piece, Context(now=NOW))


def parts(body, *sources, **fields):
    return [part for claim in bound(body, *sources, **fields) for part in claim.parts]


def carried(body, *sources, **fields):
    return [words.exact for part in parts(body, *sources, **fields) for words in part.passages]


def test_a_quotation_is_matched_to_the_words_of_the_post():
    (part,) = parts("“we wait for the  tide”, she said [@r1].")

    (words,) = part.passages
    assert (part.kind, part.keys) == ("quote", ("r1",))
    assert words.exact == "We wait for the tide"
    assert POST[words.start : words.end] == words.exact
    assert POST[: words.start].endswith(words.prefix)
    assert POST[words.end :].startswith(words.suffix)


def test_offsets_after_emoji_and_invisible_characters_count_code_points():
    text = "🚢🚢 a\u200bb \u202eWe wait\u00a0for the ti\u00adde"
    (part,) = parts("“we wait for the tide” [@r1].", make_feed_source_ref(text=text))

    (words,) = part.passages
    assert words.exact == text[words.start : words.end] == "We wait\u00a0for the ti\u00adde"


def test_the_parts_of_an_elided_quotation_are_marked_without_the_gap():
    assert carried("“the harbour master […] all vessels above … tonnes to hold” [@r1].") == [
        "the harbour master",
        "all vessels above",
        "tonnes to hold",
    ]


def test_a_figure_in_another_spelling_is_matched_to_the_post():
    assert carried("Some 20k tonnes is the limit, and 11 ships turned [@r1].") == [
        "20,000",
        "eleven",
    ]


def test_the_equal_figure_about_the_same_thing_is_matched():
    text = "Police said 25 people were arrested. Later 25 tents were burnt in the camp."

    (part,) = parts("Fire took 25 tents in the camp [@r1].", make_feed_source_ref(text=text))

    assert [words.start for words in part.passages] == [text.rindex("25")]


def test_two_figures_that_fit_equally_well_are_both_marked():
    (part,) = parts("It was 25 knots [@r1].", make_feed_source_ref(text="25 knots. And 25 knots."))

    assert len(part.passages) == 2


def test_own_and_background_text_is_matched_to_nothing():
    assert not parts("[It fell by 25 per cent.]{.own} [“We wait for tides” is old.]{.background}")


def test_a_date_is_matched_to_the_date_in_the_post():
    text = "The order of 24 June bars them."

    assert carried("The order is dated June 24 [@r1].", make_feed_source_ref(text=text)) == [
        "24 June"
    ]


def test_named_outlets_and_times_are_parts_of_a_claim():
    kinds = {part.kind: part.text for part in parts(
        "Harbour Wire reported at 02:40 UTC on 25 June 2026 that it is shut [@r1]."
    )}  # fmt: skip

    assert kinds["outlet"] == "Harbour Wire"
    assert kinds["time"].startswith("02:40 UTC")


def test_a_part_belongs_to_the_claim_it_starts_in():
    first, second = bound("It is shut [@r1]. She said “we wait for the tide” [@r1].")

    assert not first.parts
    assert [part.kind for part in second.parts] == ["quote"]


def test_stored_matches_name_the_claim_the_offsets_and_the_words():
    claims = bound("It is shut [@r1]. She said “we wait for the tide” [@r1].")

    (span,) = spans(claims, "r1")

    assert spans(claims, "t1") == []
    assert span["claim"] == 2
    assert span["exact"] == "We wait for the tide"
    assert set(span) == {"claim", "kind", "body", "start", "end", "exact", "prefix", "suffix"}


def test_arabic_figures_and_guillemets_are_matched():
    text = "«لم نتلقَّ أي أمر مكتوب» قال المدير، و٢٥ سفينة تنتظر"

    assert carried(
        "قال «لم نتلقَّ أي أمر مكتوب» و25 سفينة [@r1].",
        make_feed_source_ref(text=text),
        language="ar",
    ) == [
        "لم نتلقَّ أي أمر مكتوب",
        "٢٥",
    ]


TWICE = "We wait for the tide. So it was said: we wait for the tide."


def ambiguous(*sources):
    return ambiguous_in("She said “we wait for the tide” [@r1].", sources)


def ambiguous_in(body, sources):
    piece = make_piece(body=body, sources=sources)
    return [found for found in check(piece, now=NOW) if found.code == "quote-ambiguous"]


def test_words_found_twice_are_offered_with_both_places():
    (finding,) = ambiguous(make_feed_source_ref(text=TWICE))

    places = finding.evidence["places"]
    assert [place["start"] for place in places] == [0, TWICE.rindex("we wait")]
    assert all(TWICE[place["start"] : place["end"]] == place["exact"] for place in places)


def test_the_place_chosen_by_an_editor_is_matched():
    at = TWICE.rindex("we wait")
    chosen = make_feed_source_ref(text=TWICE, chosen=(Chosen(exact=TWICE[at : at + 20], start=at),))

    assert not ambiguous(chosen)
    (part,) = parts("She said “we wait for the tide” [@r1].", chosen)
    assert [words.start for words in part.passages] == [at]


def test_a_place_chosen_for_other_words_is_ignored():
    chosen = make_feed_source_ref(text=TWICE, chosen=(Chosen(exact="other words", start=0),))

    assert ambiguous(chosen)


def test_the_place_that_is_about_the_same_thing_is_matched_without_asking():
    post = "Dredgers: “We wait for the tide.” The pilots of Port Vesk said: “We wait for the tide.”"
    body = "The pilots “wait for the tide”, they said in Port Vesk [@r1]."
    source = make_feed_source_ref(text=post)

    (part,) = parts(body, source)

    assert [words.start for words in part.passages] == [post.rindex("wait for")]
    assert not ambiguous_in(body, [source])


def test_a_sentence_that_a_post_repeats_whole_is_one_place():
    sentence = "Olsen said: we wait for the tide."

    assert not ambiguous(make_feed_source_ref(text=f"{sentence}\nMore soon.\n{sentence}"))


def test_two_posts_cited_for_one_quotation_both_carry_it():
    sources = [make_feed_source_ref(key=key, text="We wait for the tide.") for key in ("r1", "r2")]
    body = "She said “we wait for the tide” [@r1; @r2]."

    (part,) = parts(body, *sources)

    assert [words.key for words in part.passages] == ["r1", "r2"]
    assert not ambiguous_in(body, sources)


def test_a_title_repeating_the_words_is_not_a_second_place():
    assert not ambiguous(
        make_feed_source_ref(text=f"We wait for the tide\n{TWICE[:21]} More soon.")
    )


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_match_is_found_at_its_offsets(before, after):
    text = f"{before} “we wait for the tide” 20,000 tonnes {after}"
    body = "She said “we wait for the tide” of 20,000 tonnes [@r1]."

    found = parts(body, make_feed_source_ref(text=text))

    assert found
    for part in found:
        assert body[part.start : part.end]
        for words in part.passages:
            assert text[words.start : words.end] == words.exact != ""


@pytest.mark.parametrize("text", [None, "", "\u200b", "\n\n"])
def test_a_post_without_text_matches_nothing(text):
    assert not carried(
        "She said “we wait for the tide” of 20 tonnes [@r1].", make_feed_source_ref(text=text)
    )


def test_an_outlet_named_through_another_is_bound_to_where_that_one_names_it():
    post = "The port of Vesk stays shut, the minister told AFP on Monday."
    source = make_feed_source_ref(outlet="Dawn", text=post)

    (part,) = parts("The minister told AFP that the port of Vesk stayed shut [@r1].", source)

    assert (part.kind, part.keys) == ("outlet", ("r1",))
    assert [(words.exact, words.start) for words in part.passages] == [("AFP", post.index("AFP"))]


def test_the_hurt_of_a_post_are_not_bound_to_the_dead_of_the_text():
    source = make_feed_source_ref(text="14 people were injured when a crane fell in Calvera.")

    (part,) = parts("14 people were killed when a crane fell in Calvera [@r1].", source)

    assert (part.kind, part.passages) == ("figure", ())
