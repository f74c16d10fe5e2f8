"""Foreign text as a database takes it."""

import re

# Neither database takes them in text.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Return the text without NUL and lone surrogates, which no database takes."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)
