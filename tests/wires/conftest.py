"""The user who looks after the wire, and the internet, for its tests."""

import pytest

from tests.newsroom.factories import make_user
from tests.wires.http_servers import Internet


@pytest.fixture
def editor(db):
    """Return a user of the wire desk."""
    return make_user(group="Wire desk")


@pytest.fixture
def internet(monkeypatch):
    """Return host names and public addresses that lead to loopback."""
    return Internet(monkeypatch)
