"""Addresses that lead to another: copies in archives, and sites whose posts cannot be cited."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

# Their pages can be read by members only, or change with every visit: there is no post to archive.
_CLOSED = {
    "Facebook": ("facebook.com", "facebook.net", "fb.com", "fb.me", "fb.watch"),
    "Instagram": ("instagram.com", "instagr.am", "ig.me", "ddinstagram.com"),
    "Threads": ("threads.net", "threads.com"),
    "VK": ("vk.com", "vk.ru", "vk.cc", "vkontakte.ru", "vk.me"),
    "TikTok": ("tiktok.com",),
    "LinkedIn": ("linkedin.com", "lnkd.in"),
    "OK": ("ok.ru", "odnoklassniki.ru"),
    "Weibo": ("weibo.com", "weibo.cn"),
    "WhatsApp": ("whatsapp.com", "wa.me"),
    "Discord": ("discord.com", "discord.gg"),
    "Snapchat": ("snapchat.com",),
    "Truth Social": ("truthsocial.com",),
    "Gettr": ("gettr.com",),
    "Substack Notes": (),
}  # fmt: skip
_LABELS = {host: label for label, hosts in _CLOSED.items() for host in hosts}
_NOTE = re.compile(r"/(?:@[^/]+/note/[^/]+|note/[^/]+|notes/post/[^/]+)/?")
# Hosts of many accounts: one of them may be an outlet's, the host is nobody's.
_SHARED = frozenset(
    {
        "dailymotion.com", "flickr.com", "medium.com", "odysee.com", "pinterest.com", "redd.it",
        "reddit.com", "rumble.com", "soundcloud.com", "substack.com", "tumblr.com", "twitch.tv",
        "vimeo.com", "youtu.be", "youtube.com",
    }
)  # fmt: skip

_ARCHIVES = re.compile(
    r"(?:web\.archive\.org|archive\.org|(?:www\.)?archive\.(?:ph|is|today|li|vn|fo|md)|ghostarchive\.org"
    r"|perma\.cc|(?:www\.)?webcitation\.org|(?:www\.)?webarchive\.org\.uk|arquivo\.pt|megalodon\.jp"
    r"|webcache\.googleusercontent\.com|12ft\.io|archivebox\.[a-z0-9.-]+)",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"https?:/{1,2}(?=[\w\[])|at://(?=did:|[a-z0-9])", re.IGNORECASE)
_INSIDE_PATH = re.compile(
    r"https?://[^/?#]+/(?:[^?#]*/|search\?(?:.*&)?q=cache:(?:\w+:)?)(https?:/{1,2}(?=[\w\[]).*)",
    re.IGNORECASE,
)
_INSIDE_QUERY = ("url", "u", "q", "uri")
_DEEPEST = 3
# What a sentence leaves behind an address that was copied with it.
_AFTERWARDS = ".,;:!?)]}>\"'\u201d\u2019\u00bb\u203a"


def original_of(url: str) -> str:
    """Return the address that an archive keeps a copy of; any other address as it is."""
    for _ in range(_DEEPEST):
        inner = _kept_inside(url)
        if not inner:
            return url
        url = inner
    return url


def _kept_inside(url: str) -> str:
    # Asked of every link of every post, and hardly any is in an archive.
    if not _ARCHIVES.search(url):
        return ""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    if not _ARCHIVES.fullmatch(host):
        return ""
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    if found := _INSIDE.search(rest) or _INSIDE.search(unquote(rest)):
        return _repaired(found.string[found.start() :])
    named = parse_qs(parts.query)
    return next((named[name][0] for name in _INSIDE_QUERY if name in named), "")


def post_inside(url: str) -> str:
    """Return the address that stands whole in the path of another, as proxies and archives write it.

    Only a post of a platform is surely meant by it: the caller looks whether it is one. "" where
    there is none.
    """
    found = _INSIDE_PATH.search(url)
    return _repaired(found[1]) if found else ""


def _repaired(address: str) -> str:
    # Servers on the way make one slash of two.
    return re.sub(r"^(https?):/(?=[^/])", r"\1://", address, flags=re.IGNORECASE)


def why_closed(url: str) -> str:
    """Return a clause that says what to do instead, where nothing of a site can be cited; else ""."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return ""
    if _ARCHIVES.fullmatch(host) and original_of(url) == url:
        return (
            f"it is a copy in the archive {host}, which does not say of what: open it, and use the"
            " address of the original that it names"
        )
    label = next((_LABELS[name] for name in _parents(host) if name in _LABELS), "")
    if not label and "substack.com" in _parents(host) and _NOTE.fullmatch(parts.path):
        label = "Substack Notes"
    if not label:
        return ""
    return (
        f"it is on {label}, whose posts cannot be fetched or archived: use what the outlet says on"
        " its own site, or on a platform whose posts the wire takes in"
    )


def is_shared_site(url: str) -> bool:
    """Return whether the host of an address is that of many accounts, and no outlet's own."""
    try:
        host = (urlsplit(url.strip()).hostname or "").rstrip(".").lower().removeprefix("www.")
    except ValueError:
        return False
    return host.removeprefix("m.").removeprefix("old.") in _SHARED


def without_punctuation(url: str) -> str:
    """Return an address without what the sentence around it left at its end."""
    # Dots at the end of a number say that it was cut: then nothing tells which post it was.
    return url if url.endswith("..") else url.rstrip(_AFTERWARDS)


def _parents(host: str) -> list[str]:
    """Return a host and the names above it: m.fb.example, fb.example, example."""
    labels = host.split(".")
    return [".".join(labels[n:]) for n in range(len(labels))]
