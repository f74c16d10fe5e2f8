"""The public page of a Telegram channel, t.me/s/CHANNEL: at most 20 messages, oldest first.

There is no promise behind these class names; a parser on them agreed with every recorded block in
2026. What they mean is in the design's notes on platforms.
"""

import base64
import binascii
import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wires.html import clean_foreign, words_of
from wires.platforms.addresses import is_number
from wires.platforms.base import (
    EMPTY,
    NOT_AVAILABLE,
    TRUNCATED,
    Document,
    Media,
    RawPost,
    UnreadableBody,
)
from wires.platforms.bodies import DecodedBody
from wires.platforms.dates import moment
from wires.platforms.identity import disambiguated
from wires.platforms.links import identity_of, web_address
from wires.platforms.telegram.permalink import HOSTS
from wires.platforms.telegram.questions import number_of
from wires.platforms.text import first_line, line_of, title_or_stand_in, words
from wires.platforms.unclaimed import page_name

HOME = "https://t.me/"
_MESSAGE = "div.tgme_widget_message[data-post]"
_POST = re.compile(r"([A-Za-z]\w{2,63})/(\d{1,12})\Z", re.ASCII)
_POST_LINK = re.compile(r"https?://t\.me/([A-Za-z]\w{2,63})/(\d{1,12})(?:\?|\Z)", re.ASCII)
_BACKGROUND = re.compile(r"""background-image:\s*url\(\s*['"]?([^'")]+)""")
_EDITED = re.compile(r"\bedited\b")
_BEFORE = re.compile(r"[?&]before=(\d{1,12})(?:&|\Z)", re.ASCII)
MOST_MISSING = 500
# A page of a channel is longer even where nothing was ever posted.
SHORTEST_PAGE = 500
_NUMBER = re.compile(r"-?\d{1,20}\Z")

# Class after `tgme_widget_message_`, and what it shows. The link preview is not the post's media.
_MEDIA = (
    ("photo_wrap", "photo"),
    ("video_player", "video"),
    ("roundvideo_player", "video"),
    ("voice_player", "audio"),
    ("document_wrap", "document"),
    ("sticker_wrap", "sticker"),
    ("poll", "poll"),
    ("location_wrap", "location"),
)
_FORWARDED = ".tgme_widget_message_forwarded_from_name"
_OPTION = ".tgme_widget_message_poll_option_text"
_MEDIA_KINDS = {f"tgme_widget_message_{name}": kind for name, kind in _MEDIA}
_MEDIA_SELECTOR = ", ".join(f".{name}" for name in _MEDIA_KINDS)


def parse(body: DecodedBody, *, url: str = "", account: str = "") -> Document | None:
    """Read a page of a channel; None for any other body.

    Raises UnreadableBody where the channel shows nothing, or the page is another channel's: only
    a page that says that nothing was posted yet has no messages.
    """
    if body.kind != "html":
        return None
    page = LexborHTMLParser(body.text)
    if _shows_messages(page):
        document = _read_messages(page, body, account=account)
        if not document.posts:
            _refuse_nothing(page, body, document, url=url)
        return document
    if account or urlsplit(url).hostname in HOSTS:
        # A group, a private channel, one without preview and a name that nobody has look alike.
        message = f"Telegram shows {page_name(page)} here instead of messages"
        raise UnreadableBody(NOT_AVAILABLE, message)
    return None


def _refuse_nothing(
    page: LexborHTMLParser, body: DecodedBody, document: Document, *, url: str
) -> None:
    """Refuse a page without messages unless it says that there are none. Raises UnreadableBody."""
    if document.truncated:
        raise UnreadableBody(TRUNCATED, "the page of Telegram breaks off before its first message")
    if page.css_first(".tme_no_messages_found") is None:
        message = "Telegram shows a page here that should have messages, and has none"
        raise UnreadableBody(EMPTY, message)
    if url and len(body.text) < SHORTEST_PAGE:
        message = f"Telegram sent {len(body.text)} characters instead of a page: it may be busy"
        raise UnreadableBody(EMPTY, message)


def _shows_messages(page: LexborHTMLParser) -> bool:
    """Return whether a page shows a channel: by its elements, since posts quote any phrase."""
    return page.css_first(f"{_MESSAGE}, .tgme_channel_history, .tme_no_messages_found") is not None


def _read_messages(page: LexborHTMLParser, body: DecodedBody, *, account: str) -> Document:
    """Read the messages of one channel: of the account that was asked for, else of the page's own.

    Raises UnreadableBody where the page shows another channel than the one asked for.
    """
    messages = page.css("div.tgme_widget_message")
    blocks = [block for block in messages if _POST.match(_attribute(block, "data-post"))]
    shown = _account(page, blocks)
    account = account.strip().lstrip("@").lower() or shown
    own = [block for block in blocks if _channel(block) == account]
    if blocks and not own:
        raise UnreadableBody(NOT_AVAILABLE, f"the page shows @{shown}, not @{account}")
    numeric_id = next(filter(None, map(_numeric_id, own)), "")
    truncated = body.truncated or ("<html" in body.text and "</html" not in body.text)
    # The block in which a page breaks off has no date yet, which comes last in it.
    whole = [block for block in own if not truncated or _posted_raw(block)]
    posts, _ = disambiguated(_post(block, numeric_id) for block in whole)
    faults = [*body.faults, *(["truncated"] if truncated else [])]
    if page.css_first(".tme_no_messages_found") is not None and not posts:
        faults.append("no_messages")
    return Document(
        kind="telegram",
        posts=posts,
        title=_title(page),
        account=account,
        numeric_id=numeric_id,
        cursor=_cursor(page, own),
        # A message whose number cannot be read may be any of those that seem to be left out.
        missing=()
        if truncated or len(blocks) < len(messages)
        else _missing(posts, numeric_id, account),
        faults=tuple(faults),
        truncated=truncated,
    )


def _missing(posts: tuple[RawPost, ...], numeric_id: str, account: str) -> tuple[str, ...]:
    """Return the ids that no message has between the first and the last one of a page.

    The further pictures of an album have numbers of their own. Where thousands are left out, only
    the later ones are named.
    """
    there = {int(number_of(each)) for post in posts for each in (post.native_id, *post.aliases)}
    left_out = (n for n in range(max(there, default=0) - 1, min(there, default=0), -1))
    numbers = islice((n for n in left_out if n not in there), MOST_MISSING)
    owners = tuple(dict.fromkeys(filter(None, (numeric_id, account))))
    return tuple(f"{owner}/{n}" for n in numbers for owner in owners)


def _cursor(page: LexborHTMLParser, own: list[LexborNode]) -> str:
    """Return the number before which older messages are; "" where this page has the first one."""
    more = page.css_first("a.tme_messages_more[data-before]")
    link = page.css_first('link[rel="prev"]')
    found = _BEFORE.search(_attribute(link, "href"))
    named = _attribute(more, "data-before") or (found[1] if found else "")
    if is_number(named):
        return named
    numbers = [int(_attribute(block, "data-post").partition("/")[2]) for block in own]
    oldest = min(numbers, default=0)
    return str(oldest) if oldest > 1 else ""


def _post(block: LexborNode, numeric_id: str) -> RawPost:
    channel, number = _attribute(block, "data-post").split("/")
    name, owner = channel.lower(), numeric_id or channel.lower()
    html = _html(block)
    text = words(words_of(html))
    media = tuple(_media(block, number))
    others = [other for other in _album(block) if other != number]
    posted_raw = _posted_raw(block)
    posted_at = moment(posted_raw)
    reply = _POST_LINK.match(_attribute(block.css_first(".tgme_widget_message_reply"), "href"))
    author = _line(block, ".tgme_widget_message_from_author")
    forwarded = block.css_first(".tgme_widget_message_forwarded_from")
    link = f"{HOME}{channel}/{number}"
    flags = {
        "album": bool(others),
        "bad_date": posted_at is None,
        "edited": _is_edited(block),
        "forwarded": forwarded is not None,
        "reply": block.css_first(".tgme_widget_message_reply") is not None,
        "service": "service_message" in _attribute(block, "class").split(),
        "signed": bool(author),
        "unsupported": not text and not media,
    }
    return RawPost(
        native_id=f"{owner}/{number}",
        url=link,
        title=title_or_stand_in("", first_line(text) or _question(block), media),
        text=text,
        html=html,
        author=author,
        posted_at=posted_at,
        posted_raw=posted_raw,
        media=media,
        aliases=_aliases(owner, name, number, others),
        link_id=identity_of(link),
        forwarded_from=_line(block, _FORWARDED),
        forwarded_by=_line(block, ".tgme_widget_message_forwarded_from_author"),
        # A person who hides their account has a name and no link.
        forwarded_url=web_address(_attribute(block.css_first(_FORWARDED), "href")),
        reply_to=_reply_to(reply, name, owner),
        flags=frozenset(flag for flag, holds in flags.items() if holds),
    )


def _aliases(owner: str, name: str, number: str, others: list[str]) -> tuple[str, ...]:
    """Return the further ids of a message: pasted links name the channel, and each picture of an
    album has a number of its own.
    """
    known = [f"{each}/{any_number}" for each in (owner, name) for any_number in (number, *others)]
    return tuple(alias for alias in dict.fromkeys(known) if alias != known[0])


def _attribute(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "") if node is not None else ""


def _line(node: LexborNode | LexborHTMLParser, selector: str) -> str:
    found = node.css_first(selector)
    return line_of(found.text(), longest=200) if found is not None else ""


def _channel(block: LexborNode) -> str:
    return _attribute(block, "data-post").partition("/")[0].lower()


def _account(page: LexborHTMLParser, blocks: list[LexborNode]) -> str:
    """Return the channel that a page is of; forwarded blocks do not outnumber its own."""
    named = _line(page, ".tgme_channel_info_header_username").lstrip("@").lower()
    if named:
        return named
    if blocks:
        return Counter(map(_channel, blocks)).most_common(1)[0][0]
    return (
        _attribute(page.css_first("main[data-url]"), "data-url")
        .strip("/")
        .lower()
        .removeprefix("s/")
    )


def _title(page: LexborHTMLParser) -> str:
    named = _line(page, ".tgme_channel_info_header_title")
    return named or _line(page, ".tgme_widget_message_owner_name")


def _numeric_id(block: LexborNode) -> str:
    """Return the channel's number, which survives a change of name, from a message's data-view."""
    packed = _attribute(block, "data-view")
    try:
        view = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    except (binascii.Error, ValueError):
        return ""
    number = str(view.get("c", "")) if isinstance(view, dict) else ""
    return number.lstrip("-") if _NUMBER.match(number) else ""


def _posted_raw(block: LexborNode) -> str:
    # The first <time> of a block is a video's length, and has no date.
    return _attribute(block.css_first("a.tgme_widget_message_date time[datetime]"), "datetime")


def _is_edited(block: LexborNode) -> bool:
    """Return whether the foot of a message says so; the signature in it may be anything."""
    foot = block.css_first(".tgme_widget_message_meta")
    if foot is None:
        return False
    texts = (node for node in foot.iter(include_text=True) if node.tag == "-text")
    return any(_EDITED.search(node.text()) for node in texts)


def _html(block: LexborNode) -> str:
    # Not .tgme_widget_message_text, which the quote of a reply has too; albums nest theirs, and
    # the outermost comes first.
    found = block.css_first(".js-message_text")
    if found is None:
        return ""
    for emoji in found.css("i.emoji"):
        emoji.replace_with(emoji.text())
    for link in found.css("a[onclick][href]"):
        # Telegram escapes these twice.
        link.attrs["href"] = unescape(_attribute(link, "href"))
    return clean_foreign(found.inner_html or "", base=HOME)


def _album(block: LexborNode) -> list[str]:
    links = block.css(".tgme_widget_message_grouped_wrap a[href]")
    found = (_POST_LINK.match(_attribute(link, "href")) for link in links)
    return list(dict.fromkeys(match[2] for match in found if match))


def _media(block: LexborNode, number: str) -> Iterator[Media]:
    for node in block.css(_MEDIA_SELECTOR):
        classes = _attribute(node, "class").split()
        kind = next(_MEDIA_KINDS[name] for name in classes if name in _MEDIA_KINDS)
        own = _POST_LINK.match(_attribute(node, "href"))
        # Addresses on the CDN expire within hours; the number of the message stays.
        yield Media(
            kind=kind, id=own[2] if own else number, url=_address(node, kind), alt=_alt(node, kind)
        )


def _address(node: LexborNode, kind: str) -> str:
    if kind == "location":
        return web_address(_attribute(node, "href"))
    played = node.css_first("video[src], audio[src]")
    if played is not None:
        return web_address(_attribute(played, "src"))
    drawn = node.css_first("[data-webp]")
    if drawn is not None:
        return web_address(_attribute(drawn, "data-webp"))
    for styled in (node, *node.css("[style]")):
        if found := _BACKGROUND.search(_attribute(styled, "style")):
            return web_address(found[1], base=HOME)
    return ""


def _alt(node: LexborNode, kind: str) -> str:
    if kind == "poll":
        options = [line_of(found.text(), longest=200) for found in node.css(_OPTION)]
        return " / ".join(filter(None, (_question(node), *options)))
    return _line(node, ".tgme_widget_message_document_title") if kind == "document" else ""


def _question(node: LexborNode) -> str:
    return _line(node, ".tgme_widget_message_poll_question")


def _reply_to(link: re.Match[str] | None, name: str, owner: str) -> str:
    if link is None:
        return ""
    answered = link[1].lower()
    return f"{owner if answered == name else answered}/{link[2]}"
