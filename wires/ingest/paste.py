"""One post by its link: found, fetched where the platform is read, or copied by an editor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.html import linebreaks

from wires.html import clean_foreign
from wires.http import FetchError, Response
from wires.ingest.billing import count_billed
from wires.ingest.bodies import FetchedBody, HasParse, Parse
from wires.ingest.by_hand import fold
from wires.ingest.channels import channel_by_hand, channels_of_site
from wires.ingest.conversations import Get
from wires.ingest.hidden_or_withdrawn import require_permission
from wires.ingest.known_links import on_file, on_file_in_words
from wires.ingest.not_pasted import LeftToWorker, NotAPost, NotFetched, OtherWords, WordsMissing
from wires.ingest.reading import read_body
from wires.ingest.single_posts import ask_for_post
from wires.ingest.store import store
from wires.models import Channel, Post, PostAlias, PostVersion, check_address, native_id_hash
from wires.platforms import FEED, Platform, platform_of
from wires.platforms.base import Document, RawPost, UnreadableBody, with_posts
from wires.platforms.charsets import charset_of_header
from wires.platforms.elsewhere import is_shared_site, original_of
from wires.platforms.permalinks import Permalink, canonical_url, recognise, why_not_a_post
from wires.platforms.text import line_of, title_or_stand_in, words
from wires.retention import keep_from_erasure, keep_screenshot

MOST_FEEDS = 3
LONGEST_QUOTE = 80  # graphemes
SHARED_SITE = (
    "This site has the pages of many accounts, so it does not say which outlet this is. Add the feed"
    " of the account as a channel first, then paste the link again."
)
NO_ACCOUNT = "The link does not say whose post it is. Use one that includes the account name."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paste:
    url: str
    link: Permalink | None
    text: str
    posted_at: datetime | None
    by: AbstractUser
    at: datetime
    get: Get
    parse: Parse | None

    @property
    def platform(self) -> Platform:
        return platform_of(self.link.platform) if self.link else FEED

    @property
    def canonical(self) -> str:
        return self.link.url if self.link else canonical_url(self.url)


def paste(
    url: str,
    *,
    by: AbstractUser,
    at: datetime,
    fetch: Callable[..., Response],
    parsers: HasParse | None,
    text: str = "",
    posted_at: datetime | None = None,
    screenshot: bytes | None = None,
) -> Post:
    """Return the post behind a link, taken in if it is not here yet. Needs wires.import_post.

    A platform with public pages is fetched, and so is the feed of a site that we know. With
    `text` nothing is fetched, and the words are those of the editor `by`: they stay at the desk
    until somebody confirms them. Of a post that is on file, other words are a new version where
    the newest was copied by hand too, and OtherWords where it came from the source. A screenshot
    is kept as evidence of the newest version, unless that was erased: OtherWords. `fetch` is
    http.fetch.
    Raises NotAllowed, the kinds of NotPasted and, without `parsers`, LeftToWorker.
    """
    require_permission(by, "wires.import_post", "add a post")
    # Of a copy in an archive the post itself is meant.
    url = original_of(url.strip())
    link = recognise(url)
    _refuse_no_post(url, link)
    pasted = _Paste(
        url=url,
        link=link,
        text=words(text).strip(),
        posted_at=posted_at,
        by=by,
        at=at,
        get=partial(
            fetch,
            trusted_hosts=settings.WIRE_TRUSTED_HOSTS,
            user_agent=settings.WIRE_USER_AGENT,
        ),
        parse=parsers.parse if parsers else None,
    )
    try:
        post = _filed(pasted)
    except IntegrityError:
        # Somebody pasted the same at the same moment: it is on file now.
        post = _filed(pasted)
    if screenshot:
        _attach(post, screenshot, at=at)
    return post


def _refuse_no_post(url: str, link: Permalink | None) -> None:
    """Refuse what is no post, and what readers cannot be sent to. Raises NotAPost."""
    why_not = why_not_a_post(url, platform=link.platform if link else FEED.code)
    if why_not:
        message = f"This link cannot be cited: {why_not}."
        raise NotAPost(message)
    try:
        # A post is linked to on its platform, whatever client or app the pasted address is of.
        check_address(link.url if link else url)
    except ValidationError as error:
        message = f"This link cannot be cited: {' '.join(error.messages)}"
        raise NotAPost(message) from error


def _attach(post: Post, screenshot: bytes, *, at: datetime) -> None:
    """Keep a screenshot of the newest version. Raises OtherWords where that was erased."""
    version = post.newest_version
    if version is None:
        return
    with transaction.atomic():
        keep_from_erasure([version])
        version.refresh_from_db(fields=["erased_at"])
        if version.erased_at is not None:
            raise _erased(post)
        digest = sha256(screenshot).hexdigest()
        keep_screenshot(version, screenshot, sha256=digest, at=at)


def _erased(post: Post) -> OtherWords:
    message = "This post is on file, but its text was erased. It cannot be pasted again."
    return OtherWords(message, post)


def _filed(pasted: _Paste) -> Post:
    post = on_file(pasted.url) or on_file_in_words(pasted.link, pasted.text)
    return _with_words(post, pasted) if post else _take_in(pasted)


def _with_words(post: Post, pasted: _Paste) -> Post:
    """Return a post on file. Pasted text is the same, becomes a new version, or is refused."""
    latest = post.newest_version
    if not pasted.text or latest is None:
        return post
    if latest.erased_at is not None:
        raise _erased(post)
    is_by_hand = latest.captured_by_id is not None and latest.is_copied()
    said = [latest.text] if is_by_hand else [latest.text, latest.title, _whole(latest)]
    if fold(pasted.text) in map(fold, said):
        return post
    if not is_by_hand:
        words_on_file = line_of(latest.text or latest.title, longest=LONGEST_QUOTE)
        message = (
            f"This post is already on file with different text: “{words_on_file}”. Cite that, or"
            " paste the link alone to open it."
        )
        raise OtherWords(message, post)
    raw = replace(
        _copied(pasted, posted_at=post.posted_at),
        # Whichever form of its link was pasted this time.
        native_id=post.native_id,
        url=post.url,
        link_id=post.canonical_url,
        aliases=(),
    )
    return _store_one(post.channel, raw, pasted, captured_by=pasted.by)


def _whole(version: PostVersion) -> str:
    return f"{version.title} {version.text}"


def _take_in(pasted: _Paste) -> Post:
    if pasted.text:
        return _copy(pasted)
    if pasted.link is None:
        return _fetch_from_feed(pasted)
    why_off = settings.PLATFORMS_OFF.get(pasted.platform.code, "")
    if pasted.platform.fetches_posts and not why_off:
        return _fetch_post(pasted, pasted.link)
    message = (
        f"Posts on {pasted.platform.label} are not fetched. Paste the text and enter the time."
    )
    raise WordsMissing(message)


def _copy(pasted: _Paste) -> Post:
    """Store the words that an editor copied, as version 1 with captured_by."""
    moment = pasted.posted_at or (pasted.link and pasted.link.id_time)
    if moment is None and pasted.link is not None:
        message = (
            f"Enter the time of the post: its link on {pasted.platform.label} does not show it."
        )
        raise WordsMissing(message)
    with transaction.atomic():
        channel = _channel(pasted)
        raw = _copied(pasted, posted_at=moment or None)
        return _store_one(channel, raw, pasted, captured_by=pasted.by)


def _copied(pasted: _Paste, *, posted_at: datetime | None) -> RawPost:
    link = pasted.link
    return RawPost(
        native_id=link.native_id if link else pasted.canonical,
        url=pasted.canonical if link else pasted.url,
        title=line_of(title_or_stand_in("", pasted.text)),
        text=pasted.text,
        html=clean_foreign(linebreaks(pasted.text, autoescape=True)),
        posted_at=posted_at,
        aliases=link.aliases if link else (),
        link_id=pasted.canonical,
    )


def _channel(pasted: _Paste, *, document: Document | None = None) -> Channel:
    """Return the channel of the account or the site; create one by hand if missing."""
    link = pasted.link
    if link is None:
        return _channel_of_site(pasted.url)
    if not link.account:
        raise NotAPost(NO_ACCOUNT)
    whose = Q(account=link.account)
    if document and document.numeric_id:
        # The account may have had another name when its channel was made.
        whose |= Q(numeric_id=document.numeric_id)
    known = Channel.objects.filter(whose, platform=link.platform).select_related("outlet")
    return known.order_by("pk").first() or channel_by_hand(
        platform=link.platform,
        account=link.account,
        address=_profile(pasted.platform, link),
        name=(document.title if document else "") or f"@{link.account}",
    )


def _channel_of_site(url: str) -> Channel:
    if known := channels_of_site(url):
        return known[0]
    if is_shared_site(url):
        raise NotAPost(SHARED_SITE)
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    address = f"https://{host}/"
    return channel_by_hand(platform=FEED.code, account="", address=address, name=host)


def _profile(platform: Platform, link: Permalink) -> str:
    return platform.account_url(link.account) if platform.account_url else f"https://{link.host}/"


def _fetch_post(pasted: _Paste, link: Permalink) -> Post:
    """Ask the platform for the post, and store it as that of the account which wrote it."""
    if not link.account and pasted.platform.page_with_post:
        raise NotAPost(NO_ACCOUNT)
    if pasted.parse is None:
        raise LeftToWorker
    try:
        found = ask_for_post(pasted.platform, link, get=pasted.get, parse=pasted.parse)
    except (FetchError, UnreadableBody) as error:
        message = f"{error.message}. Paste the text of the post instead.".replace("..", ".")
        raise NotFetched(message) from error
    if found.raw is None:
        message = (
            f"{pasted.platform.label} does not show this post. It may have been deleted."
            " Paste its text if you have it."
        )
        raise NotFetched(message)
    document, response = found.turn.document, found.turn.response
    body = FetchedBody.of(response.body, url=response.url)
    try:
        with transaction.atomic():
            channel = _channel(replace(pasted, link=found.link), document=document)
            count_billed(channel, document.billed, at=pasted.at)
            return _store_one(channel, found.raw, pasted, document=document, body=body)
    except UnreadableBody as error:
        # The name is another account's now, for instance.
        message = f"This post is not stored in {channel.code}: {error.message}."
        raise NotFetched(message) from error


def _fetch_from_feed(pasted: _Paste) -> Post:
    """Read the feeds of the site that the link is on, and look for it among their entries."""
    polled = Channel.Origin.POLLED
    feeds = [feed for feed in channels_of_site(pasted.url) if feed.origin == polled]
    host = urlsplit(pasted.url).hostname or pasted.url
    if not feeds:
        message = (
            f"None of our channels covers {host}. Paste the text, or add its feed as a channel."
        )
        raise WordsMissing(message)
    if pasted.parse is None:
        raise LeftToWorker
    problem = ""
    for channel in feeds[:MOST_FEEDS]:
        try:
            response = pasted.get(channel.address)
            read_body(
                channel,
                response.body,
                at=pasted.at,
                parse=pasted.parse,
                url=response.url,
                charset=charset_of_header(response.content_type),
            )
        except (FetchError, UnreadableBody) as error:
            problem = f" ({error.message})"
    post = on_file(pasted.url)
    if post is None:
        codes = ", ".join(channel.code for channel in feeds[:MOST_FEEDS])
        message = f"This entry is not in the feed of {codes} now{problem}. Paste its text."
        raise NotFetched(message)
    return post


def _store_one(
    channel: Channel,
    raw: RawPost,
    pasted: _Paste,
    *,
    document: Document | None = None,
    body: FetchedBody | None = None,
    captured_by: Any = None,
) -> Post:
    _bring_back(channel, raw)
    store(
        channel,
        with_posts(
            Document(
                kind=document.kind if document else channel.platform,
                posts=document.posts if document else (raw,),
                account=document.account if document else "",
                numeric_id=document.numeric_id if document else "",
            ),
            (raw,),
        ),
        at=pasted.at,
        body=body,
        captured_by=captured_by,
        # One post is not a reading of the channel.
        fields={"last_read_at": channel.last_read_at},
    )
    return _stored(channel, raw)


def _bring_back(channel: Channel, raw: RawPost) -> None:
    """Let a post whose words were deleted by age have some again, because somebody wants it. One query."""
    posts, hashes = Post.objects.pruned().filter(channel=channel), _hashes(raw)
    aliases = PostAlias.objects.filter(channel=channel, native_id_hash__in=hashes)
    wanted = Q(native_id_hash__in=hashes) | Q(pk__in=aliases.values("post"))
    posts.filter(wanted).update(pruned_at=None)


def _hashes(raw: RawPost) -> list[str]:
    ids: Sequence[str] = (raw.native_id, *raw.aliases, raw.link_id)
    return [native_id_hash(native_id) for native_id in ids if native_id]


def _stored(channel: Channel, raw: RawPost) -> Post:
    posts, hashes = Post.objects.with_newest_words(), _hashes(raw)
    found = posts.filter(channel=channel, native_id_hash__in=hashes).first()
    if found is not None:
        return found
    return posts.get(aliases__channel=channel, aliases__native_id_hash=hashes[0])
