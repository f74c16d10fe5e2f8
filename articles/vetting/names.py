"""The name of each finding code for people: at the desk, and on the public page."""

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "source-missing": "No wire source",
    "source-not-a-post": "A source that is no post",
    "source-shared-id": "One id under two accounts",
    "source-duplicate": "One post linked twice",
    "source-id-time": "An id of another time",
    "source-unarchived": "A source whose words are not archived",
    "source-changed": "A post edited since it was cited",
    "source-deleted": "A post that its outlet withdrew",
    "source-uncited": "A source that nothing cites",
    "single-origin": "Everything rests on one origin",
    "citation-unknown": "A mark without a source",
    "outlet-not-linked": "An outlet named and not linked",
    "outlet-mismatch": "One outlet named, another cited",
    "stated-time": "A stated time that is not the post’s",
    "future-time": "A past told of at a time to come",
    "weekday": "A weekday that is not the date’s",
    "impossible-date": "A date that is on no calendar",
    "quote-not-found": "A quotation that no linked post has",
    "quote-elsewhere": "A quotation of another post",
    "quote-ambiguous": "A quotation that a post has twice",
    "figure-not-found": "A figure that the cited post has not",
    "unsourced-claim": "A claim without a source",
    "headline-drift": "Something above the text that the text has not",
    "conflict": "Posts that contradict each other",
    "hedge-lost": "A reservation of the post that was lost",
    "verbatim-copy": "A post’s words without quotation marks",
    "framing-note-missing": "No framing note",
    "code-block": "Text shown as code",
    "markup-shown": "Markup that readers would see",
    "image-unknown": "A picture that is none of the library",
    "image-alt-missing": "A picture without alternative text",
    "image-credit-missing": "A picture without a credit",
    "too-large": "Too large to be checked",
}
# The same for a list of what was not looked at in the language of a text.
SUBJECTS: Mapping[str, str] = {
    "outlet-not-linked": "outlets that are not linked",
    "outlet-mismatch": "outlets against the posts cited",
    "stated-time": "stated times",
    "future-time": "times to come",
    "weekday": "weekdays",
    "impossible-date": "dates",
    "hedge-lost": "lost reservations",
}


def name(code: str) -> str:
    """Return the name of a finding code, or the code itself if it has no name."""
    return NAMES.get(code, code)
