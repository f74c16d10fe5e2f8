"""One spelling for the addresses of one page, by rules that hold on any site (no guessing)."""

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

_TRACKING = re.compile(r"utm_.*|at_.*|fbclid|gclid|ocid|cmp", re.IGNORECASE | re.DOTALL)
_DEFAULT_PORTS = {"http": 80, "https": 443}

# Hosts that serve the same paths again for telephones or for AMP. By table only: a guess would
# make one of two pages.
_SAME_PAGES = {
    "amp.dw.com": "www.dw.com",
    "amp.france24.com": "www.france24.com",
    "amp.theguardian.com": "www.theguardian.com",
    "en.m.wikipedia.org": "en.wikipedia.org",
    "m.aljazeera.com": "www.aljazeera.com",
    "m.allafrica.com": "allafrica.com",
    "m.dw.com": "www.dw.com",
    "m.france24.com": "www.france24.com",
    "m.theguardian.com": "www.theguardian.com",
    "m.youtube.com": "www.youtube.com",
    "mobile.nytimes.com": "www.nytimes.com",
    "mobile.reuters.com": "www.reuters.com",
}

# What urlsplit drops by itself: said here, so that it happens before anything is compared.
_EDGES = "".join(map(chr, range(0x21)))
_BREAKS = re.compile(r"[\t\r\n]")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_ASCII_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


def tidy(url: str) -> str:
    """The canonical spelling of an http or https address; any other text only stripped.

    Scheme and host in lower case (names in other scripts as punycode), no default port, fragment
    or tracking parameter, escapes in upper case. Idempotent.
    """
    text = _BREAKS.sub("", url.strip(_EDGES)).strip(_EDGES)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return text
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return text
    netloc = _host(parts.hostname)
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        netloc = f"{netloc}:{port}"
    user, at, _ = parts.netloc.rpartition("@")
    return urlunsplit(
        (parts.scheme, user + at + netloc, _escaped(parts.path) or "/", _query(parts.query), "")
    )


def _host(host: str) -> str:
    host = host.lower()
    if not host.isascii():
        host = _punycode(host)
    if ":" in host:
        return f"[{host}]"
    return _SAME_PAGES.get(host, host)


def _punycode(host: str) -> str:
    # Its tables take a while to load, and hardly any host needs them.
    import idna

    try:
        return idna.encode(host, uts46=True).decode()
    except UnicodeError:
        return unicodedata.normalize("NFC", host)


def _query(query: str) -> str:
    kept = (pair for pair in query.split("&") if not _TRACKING.fullmatch(pair.partition("=")[0]))
    return _escaped("&".join(kept))


def _escaped(text: str) -> str:
    text = _ESCAPE.sub(lambda escape: escape[0].upper(), text)
    if text.isascii() and " " not in text:
        return text
    return quote(text, safe=_ASCII_PRINTABLE, errors="surrogatepass")
