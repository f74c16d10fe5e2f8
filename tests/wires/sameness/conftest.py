"""The cases that came out wrong when they were first read; each leaves the list when it is right."""

import pytest

WRONG = (
    "test_two_posts_pasted_by_ids_of_one_chain_become_one",
    "test_words_in_angle_brackets_stay_and_markup_goes[What <script> tags cost us-What <script> tags cost us]",
    "test_another_name_for_cp1251_in_the_declaration_is_known[WINDOWS-CP1251]",
    "test_a_counter_makes_no_version_and_a_number_of_the_story_does[shares and likes in one line]",
    "test_a_counter_makes_no_version_and_a_number_of_the_story_does[minutes of reading and times read]",
    "test_what_a_site_puts_around_its_words_makes_no_version[an advertisement between paragraphs]",
    "test_what_a_site_puts_around_its_words_makes_no_version[read also, in Finnish]",
    "test_what_a_site_puts_around_its_words_makes_no_version[a by-line with place and date put in front]",
    "test_whole_and_summary_are_one_and_the_longer_words_stand[summary first: the whole is kept once]",
    "test_words_that_return_within_a_day_make_no_version_unless_it_matters[a body that is taken back within the day]",
)


def pytest_collection_modifyitems(items):
    for item in items:
        if item.name in WRONG:
            item.add_marker(pytest.mark.xfail(strict=True))
