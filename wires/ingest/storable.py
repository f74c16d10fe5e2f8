"""Foreign text as a database takes it, and foreign addresses as readers may."""

import re

from django.db import DataError, IntegrityError

from wires.models import link_to

# What the database refuses, and what cannot even be sent to it: a lone surrogate is a ValueError,
# a date before year 1 an OverflowError, one without a zone a TypeError where it is compared. And
# whatever else an answer of an unforeseen shape makes our code stumble over: it is that channel's
# fault alone, and a worker that ended of it would meet it again at once. A database that is away
# or full is no fault of a channel and is not among these.
UNSTORABLE = (
    DataError,
    IntegrityError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
# Neither database takes them in text.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Return the text without NUL and lone surrogates, which no database takes."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def followable(address: str) -> str:
    """Return an address as it came, or "" for one that no reader may be sent to.

    Its post is news all the same. What it is known by stays: ids are made of what came.
    """
    address = storable(address)
    return address if link_to(address) else ""
