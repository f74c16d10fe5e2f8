"""Translations of posts: who made and confirmed them, and what they are good for."""

import pytest

from articles import publishing
from articles.erasure import erase_post
from articles.models import Act, WireSource
from tests.articles.factories import make_article, make_source
from tests.articles.form_fields import fields_of
from tests.clock import NOON
from tests.newsroom.factories import make_user
from tests.wires.factories import make_post

pytestmark = pytest.mark.django_db

POST = "Der Hafen bleibt zu, sagte die Lotsin: „Wir warten auf die Flut.“"
TRANSLATED = "The port stays shut, the pilot said: “We wait for the tide.”"
BODY = "“We wait for the tide,” the pilot said [@r1]."


@pytest.fixture
def translator():
    return make_user(group="Editor", name="tilda")


@pytest.fixture
def second():
    return make_user(group="Editor", name="sef")


@pytest.fixture
def article(translator):
    article = make_article(sources=False, body=BODY)
    make_source(
        article,
        post=make_post(text=POST, language="de"),
        translation=TRANSLATED,
        translated_by=translator,
    )
    return article


def source():
    return WireSource.objects.get(key="r1")


def codes(article):
    return {finding.code: finding.level.name for finding in publishing.vet(article, at=NOON)}


def save(client, article, by, **fields):
    client.force_login(by)
    article.refresh_from_db()
    response = client.post(
        f"/desk/articles/article/{article.pk}/change/",
        fields_of(article, **{f"wire_sources-0-{name}": value for name, value in fields.items()}),
        follow=True,
    )
    return response.content.decode()


def test_quoted_words_of_an_unconfirmed_translation_are_held(article):
    assert codes(article)["quote-not-found"] == "HOLD"


def test_quoted_words_of_a_confirmed_translation_are_asked_about(article, second):
    publishing.confirm_translation(source(), by=second, at=NOON)

    found = codes(article)

    assert "quote-not-found" not in found
    assert found["quote-translated"] == "QUERY"


def test_an_editor_who_works_alone_needs_nobody_to_confirm(article, settings):
    settings.DESK_SECOND_PERSON = False

    assert codes(article)["quote-translated"] == "QUERY"


def test_the_page_says_that_nobody_else_confirmed_a_translation(client, article, settings):
    settings.DESK_SECOND_PERSON = False
    article.body = "The port stays shut [@r1]."
    article.save()
    publishing.publish(article, by=None, at=NOON)
    article.refresh_from_db()

    page = client.get(article.get_absolute_url()).content.decode()

    assert TRANSLATED.split(",")[0] in page
    assert "Translated by the desk, confirmed by its editor alone." in " ".join(page.split())


def test_figures_are_held_against_the_original_whatever_the_translation_says(article, second):
    WireSource.objects.update(translation="The port stays shut for 9 ships.")
    publishing.confirm_translation(source(), by=second, at=NOON)
    article.body = "It stays shut for 9 ships [@r1]."

    assert codes(article)["figure-not-found"] == "HOLD"


def test_a_translation_of_a_post_in_the_language_of_the_article_carries_nothing(article, second):
    publishing.confirm_translation(source(), by=second, at=NOON)
    article.language = "de-AT"

    assert codes(article)["quote-not-found"] == "HOLD"


def test_a_translator_confirms_nothing_of_their_own(article, translator):
    with pytest.raises(publishing.OwnTranslation):
        publishing.confirm_translation(source(), by=translator, at=NOON)

    assert source().translation_confirmed_by is None
    assert not Act.objects.exists()


def test_a_confirmation_stands_in_the_log_with_its_person(article, second):
    publishing.confirm_translation(source(), by=second, at=NOON)

    act = Act.objects.get()
    assert (act.article, act.verb, act.by, act.at) == (article, "confirm", second, NOON)


def test_only_what_was_read_is_confirmed(article, second):
    as_read = source()
    WireSource.objects.update(translation="Something else.")

    with pytest.raises(publishing.ChangedMeanwhile):
        publishing.confirm_translation(as_read, by=second, at=NOON)

    assert source().translation_confirmed_by is None


def test_a_reader_of_the_desk_cannot_confirm(article):
    writer = make_user(group="", name="guest")

    with pytest.raises(publishing.NotAllowed):
        publishing.confirm_translation(source(), by=writer, at=NOON)


def test_the_form_keeps_who_translated_and_lets_a_second_person_confirm(client, article, second):
    page = save(client, article, second)
    assert "I have compared it with the post" in page

    page = save(client, article, second, confirm="on")

    assert source().translation_confirmed_by == second
    assert source().translated_by.username == "tilda"
    assert "confirmed by sef" in " ".join(page.split())


def test_the_form_offers_a_translator_no_box_and_heeds_none(client, article, translator):
    assert "I have compared it" not in save(client, article, translator)

    page = save(client, article, translator, confirm="on")

    assert source().translation_confirmed_by is None
    assert "You made the translation of r1" in page


@pytest.mark.parametrize("change", [{"translation": "Another."}, {"repin": "on"}])
def test_a_confirmation_ends_where_the_words_change(client, article, translator, second, change):
    publishing.confirm_translation(source(), by=second, at=NOON)

    save(client, article, second, **change, confirm="on")

    assert source().translation_confirmed_by is None
    assert source().translated_by == (second if "translation" in change else translator)


def test_line_ends_of_a_browser_change_no_translation(client, article, translator, second):
    WireSource.objects.update(translation="One.\nTwo.")
    publishing.confirm_translation(source(), by=second, at=NOON)

    save(client, article, second, translation="One.\r\nTwo.")

    assert (source().translated_by, source().translation_confirmed_by) == (translator, second)


def test_readers_see_a_confirmed_translation_and_that_it_is_one(client, article, second):
    publishing.confirm_translation(source(), by=second, at=NOON)
    publishing.publish(article, by=None, at=NOON)

    page = client.get(article.get_absolute_url()).content.decode()

    assert "The port stays shut, the pilot said" in page
    assert "Translated by the desk and confirmed by a second person." in page


def test_readers_see_no_translation_that_nobody_confirmed(client, article):
    article.body = "The port stays shut [@r1]."
    article.save()
    publishing.publish(article, by=None, at=NOON)

    page = client.get(article.get_absolute_url()).content.decode()

    assert "the pilot said" not in page
    assert "Translated by the desk" not in page


def test_erasing_a_post_erases_its_translations(client, article, second):
    publishing.confirm_translation(source(), by=second, at=NOON)
    publishing.publish(article, by=None, at=NOON)

    erase_post(source().post, reason="Ordered by a court.", by=None, at=NOON)

    (frozen,) = article.versions.get().sources.all()
    assert (source().translation, frozen.translation) == ("", "")
    assert (
        "We wait for the tide"
        not in (
            client.get(article.get_absolute_url()).content.decode().partition('id="provenance"')[2]
        )
    )
