"""A mail server on loopback that takes what it is told to take."""

import socket
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Inbox:
    """Keeps what was sent; `answer` and `recipients` are what the server says instead of yes."""

    def __init__(self, answer="", recipients=""):
        self.answer, self.recipients = answer, recipients
        self.messages = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.recipients:
            return self.recipients
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.answer:
            return self.answer
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append((envelope.mail_from, envelope.rcpt_tos, message))
        return "250 OK"


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextmanager
def mail_server(settings, **answers):
    """Run a server, and have the site send by it. Yield its inbox."""
    inbox = Inbox(**answers)
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    send_by(settings, controller.port)
    try:
        yield inbox
    finally:
        controller.stop()


def send_by(settings, port):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5},
        }
    }
