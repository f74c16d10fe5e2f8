from datetime import UTC, datetime, timedelta

import pytest

from articles.vetting.piece import Context
from articles.vetting.rules import date_differs
from tests.articles.vetting.factories import NOW, POSTED, make_feed_source_ref, make_piece


def asked(body, *posts, language="en", posted_at=POSTED):
    """Return what is asked about a body that cites posts r1, r2 …"""
    sources = [
        make_feed_source_ref(key=f"r{n}", text=text, posted_at=posted_at)
        for n, text in enumerate(posts, 1)
    ]
    piece = make_piece(body=body, language=language, sources=sources)
    return list(date_differs.RULE.find(piece, Context(now=NOW)))


def words_of(body, findings):
    return [body[found.start : found.end] for found in findings]


@pytest.mark.parametrize(
    ("body", "post", "words"),
    [
        ("The mill burned down on Monday [@r1].", "Mill burned down on Saturday.", "Monday"),
        ("The mill burned down Monday night [@r1].", "Mill burned down Saturday night.", "Monday"),
        ("On Monday the mill burned down [@r1].", "On Saturday the mill burned down.", "Monday"),
        ("Monday's fire levelled the mill [@r1].", "Saturday's fire levelled the mill.", "Monday"),
        ("The mill burned down on Monday [@r1].", "The mill burned down yesterday.", "Monday"),
        ("The mill burned down on Monday [@r1].", "Mill burned down on 20 June.", "Monday"),
        ("The mill reopens on Monday [@r1].", "Mill reopens tomorrow, owner says.", "Monday"),
        ("The mill was sold in March [@r1].", "Mill was sold in April.", "March"),
        ("The mill was sold in March [@r1].", "Mill was sold on 3 April.", "March"),
        ("The mill was built in 1981 [@r1].", "The mill, built in 1991, burned.", "1981"),
        ("The mill was sold in May 2021 [@r1].", "Mill sold in May 2020.", "May 2021"),
        ("It was the worst fire since 1996 [@r1].", "Worst fire since 2006.", "1996"),
    ],
)
def test_a_day_that_the_post_gives_otherwise_is_asked_about(body, post, words):
    findings = asked(body, post)

    assert words_of(body, findings) == [words]
    assert [found.level for found in findings] == ["query"]


@pytest.mark.parametrize(
    ("language", "body", "post", "words"),
    [
        ("de", "Die Mühle brannte am Montag ab [@r1].", "Mühle brannte am Samstag ab.", "Montag"),
        ("fr", "Le moulin a brûlé lundi [@r1].", "Le moulin a brûlé samedi.", "lundi"),
        ("es", "El molino ardió el lunes [@r1].", "El molino ardió el sábado.", "lunes"),
        ("it", "Il mulino è bruciato lunedì [@r1].", "Il mulino è bruciato sabato.", "lunedì"),
        ("pt", "O moinho ardeu em março [@r1].", "O moinho ardeu em maio.", "março"),
        ("de", "Die Mühle steht seit 1981 [@r1].", "Die Mühle steht seit 1991.", "1981"),
    ],
)
def test_a_day_is_asked_about_in_six_languages(language, body, post, words):
    assert words_of(body, asked(body, post, language=language)) == [words]


@pytest.mark.parametrize(
    ("body", "post", "words"),
    [
        # Nothing that the post says, and neither its day nor the one before.
        ("The mill burned down on Monday [@r1].", "The mill burned down, nobody hurt.", "Monday"),
        ("The mill reopens on Monday [@r1].", "The mill will reopen, its owner says.", "Monday"),
        ("The mill burned down on Monday [@r1].", "The owner speaks on Saturday.", "Monday"),
        # What only looks like a day.
        ("The mill burned down on Friday [@r1].", "Mill burned: loss of 1.9 million.", "Friday"),
        ("The mill burned down on Saturday [@r1].", "Mill burned down, says Sam Orle.", "Saturday"),
        ("The mill burned down on Monday [@r1].", "Mill burns after 11 days of heat.", "Monday"),
        (
            "The mill was sold in August [@r1].",
            "Mill, 3% dearer than a week ago, sold in May.",
            "August",
        ),
        # The post names another month or year, if of something else.
        (
            "The mill was sold in March [@r1].",
            "The bridge opens in April; the mill was sold.",
            "March",
        ),
        ("The mill stood idle from May to July [@r1].", "Mill idle May-August.", "July"),
        ("It lost half of its value in all of 2022 [@r1].", "Value halved in 2021.", "2022"),
        ("It lost money between 2016 and 2019 [@r1].", "Losses 2016-18.", "2019"),
    ],
)
def test_a_day_that_no_cited_post_can_mean_is_asked_about(body, post, words):
    findings = asked(body, post)

    assert words_of(body, findings) == [words]
    assert [found.level for found in findings] == ["query"]


@pytest.mark.parametrize(
    ("body", "post"),
    [
        ("Five were missing on Monday [@r1].", "5 missing. Divers go down again Monday 29 June."),
        ("The mill burned down on Monday [@r1].", "Mill burned. Inquiry opens on 29 June."),
        ("On Monday the mill fell silent [@r1].", "Mill silent; work resumes Mon, June 29."),
        ("The owner told staff on Monday [@r1].", "Owner told staff. Talks: Monday, 29 June 2026."),
    ],
)
def test_a_day_told_as_past_that_the_post_has_only_ahead_is_asked_about(body, post):
    (found,) = asked(body, post)

    assert (body[found.start : found.end], found.level) == ("Monday", "query")
    assert "only as a day to come" in found.message


@pytest.mark.parametrize(
    ("body", "post"),
    [
        ("Divers go down again on Monday [@r1].", "Divers go down again Monday 29 June."),
        ("Divers were to return on Monday [@r1].", "Divers return Monday 29 June."),
        ("The inquiry was set for Monday [@r1].", "Inquiry opens on 29 June."),
        ("Talks were scheduled on Monday [@r1].", "Talks on Monday 29 June."),
        ("Five were missing on Monday [@r1].", "5 missing on Mon 22 June. Divers: Mon 29 June."),
        ("Five were missing on Monday [@r1].", "5 missing Monday. Divers go down Monday 29 June."),
        ("Five were missing on Wednesday [@r1].", "5 missing. Divers: Wednesday 1 July."),
    ],
)
def test_a_day_ahead_that_may_be_another_is_not_asked_about(body, post):
    assert asked(body, post) == []


def test_a_day_ahead_in_one_post_may_be_past_in_another():
    body = "Five were missing on Monday [@r1; @r2]."

    assert asked(body, "Divers go down on 29 June.", "Five missing on Monday.") == []


def test_a_day_that_no_post_says_is_told_with_the_day_of_the_post():
    (found,) = asked("The mill burned down on Monday [@r1].", "The mill burned down.")

    assert "r1, of 25 June 2026" in found.message
    assert found.evidence["given"] == ""


def test_a_day_may_be_that_of_either_cited_post():
    posts = ("The mill burned down.", "The mill burned down, nobody hurt.")

    assert asked("The mill burned down on Thursday [@r1; @r2].", *posts) == []
    assert len(asked("The mill burned down on Monday [@r1; @r2].", *posts)) == 1


def test_a_post_of_unknown_time_leaves_the_day_open():
    body, post = "The mill burned down on Monday [@r1].", "The mill burned down."

    assert asked(body, post, posted_at=None) == []


def test_a_finding_names_both_days_and_the_post():
    (found,) = asked("The mill burned down on Monday [@r1].", "Mill burned down on Saturday.")

    assert found.evidence == {
        "said": "Monday",
        "given": "Saturday",
        "key": "r1",
        "sentence": "The mill burned down on Monday.",
    }


@pytest.mark.parametrize(
    ("body", "post"),
    [
        # The post has that day too, in any of its ways.
        ("The mill burned down on Monday [@r1].", "Mill burned down Sat. or Mon., owner unsure."),
        ("The mill burned down on Monday [@r1].", "Mill burned down on 22 June."),
        ("The mill burned down on Monday [@r1].", "Le moulin a brûlé lundi."),
        ("The mill burned down on Wednesday [@r1].", "The mill burned down yesterday."),
        ("The mill burned down on Tuesday [@r1].", "The mill burned down yesterday."),
        ("The mill was sold in March [@r1].", "The mill was sold on 3.3.2026."),
        ("The mill was sold in 2024 [@r1].", "Sold '24, built 1991"),
        ("The mill was sold in 2024 [@r1].", "Mill was sold in the 2024/25 season; built in 1991."),
        ("The mill ran in 1993 [@r1].", "The mill ran in the 1990s and in 2006."),
        # It says a day that nobody can count, or its own day or the one before will do.
        ("The mill burned down on Thursday [@r1].", "The mill burned down, and nobody was hurt."),
        ("The mill burned down on Wednesday [@r1].", "The mill burned down, and nobody was hurt."),
        ("The mill burned down on Monday [@r1].", "Mill, a week ago still at work, is gone."),
        ("The mill burned down on Sunday [@r1].", "The mill burned down at the weekend."),
        ("The mill was sold in May [@r1].", "Mill, bought in April, was sold weeks ago."),
        ("The mill was sold in March [@r1].", "The mill was sold."),
        ("The mill was built in 1981 [@r1].", "The mill, a listed building, burned down."),
        ("The mill burned down on Monday [@r1].", "Mill burned down three days ago."),
        ("The mill was sold in March [@r1].", "Mill was sold three months ago, not in May."),
        ("The mill was sold in 2019 [@r1].", "Mill, sold seven years ago, was built in 1991."),
        # It is the day, month or year of the post itself.
        ("The mill is to close, the owner said on Thursday [@r1].", "Mill to close on Monday."),
        ("The owner said Thursday the mill closes Monday [@r1].", "Owner: mill closes Monday."),
        ("The mill was sold in June [@r1].", "Mill was sold, six weeks of talks began in May."),
        ("The mill was sold in 2026 [@r1].", "Mill was sold, 20 years after its sale in 2006."),
        # It is no day, but a name.
        ("Thousands came for Friday prayers [@r1].", "Thousands came for prayers on Saturday."),
        ("Shops fear Black Friday [@r1].", "Shops fear the worst on Saturday."),
        ("The Sunday Ledger saw the mill burn [@r1].", "The Ledger saw the mill burn on Saturday."),
        ("Sheffield Wednesday won the cup [@r1].", "The team won the cup on Saturday."),
        ("He saw Man Friday at the mill [@r1].", "He saw the play at the mill on Saturday."),
        ("Joel Friday left the mill [@r1].", "Joel left the mill on Saturday."),
        ("The mill opens on Mondays [@r1].", "The mill opens on Saturdays."),
        ("The mill opens every Monday [@r1].", "The mill opens every Saturday."),
        ("April Hale runs the mill [@r1].", "Hale runs the mill since May."),
        ("The mill may march on [@r1].", "The mill goes on in April."),
        ("The mill hired 1981 people [@r1].", "The mill hired people in 1991."),
        ("The mill burned in 1900 homes [@r1].", "The mill burned in 1991."),
        # Around midnight and between zones a day is its neighbour too.
        ("The mill burned down late on Friday [@r1].", "Mill burned down on Saturday, 00:10."),
        ("The mill burned down on Friday local time [@r1].", "Mill burned down on Saturday."),
        ("The mill burned down on Friday [@r1].", "Mill burned down at midnight on Saturday."),
        # What a speaker says of days is his.
        ("“The mill burned down on Monday,” he said [@r1].", "Mill burned down on Saturday."),
        # A voice of the paper's own.
        ("[The mill burned down on Monday.]{.own}", "Mill burned down on Saturday."),
        ("[The mill burned down on Monday.]{.background}", "Mill burned down on Saturday."),
        # The post may name it in a language that is not read.
        ("The mill burned down on Monday [@r1].", "Мельница сгорела в субботу."),
    ],
)
def test_a_day_that_may_be_right_is_not_asked_about(body, post):
    assert asked(body, post) == []


def test_a_day_of_one_of_two_cited_posts_is_not_asked_about():
    posts = ("Mill burned down on Saturday.", "The mill burned down on Monday.")

    assert asked("The mill burned down on Monday [@r1; @r2].", *posts) == []


def test_yesterday_of_a_post_of_unknown_time_is_any_day():
    body, post = "The mill burned down on Monday [@r1].", "The mill burned down yesterday."

    assert asked(body, post, posted_at=None) == []


def test_this_year_of_a_post_of_unknown_time_is_any_year():
    body, post = "The mill won in 2019 [@r1].", "The mill won this year, as it won in 2018."

    assert asked(body, post, posted_at=None) == []


@pytest.mark.parametrize("hour", range(24))
def test_yesterday_may_be_that_of_any_zone(hour):
    posted_at = datetime(2026, 6, 25, hour, tzinfo=UTC)
    zones = (posted_at + timedelta(hours=away, days=-1) for away in range(-12, 15))
    days = {f"{day:%A}" for day in zones}

    assert len(days) >= 2
    for day in days:
        body = f"The mill burned down on {day} [@r1]."
        assert asked(body, "The mill burned down yesterday.", posted_at=posted_at) == []


def test_an_article_in_a_language_that_is_not_read_is_not_asked_about():
    body = "The mill burned down on Monday [@r1]."

    assert asked(body, "Mill burned down on Saturday.", language="nl") == []


def test_thousands_of_days_are_compared_in_linear_time():
    body = "The mill burned on Monday " * 4_000 + "[@r1]."
    post = "The mill was lost on Saturday " * 4_000

    assert len(asked(body, post)) <= 4_000
