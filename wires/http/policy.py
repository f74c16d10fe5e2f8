"""Which addresses may be asked, and where their names may lead."""

import ipaddress
import re
import socket
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from wires.http.faults import FaultKind, FetchError, fault, shown

type IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}
_LONGEST_URL = 4_096
# A feed and the pages that show it have many addresses of few hosts: a host that passed is kept.
_HOSTS = 2_000

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_NAME = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.?"
)
# The last label of a name is never a number: such a host is an address in some spelling.
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?")
# Names that mean this machine or its network wherever they are asked (RFC 6761, 6762, 8375).
_HERE = re.compile(
    r"(?:.*\.)?(?:localhost|localhost6|localdomain|local|internal|home\.arpa)\.?"
    r"|ip6-(?:localhost|loopback)\.?"
)

# Names that no resolver of the public internet answers (RFC 6761, 7686, 9476), and those that
# offices give their own networks.
_NOWHERE = re.compile(r".*\.(?:onion|alt|invalid|test|lan|home|corp|intranet|private)")
# Controls, marks that turn or hide text, separators, halves of pairs, and what is no character.
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})


@dataclass(frozen=True, slots=True)
class Target:
    """An address that passed: what is asked, and whether its host is trusted."""

    url: str
    host: str
    port: int
    is_trusted: bool


def check(url: str, *, trusted_hosts: Collection[str] = ()) -> Target:
    """Check whether an address may be fetched at all, before any name is looked up.

    Trusted hosts are ``host:port`` to the letter; nothing but the scheme is asked of them.
    Raises FetchError: bad_url or ssrf.
    """
    if len(url) > _LONGEST_URL or _UNSAFE.search(url):
        raise _bad(
            _host_or_text(url), "is too long, or has spaces or characters that are not allowed"
        )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _bad(_host_or_text(url), "is not a web address") from error
    if parts.scheme not in PORTS:
        raise _bad(host or url, "does not begin with http:// or https://")
    if not host or "@" in parts.netloc:
        raise _bad(host or url, "has no host, or includes a user name or password")
    if port is None:
        port = PORTS[parts.scheme]
    whole = parts._replace(fragment="").geturl()
    if trusted_hosts and _netloc(host, port) in _in_lower_case(frozenset(trusted_hosts)):
        return Target(url=whole, host=host, port=port, is_trusted=True)
    _check_host(host)
    if port not in PORTS.values():
        raise _bad(host, f"uses port {port}, and only 80 and 443 are allowed")
    return Target(url=whole, host=host, port=port, is_trusted=False)


# One setting, asked for each address: an intranet may have thousands of hosts.
@lru_cache(maxsize=2)
def _in_lower_case(hosts: frozenset[str]) -> frozenset[str]:
    return frozenset(map(str.lower, hosts))


def check_named(url: str, *, trusted_hosts: Collection[str] = ()) -> Target:
    """Check whether people may store an address and be shown it as a link.

    As `check`, and it has to lead to a public name: no IP address, not even a public one, no
    name of a local network. The target's url keeps the fragment; its host is in ASCII, so that
    one in look-alike letters reads as xn--… and not as the name that it imitates. A name given
    in ASCII is not looked at again, so xn--… that decodes to nothing stays as it is.
    Raises FetchError: bad_url or ssrf.
    """
    target = check(url, trusted_hosts=trusted_hosts)
    if target.is_trusted:
        return replace(target, url=url)
    if not url.isascii() and any(unicodedata.category(each) in _UNSEEN for each in url):
        raise _bad(target.host, "has characters that cannot be seen")
    host = _public_name(target.host)
    parts = urlsplit(url)
    # A default port that was spelled out says nothing; any other was refused.
    return Target(
        url=parts._replace(netloc=host).geturl(), host=host, port=target.port, is_trusted=False
    )


@lru_cache(maxsize=_HOSTS)
def _public_name(host: str) -> str:
    """Return a host in ASCII. Raises FetchError for one that is not on the public internet."""
    name = _in_ascii(host).removesuffix(".")
    # Other letters can spell what check() refuses: digits and stops of full width, for one.
    _check_host(name)
    if ":" in name or _NUMERIC.fullmatch(name):
        raise _bad(name, "has a number for a host, where only names are allowed")
    if "." not in name or _NOWHERE.fullmatch(name):
        raise _bad(name, "is not on the public internet")
    return name


def _in_ascii(host: str) -> str:
    if host.isascii():
        return host
    # Its tables take a while to load, and hardly any host needs them.
    import idna

    try:
        return idna.encode(host, uts46=True).decode()
    except UnicodeError as error:
        raise _bad(host, "has a host name that is not valid") from error


@lru_cache(maxsize=_HOSTS)
def _check_host(host: str) -> None:
    if ":" in host:
        _check_literal(host)
    elif _HERE.fullmatch(host):
        raise fault(FaultKind.SSRF, host)
    elif _NUMERIC.fullmatch(host):
        # Decimal, octal, hexadecimal and short forms are refused unread: no feed has one.
        _check_literal(host)
    elif host.isascii() and not _NAME.fullmatch(host):
        raise _bad(host, "has a host name that is not valid")


def _check_literal(host: str) -> None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError as error:
        raise fault(FaultKind.SSRF, host) from error
    if not is_public(address):
        raise fault(FaultKind.SSRF, host)


def check_addresses(host: str, port: int) -> None:
    """Look a name up, and refuse it if any of its addresses is private: it may answer by turns.

    Raises FetchError: dns, ssrf, bad_url.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise fault(FaultKind.DNS, host) from error
    except UnicodeError as error:
        raise _bad(host, "has a host name that is not valid") from error
    addresses = [ipaddress.ip_address(place[0]) for *_, place in found]
    if not addresses:
        raise fault(FaultKind.DNS, host)
    if not all(is_public(address) for address in addresses):
        raise fault(FaultKind.SSRF, host)


def is_public(address: IPAddress) -> bool:
    """Return whether an address is on the public internet, in every form it can take."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _netloc(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _host_or_text(url: str) -> str:
    found = re.match(r"[A-Za-z]+://([^/?#]*)", url)
    return found[1] if found else url


def _bad(host: str, why: str) -> FetchError:
    return FetchError(FaultKind.BAD_URL, f"the address {shown(host)} {why}: correct it")
