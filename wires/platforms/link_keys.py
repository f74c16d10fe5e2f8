"""What stays of an address when a site moves: to https, to another host, to other parameters.

Keys are compared within one channel and never stored, so that they may become better.
"""

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from wires.platforms.canonical import tidy

# Who sent the reader, and the reader's visit: no part of a page's name.
_VISIT = re.compile(
    r"(?:ref|ref_?src|referrer|referer|source|src|from|via|share|shared|rss|partner|campaign|cid|icid|ito"
    r"|ns_\w+|mc_[ce]id|[a-z]{1,3}clid|li_fat_id|[gw]braid|igshid|igsh|si|s|sh|_ga|_gl|_hs\w+|mkt_tok|vero_\w+"
    r"|spm|smid|sr_share|xtor|wt_?\w*|trk|feed|output(?:type)?|amp|mod|traffic_\w+|__\w+|cmp(?:id|_?\w*)"
    r"|(?:piwik|matomo|pk|mtm|hsa|utm|at)_\w+|msclkid|fbclid|ocid"
    r"|s?sid|sess(?:ion)?_?(?:id|key)?|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken|osc?sid|zenid"
    r"|token|_t|ts|timestamp|nocache|cache_?bust\w*|rand)\Z",
    re.IGNORECASE,
)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*|/\(S\([a-z0-9]{8,}\)\)", re.I)
_INDEX = re.compile(r"/(?:(?:index|default)\.(?:html?|php|aspx?|jsp)|amp/?)\Z", re.IGNORECASE)
_LABEL = re.compile(r"(?:www\d?|m|mobile|amp)\.", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_DATE = re.compile(r"(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)\Z")
_FOLDER_OF_ONE = re.compile(r"(?P<folder>.*/)(?P<number>\d{5,})/[^/\d]+")
_LONGEST_KEPT = 500  # characters; with the number of them, 8 MB at most
_FEWEST_SLUG_WORDS = 4  # fewer may be the name of a section


def link_key(url: str) -> str:
    """Return what two addresses of one page share: neither scheme nor www, slash, visit or campaign.

    What is no address is returned as it is; "" for "".
    """
    host, path, query = _parts(url)
    return f"{host}{path}{query}" if host else url


def path_key(url: str) -> str:
    """Return what two addresses of one page share when its site moves to another host.

    "" where the path does not name a page.
    """
    host, path, query = _parts(url)
    return f"{path}{query}" if host and (len(path) > 1 or query) else ""


def page_number(url: str) -> str:
    """Return the host, the folder and the number by which a site knows a page whatever its slug.

    The number has five digits or more and is no date. It stands in the last part of the path, or is
    the part before it, or a parameter beside one that has the slug. "" where there is none.
    """
    host, path, query = _parts(url)
    if not host or query:
        return _number_beside_slug(f"{host}{path}", query)
    folder, _, name = path.rpartition("/")
    if number := _last_number(name):
        return f"{host}{folder}/{number}"
    before = _FOLDER_OF_ONE.fullmatch(path)
    return f"{host}{before['folder']}{before['number']}/" if before else ""


def page_name(url: str) -> str:
    """Return the host and what names a page in whatever folder: its number, or a slug of some words.

    "" where the last part of the path is too common to name one.
    """
    host, path, query = _parts(url)
    name = path.rpartition("/")[2]
    if not host or query:
        return ""
    number = _last_number(name)
    return f"{host}/{number or name}" if number or _is_slug(name) else ""


def names_a_story(url: str) -> bool:
    """Return whether an address is surely that of one story, not of a section or a live page."""
    return bool(page_number(url)) or _is_slug(_parts(url)[1].rpartition("/")[2])


def _last_number(name: str) -> str:
    numbers = [number for number in _NUMBER.findall(name) if not _DATE.match(number)]
    return numbers[-1] if numbers else ""


def _is_slug(name: str) -> bool:
    words = [word for word in re.split(r"[-_+ .]", name) if word.isalpha()]
    return len(words) >= _FEWEST_SLUG_WORDS


def _number_beside_slug(page: str, query: str) -> str:
    pairs = [pair.partition("=")[::2] for pair in query.removeprefix("?").split("&")]
    numbers = [f"{name}={value}" for name, value in pairs if value.isdecimal() and len(value) > 2]
    has_slug = any(re.search(r"[^\W\d]-[^\W\d]", value) for _, value in pairs)
    return f"{page}?{'&'.join(numbers)}" if numbers and has_slug else ""


def folder_of(url: str) -> str:
    """Return host and folder of an address: what stays when the slug follows the headline."""
    host, path, query = _parts(url)
    folder, _, name = path.rpartition("/")
    return f"{host}{folder}" if host and name and not query else ""


def _parts(url: str) -> tuple[str, str, str]:
    """Return host, path and query of a page, each without what does not name it."""
    return _kept_parts(url) if len(url) <= _LONGEST_KEPT else _split(url)


def _split(url: str) -> tuple[str, str, str]:
    if not url[:8].lower().startswith(("http://", "https://")):
        return "", "", ""
    try:
        parts = urlsplit(tidy(url))
        port = parts.port
    except ValueError:
        return "", "", ""
    host = _LABEL.sub("", parts.hostname or "", count=1)
    if port is not None:
        host = f"{host}:{port}"
    path = _INDEX.sub("", _PATH_SESSION.sub("", unquote(parts.path))).rstrip("/")
    kept = sorted(
        pair for pair in parts.query.split("&") if pair and not _VISIT.match(pair.partition("=")[0])
    )
    return host, path, f"?{'&'.join(kept)}" if kept else ""


# Each key of an address needs them, of all posts of a channel that has a new one.
_kept_parts = lru_cache(maxsize=4_096)(_split)
