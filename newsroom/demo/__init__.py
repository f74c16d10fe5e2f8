"""The demo edition: a complete site about invented places, to look at and throw away.

edition.toml names sections, topics, bylines, pictures, outlets and channels; posts/, articles/
and pages/ hold what they wrote, quotes.toml what the markets are to have done. Everything happens a number of minutes before the edition is loaded, so that it is fresh
whenever that is.
"""

from newsroom.demo.loading import Clash, Loaded, load
from newsroom.demo.removal import Removed, remove

__all__ = ["Clash", "Loaded", "Removed", "load", "remove"]
