"""What browsers are told with every answer."""

import pytest
from django.conf import settings

from newsroom.large_bodies import MOST_FROM_ANYBODY
from tests.newsroom.factories import make_user

HEADERS = ("Permissions-Policy", "Cross-Origin-Resource-Policy")
MEGABYTE = 1024 * 1024


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/nowhere/", 404),
        ("/feed", 301),
        ("/robots.txt", 200),
        ("/desk/", 302),
        ("/desk/login/", 200),
        ("/static/css/tokens.css", 200),
    ],
)
def test_every_answer_says_what_other_sites_and_features_may_use(client, path, status):
    answer = client.get(path)

    assert answer.status_code == status
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_refused_body_is_answered_with_them_too(client):
    answer = client.post("/desk/login/", {"username": "x" * 2 * MOST_FROM_ANYBODY})

    assert answer.status_code == 413
    assert all(name in answer for name in HEADERS)


@pytest.mark.django_db
def test_pictures_may_be_shown_by_other_sites(client):
    answer = client.get(f"/media/{'a' * 64}.jpg")

    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.django_db
def test_the_staff_may_send_a_picture_and_no_more(client):
    client.force_login(make_user(is_superuser=True))
    most = settings.FILE_UPLOAD_MAX_MEMORY_SIZE

    answers = [
        client.generic("POST", "/desk/upload/", b"", CONTENT_LENGTH=str(size))
        for size in (most, most + 1)
    ]

    assert [answer.status_code for answer in answers] == [400, 413]
    assert "21 MB" in answers[1].content.decode()


@pytest.mark.django_db
def test_somebody_who_is_no_longer_staff_sends_as_little_as_anybody(client):
    user = make_user(is_superuser=True)
    client.force_login(user)
    user.is_staff = False
    user.save(update_fields=["is_staff"])

    answer = client.generic("POST", "/desk/upload/", b"", CONTENT_LENGTH=str(15 * MEGABYTE))

    assert answer.status_code == 413
    assert "not logged in" in answer.content.decode()
