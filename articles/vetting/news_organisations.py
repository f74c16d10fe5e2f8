"""The bundled directory of news organisations: who they are, by name and by site.

It knows outlets that no archive has met. Where the archive has an outlet of a name, that one is
meant: this directory only adds to it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlsplit

from articles.vetting.lexicon.news_organisations import TABLE
from articles.vetting.plain import Plain

_STATE = "state "
_PARTED = re.compile(r"\s[-–—|:·]\s|:\s")


class Kind(StrEnum):
    """What it makes. A fact-checker may also be one that works from open sources."""

    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    DIGITAL = "digital"
    FACT_CHECKER = "fact-checker"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsOrganisation:
    """A news organisation and the forms by which sentences name it.

    ambiguous are those of its names that are a word, a person, a place or another outlet too. It
    is_state where the government directs the newsroom. country is an ISO 3166 code, languages
    are BCP 47, sites are domains.
    """

    name: str
    short_forms: tuple[str, ...]
    ambiguous: frozenset[str]
    kind: Kind
    is_state: bool
    country: str
    languages: tuple[str, ...]
    sites: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.short_forms)


def news_organisation(name: str) -> NewsOrganisation | None:
    """Return the organisation of that name or short form, ambiguous or not.

    Case, width, what cannot be seen and "the" make no difference.
    """
    return _BY_NAME.get(_folded(name))


# The same few names come with every piece.
@lru_cache(maxsize=4096)
def find_in_name(outlet: str) -> NewsOrganisation | None:
    """Return the organisation that an outlet is or belongs to by its name.

    As Reuters World does, and "World – TIME", which is how feeds call themselves.
    """
    for part in (outlet, *_PARTED.split(outlet)):
        if found := news_organisation(part):
            return found
    words = _folded(outlet).split(" ")
    for end in range(len(words) - 1, 0, -1):
        start = " ".join(words[:end])
        found = _BY_NAME.get(start)
        if found and start not in map(_key, found.ambiguous):
            return found
    return None


def find_by_site(site: str) -> NewsOrganisation | None:
    """Return the organisation that publishes on a host, or at an address on it."""
    try:
        host = urlsplit(site if "//" in site else f"//{site}").hostname or ""
    except ValueError:
        return None
    labels = host.rstrip(".").split(".")
    for start in range(len(labels) - 1):
        if found := _BY_SITE.get(".".join(labels[start:])):
            return found
    return None


def all_names() -> Iterator[tuple[str, NewsOrganisation]]:
    """Yield each name that means its organisation wherever it stands, as it is written."""
    for organisation in NEWS_ORGANISATIONS:
        for name in organisation.names:
            if name not in organisation.ambiguous:
                yield name, organisation


def _folded(name: str) -> str:
    return _key(Plain.of(name).text.strip())


def _key(name: str) -> str:
    """Return what names are looked up by; those of the table look as they are written."""
    return name.casefold().removeprefix("the ")


def _organisation(line: str) -> NewsOrganisation:
    first, others, kind, country, languages, sites = (cell.strip() for cell in line.split("|"))
    written = [first, *others.split(", ")] if others else [first]
    name, *short_forms = (form.removesuffix("*") for form in written)
    return NewsOrganisation(
        name=name,
        short_forms=tuple(short_forms),
        ambiguous=frozenset(form.removesuffix("*") for form in written if form.endswith("*")),
        kind=Kind(kind.removeprefix(_STATE)),
        is_state=kind.startswith(_STATE),
        country=country,
        languages=tuple(languages.split()),
        sites=tuple(sites.split()),
    )


# Read once, when the process starts: no piece waits for it.
NEWS_ORGANISATIONS = tuple(
    _organisation(line) for line in TABLE.splitlines() if line and not line.startswith("#")
)
_BY_NAME: Mapping[str, NewsOrganisation] = {
    _key(name): each for each in NEWS_ORGANISATIONS for name in each.names
}
_BY_SITE: Mapping[str, NewsOrganisation] = {
    site: each for each in NEWS_ORGANISATIONS for site in each.sites
}
