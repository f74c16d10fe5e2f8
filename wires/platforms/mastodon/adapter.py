"""Answers of a Mastodon server: the posts of an account, single posts, their edits, an account."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import urlsplit

from wires.html import clean_foreign, words_of
from wires.platforms.attachments import MOST_MEDIA, QUOTE, described
from wires.platforms.base import Document, Media, RawPost
from wires.platforms.bodies import DecodedBody
from wires.platforms.dates import moment
from wires.platforms.identity import disambiguated
from wires.platforms.json_bodies import Record, load_json, record_of, records_of, text_of
from wires.platforms.languages import language_of
from wires.platforms.links import identity_of, media_id, web_address
from wires.platforms.mastodon.questions import PAGE_SIZE
from wires.platforms.text import line_of, title_or_stand_in, words

_PATH = re.compile(r"/api/v1/(?:accounts/[^/]+/statuses|statuses/[^/]+/history)/?")
_KINDS = {"image": "photo", "gifv": "video", "video": "video", "audio": "audio"}
_PUBLIC = ("public", "unlisted", "")


def parse(body: DecodedBody, *, url: str = "", account: str = "") -> Document | None:
    """Read an answer of a server; None for any other body. Raises UnreadableBody for broken JSON."""
    answer = load_json(body.text) if body.kind == "json" else None
    if isinstance(answer, dict) and _is_account(answer):
        return _read_account(answer, body, url)
    statuses = _statuses(answer, url)
    if statuses is None:
        return None
    host = urlsplit(url).netloc.lower()
    is_page = isinstance(answer, list)
    shown = [
        status
        for status in statuses
        if text_of(status, "visibility") in _PUBLIC and not (is_page and _is_of_another(status))
    ]
    posts, _ = disambiguated(_post(status, host) for status in shown)
    writer: Record = next((record_of(status, "account") for status in shown), {})
    return Document(
        kind="mastodon",
        posts=_revisions(shown) if _is_history(answer) else posts,
        title=line_of(text_of(writer, "display_name")),
        account=account or _account_of(writer, host),
        # No number: that of a post seen on another server would be that server's.
        cursor=text_of(statuses[-1], "id") if is_page and len(statuses) >= PAGE_SIZE else "",
        faults=body.faults,
    )


def _is_account(answer: Record) -> bool:
    return bool(text_of(answer, "acct") and text_of(answer, "id")) and "content" not in answer


def _read_account(answer: Record, body: DecodedBody, url: str) -> Document:
    return Document(
        kind="mastodon",
        title=line_of(text_of(answer, "display_name")),
        account=_account_of(answer, urlsplit(url).netloc.lower()),
        numeric_id=text_of(answer, "id"),
        faults=(*body.faults, *_fate_of(answer)),
    )


def _fate_of(account: Record) -> Iterator[str]:
    """Yield why the posts of an account may be gone although nobody deleted them."""
    if account.get("moved"):
        yield "account_moved"
    if account.get("suspended"):
        yield "account_suspended"


def _statuses(answer: Any, url: str) -> list[Record] | None:
    """Return the statuses or edits of an answer; None where it is another body."""
    if isinstance(answer, dict):
        return [answer] if _is_status(answer) else None
    if not isinstance(answer, list):
        return None
    if not answer:
        return [] if _PATH.fullmatch(urlsplit(url).path) else None
    statuses = [status for status in answer if isinstance(status, dict)]
    return statuses if any(map(_is_status, statuses)) or _is_history(answer) else None


def _is_status(status: Record) -> bool:
    return bool(text_of(status, "uri")) and "content" in status and bool(status.get("account"))


def _is_history(answer: Any) -> bool:
    """Return whether an answer lists edits: they have words and a time, and no id."""
    return (
        isinstance(answer, list)
        and bool(answer)
        and all(
            isinstance(edit, dict)
            and isinstance(edit.get("content"), str)
            and isinstance(edit.get("created_at"), str)
            and "uri" not in edit
            and "id" not in edit
            for edit in answer
        )
    )


def _is_of_another(status: Record) -> bool:
    """Return whether a status is of an account on another server, which alone may tell its words."""
    return "@" in text_of(record_of(status, "account"), "acct")


def _account_of(account: Record, host: str) -> str:
    """Return whose a status is: an account of the server that answers, whatever it calls itself."""
    name = text_of(account, "acct").lower()
    if not name or "@" in name:
        return name
    server = host or urlsplit(web_address(text_of(account, "url"))).netloc.lower()
    return f"{name}@{server}"


def _post(status: Record, host: str) -> RawPost:
    """Return a status; of one that passes another on, the words of that one."""
    boosted = record_of(status, "reblog")
    if not boosted:
        return _written(status, host)
    post = _written(boosted, host)
    raw = text_of(status, "created_at")
    writer = _account_of(record_of(boosted, "account"), host)
    return replace(
        post,
        native_id=_own_uri(status, host),
        author=f"@{writer}" if writer else "",
        forwarded_from=f"@{writer}" if writer else "",
        forwarded_ids=(post.native_id, *post.aliases),
        posted_at=moment(raw),
        posted_raw=words(raw)[:200],
        aliases=(),
        # The link leads to the words of another account.
        link_id="",
        flags=post.flags | {"forwarded"},
    )


def _written(status: Record, host: str) -> RawPost:
    said = _said(status)
    number = text_of(status, "id")
    name = text_of(record_of(status, "account"), "acct").lower()
    is_of_another = _is_of_another(status)
    uri = text_of(status, "uri") if is_of_another else _own_uri(status, host)
    link = web_address(text_of(status, "url")) or web_address(uri)
    if not is_of_another and host and not _is_on(host, link):
        link = f"https://{host}/@{name}/{number}"
    posted_raw = text_of(status, "created_at")
    posted_at = moment(posted_raw)
    flags = {
        "bad_date": posted_at is None,
        "edited": said.source_edited_at is not None,
        "reply": bool(text_of(status, "in_reply_to_id")),
        "unsupported": not said.text and not said.media,
    }
    # Pasted links know a post by these, according to their form.
    local = (f"https://{host}/users/{name}/statuses/{number}",) if name and "@" not in name else ()
    aliases = dict.fromkeys(alias for alias in (link, *local) if alias and alias != uri)
    return replace(
        said,
        native_id=uri,
        url=link,
        language=language_of(text_of(status, "language"), said.text),
        posted_at=posted_at,
        posted_raw=words(posted_raw)[:200],
        aliases=tuple(aliases),
        link_id=identity_of(link),
        flags=frozenset(flag for flag, holds in flags.items() if holds),
    )


def _own_uri(status: Record, host: str) -> str:
    """Return the id of a status of the server that answers. Another's post is not its to give."""
    uri = text_of(status, "uri")
    if uri and (not host or _is_on(host, uri)):
        return uri
    name = text_of(record_of(status, "account"), "acct").lower()
    return f"https://{host}/users/{name}/statuses/{text_of(status, 'id')}"


def _is_on(host: str, address: str) -> bool:
    return urlsplit(web_address(address)).netloc.lower() == host


def _said(status: Record) -> RawPost:
    """Return the words of a status or of one of its edits, under an id that is none."""
    warning = words(text_of(status, "spoiler_text"))
    # Parts of a long link are hidden in spans, which fall away here: the link is whole again.
    html = clean_foreign(text_of(status, "content"))
    own = words(words_of(html))
    if warning:
        own = "\n\n".join(filter(None, (warning, own)))
        html = f"<p><strong>{escape(warning, quote=False)}</strong></p>{html}"
    media = tuple(_media(status))[:MOST_MEDIA]
    text, html = described(own, html, media)
    return RawPost(
        native_id=text_of(status, "uri") or "edit",
        # A warning stands before the words: it is all that Mastodon shows at first.
        title=line_of(warning) or title_or_stand_in("", own or text, media),
        text=text,
        html=clean_foreign(html),
        source_edited_at=moment(text_of(status, "edited_at")),
        media=media,
    )


def _revisions(edits: list[Record]) -> tuple[RawPost, ...]:
    """Return the words of a post from the first to the last, each with the time it was written."""
    return tuple(
        replace(
            _said(edit),
            native_id=f"edit:{n}",
            posted_at=moment(text_of(edits[0], "created_at")),
            source_edited_at=moment(text_of(edit, "created_at")),
        )
        for n, edit in enumerate(edits)
    )


def _media(status: Record) -> Iterator[Media]:
    for attachment in records_of(status, "media_attachments"):
        address = web_address(text_of(attachment, "url") or text_of(attachment, "remote_url"))
        yield Media(
            kind=_KINDS.get(text_of(attachment, "type"), "document"),
            # Not its number, which a feed does not have.
            id=media_id(address) if address else text_of(attachment, "id"),
            url=address,
            alt=text_of(attachment, "description"),
        )
    poll = record_of(status, "poll")
    options = [line_of(text_of(option, "title")) for option in records_of(poll, "options")]
    if options:
        # Without the votes, which are no words of the author. An edit does not tell its number.
        yield Media(kind="poll", alt=" / ".join(filter(None, options)))
    yield from _quoted(record_of(status, "quote"))


def _quoted(quote: Record) -> Iterator[Media]:
    status = record_of(quote, "quoted_status") or quote
    address = web_address(text_of(status, "url") or text_of(status, "uri"))
    if address:
        said = line_of(words_of(clean_foreign(text_of(status, "content"))))
        writer = text_of(record_of(status, "account"), "acct")
        alt = f"@{writer}: {said}" if writer else said
        yield Media(kind=QUOTE, id=text_of(status, "uri") or address, url=address, alt=alt)
