"""What every platform adapter gives back: posts as plain values."""

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# Why a body was UnreadableBody: one word to count by.
EMPTY = "empty"
TOO_BIG = "too_big"
TRUNCATED = "truncated"  # the end is missing, and no item is complete
UNKNOWN_FORMAT = "unknown_format"
NOT_A_FEED = "not_a_feed"  # a page: a login, a challenge, an article
NOT_AVAILABLE = "not_available"  # the platform shows no posts of this account to the public
NAME_TAKEN = "name_taken"  # the account is somebody else's now
SAME_ACCOUNT = "same_account"  # another channel reads this account already
PARSER_FAILED = "parser_failed"
POISON = "poison"  # two parser processes died of it


# Flags of dates that name no zone: read as UTC until the time zone of their channel is known.
NO_ZONE = "no_zone"
EDITED_NO_ZONE = "edited_no_zone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """One thing attached to a post.

    kind is photo, video, audio, document, poll, location, sticker, link or quote. id is what stays the same
    while CDN addresses expire; it alone goes into the semantic hash ("" where there is none).
    """

    kind: str
    id: str = ""
    url: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPost:
    """One post as its source gave it, cleaned but not judged.

    native_id  the source's own identity, always a string, never empty
    url        absolute http(s) address of the post, or ""
    title      cleaned headline, 1 to 220 graphemes
    text       plain text of the body, line breaks kept
    html       the body through html.clean_foreign
    language   BCP 47; "und" where the declared one contradicts the script; "" where none is declared
    posted_at  UTC, the source's claim; None where posted_raw says nothing we can read
    aliases    further native ids of the same post (the pictures of an album)
    captions   words beside it that are not its text: of a picture, an episode, or another body
    link_id    the canonical link, the identity in channels whose guids cannot be trusted
    forwarded_from  whose words these are, where a channel passes on another's
    forwarded_by    who signed them there
    forwarded_ids   by which ids their platform knows them, where it says so
    forwarded_url   where they stand; "" where the author hides their account
    reply_to   native id of the post that this one answers
    flags      edited forwarded reply service album signed unsupported no_id no_title bad_date
               no_zone edited_no_zone
    """

    native_id: str
    url: str = ""
    title: str = ""
    text: str = ""
    html: str = ""
    author: str = ""
    language: str = ""
    posted_at: datetime | None = None
    posted_raw: str = ""
    source_edited_at: datetime | None = None
    media: tuple[Media, ...] = ()
    aliases: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    link_id: str = ""
    forwarded_from: str = ""
    forwarded_by: str = ""
    forwarded_ids: tuple[str, ...] = ()
    forwarded_url: str = ""
    reply_to: str = ""
    flags: frozenset[str] = frozenset()

    def content_hash(self) -> str:
        """Return the sha256, in hex, of what a reader would call the content.

        Two posts with the same hash are the same version: white space, CDN addresses, markup,
        dates and counters do not count.
        """
        parts = [self.title, self.text, self.link_id or self.url, self.author]
        parts += [f"{media.kind}:{media.id}" for media in self.media if media.id]
        folded = "\x1f".join(" ".join(unicodedata.normalize("NFC", part).split()) for part in parts)
        return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One fetched body, read.

    kind          the code of its platform, or the name of a format of it
    account       whose posts they are, lower case; "" where the platform has no accounts
    numeric_id    the account's number, which survives a change of name; else ""
    cursor        how the platform names the page after this one; "" at the end
    billed        how many posts the platform charges for
    missing       ids of posts that the platform shows not to be there: left out between two others,
                  or called deleted
    also_present  ids of posts that are in the body and were dropped from `posts` since
    faults        what was wrong although the body could be read, for the log: bad_bytes
                  wrong_charset unknown_charset control_characters junk_before not_well_formed
                  truncated too_many_items one_date_for_all no_messages undeclared_entities
                  no_edit_history account_moved account_suspended
    truncated     the end is missing, so no validators may be saved
    ttl           how long the publisher asks us to wait
    guids_repeat  different items share an id: the channel needs link identity
    """

    kind: str
    posts: tuple[RawPost, ...] = ()
    title: str = ""
    language: str = ""
    account: str = ""
    numeric_id: str = ""
    cursor: str = ""
    billed: int = 0
    missing: tuple[str, ...] = ()
    also_present: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    truncated: bool = False
    ttl: timedelta | None = None
    guids_repeat: bool = False


def with_posts(document: Document, posts: tuple[RawPost, ...]) -> Document:
    """Return a document with only some of its posts, which still says what else is in its body."""
    kept = {post.native_id for post in posts}
    dropped = [post for post in document.posts if post.native_id not in kept]
    ids = (each for post in dropped for each in (post.native_id, *post.aliases))
    also = (*document.also_present, *ids)
    return replace(document, posts=posts, also_present=also)


class UnreadableBody(Exception):
    """The body holds no posts that we can read.

    kind is one of the words above, message one line for people. feeds are the addresses that an
    HTML page advertises.
    """

    def __init__(self, kind: str, message: str, *, feeds: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.feeds = feeds

    def __reduce__(self) -> tuple[object, ...]:
        # The default would call UnreadableBody(message) in the process that unpickles.
        return _unreadable, (type(self), self.kind, self.message, self.feeds)


class ParserNotStarted(Exception):
    """No process could be had for the body, which is not to blame: try it again later."""


def _unreadable(
    kind_of_error: type[UnreadableBody], kind: str, message: str, feeds: tuple[str, ...]
) -> UnreadableBody:
    return kind_of_error(kind, message, feeds=feeds)
