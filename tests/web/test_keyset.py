from datetime import UTC, datetime

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from web.keyset import Cursor


@given(
    st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(9999, 1, 1)),  # noqa: DTZ001 - made aware below
    st.integers(min_value=0, max_value=10**18 - 1),
)
def test_a_cursor_is_read_as_it_was_written(at, pk):
    cursor = Cursor(at.replace(tzinfo=UTC), pk)

    assert Cursor.read(str(cursor)) == cursor


@pytest.mark.parametrize(
    "text", ["", "-", "1", "1-", "-1", "1-2-3", "9" * 18 + "-1", "٣-٣", "1-\0"]
)
def test_what_is_no_cursor_is_not_found(text):
    with pytest.raises(Http404):
        Cursor.read(text)
