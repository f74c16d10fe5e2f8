"""Each row lock has a test that fails without it."""

import ast

from tests.packages import PACKAGES, ROOT

ACCOUNTS = "tests/accounts/test_locks.py"
ARTICLES = "tests/articles/test_locks.py"
ARCHIVE = "tests/articles/archive/test_run_locks.py"
MARKETS = "tests/markets/test_locks.py"
WIRES = "tests/wires/test_locks.py"

# (file, function) → the tests of its locks, in the order of the locks.
TESTED_BY = {
    ("accounts/resets.py", "send_link"): [
        (ACCOUNTS, "test_two_links_asked_for_at_once_count_each_other"),
    ],
    ("accounts/second_factor.py", "check"): [
        (ACCOUNTS, "test_one_code_sent_twice_at_once_opens_one_session"),
    ],
    ("accounts/second_factor.py", "set_up"): [
        (ACCOUNTS, "test_an_app_that_is_set_up_twice_at_once_is_set_up_once"),
    ],
    ("accounts/rights.py", "lock_roles"): [
        (ACCOUNTS, "test_two_administrators_at_once_do_not_give_one_person_both_rights"),
    ],
    ("articles/archive/runs.py", "claim"): [
        (ARCHIVE, "test_articles_that_another_worker_is_claiming_are_not_handed_out_again"),
        (ARCHIVE, "test_a_batch_that_its_late_worker_is_ending_is_not_claimed_again"),
    ],
    ("articles/erasure/posts.py", "_lock"): [
        (ARTICLES, "test_an_erasure_of_a_post_waits_for_a_publication_that_has_begun"),
    ],
    ("articles/erasure/versions.py", "erase_version"): [
        (ARTICLES, "test_an_article_whose_update_is_under_way_is_not_withdrawn_by_an_erasure"),
    ],
    ("articles/forms/writing.py", "_is_fresh"): [
        (ARTICLES, "test_an_article_that_another_is_saving_is_not_overwritten"),
    ],
    ("articles/page_parts/storing.py", "renew"): [
        (ARTICLES, "test_parts_are_not_stored_beside_an_erasure_that_has_begun"),
    ],
    ("articles/preview_links.py", "make_link"): [
        (ARTICLES, "test_a_preview_link_beside_an_erasure_shows_nothing_that_it_erased"),
    ],
    ("articles/publishing/clearing.py", "_answer"): [
        (ARTICLES, "test_two_who_override_the_holds_of_a_request_at_once_answer_it"),
    ],
    ("articles/publishing/counterparts.py", "lock_group"): [
        (ARTICLES, "test_of_two_translations_into_one_language_published_at_once_one_is_refused"),
    ],
    ("articles/publishing/releasing.py", "locked_article"): [
        (ARTICLES, "test_an_article_that_is_being_published_is_not_published_twice"),
    ],
    ("markets/admin/instruments.py", "_move"): [
        (MARKETS, "test_two_who_move_instruments_at_once_move_both"),
    ],
    ("markets/ingest/hand.py", "accept"): [
        (MARKETS, "test_a_poll_beside_an_acceptance_is_measured_by_the_accepted_quote"),
    ],
    ("markets/ingest/hand.py", "correct"): [
        (MARKETS, "test_a_poll_beside_a_correction_by_hand_does_not_replace_it"),
    ],
    ("articles/search/rows.py", "rebuild"): [
        (ARTICLES, "test_a_rebuilding_beside_a_correction_leaves_its_words_in_the_index"),
    ],
    ("markets/ingest/store.py", "store"): [
        (MARKETS, "test_a_poll_beside_a_correction_by_hand_does_not_replace_it"),
    ],
    ("markets/schedule.py", "claim"): [
        (MARKETS, "test_a_provider_that_another_is_claiming_is_not_claimed"),
    ],
    ("wires/ingest/confirming.py", "_change"): [
        (WIRES, "test_a_confirmation_beside_new_words_by_hand_does_not_forget_them"),
    ],
    ("wires/ingest/writing.py", "write"): [
        (WIRES, "test_a_reading_beside_another_finds_the_posts_that_the_other_stored"),
    ],
    ("wires/models/polled.py", "_lock_held"): [
        (WIRES, "test_a_lease_is_renewed_beside_an_editor_without_waiting"),
    ],
    ("wires/pruning/captures.py", "_empty"): [
        (WIRES, "test_a_body_that_an_erasure_is_emptying_is_left_to_it"),
    ],
    ("wires/pruning/posts.py", "_delete"): [
        (WIRES, "test_a_reading_beside_a_pruning_finds_the_post_pruned"),
        (WIRES, "test_a_post_that_an_editor_is_writing_is_not_pruned"),
    ],
    ("wires/retention.py", "lock_words"): [
        (WIRES, "test_an_erasure_beside_a_reading_empties_the_version_that_it_stored"),
        (ARTICLES, "test_an_erasure_beside_a_publication_empties_what_it_froze"),
    ],
    ("wires/retention.py", "keep_from_erasure"): [
        (ARTICLES, "test_a_publication_beside_an_erasure_freezes_nothing_that_it_erased"),
    ],
    ("wires/schedule/claims.py", "_lock"): [
        (WIRES, "test_a_channel_that_an_editor_is_pausing_is_not_claimed"),
    ],
    ("wires/schedule/domains.py", "lock_domains"): [
        (WIRES, "test_a_domain_that_another_is_leasing_is_not_claimed"),
    ],
    ("wires/search/rows.py", "rebuild"): [
        (WIRES, "test_a_rebuilding_beside_an_edit_leaves_the_words_of_the_edit_in_the_index"),
    ],
}


def functions(path):
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def locks_in(function):
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return sum(getattr(call.func, "attr", "") == "select_for_update" for call in calls)


def test_each_row_lock_has_its_test():
    found = {
        (str(path.relative_to(ROOT)), function.name): locks
        for folder in PACKAGES
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
        for function in functions(path)
        if (locks := locks_in(function))
    }

    assert found == {place: len(tests) for place, tests in TESTED_BY.items()}


def test_each_test_of_a_row_lock_is_there():
    missing = [
        f"{path}::{name}"
        for tests in TESTED_BY.values()
        for path, name in tests
        if name not in {function.name for function in functions(ROOT / path)}
    ]

    assert missing == []
