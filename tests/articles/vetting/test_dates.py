from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.vetting import check
from articles.vetting.facts.date_grammars import GRAMMARS
from articles.vetting.facts.dates import WEEKDAYS, read_dates
from articles.vetting.piece import Context
from articles.vetting.rules import impossible_date, weekday
from tests.articles.vetting.factories import NOW, make_piece, make_source_ref

# Each names the weekday, so that it can be checked; those in the second half have no year.
SHAPES = (
    "{weekday}, {d} {month} {y}",
    "{weekday} {d} {month} {y}",
    "{short} {d} {mon} {y}",
    "{short}., {mon} {d}, {y}",
    "{weekday}, {month} {d}, {y}",
    "{weekday}, {month} {d}{th}, {y}",
    "{WEEKDAY} {d} {MONTH} {y}",
    "{weekday} the {d}{th} of {month}, {y}",
    "{weekday} ({d} {month} {y})",
    "{d} {month} {y} ({weekday})",
    "{d} {month} {y}, a {weekday}",
    "{weekday}, {y}-{m:02}-{d:02}",
    "{weekday} evening, {d} {month} {y}",
    "{weekday}\u00a0{d}\u00a0{month}\u00a0{y}",
    "{weekday}, {d} {month}",
    "{weekday} {d}{th} {month}",
    "{weekday}, {month} {d}",
    "{short} {d} {mon}",
)


def said(shape, day, name=None):
    name = name or WEEKDAYS[day.weekday()]
    ordinal = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return shape.format(
        weekday=name, WEEKDAY=name.upper(), short=name[:3], d=day.day, th=ordinal, m=day.month,
        month=f"{day:%B}", MONTH=f"{day:%B}".upper(), mon=f"{day:%b}", y=day.year,
    )  # fmt: skip


def found_in(text, *, now=NOW, published_at=None, language="en", field="headline"):
    piece = make_piece(**{field: text}, language=language, published_at=published_at, sources=[])
    context = Context(now=now)
    rules = [rule for rule in (weekday.RULE, impossible_date.RULE) if rule.reads(piece.language)]
    return [finding for rule in rules for finding in rule.find(piece, context)]


@pytest.mark.parametrize(
    "text",
    [
        "It came on Tue., Sept. 24, 2026.",
        "It came on Mon. 29 Sep. 2026.",
        "It came on Tues. June 25.",
        "It came Thurs. 24 Jun, and went.",
        "On the Monday, 25 June, it came.",
        "On Monday (25 June) it came.",
        "It came on 25 June (Wed).",
        "It came on Monday night, 25 June 2026, they said.",
        "It came on Monday 25 June 2026 at 1430 GMT.",
        "Monday, 25 June 2026 14:30 UTC",
        "WEDNESDAY 25 JUNE: SHIPS WAIT",
        "Monday's (25 June) wait was long.",
        "Monday’s order (25 June) was short.",
        "It was 25 June, a Monday, and hot.",
        "It came on 25 June – a Monday – and went.",
        "25 June was a Monday of rest.",
        "On 25 June (which was a Monday) it came.",
        "It came on Monday, 25/06/2026.",
        "Good Friday, 25 June 2026",
    ],
)
def test_a_wrong_weekday_is_found_however_it_is_written(text):
    assert [finding.code for finding in found_in(text)] == ["weekday"]


DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize("year", range(1990, 2036))
def test_every_date_with_its_own_weekday_has_no_findings(year):
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]

    for month in range(1, 13):
        here = [day for day in days if day.month == month]
        text = " ".join(
            f"It came on {said(SHAPES[(year + day.day) % len(SHAPES)], day)}." for day in here
        )
        assert found_in(text, now=datetime(year, month, 15, tzinfo=UTC)) == [], text


@settings(max_examples=300)
@given(DAYS, st.sampled_from(SHAPES), st.integers(-150, 150))
def test_a_right_weekday_has_no_findings_for_months_around_publication(day, shape, away):
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=away)

    assert found_in(f"It came on {said(shape, day)}.", now=now) == []


@settings(max_examples=300)
@given(DAYS, st.sampled_from(SHAPES), st.integers(1, 6), st.integers(-150, 150))
def test_a_wrong_weekday_is_one_hold_naming_the_right_one(day, shape, shift, away):
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=away)
    wrong = WEEKDAYS[(day.weekday() + shift) % 7]
    text = f"It came on {said(shape, day, wrong)}."

    (finding,) = found_in(text, now=now)

    right = WEEKDAYS[day.weekday()]
    assert (finding.code, finding.level) == ("weekday", "hold")
    assert finding.evidence["right"] == right
    assert finding.evidence["date"] == day.isoformat()
    assert finding.excerpt == text
    assert wrong.casefold().startswith(text[finding.start : finding.end].casefold().rstrip("."))


@pytest.mark.parametrize(
    "text",
    [
        "May 3, Reuters reported.",
        "The Sunday Times 24 and the Friday 13 bus.",
        "On Monday March 10,000 people marched.",
        "It ended on 10 June 2026 at 24:00.",
        "The Sun, 24 June 2026, had it first.",
        "Sheffield Wednesday, 25 June, lost again.",
        "The Mail on Sunday, 25 June, disagrees.",
        "On Tuesday and Wednesday, June 25 and 26, ships wait.",
        "On Monday, Wednesday and Friday 25 June they rest.",
        "In June 31 ships waited, and in February 30 more.",
        "Of 31 ships 30 left.",
        "They wed 24 June 2023 and sat 3 May exams.",
        "On Thursday they may 30 times.",
        "On Thursday, June 25–26, they met.",
        "On Thursday 25 June 1430 GMT it was over.",
        "See https://example.org/2026/Monday-25-June/2026-06-31/ for it.",
        "The 2026-13-45 build and the 10.31 June index.",
        "She was born on 29 February.",
        "On 1 October 1917, a Sunday by one calendar and a Monday, 1 October 1917, by another.",
        "Mon Repos 24 and Wed 4.5 per cent in May 2026.",
        "It came on 25.06.2026, on 06/25/2026 or on 4/8/2026.",
        "Versions 31.9.2026.1 and 10.35.2026, see https://example.org/31.9.2026/ too.",
        "25 June was a day of rest; 25 June, a Thursday, was one too.",
        "Monday's game (June 24-26) and the Monday games (25 June 2018).",
        "In 2019, on Tuesday 25 June, it rained; in 2026 on Thursday 25 June.",
    ],
)
def test_text_that_only_looks_like_a_wrong_date_has_no_findings(text):
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("It ends on 31 June.", "31 June"),
        ("It ends on 31st of June 2026.", "31st of June 2026"),
        ("It ends on June 31.", "June 31"),
        ("It ends on June 31 and begins again.", "June 31"),
        ("It ends on 30 February 2024.", "30 February 2024"),
        ("It ends on 29 February 2026.", "29 February 2026"),
        ("It ends on 29 February 1900.", "29 February 1900"),
        ("It ends on Sat 29 Feb.", "Sat 29 Feb"),
        ("It ends on Monday, September 31st, 2026.", "Monday, September 31st, 2026"),
        ("It ends on 2026-11-31.", "2026-11-31"),
        ("It runs 30–31 April.", "31 April"),
        ("It ends on 31.09.2026.", "31.09.2026"),
        ("It ends on 31/9/2026, late.", "31/9/2026"),
        ("It ends on 9/31/2026.", "9/31/2026"),
    ],
)
def test_a_day_that_is_not_on_the_calendar_is_one_hold(text, stands):
    (finding,) = found_in(text)

    assert (finding.code, finding.level) == ("impossible-date", "hold")
    assert text[finding.start : finding.end] == stands


def test_the_29th_of_february_of_a_leap_year_is_valid():
    assert found_in("It was Thursday, 29 February 2024; 2000 had a 29 February 2000 too.") == []


@pytest.mark.parametrize("field", ["headline", "standfirst", "body", "framing_note", "social_text"])
def test_dates_are_checked_in_every_public_field(field):
    (finding,) = found_in("It came on Monday, 25 June 2026.", field=field)

    assert finding.field == field
    assert (finding.start, finding.end) == (11, 17)


def test_a_weekday_is_found_through_markup_and_between_backticks():
    body = "# Friday 25 June\n\nIt came on **Monday**,\r\n25 *June* [@zz]. Type `Monday 25 June`."
    findings = found_in(body, field="body")

    assert [body[finding.start : finding.end] for finding in findings] == [
        "Friday", "Monday", "Monday",
    ]  # fmt: skip
    assert findings[1].excerpt == "It came on Monday, 25 June."


@pytest.mark.parametrize("language", ["nl", "ru", "ar", "fa", "und", ""])
def test_dates_in_unsupported_languages_have_no_findings(language):
    assert found_in("Monday, 25 June 2026 and 31 June", language=language) == []


def test_a_date_without_a_year_may_be_half_a_year_before_or_after():
    now = datetime(2026, 1, 1, tzinfo=UTC)

    assert found_in("On Sunday 29 June it began.", now=now) == []
    assert found_in("On Monday 29 June it began.", now=now) == []
    assert len(found_in("On Friday 29 June it began.", now=now)) == 1


def test_a_missing_year_may_be_that_of_publication_or_of_today():
    published = datetime(2020, 6, 26, tzinfo=UTC)

    assert found_in("On Thursday 25 June it began.", published_at=published) == []
    assert len(found_in("On Friday 25 June it began.", published_at=published)) == 1


def test_two_wrong_weekdays_in_a_sentence_are_two_findings():
    text = "From Monday 25 June to Monday, 26 June."

    assert [finding.start for finding in found_in(text)] == [5, 23]


@given(st.text())
def test_any_text_is_searched_for_dates_without_an_error(text):
    for stated in read_dates(text):
        assert text[stated.start : stated.end] == stated.text


def test_checking_a_piece_runs_the_date_checks():
    piece = make_piece(headline="It came on Monday, 25 June 2026.")

    assert "weekday" in {finding.code for finding in check(piece, now=NOW)}


ABROAD = {
    "de": ("{day}, {d}. {month} {y}", "{day}, dem {d}. {month}", "{day} ({d}. {month})", "{day}, {d}.{m:02}.{y}"),
    "fr": ("{day} {d} {month} {y}", "{day} {d} {month},", "{day} ({d} {month})"),
    "es": ("{day} {d} de {month} de {y}", "{day}, {d} de {month}", "{day} {d} de {month} del {y}"),
    "it": ("{day} {d} {month} {y}", "{day}, {d} {month}", "{d} {month} {y} ({day})"),
    "pt": ("{day}, {d} de {month} de {y}", "{day} ({d} de {month})"),
}  # fmt: skip


@settings(max_examples=200)
@given(DAYS, st.sampled_from(sorted(ABROAD)), st.data())
def test_a_wrong_weekday_in_other_languages_is_one_hold_naming_the_right_one(day, language, data):
    grammar = GRAMMARS[language]
    shape = data.draw(st.sampled_from(ABROAD[language]))
    shift = data.draw(st.integers(0, 6))
    weekday = grammar.weekdays[(day.weekday() + shift) % 7]
    month = grammar.months[day.month - 1]
    text = "x " + shape.format(day=weekday, d=day.day, m=day.month, month=month, y=day.year)
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    findings = found_in(text, now=now, language=language)

    assert [finding.code for finding in findings] == ["weekday"] * bool(shift)
    for finding in findings:
        assert finding.evidence["right"] == WEEKDAYS[day.weekday()]
        assert finding.evidence["write"] == grammar.weekdays[day.weekday()]
        assert text[finding.start : finding.end] == weekday


@pytest.mark.parametrize(
    ("language", "text", "stands"),
    [
        ("de", "Er endet am 31. Juni 2026.", "31. Juni 2026"),
        ("fr", "Il finit le 31 juin.", "31 juin"),
        ("fr", "Il finit le 29 février 2026.", "29 février 2026"),
        ("es", "Acaba el 31 de septiembre de 2026.", "31 de septiembre de 2026"),
        ("it", "Finisce il 31 giugno.", "31 giugno"),
        ("pt-BR", "Acaba a 31 de junho.", "31 de junho"),
        ("de", "Er endet am 31.09.2026.", "31.09.2026"),
    ],
)
def test_a_date_not_on_the_calendar_is_held_in_other_languages(language, text, stands):
    (finding,) = found_in(text, language=language)

    assert finding.code == "impossible-date"
    assert text[finding.start : finding.end] == stands


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Mittwoch und Donnerstag, 24. und 25. Juni; Montag bis Donnerstag, 25. Juni."),
        ("de", "Am Mittwoch kamen 25 Junioren, im Juni 31 Schiffe."),
        ("de", "Am Freitag, 30. Juni 2000 Menschen und am 29. Februar."),
        ("fr", "Les mercredi et jeudi 25 juin; en juin 31 navires."),
        ("es", "Miércoles y jueves 25 de junio; 31 de los juniores."),
        ("it", "Giovedì 25 giugno, il 1° maggio."),
    ],
)
def test_text_that_only_looks_wrong_in_other_languages_has_no_findings(language, text):
    assert found_in(text, language=language) == []


@given(st.text(), st.sampled_from(["nl", *GRAMMARS]))
def test_any_text_is_searched_for_dates_in_every_language_without_an_error(text, language):
    for stated in read_dates(text, language):
        assert text[stated.start : stated.end] == stated.text


def test_a_weekday_may_be_right_in_the_year_of_a_cited_post():
    def codes(year):
        posted = datetime(year, 4, 18, 9, tzinfo=UTC)
        source = make_source_ref(posted_at=posted, text="Taxes apply from Sunday, April 21st.")
        piece = make_piece(body="Taxes apply from Sunday, April 21st [@r1].", sources=[source])
        return [finding.code for finding in weekday.RULE.find(piece, Context(now=NOW))]

    assert codes(2024) == []
    assert codes(2025) == ["weekday"]
