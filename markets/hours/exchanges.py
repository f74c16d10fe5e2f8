"""The exchanges whose hours the site shows, most important first."""

from collections.abc import Mapping
from datetime import date, time

from markets.hours.exchange import Exchange, Hours

_NEW_YORK = Hours(
    sessions=((time(9, 30), time(16)),),
    half_day=((time(9, 30), time(13)),),
)

EXCHANGES: Mapping[str, Exchange] = {
    "NYSE": Exchange(
        code="NYSE",
        name="New York Stock Exchange",
        zone="America/New_York",
        hours=(_NEW_YORK,),
        calendar="NYSE",
        announced_until=date(2028, 12, 31),
        announced_in="NYSE Group, “2026, 2027 and 2028 Holiday and Early Closings Calendar”, 23 December 2025",
    ),
    "NASDAQ": Exchange(
        code="NASDAQ",
        name="Nasdaq Stock Market",
        zone="America/New_York",
        hours=(_NEW_YORK,),
        calendar="NASDAQ",
        announced_until=date(2026, 12, 31),
        announced_in="Nasdaq Trader, “U.S. Equity and Options Markets Holiday Schedule 2026”",
    ),
    "LSE": Exchange(
        code="LSE",
        name="London Stock Exchange",
        zone="Europe/London",
        hours=(
            Hours(
                sessions=((time(8), time(16, 30)),),
                half_day=((time(8), time(12, 30)),),
            ),
        ),
        calendar="LSE",
        announced_until=date(2027, 12, 31),
        announced_in="GOV.UK, “UK bank holidays”, England and Wales, whose days the exchange keeps",
    ),
    "XETRA": Exchange(
        code="XETRA",
        name="Xetra",
        zone="Europe/Berlin",
        hours=(
            Hours(
                sessions=((time(9), time(17, 30)),),
                half_day=((time(9), time(14)),),
            ),
        ),
        calendar="XETR",
        ends_year_early=True,
        announced_until=date(2029, 12, 31),
        announced_in="Deutsche Börse Cash Market, “Trading calendar”, 2024 to 2029",
    ),
    "TSE": Exchange(
        code="TSE",
        name="Tokyo Stock Exchange",
        zone="Asia/Tokyo",
        hours=(
            Hours(sessions=((time(9), time(11, 30)), (time(12, 30), time(15)))),
            # JPX, “Extension of trading hours”: half an hour longer with the system arrowhead 4.0.
            Hours(
                since=date(2024, 11, 5),
                sessions=((time(9), time(11, 30)), (time(12, 30), time(15, 30))),
            ),
        ),
        calendar="TSE",
        announced_until=date(2027, 12, 31),
        announced_in="Cabinet Office of Japan, national holidays of 2027, 2 February 2026",
    ),
    # Since 23 September 2024 it trades through typhoons and black rainstorms: HKEX, “Severe
    # weather trading of Hong Kong securities and derivatives markets”.
    "HKEX": Exchange(
        code="HKEX",
        name="Hong Kong Stock Exchange",
        zone="Asia/Hong_Kong",
        hours=(
            Hours(
                sessions=((time(9, 30), time(12)), (time(13), time(16))),
                half_day=((time(9, 30), time(12)),),
            ),
        ),
        calendar="HKEX",
        announced_until=date(2027, 12, 31),
        announced_in="Government of the Hong Kong SAR, general holidays for 2027, whose days it keeps",
    ),
}
