"""Who looks after the wire, for its tests."""

import pytest

from tests.factories import make_user


@pytest.fixture
def editor(db):
    """Someone of the wire desk."""
    return make_user(group="Wire desk")
