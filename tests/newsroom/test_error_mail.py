"""Faults by e-mail: one about a kind in an hour, and no words of anybody in it."""

import logging
import smtplib

import pytest
from aiosmtpd.controller import Controller
from django.core.exceptions import ImproperlyConfigured

from newsroom import error_mail, log_lines, request_ids
from newsroom.error_mail import HOUR, MOST_AN_HOUR, Limits, MailHandler, read_admins, report_of
from tests.processes import free_port, run_python

WORDS = "the minister will resign"


class Clock:
    """A clock that stands until it is told to go on."""

    now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def limits(tmp_path, clock):
    return Limits(tmp_path / "own" / "limits.json", clock=clock)


@pytest.fixture
def log(limits, settings, monkeypatch):
    """Return a logger whose errors are mailed to one person, and the handler that does it."""
    monkeypatch.setattr(error_mail, "IDLE_SECONDS", 0.02)
    settings.ADMINS = ["ops@paper.example"]
    settings.SERVER_EMAIL = "site@paper.example"
    handler = MailHandler(limits)
    logger = logging.Logger("articles.tests")
    logger.addHandler(handler)
    return logger, handler


def fail(logger, **more):
    try:
        raise ValueError(WORDS)
    except ValueError:
        logger.exception("The draft says %s", WORDS, **more)


def test_an_error_is_mailed_with_its_place_and_without_any_words(log, mailoutbox, rf):
    logger, handler = log
    asked = rf.post(f"/preview/abc123/?q={WORDS}", {"body": WORDS}, HTTP_COOKIE=f"a={WORDS}")
    asked.path = "/preview/abc123/"
    named = request_ids._current.set("a1b2c3d4")

    fail(logger, extra={"request": asked})
    handler.flush()
    request_ids._current.reset(named)

    (mail,) = mailoutbox
    assert (mail.to, mail.from_email) == (["ops@paper.example"], "site@paper.example")
    assert "ValueError in tests/newsroom/test_error_mail.py:" in mail.subject
    assert "Request: a1b2c3d4" in mail.body
    assert "Address: POST /preview/…/" in mail.body
    assert "test_error_mail.py:" in mail.body.partition("Through:")[2]
    assert not {word for word in WORDS.split() if len(word) > 4} & {*mail.body.split()}
    assert WORDS not in str(mail.message())


def test_the_same_fault_is_mailed_once_an_hour_with_how_often_it_happened(log, clock, mailoutbox):
    logger, handler = log

    for _ in range(5):
        fail(logger)
    clock.now += HOUR
    fail(logger)
    handler.flush()

    first, second = mailoutbox
    assert "more times" not in first.body
    assert "It happened 4 more times since" in second.body


def test_warnings_and_refused_requests_are_not_mailed(log, mailoutbox):
    logger, handler = log

    logger.warning("Late")
    handler.handle(
        logging.LogRecord("django.security.DisallowedHost", 40, __file__, 1, "x", (), None)
    )
    handler.flush()

    assert mailoutbox == []


def test_a_mail_server_that_is_away_is_a_warning_in_the_log(log, monkeypatch, caplog):
    def refuse(self):
        said = "gone"
        raise smtplib.SMTPServerDisconnected(said)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    logger, handler = log

    fail(logger)
    handler.flush()

    (line,) = caplog.records
    assert line.levelname == "WARNING"
    assert line.getMessage() == "An error could not be told by e-mail: gone"


def test_two_processes_count_together_and_a_clock_put_back_keeps_nothing_secret(limits, clock):
    other = Limits(limits._path, clock=clock)

    assert [limits.admit("a"), other.admit("a"), other.admit("b")] == [0, None, 0]
    clock.now -= 2 * HOUR
    assert limits.admit("a") == 0


def test_many_kinds_of_faults_are_no_flood(limits, clock):
    sent = [limits.admit(f"kind {n}") for n in range(100)]

    assert sent == [0] * MOST_AN_HOUR + [None] * (100 - MOST_AN_HOUR)
    clock.now += HOUR
    assert limits.admit("kind 99") == 0


def test_what_a_full_disk_left_of_the_limits_stops_no_mail(limits):
    limits._path.parent.mkdir()
    limits._path.write_text('{"a": [1')

    assert limits.admit("a") == 0


def test_a_fault_without_a_traceback_is_known_by_its_line_of_code():
    record = logging.LogRecord("wires.http", 40, log_lines.__file__, 7, f"{WORDS}", (), None)

    report = report_of(record)

    record.request = object()
    assert report_of(record).text == report.text
    assert report.subject == "Error in newsroom/log_lines.py:7"
    assert WORDS not in report.text


@pytest.mark.parametrize(("admins", "said"), [("ops", "e-mail addresses"), ("a@b.example", "MAIL")])
def test_admins_that_could_not_be_told_are_refused(monkeypatch, admins, said):
    monkeypatch.setenv("ADMINS", admins)

    with pytest.raises(ImproperlyConfigured, match=said):
        read_admins(is_mail_set_up=False)


class Kept:
    """What a mail server was handed."""

    def __init__(self):
        self.bodies = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.bodies.append(envelope.content.decode())
        return "250 OK"


@pytest.mark.long
def test_a_process_that_ends_has_told_its_fault(tmp_path):
    kept, port = Kept(), free_port()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    program = (
        "import django, logging; django.setup(); logger = logging.getLogger('wires.tests')\n"
        f"for _ in range(3):\n try: raise ValueError({WORDS!r})\n"
        " except ValueError: logger.exception('Failed')"
    )

    done = run_python(
        "-c", program,
        DJANGO_SETTINGS_MODULE="newsroom.settings", RUNTIME_DIR=str(tmp_path),
        ADMINS="ops@paper.example", MAIL_HOST="127.0.0.1", MAIL_PORT=str(port),
        MAIL_SECURITY="none",
    )  # fmt: skip
    server.stop()

    assert done.returncode == 0, done.stderr
    assert done.stderr.count("ERROR wires.tests Failed") == 3
    (body,) = kept.bodies
    assert "Subject: [Monexus] ValueError in" in body
    assert WORDS not in body
