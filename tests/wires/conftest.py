"""The user who looks after the wire, for its tests."""

import pytest

from tests.newsroom.factories import make_user


@pytest.fixture
def editor(db):
    """Return a user of the wire desk."""
    return make_user(group="Wire desk")
