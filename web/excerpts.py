"""What readers are shown of another publisher's words: an excerpt."""

import re

_LAST_SPACE = re.compile(r"\s+\S*\Z")


def cut(text: str, length: int) -> str:
    """Return at most so many characters, ending between words with an ellipsis."""
    text = text.strip()
    if len(text) <= length:
        return text
    if length < 1:
        return ""
    head = text[: length - 1]
    if not text[length - 1].isspace():
        # A script without spaces is cut mid-text.
        between = _LAST_SPACE.sub("", head)
        head = between if len(between) > length // 2 else head
    return head.rstrip(" \t\n\u200d.,;:–—-") + "…"
