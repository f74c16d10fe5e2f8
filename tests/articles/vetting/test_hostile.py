"""Invisible characters hide no fault, and no text crashes the checks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.vetting import Context, OutletName, bind, check, findings
from tests.articles.vetting.factories import NOW, make_feed_source_ref, make_piece

GAZETTEER = (OutletName(name="Meridian Press"), OutletName(name="Agence Sarn", aliases=("AS",)))
POST = make_feed_source_ref(text="“We wait for the tide,” she said. All 25,437 ships hold.")
UNSEEN = st.sampled_from(
    [
        "\u200b",
        "\u200c",
        "\u200d",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\u202e",
        "\u2066",
        "\ufe0f",
        "\u034f",
    ]
)
FRAGMENTS = st.sampled_from([
    "[@r1]", "[@", "]", "[", "“", "”", '"', "'", "‘", "«", "»", "`", "**", "|", "> ", "- ", "## ", "\n", "\n\n", "\0",
    "25,437", "٢٥", "½", "$", "%", "24 June 2026", "Wednesday", "at 02:40 UTC", "Meridian Press reported",
    "according to AS", "we wait for the tide", "]{.own}", "]{.background}", "\u202e", "\u200b", "e\u0301", "🚢",
    "&#55;", "<b>", "![a](image:1)", "https://x.com/a/status/1", "not", "one in five", "p.m.", "no. 4",
])  # fmt: skip


def codes(body, **fields):
    piece = make_piece(body=body, sources=[POST], **fields)
    return {finding.code for finding in check(piece, now=NOW, outlet_directory=GAZETTEER)}


def sprinkle(data, words):
    """Insert invisible characters into words, never at their ends."""
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(1, len(words) - 1))
        words = words[:at] + data.draw(UNSEEN) + words[at:]
    return words


@given(st.data())
def test_invisible_characters_hide_no_misquotation(data):
    quoted = sprinkle(data, "we never wait for the tide")

    assert "quote-not-found" in codes(f"“{quoted},” she said [@r1].")


@given(st.data())
def test_invisible_characters_do_not_make_a_true_quotation_false(data):
    quoted = sprinkle(data, "we wait for the tide")

    assert "quote-not-found" not in codes(f"“{quoted},” she said [@r1].")


@given(st.data())
def test_invisible_characters_hide_no_unlinked_outlet(data):
    name = sprinkle(data, "Meridian Press")

    assert "outlet-not-linked" in codes(f"The ships hold, {name} reported [@r1].")


@given(st.data())
def test_invisible_characters_hide_no_false_figure(data):
    figure = sprinkle(data, "52,437")

    assert "figure-not-found" in codes(f"All {figure} ships hold [@r1].")


@given(st.lists(FRAGMENTS, max_size=40).map(" ".join), st.lists(FRAGMENTS, max_size=8).map("".join))
def test_any_article_text_is_checked_to_its_end(body, headline):
    piece = make_piece(headline=headline, body=body, framing_note=headline, sources=[POST])
    context = Context(now=NOW, outlet_directory=GAZETTEER)

    for finding in findings(piece, context):
        assert finding.message
        text = getattr(piece, finding.field, "")
        assert not isinstance(text, str) or 0 <= finding.start <= finding.end <= max(len(text), 0)
    assert len(bind(piece, context)) == len(piece.prose.claims)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_post_text_is_checked_without_an_error(text, body):
    source = make_feed_source_ref(outlet=body[:20], url=text[:80], text=text)
    piece = make_piece(headline=text[:60], body=f"{body} [@r1].", sources=[source])

    assert list(check(piece, now=NOW, outlet_directory=[OutletName(name=text[:30])])) is not None


def test_ten_thousand_marks_are_read_or_refused():
    assert "citation-unknown" not in codes("Ships wait [@r1]. " * 5_000)
    assert codes("Ships wait [@r1]. " * 15_000) == {"too-large"}


@pytest.mark.parametrize("text", [None, "", " ", "\u200b"])
def test_a_claim_citing_a_post_without_text_is_reported(text):
    source = make_feed_source_ref(text=text)
    piece = make_piece(body="“We wait for the tide,” she said of 25 ships [@r1].", sources=[source])

    found = {finding.code for finding in check(piece, now=NOW)}
    assert found & {"source-unarchived", "quote-not-found", "figure-not-found"}
