"""Requests in another charset than ours."""

import io

import pytest
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from newsroom.charsets import AnyCharsetRequest, refuse_other_charsets

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "latin-1", "idna", "rot13", "punycode"])
@pytest.mark.parametrize("path", ["/robots.txt", "/desk/login/", "/desk/upload/"])
def test_a_request_in_another_charset_is_answered_400(charset, path):
    application = WSGIHandler()
    application.request_class = AnyCharsetRequest
    body = b"username=+AAA-&password=+2AA-"
    environ = RequestFactory().generic("POST", f"{path}?a=%ff%25", body).environ
    answered = []

    application(
        {**environ, "CONTENT_TYPE": f"{FORM}; charset={charset}", "wsgi.input": io.BytesIO(body)},
        lambda status, headers: answered.append(status),
    )

    assert answered == ["400 Bad Request"]


@pytest.mark.parametrize("path", ["/desk/login/", "/desk/articles/article/add/", "/wire/", "/"])
def test_a_form_of_nobody_in_utf_7_is_answered_400(client, path):
    answer = client.generic("POST", path, b"headline=+ADw-", f"{FORM}; charset=utf-7")

    assert answer.status_code == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "us-ascii", "nonsense"])
def test_a_request_in_utf_8_or_in_no_known_charset_is_read_as_utf_8(charset):
    body = b"name=%C3%A9"
    request = RequestFactory().generic("POST", "/", body, f"{FORM}; charset={charset}")

    name = refuse_other_charsets(lambda passed: passed.POST["name"])(request)

    assert name == "é"


def test_the_refusal_names_the_charset():
    request = RequestFactory().post("/", b"", f"{FORM}; charset=utf-16")

    with pytest.raises(BadRequest, match="UTF-8, not utf-16"):
        refuse_other_charsets(lambda passed: passed)(request)
