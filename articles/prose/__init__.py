"""The body of an article: Markdown with citation marks in, page and claims out. Pure."""

from articles.prose.prose import (
    Claim,
    Mark,
    Picture,
    Prose,
    Source,
    UnknownPicture,
    Voice,
    VoiceSpan,
)

__all__ = [
    "Claim",
    "Mark",
    "Picture",
    "Prose",
    "Source",
    "UnknownPicture",
    "Voice",
    "VoiceSpan",
]
