"""How much is read. A long read has 60,000 characters; what is far beyond that is refused whole.

The limits keep the time of all checks to a second or two, whatever the text is made of.
"""

import re

BODY = 220_000
# Of one post, and of all posts of an article together.
POST = 150_000
POSTS = 500_000
FIELD = 20_000
SOURCES = 1_000
# Characters that mean something to Markdown, line ends too: parsing them is what takes the time.
MARKUP = 25_000
_MARKUP = re.compile(r"[\[\]*_`|<>&!#~\\\n]")


def is_readable(body: str) -> bool:
    """Return whether a body is short and plain enough to be rendered."""
    return len(body) <= BODY and markup(body) <= MARKUP


def markup(body: str) -> int:
    return len(_MARKUP.findall(body))
