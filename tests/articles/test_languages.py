"""The language of an article is chosen from a list; codes that are stored stay valid."""

import pytest

from articles.forms import ArticleForm
from tests.articles.factories import make_article
from tests.articles.form_fields import saved_form

pytestmark = pytest.mark.django_db


def test_the_list_names_languages_in_english_and_their_own_words():
    offered = dict(ArticleForm().fields["language"].choices)

    assert offered["de"] == "German (Deutsch)"
    assert offered["uk"] == "Ukrainian (Українська)"
    assert list(offered.values()) == sorted(offered.values())


@pytest.mark.parametrize("code", ["en", "pt-BR", "zh-Hant-TW"])
def test_a_language_that_has_a_name_is_valid(code):
    assert saved_form(make_article(), language=code).is_valid()


@pytest.mark.parametrize("code", ["", "qq", "english", "en\n", "e", "en-<b>", "123"])
def test_anything_else_is_refused(code):
    form = saved_form(make_article(), language=code)

    assert list(form.errors) == ["language"]


@pytest.mark.parametrize("code", ["en-GB", "x-klingon"])
def test_a_stored_code_that_the_list_lacks_is_shown_and_stays_valid(code):
    article = make_article(language=code)

    form = saved_form(article)

    assert form.is_valid()
    assert f'<option value="{code}" selected>' in str(form["language"])
