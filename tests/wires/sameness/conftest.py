"""The cases that came out wrong when they were first read; each leaves the list when it is right."""

import pytest

WRONG = ("test_two_posts_pasted_by_ids_of_one_chain_become_one",)


def pytest_collection_modifyitems(items):
    for item in items:
        if item.name in WRONG:
            item.add_marker(pytest.mark.xfail(strict=True))
