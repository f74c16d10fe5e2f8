"""What the publisher says of itself in security.txt and trust.txt, read from the environment."""

import re
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from newsroom import env

_CONTACT = re.compile(r"(?:mailto:|https://|tel:)\S+")
# https://journallist.net/reference-document-for-trust-txt-specifications
_TRUST_LINE = re.compile(
    r"(?:member|belongto|control|controlledby|social|vendor|customer|disclosure|contact)"
    r"=(?:https?://|mailto:|tel:)\S+|datatrainingallowed=(?:yes|no)"
)


def read_security() -> tuple[list[str], datetime | None]:
    """Return whom to tell of a security hole, and until when that holds; nobody without both.

    Raises ImproperlyConfigured where one is missing, or is not what security.txt may say.
    """
    contacts, expires = env.words("SECURITY_CONTACT"), env.moment("SECURITY_EXPIRES")
    if bool(contacts) != bool(expires):
        message = "SECURITY_CONTACT and SECURITY_EXPIRES go together: set both, or neither."
        raise ImproperlyConfigured(message)
    for contact in contacts:
        if not _CONTACT.fullmatch(contact):
            message = f"SECURITY_CONTACT names {contact!r}. Write mailto:…, https://… or tel:…"
            raise ImproperlyConfigured(message)
    return contacts, expires


def read_trust() -> list[str]:
    """Return the lines of trust.txt. Raises ImproperlyConfigured for one that may not stand there."""
    lines = env.words("TRUST_TXT")
    for line in lines:
        if not _TRUST_LINE.fullmatch(line):
            message = f"TRUST_TXT has {line!r}. Write lines such as belongto=https://example.org/."
            raise ImproperlyConfigured(message)
    return lines
