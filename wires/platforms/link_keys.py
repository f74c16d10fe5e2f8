"""What stays of an address when a site moves: to https, to another host, to other parameters.

Keys are compared within one channel and never stored, so that they may become better.
"""

import re
from urllib.parse import unquote, urlsplit

from wires.platforms.canonical import tidy

# Who sent the reader, and the reader's visit: no part of a page's name.
_VISIT = re.compile(
    r"(?:ref|ref_?src|referrer|referer|source|src|from|via|share|shared|rss|partner|campaign|cid|icid|ito|"
    r"ns_\w+|mc_[ce]id|yclid|msclkid|dclid|igshid|_ga|_gl|spm|smid|sr_share|xtor|wt_?\w*|trk|feed|output|"
    r"s?sid|sess(?:ion)?_?(?:id|key)?|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken|osc?sid|zenid|"
    r"token|_t|ts|timestamp|nocache|cache_?bust\w*|rand|utm_\w+|at_\w+|fbclid|gclid|ocid|cmp)\Z",
    re.IGNORECASE,
)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*|/\(S\([a-z0-9]{8,}\)\)", re.I)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)\Z", re.IGNORECASE)
_LABEL = re.compile(r"(?:www\d?|m|mobile|amp)\.", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_DATE = re.compile(r"(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)\Z")


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

    "" where the last part of the path has no number of five digits or more, or only a date.
    """
    host, path, query = _parts(url)
    if not host or query:
        return ""
    folder, _, name = path.rpartition("/")
    numbers = [number for number in _NUMBER.findall(name) if not _DATE.match(number)]
    return f"{host}{folder}/{numbers[-1]}" if numbers else ""


def folder_of(url: str) -> str:
    """Return host and folder of an address: what stays when the slug follows the headline."""
    host, path, query = _parts(url)
    folder, _, name = path.rpartition("/")
    return f"{host}{folder}" if host and name and not query else ""


def _parts(url: str) -> tuple[str, str, str]:
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
