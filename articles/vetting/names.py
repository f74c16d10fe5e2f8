"""What each finding is called at the desk and on the public page."""

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "source-missing": "No wire source",
    "source-not-a-post": "Source is not a post",
    "source-shared-id": "One post ID, two accounts",
    "source-duplicate": "Same post linked twice",
    "source-id-time": "Post ID and time disagree",
    "source-unarchived": "Source text not archived",
    "source-changed": "Post edited since it was cited",
    "source-deleted": "Post withdrawn by its outlet",
    "source-uncited": "Source never cited",
    "single-origin": "Only one origin",
    "citation-unknown": "Mark without a source",
    "outlet-not-linked": "Outlet named but not linked",
    "outlet-mismatch": "One outlet named, another cited",
    "stated-time": "Stated time does not match",
    "future-time": "Future date in the past tense",
    "weekday": "Weekday does not match the date",
    "impossible-date": "Date does not exist",
    "quote-not-found": "Quotation not in any linked post",
    "quote-elsewhere": "Quotation from another post",
    "quote-ambiguous": "Quotation appears more than once",
    "figure-not-found": "Figure not in the cited post",
    "unsourced-claim": "Claim without a source",
    "headline-drift": "Headline or standfirst goes beyond the text",
    "conflict": "Posts contradict each other",
    "hedge-lost": "The post’s hedge was dropped",
    "verbatim-copy": "Copied without quotation marks",
    "framing-note-missing": "No framing note",
    "code-block": "Text shown as code",
    "markup-shown": "Markup visible to readers",
    "image-unknown": "Image not in the library",
    "image-alt-missing": "Image without alternative text",
    "image-credit-missing": "Image without a credit",
    "too-large": "Too large to check",
}
# What a check looks at, for the list of those that cannot read the language of a text.
SUBJECTS: Mapping[str, str] = {
    "outlet-not-linked": "unlinked outlets",
    "outlet-mismatch": "mismatched outlets",
    "stated-time": "stated times",
    "future-time": "future dates",
    "weekday": "weekdays",
    "impossible-date": "impossible dates",
    "hedge-lost": "dropped hedges",
}


def name(code: str) -> str:
    """Return the name of a finding code, or the code itself if it has no name."""
    return NAMES.get(code, code)
