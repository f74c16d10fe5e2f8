"""Numbers beyond the range of a column."""

import pytest

from articles.models import Article
from tests.articles.factories import make_article
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db
BEYOND = [2**63, -(2**63) - 1, 10**30]


def test_a_number_that_no_column_holds_finds_nothing():
    article = make_article()

    found = Article.objects.filter(pk__in=[*BEYOND, article.pk])

    assert list(found) == [article]
    assert not Article.objects.filter(pk__in=BEYOND).exists()
    assert list(Article.objects.exclude(pk__in=BEYOND)) == [article]


def test_a_key_of_another_row_that_cannot_be_finds_nothing(client):
    article = make_article()

    for key in BEYOND:
        assert not Article.objects.filter(section=key).exists()
        assert list(Article.objects.exclude(section=key)) == [article]
    assert list(Article.objects.filter(section__in=[*BEYOND, article.section_id])) == [article]
    assert client.get(f"/wire/stories/{10**30}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/desk/articles/article/", {"action": "publish_selected", "_selected_action": BEYOND}),
        ("/desk/wires/post/", {"action": "hide", "_selected_action": BEYOND}),
        ("/desk/auth/user/add/", {"groups": BEYOND}),
    ],
)
def test_rows_that_cannot_be_are_no_failure_of_the_desk(client, path, data):
    client.force_login(make_user(is_superuser=True))

    answer = client.post(path, data)

    assert answer.status_code in {200, 302}


def test_a_filter_by_ids_that_cannot_be_shows_an_empty_list(client):
    client.force_login(make_user(is_superuser=True))
    make_article(headline="Ships turn back")

    answer = client.get("/desk/articles/article/", {"id__in": "9" * 30})

    assert answer.status_code in {200, 302}
    assert "Ships turn back" not in answer.content.decode()
