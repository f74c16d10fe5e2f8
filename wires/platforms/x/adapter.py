"""Answers of X's API v2: the posts of an account, single posts, an account.

X is renaming tweets to posts in its fields; both names are read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from wires.platforms.addresses import is_number
from wires.platforms.attachments import MOST_MEDIA, QUOTE, described
from wires.platforms.base import NOT_AVAILABLE, Document, Media, RawPost, UnreadableBody
from wires.platforms.bodies import DecodedBody
from wires.platforms.dates import moment
from wires.platforms.identity import disambiguated
from wires.platforms.json_bodies import Record, load_json, record_of, records_of, text_of
from wires.platforms.languages import language_of
from wires.platforms.links import identity_of, web_address
from wires.platforms.text import line_of, title_or_stand_in, words
from wires.platforms.x.clock import x_time
from wires.platforms.x.permalink import post_url
from wires.platforms.x.questions import API_HOST, LOOKUP_URL
from wires.platforms.x.wording import either, wording_of

_KINDS = {"photo": "photo", "video": "video", "animated_gif": "video"}
_POST_TYPES = ("tweet", "post")
_GONE = ("resource-not-found", "not-authorized-for-resource")
_NO_LANGUAGE = "q"  # qme, qht, qst: only pictures, hashtags, or too short


def parse(body: DecodedBody, *, url: str = "", account: str = "") -> Document | None:
    """Read an answer of the API; None for any other body.

    Raises UnreadableBody for broken JSON, and where X answers that it has no such thing.
    """
    answer = load_json(body.text) if body.kind == "json" else None
    if not isinstance(answer, dict) or not _is_ours(answer, url):
        return None
    data = answer.get("data")
    if isinstance(data, dict) and text_of(data, "username"):
        return Document(
            kind="x",
            title=line_of(text_of(data, "name")),
            account=text_of(data, "username").lower(),
            numeric_id=text_of(data, "id"),
            faults=body.faults,
        )
    missing = tuple(_missing(answer)) if _is_lookup(url) else ()
    if data is None and "meta" not in answer and not missing:
        raise UnreadableBody(NOT_AVAILABLE, _problem(answer))
    return replace(_read_posts(answer, body, account=account), missing=missing)


def _is_lookup(url: str) -> bool:
    return url.partition("?")[0] == LOOKUP_URL


def _missing(answer: Record) -> Iterator[str]:
    """Yield the ids of which X says that they were deleted, or that nobody may see them.

    An account that X suspended did not withdraw its posts.
    """
    for error in records_of(answer, "errors"):
        number = text_of(error, "resource_id") or text_of(error, "value")
        problem = text_of(error, "type").rstrip("/").rpartition("/")[2]
        is_of_post = text_of(error, "resource_type") in _POST_TYPES
        is_asked = text_of(error, "parameter") in ("ids", "id")
        is_suspended = "suspended" in text_of(error, "detail").casefold()
        if is_of_post and is_asked and problem in _GONE and not is_suspended and is_number(number):
            yield number


def _is_ours(answer: Record, url: str) -> bool:
    if urlsplit(url).hostname == API_HOST:
        return True
    data = answer.get("data")
    first = data[0] if isinstance(data, list) and data else data
    # A file that was kept: what its posts have is had by no other JSON that we read.
    if not isinstance(first, dict) or not text_of(first, "id") or "text" not in first:
        return False
    return _edit_ids(first) is not None or "meta" in answer


def _problem(answer: Record) -> str:
    problem: Record = next(records_of(answer, "errors"), answer)
    said = line_of(text_of(problem, "detail") or text_of(problem, "title"))
    return f"X answers: {said}" if said else "X gives no posts here"


def _read_posts(answer: Record, body: DecodedBody, *, account: str) -> Document:
    data = answer.get("data")
    records = (
        list(records_of(answer, "data")) if isinstance(data, list) else [record_of(answer, "data")]
    )
    records = [record for record in records if is_number(text_of(record, "id"))]
    reader = _Reader.of(answer)
    posts, _ = disambiguated(map(reader.post, records))
    writer = reader.users.get(text_of(records[0], "author_id"), {}) if records else {}
    is_changed = bool(records) and all(_edit_ids(record) is None for record in records)
    return Document(
        kind="x",
        posts=posts,
        title=line_of(text_of(writer, "name")),
        account=account or text_of(writer, "username").lower(),
        cursor=text_of(record_of(answer, "meta"), "next_token"),
        billed=len(records) + len(reader.posts),
        faults=(*body.faults, *(["no_edit_history"] if is_changed else [])),
    )


def _edit_ids(record: Record) -> list[str] | None:
    """Return the ids of a post from its first words to its last; None where X left them out."""
    ids = either(record, "edit_history_tweet_ids", "edit_history_post_ids")
    if not isinstance(ids, list):
        return None
    return [each for each in ids if isinstance(each, str) and is_number(each)] or None


@dataclass(frozen=True, slots=True)
class _Reader:
    """What an answer includes beside its posts, by id."""

    users: dict[str, Record]
    posts: dict[str, Record]
    media: dict[str, Record]
    polls: dict[str, Record]

    @classmethod
    def of(cls, answer: Record) -> "_Reader":
        includes = record_of(answer, "includes")
        names = "tweets" if "tweets" in includes else "posts"
        return cls(
            users=_by(includes, "users", "id"),
            posts=_by(includes, names, "id"),
            media=_by(includes, "media", "media_key"),
            polls=_by(includes, "polls", "id"),
        )

    def post(self, record: Record) -> RawPost:
        """Return a post; of one that passes another on, the whole words of that one."""
        post = self._written(record)
        passed_on = self.posts.get(next(_references(record, "retweeted"), ""))
        if passed_on is None:
            return post
        theirs = self._written(passed_on)
        writer = self._name(passed_on)
        return replace(
            theirs,
            native_id=post.native_id,
            author=f"@{writer}" if writer else "",
            forwarded_from=f"@{writer}" if writer else "",
            forwarded_ids=(theirs.native_id, *theirs.aliases),
            posted_at=post.posted_at,
            posted_raw=post.posted_raw,
            aliases=(),
            # The link leads to the words of another account.
            link_id="",
            flags=theirs.flags - {"edited", "reply"} | {"forwarded"},
        )

    def _written(self, record: Record) -> RawPost:
        own, html = wording_of(record)
        media = tuple(self._media(record))[:MOST_MEDIA]
        text, html = described(own, html, media)
        number = text_of(record, "id")
        ids = _edit_ids(record) or [number]
        link = post_url(self._name(record), ids[0])
        created = text_of(record, "created_at")
        # The first id has the time of the first words, created_at that of the last.
        posted_at = x_time(ids[0]) or moment(created)
        reply = next(_references(record, "replied_to"), "")
        language = text_of(record, "lang")
        flags = {
            "bad_date": posted_at is None,
            "edited": len(ids) > 1,
            "reply": bool(reply),
            "forwarded": next(_references(record, "retweeted"), "") != "",
            "unsupported": not text and not media,
        }
        return RawPost(
            native_id=ids[0],
            url=link,
            title=title_or_stand_in("", own or text, media),
            text=text,
            html=html,
            language=language_of("" if language.startswith(_NO_LANGUAGE) else language, own),
            posted_at=posted_at,
            posted_raw=words(created)[:200],
            source_edited_at=(x_time(ids[-1]) or moment(created)) if len(ids) > 1 else None,
            media=media,
            aliases=tuple(dict.fromkeys(each for each in (*ids, number) if each != ids[0])),
            # Without the name of the account, which may change.
            link_id=identity_of(post_url("", ids[0])),
            reply_to=reply,
            flags=frozenset(flag for flag, holds in flags.items() if holds),
        )

    def _name(self, record: Record) -> str:
        user = self.users.get(text_of(record, "author_id"), {})
        return text_of(user, "username")

    def _media(self, record: Record) -> Iterator[Media]:
        attachments = record_of(record, "attachments")
        for key in _texts(attachments.get("media_keys")):
            item = self.media.get(key, {})
            address = web_address(text_of(item, "url") or text_of(item, "preview_image_url"))
            kind = _KINDS.get(text_of(item, "type"), "document")
            yield Media(kind=kind, id=key, url=address, alt=text_of(item, "alt_text"))
        for key in _texts(attachments.get("poll_ids")):
            options = records_of(self.polls.get(key, {}), "options")
            labels = " / ".join(line_of(text_of(option, "label")) for option in options)
            yield Media(kind="poll", id=key, alt=labels)
        for number in _references(record, "quoted"):
            yield self._quote(number)

    def _quote(self, number: str) -> Media:
        quoted = self.posts.get(number, {})
        name, said = self._name(quoted), line_of(wording_of(quoted)[0])
        return Media(
            kind=QUOTE,
            id=number,
            url=post_url(name, number),
            alt=f"@{name}: {said}" if name else said,
        )


def _by(record: Record, name: str, key: str) -> dict[str, Record]:
    return {text_of(item, key): item for item in records_of(record, name) if text_of(item, key)}


def _texts(values: Any) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _references(record: Record, kind: str) -> Iterator[str]:
    names = "referenced_tweets" if "referenced_tweets" in record else "referenced_posts"
    for reference in records_of(record, names):
        if text_of(reference, "type") == kind:
            yield text_of(reference, "id")
