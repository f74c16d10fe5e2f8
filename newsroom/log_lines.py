"""What becomes a line of the log."""

import logging


class WithoutTraceback(logging.Filter):
    """Takes the traceback from what Django says of a request that it refused.

    Anybody can send such requests, by the thousand; the line says all there is to know.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = record.exc_text = None
        return True
