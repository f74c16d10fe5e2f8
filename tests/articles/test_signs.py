"""Where readers see that a sentence was flagged, and that a post is not any more what was cited."""

from html import unescape

import pytest

from articles import publishing
from articles.models import ArticleVersion, PageParts
from articles.page_parts.signs import ACKNOWLEDGED, OVERRIDDEN, flags_of, with_boxes, with_signs
from tests.articles.factories import make_article, make_live_article
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.pages import shown
from tests.wires.factories import add_version
from wires.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def publisher():
    return make_user(group="Publisher")


def read_page(client, article):
    article.refresh_from_db()
    return shown(client, article)


def clear_all(article, *, by, seen_by):
    """Override each hold and acknowledge each query."""
    for found in publishing.build_snapshot(article, at=NOON).findings:
        if found.level == "hold":
            publishing.override(
                article, fingerprint=found.fingerprint, reason="A brief.", by=by, at=NOON
            )
        else:
            publishing.acknowledge(
                article, fingerprint=found.fingerprint, note="", by=seen_by, at=NOON
            )


@pytest.fixture
def flagged(editor, publisher):
    """Return a live article whose second sentence was overridden, and whose sources were queried."""
    article = make_article(body="The harbour is closed [@r1]. It is shut to 4,711 ships [@r1].")
    clear_all(article, by=publisher, seen_by=editor)
    publishing.publish(article, by=editor, at=NOON)
    return article


def test_a_flagged_sentence_says_so_where_it_stands_and_at_the_head(client, flagged):
    page = read_page(client, flagged)

    sentence = page.partition('id="s2">')[2].partition("</span>")[0]
    head = page.partition("article__flagged")[2].partition("</p>")[0]
    assert "Flagged, overridden:</a> It is shut to 4,711 ships" in sentence
    assert 'href="#clearance"' in sentence
    assert "Flagged" not in page.partition('id="s1">')[2].partition("</span>")[0]
    assert '<a href="#s2">sentence 2</a>' in head
    assert "the sources" in head


def test_a_flagged_sentence_counts_in_the_tally_and_the_ribbon(client, flagged):
    page = read_page(client, flagged)

    assert "1 flagged by our checks, published anyway" in page
    assert page.count("ribbon__claim--held") == 2  # its tick, and the key


@pytest.mark.parametrize("is_stored", [True, False])
def test_the_feed_says_what_was_flagged(client, flagged, is_stored):
    if not is_stored:
        PageParts.objects.all().delete()

    feed = unescape(client.get("/feed/").content.decode())

    where = flagged.live_version.article.get_absolute_url()
    assert "Flagged by our checks, published anyway</a>: the sources" in feed
    assert "Flagged, overridden:</a> It is shut" in feed
    assert f'{where}#clearance">Flagged, overridden:' in feed


def test_readers_are_not_told_the_name_of_whoever_overrode(client, flagged, editor, publisher):
    page = read_page(client, flagged) + unescape(client.get("/feed/").content.decode())

    assert publisher.username not in page
    assert editor.username not in page


def test_a_flag_is_an_override_only_where_somebody_overrode_a_hold():
    version = ArticleVersion(
        overrides=[
            {"sentence": 1},
            {"sentence": 2, "how": "acknowledged"},
            {"sentence": 3, "how": "acknowledged"},
            {"field": "headline"},
        ],
        acknowledgements=[
            {"sentence": 1},
            {"sentence": 4},
            {"sentence": 0, "field": "standfirst"},
            {},
        ],
    )

    flags = flags_of(version)

    assert flags == {
        "s1": OVERRIDDEN,
        "s2": ACKNOWLEDGED,
        "s3": ACKNOWLEDGED,
        "headline": OVERRIDDEN,
        "s4": ACKNOWLEDGED,
        "standfirst": ACKNOWLEDGED,
        "": ACKNOWLEDGED,
    }


def test_a_sentence_with_a_hold_overridden_and_one_acknowledged_says_overridden():
    version = ArticleVersion(
        overrides=[{"sentence": 1, "how": "acknowledged"}, {"sentence": 1}],
        acknowledgements=[],
    )

    assert flags_of(version) == {"s1": OVERRIDDEN}


def test_an_article_without_flags_says_nothing_of_them(client):
    page = read_page(client, make_live_article())

    assert "article__flagged" not in page
    assert "claim__flag" not in page


@pytest.mark.parametrize(
    ("state", "said"), [("edited", "edited since"), ("withdrawn", "withdrawn")]
)
def test_a_post_that_changed_since_says_so_at_its_mark(client, state, said):
    article = make_live_article()
    post = article.wire_sources.get().post
    if state == "edited":
        add_version(post, text="The harbour is open.", at=later(hours=1))
    else:
        Post.objects.filter(pk=post.pk).update(state=state, withdrawn_at=later(hours=1))

    sentence = read_page(client, article).partition('id="s1">')[2].partition("</sup>")[0]

    # What is seen is how it is called: number and fate together, then the outlet.
    assert f'aria-label="Source 1, {said}, ' in sentence
    assert f'">1 <span class="cite__fate cite__fate--{state}">{said}</span></a>' in sentence


def test_a_changed_sentence_leads_to_what_was_corrected():
    html = '<p><span class="claim" id="s2">Two ships wait.</span></p>'

    assert with_signs(html, flags={}, amended=[2]) == (
        '<p><span class="claim" id="s2"><a class="claim__flag claim__flag--amended"'
        ' href="#corrections">Changed:</a> Two ships wait.</span></p>'
    )


def test_each_table_scrolls_in_a_box_of_its_own():
    html = with_boxes("<table><tr><td>1</td></tr></table><p>One.</p><table></table>")

    box = '<div class="prose__table" role="group" aria-label="Table" tabindex="0">'
    assert html == (
        f"{box}<table><tr><td>1</td></tr></table></div><p>One.</p>{box}<table></table></div>"
    )


MARK = '<a class="cite__link" href="#source-r1" aria-label="Source 3, TASS on X">3</a>'
OURS = ' lang="en" dir="ltr"'


@pytest.mark.parametrize(
    ("language", "ours"), [("", ""), ("en", ""), ("en-GB", ""), ("ar", OURS), ("de-AT", OURS)]
)
def test_in_a_body_of_another_language_our_words_say_in_which_they_are(language, ours):
    html = '<span class="voice__label">The desk:</span> A. <span class="voice__label">Background:</span> B.'
    claim = '<span class="claim voice--own" id="s1">It is so.</span>'

    signed = with_signs(html + claim + MARK, flags={"s1": OVERRIDDEN}, language=language)

    assert signed == (
        f'<span class="voice__label"{ours}>The desk:</span> A. '
        f'<span class="voice__label"{ours}>Background:</span> B.'
        f'<span class="claim voice--own" id="s1"><a class="claim__flag claim__flag--overridden"{ours}'
        ' href="#clearance">Flagged, overridden:</a> It is so.</span>'
        + MARK.replace('"cite__link"', f'"cite__link"{ours}')
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [("edited", "edited since"), ("withdrawn", "withdrawn"), ("removed", "removed")],
)
def test_a_mark_of_a_changed_post_says_its_fate_in_the_words_of_the_site(kind, said):
    html = f"It waits{MARK}."

    signed = with_signs(html, flags={}, fates={"r1": kind}, language="fr")

    assert signed == (
        f'It waits<a class="cite__link"{OURS} href="#source-r1" aria-label="Source 3, {said}, TASS'
        f' on X">3 <span class="cite__fate cite__fate--{kind}"{OURS}>{said}</span></a>.'
    )
    assert with_signs(html, flags={}, fates={"r2": kind}) == html


def test_a_sentence_that_was_changed_and_flagged_says_both():
    html = (
        '<span class="claim" id="s2">Two wait.</span><span class="claim" id="s3">Men rest.</span>'
    )

    signed = with_signs(html, flags={"s2": ACKNOWLEDGED, "headline": OVERRIDDEN}, amended=[2])

    assert signed == (
        '<span class="claim" id="s2"><a class="claim__flag claim__flag--amended"'
        ' href="#corrections">Changed:</a> <a class="claim__flag claim__flag--acknowledged"'
        ' href="#clearance">Flagged, acknowledged:</a> Two wait.</span>'
        '<span class="claim" id="s3">Men rest.</span>'
    )
