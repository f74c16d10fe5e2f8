"""Feeds: RSS, Atom, RDF, CDF and JSON Feed. To readers they are one platform."""

from wires.platforms.platform import Platform

PLATFORM = Platform(
    code="rss",
    label="Feed",
    formats=("jsonfeed",),
    adapter="wires.platforms.rss.adapter",
    ids_are_stable=False,
)
