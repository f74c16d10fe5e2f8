"""What readers see of an update: the note at the head, the changed sentence, both texts compared."""

import re

import pytest

from articles import publishing
from articles.amended import MOST_MARKED, amended_sentences, visible_text
from articles.erasure import erase_version
from articles.models import Article
from tests.articles.factories import make_live_article
from tests.clock import later
from tests.pages import shown, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

CARETAKERS = 3  # the sections, the live wire and the quotes, which are on every page


@pytest.fixture
def updated():
    """Return a live article whose second sentence an update changed."""
    article = make_live_article(body="The harbour is closed [@r1]. Nobody sails [@r1].")
    body = "The harbour is closed [@r1]. Nobody sails at night [@r1]."
    Article.objects.filter(pk=article.pk).update(body=body, standfirst="A notice bars ships.")
    article.refresh_from_db()
    publishing.update(article, by=None, at=later(hours=1), note="We had left out the hour.")
    article.refresh_from_db()
    return article


def comparison(article):
    return f"{article.get_absolute_url()}corrections/{article.corrections.get().pk}/"


def test_the_note_stands_at_the_head_and_leads_to_what_changed(client, updated):
    head = (
        shown(client, updated)
        .partition('<header class="article__head')[2]
        .partition("</header>")[0]
    )

    assert "We had left out the hour." in head
    assert f'href="{comparison(updated)}"' in head


def test_the_changed_sentence_says_so_and_no_other(client, updated):
    page = shown(client, updated)

    assert "Changed:</a> Nobody sails at night" in page
    assert page.count("claim__flag--amended") == 1


def test_an_article_that_was_not_changed_says_nothing_of_it(client):
    page = shown(client, make_live_article())

    assert "article__amended" not in page
    assert "claim__flag" not in page


def test_both_texts_are_compared_word_by_word(client, updated, django_assert_num_queries):
    address = comparison(updated)

    with django_assert_num_queries(2 + CARETAKERS):
        page = shown(client, address)

    said = words(page)
    assert "<ins>at night</ins>" in page.replace("\n>", ">")
    assert "We had left out the hour." in said
    assert "Standfirst" in page
    assert "Framing note" not in page.partition("<main")[2]
    assert re.search(r"<del>[^<]*</del> <ins", page.replace("\n>", ">"))


def test_the_page_of_corrections_leads_to_the_comparison(client, updated):
    page = shown(client, f"{updated.get_absolute_url()}corrections/")

    assert f'href="{comparison(updated)}"' in page


def test_a_text_that_was_erased_is_not_compared(client, updated):
    first = updated.versions.get(n=1)
    erase_version(first, reason="A court order.", by=None, at=later(hours=2))

    page = shown(client, comparison(updated))

    assert "removed on legal request" in page
    assert "Nobody sails" not in page.partition("<main")[2].partition("</main>")[0]


def test_another_articles_note_is_not_found(client, updated):
    other = make_live_article(headline="Other")
    number = updated.corrections.get().pk

    assert client.get(f"{other.get_absolute_url()}corrections/{number}/").status_code == 404
    assert client.get(f"{updated.get_absolute_url()}corrections/{2**62}/").status_code == 404


def claims(*texts):
    return [{"number": n, "text": text} for n, text in enumerate(texts, start=1)]


def test_a_rewritten_text_has_no_changed_sentences():
    many = claims(*(f"Sentence {n}." for n in range(MOST_MARKED + 1)))

    assert amended_sentences(claims("One."), many) == []
    assert amended_sentences([], claims("One.")) == []
    assert amended_sentences(claims("One.", "Two."), claims("Two.", "Three.")) == [2]


def test_words_of_a_body_are_read_without_marks_labels_and_tags():
    html = (
        '<p><span class="claim voice--own" id="s1"><span class="voice__label">The desk:</span> '
        'A &amp; B.</span><sup class="cite"><a href="#source-r1">1</a></sup></p>\n<p>C.</p>\n'
    )

    assert visible_text(html) == "A & B.\nC."


def test_the_feed_of_corrections_has_each_note_and_leads_to_the_comparison(
    client, updated, django_assert_num_queries
):
    withdrawn = make_live_article(headline="Forged & gone")
    publishing.withdraw(withdrawn, by=None, at=later(hours=2), note="It was <forged>.")

    with django_assert_num_queries(1):
        feed = client.get("/corrections/feed/").content.decode()

    first, second = feed.split("<entry>")[1:]
    assert "Withdrawal: Forged &amp; gone" in first
    assert "&amp;lt;forged&amp;gt;" in first
    assert f'{withdrawn.get_absolute_url()}"' in first
    assert "We had left out the hour." in second
    assert f'{comparison(updated)}"' in second


def test_a_note_that_xml_cannot_carry_loses_what_it_cannot(client, updated):
    updated.corrections.create(kind="update", note="A \x0b comma.", at=later(hours=3))

    assert "A  comma." in client.get("/corrections/feed/").content.decode()
