"""By its own rhythm, from when on a channel's silence is remarkable. Pure.

Counted are hours in which a channel posted, for one that posts ten times in ten minutes has said
no more than once. How likely it posts at an hour of the day and on a day of the week is taken from
the last eight weeks, so nights and weekends in which it never posts add nothing to its silence. A
silence is as long as the number of hours in which it should have posted. It is remarkable where
it is half as long again as the longest that the channel kept in those weeks, and never before it
is as long as three such hours, and three by the clock.

The longest alone would be simpler, but an office that posts every hour of a working day would be
missed only after a weekend and a half.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

HOUR = timedelta(hours=1)
# Eight weekends; what a channel did before may have been another rhythm.
WINDOW = timedelta(days=56)
# With fewer weeks or hours it has no rhythm that could be told from chance.
SHORTEST, FEWEST = timedelta(days=14), 8
LEAST_MISSED, LEAST = 3.0, timedelta(hours=3)
MARGIN = 1.5
LONGEST = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How long a channel usually is silent, and from when on the silence since its last post is not."""

    usual_gap: timedelta
    silent_at: datetime


def rhythm_of(counts: Mapping[datetime, int], *, last: datetime) -> Rhythm | None:
    """Return the rhythm of a channel from its posts by hour; None where these are too few.

    `counts` are numbers of posts by the start of an hour in UTC, up to `last`, the last post.
    """
    counts = {hour: n for hour, n in counts.items() if last - WINDOW <= hour <= last and n > 0}
    hours = sorted(counts)
    if len(hours) < FEWEST or hours[-1] - hours[0] < SHORTEST:
        return None
    odds = _Odds.of(hours)
    missed = max(LEAST_MISSED, MARGIN * odds.longest_silence(hours))
    return Rhythm(_usual_gap(counts, hours), odds.silent_at(missed, last=last))


def _usual_gap(counts: Mapping[datetime, int], hours: list[datetime]) -> timedelta:
    """Return the median time between two posts; within an hour they are taken to be even."""
    gaps = [(after - before) / HOUR for before, after in pairwise(hours)]
    for hour in hours:
        gaps += [1 / counts[hour]] * (counts[hour] - 1)
    return median(gaps) * HOUR


@dataclass(frozen=True, slots=True)
class _Odds:
    """How likely a channel posts in an hour: by the hour of the day times by the day of the week."""

    by_hour: tuple[float, ...]
    by_day: tuple[float, ...]

    @classmethod
    def of(cls, hours: list[datetime]) -> "_Odds":
        days = (hours[-1] - hours[0]) / timedelta(days=1)
        on_hour, on_day = [0.0] * 24, [0.0] * 7
        for at in hours:
            # An hour counts for its neighbours too: summer time moves it, and so does chance.
            for step, share in ((-1, 0.25), (0, 0.5), (1, 0.25)):
                on_hour[(at.hour + step) % 24] += share
            on_day[at.weekday()] += 1
        return cls(
            by_hour=tuple(n / days for n in on_hour),
            by_day=tuple(7 * n / len(hours) for n in on_day),
        )

    def at(self, hour: datetime) -> float:
        return min(self.by_hour[hour.hour] * self.by_day[hour.weekday()], 1.0)

    def longest_silence(self, hours: list[datetime]) -> float:
        """Return in how many hours it should have posted during the longest silence it kept."""
        longest = 0.0
        for before, after in pairwise(hours):
            silence, hour = 0.0, before + HOUR
            while hour < after:
                silence += self.at(hour)
                hour += HOUR
            longest = max(longest, silence)
        return longest

    def silent_at(self, missed: float, *, last: datetime) -> datetime:
        """Return when it will have missed so many hours, if it posts no more."""
        hour, silence = last.replace(minute=0, second=0, microsecond=0) + HOUR, 0.0
        while silence < missed and hour < last + LONGEST:
            silence += self.at(hour)
            hour += HOUR
        return max(hour, last + LEAST)
