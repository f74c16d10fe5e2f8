"""The log: one line a fault, in words or as JSON, each with the name of its request."""

import http.client
import io
import json
import logging
import re
import sys
from contextvars import copy_context
from logging.config import dictConfig

import pytest

from newsroom import error_reports, log_lines, request_ids
from newsroom.request_ids import name_requests
from newsroom.shown_addresses import without_secrets
from tests.newsroom.web_server import Gunicorn
from tests.processes import run_python
from tests.waiting import CEILING, wait_until

NAME = re.compile(r"[0-9a-f]{16}")


def call(application, **environ):
    """Return the body and the headers of an answer, made as in a thread of its own."""
    told = []
    body = b"".join(
        copy_context().run(
            application, environ, lambda status, headers: told.append((status, headers))
        )
    )
    ((_, headers),) = told
    return body.decode(), dict(headers)


def echo(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [request_ids.current().encode()]


def test_each_request_has_a_name_of_its_own_that_its_answer_says():
    named = name_requests(echo, is_behind_proxy=False)

    (one, headers), (other, _) = call(named), call(named)

    assert NAME.fullmatch(one)
    assert headers == {"Content-Type": "text/plain", "X-Request-ID": one}
    assert one != other


@pytest.mark.parametrize(
    ("given", "is_behind_proxy", "is_kept"),
    [
        ("a1b2c3d4-5678", True, True),
        ("a1b2c3d4-5678", False, False),
        ("short", True, False),
        ("x" * 65, True, False),
        ("a1b2c3d4\r\nSet-Cookie: x", True, False),
        ("", True, False),
    ],
)
def test_only_a_proxy_names_requests_and_only_with_a_plain_name(given, is_behind_proxy, is_kept):
    named = name_requests(echo, is_behind_proxy=is_behind_proxy)

    body, headers = call(named, HTTP_X_REQUEST_ID=given)

    assert headers["X-Request-ID"] == body
    assert (body == given) == is_kept
    assert is_kept or NAME.fullmatch(body)


@pytest.fixture
def log():
    """Return a function that logs through the settings of a form, and what was written."""

    def write(form, say):
        stream = io.StringIO()
        given = log_lines.logging_settings(level="WARNING", form=form)
        handler = logging.StreamHandler(stream)
        config = {
            "version": 1,
            "formatters": given["formatters"],
            "disable_existing_loggers": False,
        }
        dictConfig(
            config | {"handlers": {"held": {"class": "logging.NullHandler", "formatter": form}}}
        )
        handler.setFormatter(logging.getHandlerByName("held").formatter)
        for each in (
            log_lines.WithoutTraceback(),
            log_lines.WithoutSecrets(),
            log_lines.OfRequest(),
        ):
            handler.addFilter(each)
        logger = logging.Logger("articles.tests")
        logger.addHandler(handler)
        say(logger)
        return stream.getvalue()

    return write


def fail(logger):
    message = "Bad\nvalue"
    try:
        raise ValueError(message)
    except ValueError:
        logger.exception("The draft of %s was not kept", "Zoë", extra={"request": object()})


def test_a_fault_is_one_line_of_json_with_its_traceback_and_no_request_in_it(log):
    (line,) = log("json", fail).splitlines()

    told = json.loads(line)
    assert set(told) == {"time", "level", "logger", "message", "exc_info"}
    assert told["message"] == "The draft of Zoë was not kept"
    assert (told["level"], told["logger"]) == ("ERROR", "articles.tests")
    assert told["time"].endswith("+00:00")
    assert "ValueError: Bad\nvalue" in told["exc_info"]


@pytest.mark.parametrize("form", log_lines.FORMS)
def test_a_line_names_the_request_it_is_about(log, form):
    written = []

    def application(environ, start_response):
        start_response("200 OK", [])
        written.append(log(form, lambda logger: logger.error("Away")))
        return []

    call(name_requests(application, is_behind_proxy=True), HTTP_X_REQUEST_ID="from-the-proxy")

    (line,) = written
    if form == "json":
        assert json.loads(line)["request_id"] == "from-the-proxy"
    else:
        assert line.endswith("ERROR articles.tests Away [from-the-proxy]\n")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("GET /preview/abc_D-9/ HTTP/1.1", "GET /preview/…/ HTTP/1.1"),
        ("/preview/abc_D-9", "/preview/…"),
        ("/desk/forgotten/MQ/cz-12ab/", "/desk/forgotten/MQ/…/"),
        ("/2026/11/30/preview/", "/2026/11/30/preview/"),
        ("/desk/forgotten/sent/", "/desk/forgotten/sent/"),
    ],
)
def test_addresses_that_are_secrets_are_not_shown(path, shown):
    assert without_secrets(path) == shown


def test_gunicorn_tells_of_each_answer_as_json(tmp_path):
    server = Gunicorn(tmp_path, LOG_FORMAT="json", WEB_ACCESS_LOG="1", TRUSTED_PROXIES="1")
    try:
        web = http.client.HTTPConnection("127.0.0.1", server.port, timeout=CEILING)
        web.request("GET", "/robots.txt?x=1", headers={"X-Request-ID": "from-the-proxy"})
        answer = web.getresponse()
        size = len(answer.read())
        web.request("GET", f"/preview/{'a' * 43}/")
        missing = web.getresponse()
        missing.read()
        web.close()
        assert wait_until(lambda: "/preview/" in server.text())
    finally:
        server.stop()

    lines = [json.loads(line) for line in server.text().splitlines()]
    assert {line["logger"] for line in lines} >= {"gunicorn.error", "gunicorn.access"}
    answers = [line for line in lines if line["logger"] == "gunicorn.access"]
    (robots,) = [line for line in answers if line["path"] == "/robots.txt"]
    assert answer.headers["X-Request-ID"] == robots["request_id"] == "from-the-proxy"
    assert (robots["method"], robots["status"], robots["bytes"]) == ("GET", 200, size)
    assert 0 < robots["milliseconds"] < CEILING * 1000
    (preview,) = [line for line in answers if line["path"].startswith("/preview/")]
    assert (preview["path"], preview["status"]) == ("/preview/…/", missing.status)
    assert "aaaa" not in server.text()


REPORTING = """
import django
django.setup()
from django.test import Client
from unittest import mock
import sentry_sdk
from newsroom import views

def fail(*arguments):
    words_of_a_draft = "Nobody may read this"
    raise ValueError("It broke")

with mock.patch.object(views, "absolute", fail):
    Client(raise_request_exception=False).get(
        "/robots.txt?q=word-of-a-reader", headers={"cookie": "sessionid=secret-of-a-session"}, secure=True
    )
sentry_sdk.flush(20)
"""


def test_a_fault_is_reported_without_words_of_anybody(httpserver, tmp_path):
    httpserver.expect_request("/api/7/envelope/").respond_with_data("{}")

    done = run_python(
        "-c", REPORTING,
        RUNTIME_DIR=str(tmp_path), DEBUG="1", DJANGO_SETTINGS_MODULE="newsroom.settings",
        SENTRY_DSN=f"http://key@127.0.0.1:{httpserver.port}/7",
        DATABASE_URL="sqlite:///:memory:",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    sent = b"".join(unzipped(request) for request, _ in httpserver.log).decode()
    assert "It broke" in sent
    assert "newsroom@" in sent
    for words in ("Nobody may read this", "word-of-a-reader", "secret-of-a-session"):
        assert words not in sent


def unzipped(request):
    import gzip

    return gzip.decompress(request.data) if request.data[:2] == b"\x1f\x8b" else request.data


def test_a_wrong_address_for_reports_is_said_in_a_line(tmp_path):
    done = run_python("manage.py", "check", RUNTIME_DIR=str(tmp_path), SENTRY_DSN="nonsense")

    assert done.returncode == 1
    assert done.stderr.startswith("Settings: SENTRY_DSN is no address of a Sentry project")
    assert done.stderr.count("\n") == 1


def test_without_an_address_nothing_of_sentry_is_loaded():
    assert "sentry_sdk" not in sys.modules
    assert error_reports.without_words({"request": {"url": "/preview/x/", "cookies": 1}}, {}) == {
        "request": {"method": "", "url": "/preview/…/"}
    }


def test_a_report_quotes_no_row_of_the_database_and_no_words_of_the_log():
    row = 'null value violates a constraint\nDETAIL:  Failing row contains (7, "An embargoed headline").'
    event = {
        "exception": {"values": [{"type": "IntegrityError", "value": row}]},
        "logentry": {
            "message": "Picture %s is missing", "params": ["a.png"], "formatted": "Picture a.png is"
        },
        "extra": {"request": "<WSGIRequest: GET '/preview/abc/'>", "sys.argv": ["manage.py"]},
    }  # fmt: skip

    told = error_reports.without_words(event, {})

    assert told["exception"]["values"][0]["value"] == "null value violates a constraint"
    assert told["logentry"] == {"message": "Picture %s is missing"}
    assert "extra" not in told
