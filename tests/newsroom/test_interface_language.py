"""In which language readers' pages speak for themselves, and whether its catalogue is whole."""

import gettext
import re

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings as of_project
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from django.utils.translation.trans_real import catalog

from articles import page_parts, publishing
from newsroom.english_catalogue import ENGLISH
from newsroom.interface_languages import LANGUAGES, read_language
from tests.articles.factories import make_live_article, make_topic
from tests.catalogue import in_code, in_template, marked_strings
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.pages import shown, words
from web.interface import for_readers, in_site_language

WITH_CATALOGUE = [language for language in LANGUAGES if language != "en"]


def catalogue_of(language):
    folder = of_project.BASE_DIR / "locale" / language / "LC_MESSAGES"
    with (folder / "django.po").open("rb") as file:
        return read_po(file, locale=language), folder / "django.mo"


def one_or_two(words):
    return words if isinstance(words, str) else tuple(words)


def as_key(context, one, many):
    return context or None, (one, many) if many else one


@pytest.mark.parametrize("language", WITH_CATALOGUE)
def test_a_catalogue_has_each_string_of_the_pages_and_no_other(language):
    catalogue, _ = catalogue_of(language)

    kept = {(message.context, message.id) for message in catalogue if message.id}

    assert kept == {as_key(*each) for each in marked_strings()}


@pytest.mark.parametrize("language", WITH_CATALOGUE)
def test_a_translation_is_there_and_names_what_its_original_names(language):
    catalogue, _ = catalogue_of(language)

    def named(text):
        return sorted(re.findall(r"%\(\w+\)s|</?\w+>", text))

    assert len(catalogue) > 50
    for message in catalogue:
        if message.id:
            ids = message.id if message.pluralizable else (message.id,)
            strings = message.string if message.pluralizable else (message.string,)
            assert all(strings), message.id
            assert not message.fuzzy, message.id
            for one, other in zip(ids, strings, strict=True):
                assert named(one) == named(other)


@pytest.mark.parametrize("language", WITH_CATALOGUE)
def test_the_compiled_catalogue_is_that_of_the_text(language):
    catalogue, compiled = catalogue_of(language)
    with compiled.open("rb") as file:
        translations = gettext.GNUTranslations(file)

    assert len(catalogue) > 50
    # Run `make messages` where it is not.
    for message in catalogue:
        if not message.id:
            continue
        if message.pluralizable:
            found = tuple(translations.ngettext(*message.id, n) for n in (1, 2))
        elif message.context:
            found = translations.pgettext(message.context, message.id)
        else:
            found = translations.gettext(message.id)
        assert found == message.string


def test_the_english_catalogue_has_the_same_strings_and_each_is_its_own_translation():
    german, _ = catalogue_of("de")
    with ENGLISH.open("rb") as file:
        english = read_mo(file)

    kept = {
        (each.context, one_or_two(each.id)): one_or_two(each.string) for each in english if each.id
    }

    # Run `make messages` where it is not.
    assert kept == {(each.context, each.id): each.id for each in german if each.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_string_of_the_pages_is_in_what_django_reads_for_the_language_of_the_site(
    settings, language
):
    settings.SITE_LANGUAGE = language

    with in_site_language():
        # Where it is in none, all are asked for it, twice.
        assert "Reading time" in catalog()._catalog


def test_strings_are_collected_from_templates_and_code():
    template = (
        '{% load i18n %}{% translate "One (1)" %}{% translate "To" context "date" %}{{ at|date:_("j F") }}'
        "{% blocktranslate count n=x %}{{ n }} it’s{% plural %}{{ n }} they{% endblocktranslate %}"
    )

    assert set(in_template(template)) == {
        ("", "One (1)", ""),
        ("date", "To", ""),
        ("", "j F", ""),
        ("", "%(n)s it’s", "%(n)s they"),
    }
    assert list(in_code('gettext("a" "b"); ngettext("x", "y", n); other("z")')) == [
        ("", "ab", ""),
        ("", "x", "y"),
    ]


def test_a_language_without_a_catalogue_is_refused(monkeypatch):
    monkeypatch.setenv("SITE_LANGUAGE", " DE ")
    assert read_language() == "de"

    monkeypatch.setenv("SITE_LANGUAGE", "tlh")
    with pytest.raises(ImproperlyConfigured, match=r"SITE_LANGUAGE is .tlh.\. Use en or de\."):
        read_language()


def test_what_is_for_readers_is_in_their_language_and_changes_none_that_is_theirs(
    settings, monkeypatch
):
    said = for_readers(lambda: translation.gettext("Published"))
    changed, activate = [], translation.activate
    monkeypatch.setattr(
        translation, "activate", lambda name: changed.append(name) or activate(name)
    )

    english = said()
    settings.SITE_LANGUAGE = "de"
    german = said()

    assert (english, german) == ("Published", "Veröffentlicht")
    # There and back.
    assert changed == ["de", "en-gb"]
    assert translation.gettext("Published") == "Published"


@pytest.fixture
def article(at_noon):
    article = make_live_article(headline="Fog in Kent", topics=[make_topic("Ports")])
    publishing.correct(article, by=None, at=later(minutes=5), note="It was Kent.")
    article.refresh_from_db()
    return article


@pytest.mark.django_db
def test_pages_speak_the_language_of_the_site_and_articles_their_own(client, settings, article):
    # Made for readers in English, and stored.
    english = shown(client, article)
    settings.SITE_LANGUAGE = "de"

    german = shown(client, article)

    assert '<html lang="en">' in english
    assert "Wire provenance" in english
    assert '<html lang="de">' in german
    assert 'lang="en" dir="ltr">\n<h1 class="article__headline">Fog in Kent</h1>' in german
    text = words(german)
    for said in (
        "Donnerstag, 25. Juni 2026",
        "Donnerstagsausgabe",
        "Veröffentlicht 25. Juni 2026, 12:00 UTC",
        "Quellennachweis",
        "1 Aussage, 1 Beitrag, 1 Medium.",
        "Korrektur",
        "Über uns",
    ):
        assert said in text
    assert not re.search(r"\b(Wire provenance|Published|Corrections|June|Thursday)\b", text)


@pytest.mark.django_db
def test_search_feeds_and_missing_pages_speak_it_too(client, settings, article):
    settings.SITE_LANGUAGE = "de"

    found = shown(client, "/search/?q=fog&topic=ports")
    nothing = shown(client, "/search/?q=zeppelin")
    missing = shown(client, "/nothing/", status=404)

    assert '<mark class="search__mark">Fog</mark>' in found
    assert "Alle Themen" in found
    assert "Kein Artikel enthält diese Wörter." in nothing
    assert '<html lang="de">' in missing
    assert client.get("/feed.json").json()["language"] == "de"
    assert client.get("/manifest.webmanifest").json()["lang"] == "de"


@pytest.mark.django_db
def test_the_desk_stays_in_english_where_readers_have_another_language(client, settings, article):
    settings.SITE_LANGUAGE = "de"
    client.force_login(make_user(group="Editor"))

    shown(client, article)
    desk = shown(client, "/desk/")

    assert "Log out" in desk
    assert "Abmelden" not in desk


@pytest.mark.django_db
def test_parts_that_were_stored_in_another_language_are_not_shown(settings, article):
    version = article.live_version
    before = page_parts.renderer()
    settings.SITE_LANGUAGE = "de"
    assert page_parts.renderer() != before

    assert page_parts.renew(version, at=NOON)

    version.page_parts.refresh_from_db()
    assert "Quellennachweis" in version.page_parts.provenance
    # A worker stores them too, whose own language is English.
    with in_site_language():
        assert version.page_parts.renderer == page_parts.renderer()
