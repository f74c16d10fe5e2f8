"""What becomes a line of the log, in words or as JSON; one fault is one line."""

import logging
from collections.abc import Mapping
from typing import Any

from newsroom import request_ids
from newsroom.shown_addresses import without_secrets

FORMS = ("words", "json")
TOLD = ("time", "level", "logger", "message", "request_id", "exc_info", "stack_info", "status_code")


class WithoutTraceback(logging.Filter):
    """Takes the traceback from what Django says of a request that it refused.

    Anybody can send such requests, by the thousand; the line says all there is to know.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = record.exc_text = None
        return True


class WithoutSecrets(logging.Filter):
    """Takes from what Django says of a request the secrets that stand in its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django."):
            record.msg, record.args = without_secrets(record.getMessage()), ()
        return True


class OfRequest(logging.Filter):
    """Says which request a line is about, if it is about one."""

    def filter(self, record: logging.LogRecord) -> bool:
        name = request_ids.current()
        record.request_id, record.of_request = name, f" [{name}]" if name else ""
        return True


def json_lines() -> logging.Formatter:
    """Return a formatter of one JSON object a line, with its time in UTC."""
    from pythonjsonlogger.json import JsonFormatter

    class JsonLines(JsonFormatter):
        def add_fields(
            self,
            log_data: dict[str, Any],
            record: logging.LogRecord,
            message_dict: dict[str, Any],
        ) -> None:
            super().add_fields(log_data, record, message_dict)
            # Whatever else a record carries, a whole request for one, is not for the log.
            for name in [*log_data]:
                if name not in TOLD or not log_data[name]:
                    del log_data[name]
            log_data |= access_fields(record)

    return JsonLines(
        ["levelname", "name", "message", "request_id"],
        timestamp="time",
        rename_fields={"levelname": "level", "name": "logger"},
        json_ensure_ascii=False,
    )


def access_fields(record: logging.LogRecord) -> dict[str, Any]:
    """Return what gunicorn's line about an answer tells, field by field; nothing of other lines."""
    if record.name != "gunicorn.access" or not isinstance(record.args, Mapping):
        return {}
    atoms: Mapping[str, Any] = record.args
    return {
        "address": atoms["h"],
        "method": atoms["m"],
        "path": atoms["U"],
        "status": int(atoms["s"]),
        "bytes": atoms["B"],
        "milliseconds": int(atoms["D"]) / 1000,
        "request_id": atoms["{x-request-id}o"],
    }


def logging_settings(*, level: str, form: str, is_mailed: bool = False) -> dict[str, Any]:
    """Return Django's LOGGING: everything to stderr, from this level on, in words or as JSON.

    Where it is mailed, errors go to newsroom.error_mail as well.
    """
    mailed = {"mail": {"class": "newsroom.error_mail.MailHandler"}} if is_mailed else {}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters(),
        "filters": {
            "without_traceback": {"()": "newsroom.log_lines.WithoutTraceback"},
            "without_secrets": {"()": "newsroom.log_lines.WithoutSecrets"},
            "of_request": {"()": "newsroom.log_lines.OfRequest"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["without_traceback", "without_secrets", "of_request"],
            },
            **mailed,
        },
        # The mail first: what writes the log takes away and fills in.
        "root": {"handlers": [*mailed, "stderr"], "level": level},
        "loggers": {
            "django.request": {"level": "ERROR"},
            # It warns of each attempt while the server is away; the error that follows says it.
            "psycopg.pool": {"level": "ERROR"},
            # newsroom.tasks says the same in one line.
            "django.tasks": {"level": "CRITICAL"},
            # accounts.login_limits says the same in one line.
            "axes": {"level": "ERROR"},
            "django": {"handlers": [], "propagate": True},
        },
    }


def formatters() -> dict[str, Any]:
    return {
        "words": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s%(of_request)s"},
        "json": {"()": "newsroom.log_lines.json_lines"},
    }


def gunicorn_settings(*, level: str) -> dict[str, Any]:
    """Return what makes gunicorn's own lines JSON too (its setting logconfig_dict)."""
    lines = {"handlers": ["stderr"], "propagate": False}
    return {
        "formatters": {"json": formatters()["json"]},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "gunicorn.error": lines | {"level": level.upper()},
            "gunicorn.access": lines | {"level": "INFO"},
        },
    }
