"""Times of day: how they are read, which moment they mean, and the checks on them."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from articles.vetting import Level, OutletName, check, times
from tests.articles.vetting.factories import (
    NOW,
    POSTED,
    make_piece,
    make_second_source_ref,
    make_source_ref,
)
from wires.platforms.x.clock import x_id_at

CODES = {"stated-time", "future-time", "source-id-time"}


def moment(text, near=POSTED):
    (stated,) = times.read_times(text)
    return stated.moments(near=near)[0]


@pytest.mark.parametrize(
    "text",
    [
        "02:40 UTC on 25 June 2026",
        "2:40 a.m. GMT on Thursday, June 25, 2026",
        "25 June 2026, 02:40 UTC",
        "25 June 2026 at 02:40 UTC",
        "2026-06-25T02:40:00Z",
        "2026-06-25 05:40+03:00",
        "0240 GMT",
        "04.40 CEST on 25 June",
        "8:10 a.m. IST on 25 June",
        "10:40 p.m. EDT on 24 June 2026",
        "10:40 p.m. ET on 24 June 2026",
        "7:40pm Pacific time on Wednesday",
        "05:40 Moscow time on the 25th of June",
        "06:10 (Tehran time)",
        "05:40 UTC+3",
        "02:40\u00a0UTC on 25\u00a0June\u00a02026",
        "11:40 Korean time on 25 June",
        "11:40 Japan time",
        "05:40 Kyiv time",
        "05:40 Ukrainian time on 25 June 2026",
        "04:40 Central European Summer Time",
        "3:40 a.m. British Summer Time",
        "10:40 p.m. Eastern Daylight Time on 24 June",
        "05:40 GMT+3",
        "05:40 UTC plus 3",
        "0240 Zulu",
        "02:40 hrs GMT",
    ],
)
def test_a_time_is_read_in_many_wordings(text):
    assert moment(f"It was {text}, they say.") == POSTED


@pytest.mark.parametrize(
    "text",
    ["02:40", "11:10 local time", "at 2:40 on 25 June", "5 UTC", "25:10 UTC", "02:61 UTC", "13 p.m. GMT", "1,240 GMT", "A320 ET", "3:2 CET"],
)  # fmt: skip
def test_text_without_a_zone_or_a_time_is_skipped(text):
    assert list(times.read_times(text)) == []


@given(
    st.datetimes(NOW.replace(tzinfo=None, year=1990), NOW.replace(tzinfo=None, year=2080)),
    st.integers(min_value=-11, max_value=14),
)
def test_a_time_written_in_any_zone_is_read_back(naive, hours):
    instant = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    local = instant.astimezone(timezone(timedelta(hours=hours)))
    text = f"at {local:%H:%M} UTC{hours:+d} on {local.day} {local:%B %Y}."

    assert moment(text, near=NOW) == instant


@given(
    st.datetimes(NOW.replace(tzinfo=None, year=2015), NOW.replace(tzinfo=None, year=2035)),
    st.sampled_from(["Kyiv", "British", "New York", "Chicago", "Sydney", "Korean", "Cairo"]),
)
def test_a_time_written_around_a_clock_change_is_read_back(naive, place):
    instant = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    zone = ZoneInfo(
        {"Kyiv": "Europe/Kyiv", "British": "Europe/London", "New York": "America/New_York",
         "Chicago": "America/Chicago", "Sydney": "Australia/Sydney", "Korean": "Asia/Seoul",
         "Cairo": "Africa/Cairo"}[place]
    )  # fmt: skip
    local = instant.astimezone(zone)
    # In the hour that is repeated when clocks go back, the first one is meant.
    assume(not local.fold)

    assert (
        moment(f"at {local:%H:%M} {place} time on {local.day} {local:%B %Y}.", near=instant)
        == instant
    )


def test_noon_midnight_and_24_00_are_read_with_their_day():
    noon = datetime(2026, 6, 25, 12, tzinfo=UTC)

    assert moment("at noon GMT on 25 June 2026") == noon
    assert moment("at 24:00 GMT on 25 June 2026") == noon + timedelta(hours=12)
    assert moment("at midnight GMT on 25 June 2026") == noon - timedelta(hours=12)


STATED = ["at", "12:40", "24:00", "noon", "3 p.m.", "UTC", "GMT+14", "Kyiv time", "on 25 June 2026"]


# Arbitrary text alone states no time, and the loop would see nothing.
@given(st.lists(st.sampled_from(STATED) | st.text(max_size=4), max_size=9).map(" ".join))
@example("at 12:40 UTC on 25 June 2026")
def test_any_text_is_searched_for_times_without_an_error(text):
    for stated in times.read_times(text):
        assert text[stated.start : stated.end] == stated.text
        stated.moments(near=NOW)


# The checks


def found(body, *sources, **changes):
    sources = sources or (
        make_source_ref(),
        make_second_source_ref(posted_at=POSTED + timedelta(hours=3)),
    )
    piece = make_piece(body=body, sources=sources, **changes)
    findings = check(
        piece, now=NOW, outlet_directory=[OutletName(name="Harbour Wire", aliases=("HW",))]
    )
    return [finding for finding in findings if finding.code in CODES]


def codes(*arguments, **more):
    return [finding.code for finding in found(*arguments, **more)]


@pytest.mark.parametrize(
    "body",
    [
        "Harbour Wire at {} said ships wait [@r1].",
        "Harbour Wire reported at {} that ships wait [@r1].",
        "Harbour Wire on X, {}: ships wait [@r1].",
        "Ships wait (Harbour Wire, {}) [@r1].",
        "At {}, Harbour Wire reported that ships wait [@r1].",
        "At {} Harbour Wire said ships wait [@r1].",
        "Harbour Wire quoted him as saying, in Persian, at {} [@r1].",
        "Ships wait, said a post at {} [@r1].",
        "It was first reported at {} by Harbour Wire [@r1].",
        "HW's {} alert said ships wait [@r1].",
        "Ships wait, Harbour Wire said in a post at {} [@r1].",
        "Harbour Wire followed at {} [@r1].",
        "Harbour Wire confirmed it at {} [@r1].",
        "Harbour Wire broke the news at {} [@r1].",
        "Harbour Wire was first with the story at {} [@r1].",
        "Harbour Wire sent its first alert at {} [@r1].",
    ],
)
def test_a_stated_time_must_match_the_post(body):
    wrong = body.format("01:40 UTC on 25 June 2026")

    (finding,) = found(wrong)

    assert codes(body.format("02:40 UTC on 25 June 2026")) == []
    assert codes(body.format("05:40 Moscow time on 25 June 2026")) == []
    assert (finding.code, finding.level) == ("stated-time", Level.HOLD)
    assert "01:40" in wrong[finding.start : finding.end]


@pytest.mark.parametrize(
    "body",
    [
        "The blast came at 01:40 UTC on 25 June 2026, Harbour Wire reported [@r1].",
        "Harbour Wire reported a blast at 01:40 UTC on 25 June 2026 [@r1].",
        "Harbour Wire said the truce began at 01:40 UTC [@r1].",
        "The port opens at 06:00 UTC on 27 June 2026, according to Harbour Wire [@r1].",
        "Harbour Wire confirmed the closure at 01:40 UTC on 25 June 2026 [@r1].",
    ],
)
def test_the_time_of_an_event_need_not_match_the_post(body):
    assert codes(body) == []


def test_a_time_in_two_zones_must_agree():
    right = "Harbour Wire, at 11:40 Korean time (02:40 UTC), said ships wait [@r1]."
    wrong = "Harbour Wire, at 11:40 Korean time (03:40 UTC), said ships wait [@r1]."
    event = "The gate fell at 11:40 Korean time ({} UTC) [@r1]."

    assert codes(right) == []
    assert codes(wrong) == ["stated-time"]
    assert codes(event.format("02:40")) == []
    assert codes(event.format("03:40")) == ["stated-time"]
    assert codes("The gate fell at 11:40 Korean time (02:40 UTC) on 2 May 2026 [@r1].") == []
    assert codes("They met at 11:40 Korean time, and at 03:40 UTC again [@r1].") == []


def test_a_stated_time_is_compared_with_the_post_cited_there():
    assert codes("Meridian Press at 05:40 UTC said no pilot came [@t1].") == []
    assert codes("Meridian Press at 02:40 UTC said no pilot came [@t1].") == ["stated-time"]


def test_a_stated_time_may_be_truncated_rounded_or_approximate():
    posted = make_source_ref(posted_at=POSTED + timedelta(seconds=50))

    assert codes("Harbour Wire at 02:40 UTC said so [@r1].", posted) == []
    assert codes("Harbour Wire at 02:41 UTC said so [@r1].", posted) == []
    assert codes("Harbour Wire at 02:42 UTC said so [@r1].", posted) == ["stated-time"]
    assert codes("Harbour Wire at about 02:45 UTC said so [@r1].", posted) == []


def test_the_id_gives_the_time_of_a_post_without_one():
    untimed = make_source_ref(posted_at=None)

    (finding,) = found("Harbour Wire at 04:40 UTC on 25 June 2026 said so [@r1].", untimed)

    assert codes("Harbour Wire at 02:40 UTC on 25 June 2026 said so [@r1].", untimed) == []
    assert (finding.code, finding.field) == ("source-id-time", "body")


@pytest.mark.parametrize(
    "body",
    [
        "Harbour Wire at 14:40 UTC on 25 June 2026 said ships wait [@r1].",
        "The blast struck at 14:40 UTC on 25 June 2026 [@r1].",
        "The port was closed at 10:02 UTC on 25 June 2026 [@r1].",
        "The port was closed on 27 June 2026 [@r1].",
        "The master confirmed the order at 14:40 UTC on 25 June 2026 [@r1].",
        "The keys were handed over at 14:40 UTC on 25 June 2026 [@r1].",
        "Pilots rescued two sailors at 14:40 UTC on 25 June 2026 [@r1].",
        "At 14:40 UTC on 25 June 2026 the keys were handed over [@r1].",
        "On 27 June 2026 the old pier sank [@r1].",
    ],
)
def test_a_past_tense_with_a_future_time_is_held(body):
    assert "future-time" in codes(body)


@pytest.mark.parametrize(
    "body",
    [
        "The truce begins at 06:00 UTC on 27 June 2026 [@r1].",
        "The meeting is scheduled at 06:00 UTC on 27 June 2026 [@r1].",
        "The port will be closed on 27 June 2026 [@r1].",
        "The master confirmed the meeting at 14:40 UTC on 27 June 2026 [@r1].",
        "He ordered a ship for the crossing on 27 June 2026 [@r1].",
        "On 27 June 2026 the pier that sank is to be raised [@r1].",
        "On 27 June 2026 the agreed truce begins [@r1].",
        "On 27 June 2026 the keys are to be handed over [@r1].",
        "The court moved the trial to Monday and set the vote on 27 June 2026 [@r1].",
        "The port was to be closed on 27 June 2026 [@r1].",
        "The port was closed on 26 June 2026 [@r1].",
        "The port was closed at 10:00 UTC on 25 June 2026 [@r1].",
        "The blast struck at 14:40 UTC [@r1].",
    ],
)
def test_a_future_tense_may_have_a_future_time(body):
    assert codes(body) == []


def test_a_stated_time_may_match_an_edit_id_in_the_address():
    edit = POSTED + timedelta(minutes=20)
    url = f"https://x.com/harbourwire/status/{x_id_at(edit)}"

    assert (
        codes("Harbour Wire at 03:00 UTC said so [@r1].", make_source_ref(url=url, edits=(edit,)))
        == []
    )


@pytest.mark.parametrize("language", ["es", "fa", ""])
def test_times_in_an_unsupported_language_have_no_findings(language):
    assert codes("Harbour Wire at 01:40 UTC said so [@r1].", language=language) == []
