"""Addresses on Mastodon: any host may be a server, so the path alone tells."""

import re

from wires.platforms.addresses import Address, Permalink, is_number, malformed
from wires.platforms.mastodon.clock import other_time

# They write accounts as /@name too, but are not Mastodon.
_OTHER_SITES = frozenset(
    {
        "flipboard.com",
        "lemmy.world",
        "medium.com",
        "odysee.com",
        "rumble.com",
        "substack.com",
        "threads.com",
        "threads.net",
        "tiktok.com",
        "vk.com",
        "vk.ru",
        "youtube.com",
    }
)

_NAME = r"[a-z0-9_](?:[a-z0-9_.-]{0,62}[a-z0-9_])?"
_REMOTE = r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?"
_AT = rf"@(?P<name>{_NAME})(?:@(?P<remote>{_REMOTE}))?"

_NAMED = re.compile(rf"@?(?P<name>{_NAME})@(?P<remote>{_REMOTE})", re.ASCII)

_POSTS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        # A second part that does not begin with a digit may be anyone's: /@name/title-of-a-story
        rf"(?:deck/|web/)?{_AT}/(?P<number>[0-9][^/]*)(?:/embed)?",
        rf"users/(?P<name>{_NAME})/statuses(?:/(?P<number>[^/]*)(?:/activity)?)?",
        r"web/statuses/(?P<number>[^/]+)",
        r"(?P<bare>statuses)/(?P<number>[0-9]{15,19})",
        # Other servers of the same network: GoToSocial, Misskey and its kin, Pleroma and Akkoma.
        rf"{_AT}/statuses/(?P<number>[^/]+)",
        # Servers since 4.5 name accounts by number in the uri of a post.
        r"ap/users/(?P<owner>[1-9][0-9]*)/statuses(?:/(?P<number>[^/]*))?",
    )
)
# They say nothing of the account; the shape of the number has to tell that it is a post.
_ELSEWHERE = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"notes/(?P<number>[0-9a-z]{10}|[0-9a-z]{16}|[0-9a-z]{26})",
        r"objects/(?P<number>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})",
        r"notice/(?P<number>[0-9a-z]{18})",
    )
)
_PROFILES = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(?:deck/|web/)?{_AT}(?:\.rss)?(?:/(?:with_replies|media|featured|followers|following|tagged/.+))?",
        rf"users/(?P<name>{_NAME})(?:/(?:followers|following|outbox|collections/.+))?",
    )
)


def account_url(account: str) -> str:
    name, _, host = account.partition("@")
    return f"https://{host}/@{name}"


def post_url(account: str, number: str) -> str:
    return f"{account_url(account)}/{number}"


def named_account(text: str) -> str:
    """Return the account that “@name@server” names; "" for any other text."""
    found = _NAMED.fullmatch(text.lower())
    return f"{found['name']}@{found['remote']}" if found else ""


def read_permalink(address: Address) -> Permalink | None:
    """Return what is at an address shaped like one on Mastodon; None for other shapes."""
    if address.scheme == "at" or _is_another_site(address.host):
        return None
    path = address.path.lower()
    for pattern in _POSTS:
        if found := pattern.fullmatch(path):
            return _post(address, found.groupdict())
    for pattern in _ELSEWHERE:
        if found := pattern.fullmatch(path):
            return _of_another_kind(address, found["number"])
    for pattern in _PROFILES:
        if found := pattern.fullmatch(path):
            return _profile(address, found.groupdict())
    return None


def _of_another_kind(address: Address, number: str) -> Permalink | None:
    """Return the post behind a path that many sites may have, if its number is one of a post."""
    if address.path.lower().startswith("notes/") and other_time(number) is None:
        return None
    # As it was written: capital letters are part of these numbers.
    written = address.segments[-1]
    url = f"https://{address.netloc}/{address.path}"
    return Permalink("mastodon", "post", address.netloc, native_id=url, url=url, number=written)


def _is_another_site(host: str) -> bool:
    return ".".join(host.split(".")[-2:]) in _OTHER_SITES


def _post(address: Address, groups: dict[str, str | None]) -> Permalink:
    host, number = address.netloc, groups["number"] or ""
    name, remote = groups.get("name") or "", groups.get("remote") or ""
    account = f"{name}@{remote or host}" if name else ""
    if name and other_time(number) is not None:
        return _on_gotosocial(address, name, number)
    if not is_number(number):
        return Permalink("mastodon", "other", host, account=account, why_not=malformed(number))
    url = f"https://{host}/{_page_of(groups, host)}/{number}"
    # The uri that the post's own server gives it. What another server shows has a number of that
    # server, from which the uri cannot be told.
    is_at_home = name and remote in ("", host)
    uri = f"https://{host}/users/{name}/statuses/{number}" if is_at_home else url
    return Permalink(
        platform="mastodon",
        kind="post",
        host=host,
        account=account,
        native_id=uri,
        url=url,
        aliases=(url,) if uri != url else (),
        number=number,
    )


def _on_gotosocial(address: Address, name: str, number: str) -> Permalink:
    # Capital letters are part of these numbers.
    written = next(part for part in address.segments if part.lower() == number)
    page, uri = (
        f"https://{address.netloc}/{form}/statuses/{written}"
        for form in (f"@{name}", f"users/{name}")
    )
    return Permalink(
        "mastodon", "post", address.netloc, account=f"{name}@{address.netloc}",
        native_id=uri, url=page, aliases=(page,), number=written,
    )  # fmt: skip


def _page_of(groups: dict[str, str | None], host: str) -> str:
    name, remote, owner = groups.get("name"), groups.get("remote"), groups.get("owner")
    if owner:
        return f"ap/users/{owner}/statuses"
    if not name:
        return groups.get("bare") or "web/statuses"
    return f"@{name}@{remote}" if remote and remote != host else f"@{name}"


def _profile(address: Address, groups: dict[str, str | None]) -> Permalink:
    account = f"{groups['name']}@{groups.get('remote') or address.netloc}"
    return Permalink(
        platform="mastodon",
        kind="profile",
        host=address.netloc,
        account=account,
        url=account_url(account),
        why_not=f"it is the profile of @{account}, not a post",
    )
