"""How often the silence alarm cries wolf, and how soon it sees that a channel has gone quiet.

    python -m benchmarks.silences [--weeks 26] [--channels 20]

Made-up channels of each rhythm post for some weeks; after each post the alarm is asked whether it
would have fired before the next one. Then the channel dies at a random moment of each week.
"""

import random
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from benchmarks.options import parser
from wires.rhythm import HOUR, WINDOW, rhythm_of

START = datetime(2026, 1, 5, tzinfo=UTC)
WARM_UP = timedelta(weeks=8)
DAY = timedelta(days=1)
Times = Callable[[random.Random, datetime], list[datetime]]


def some(chance: random.Random, mean: float) -> int:
    """Return a number of posts that scatters around a mean as chance has it."""
    count, waited = 0, chance.expovariate(1)
    while waited < mean:
        count, waited = count + 1, waited + chance.expovariate(1)
    return count


def within(chance: random.Random, day: datetime, first: float, last: float) -> datetime:
    return day + chance.uniform(first, last) * HOUR


def agency(chance: random.Random, day: datetime) -> list[datetime]:
    return [within(chance, day, 0, 24) for _ in range(some(chance, 150))]


def small_agency(chance: random.Random, day: datetime) -> list[datetime]:
    return [within(chance, day, 0, 24) for _ in range(some(chance, 10))]


def city_desk(chance: random.Random, day: datetime) -> list[datetime]:
    """Busy by day, little at night, half as much at weekends."""
    share = 0.5 if day.weekday() >= 5 else 1.0
    by_day = [within(chance, day, 7, 22) for _ in range(some(chance, 24 * share))]
    return by_day + [within(chance, day, 0, 7) for _ in range(some(chance, 0.7))]


def office(chance: random.Random, day: datetime) -> list[datetime]:
    if day.weekday() >= 5:
        return []
    return [within(chance, day, 9, 17) for _ in range(some(chance, 10))]


def ministry(chance: random.Random, day: datetime) -> list[datetime]:
    if day.weekday() >= 5:
        return []
    return [within(chance, day, 9, 17) for _ in range(some(chance, 1.5))]


def newsletter(chance: random.Random, day: datetime) -> list[datetime]:
    return [] if day.weekday() >= 5 else [within(chance, day, 6.9, 7.2)]


def bursts(chance: random.Random, day: datetime) -> list[datetime]:
    """Quiet for hours, then eight posts in twenty minutes."""
    found = []
    for _ in range(some(chance, 3)):
        begun = within(chance, day, 5, 23)
        found += [begun + chance.uniform(0, 1 / 3) * HOUR for _ in range(8)]
    return found


def weekend_sport(chance: random.Random, day: datetime) -> list[datetime]:
    if day.weekday() not in (5, 6):
        return []
    return [within(chance, day, 13, 22) for _ in range(some(chance, 30))]


def weekly(chance: random.Random, day: datetime) -> list[datetime]:
    return [within(chance, day, 8, 12)] if day.weekday() == 3 else []


def blogger(chance: random.Random, day: datetime) -> list[datetime]:
    return [within(chance, day, 8, 23) for _ in range(some(chance, 0.4))]


RHYTHMS: dict[str, Times] = {
    "agency, 150 a day": agency,
    "small agency, 10 a day": small_agency,
    "city desk, nights and weekends slow": city_desk,
    "office, working hours": office,
    "ministry, 1.5 a working day": ministry,
    "newsletter, working days at 7": newsletter,
    "bursts, 3 a day": bursts,
    "sport, weekends only": weekend_sport,
    "weekly": weekly,
    "blogger, 0.4 a day": blogger,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """False alarms of some channels in all their weeks, and hours until a death was seen."""

    weeks: int
    alarms: int
    delays: tuple[float, ...]

    @property
    def weeks_an_alarm(self) -> float:
        return self.weeks / self.alarms if self.alarms else float("inf")

    @property
    def median_delay(self) -> float:
        return median(self.delays) if self.delays else float("inf")

    @property
    def slow_delay(self) -> float:
        """The delay that nine of ten deaths do not pass."""
        ordered = sorted(self.delays)
        return ordered[int(0.9 * (len(ordered) - 1))] if ordered else float("inf")


def posts_of(times: Times, chance: random.Random, weeks: int) -> list[datetime]:
    days = range((WARM_UP // DAY) + 7 * weeks)
    return sorted(at for n in days for at in times(chance, START + n * DAY))


def silent_at(posts: list[datetime], last: int) -> datetime | None:
    """Return when the silence after a post is remarkable, from what was posted up to then."""
    first = bisect_left(posts, posts[last] - WINDOW)
    hours = (at.replace(minute=0, second=0, microsecond=0) for at in posts[first : last + 1])
    rhythm = rhythm_of(Counter(hours), last=posts[last])
    return rhythm.silent_at if rhythm else None


def false_alarms(posts: list[datetime]) -> Iterator[datetime]:
    """Yield the alarms before a post that came after all. What came within 3 hours cannot be one."""
    for n, (at, after) in enumerate(pairwise(posts)):
        if at < START + WARM_UP or after - at < 3 * HOUR:
            continue
        alarm = silent_at(posts, n)
        if alarm is not None and alarm < after:
            yield alarm


def delays(posts: list[datetime], chance: random.Random, weeks: int) -> Iterator[float]:
    """Yield after how many hours each of some deaths is seen, one at random in each week."""
    for week in range(weeks):
        death = START + WARM_UP + timedelta(weeks=week) + chance.uniform(0, 7) * DAY
        last = bisect_right(posts, death) - 1
        alarm = silent_at(posts, last)
        if alarm is not None:
            yield max(alarm - death, timedelta()) / HOUR


def measure(times: Times, *, weeks: int, channels: int, seed: int = 7) -> Measured:
    alarms, late = 0, list[float]()
    for n in range(channels):
        chance = random.Random(seed * 1000 + n)  # noqa: S311  # made-up posts
        posts = posts_of(times, chance, weeks)
        alarms += sum(1 for _ in false_alarms(posts))
        late += delays(posts, chance, weeks)
    return Measured(weeks * channels, alarms, tuple(late))


def main(arguments: list[str]) -> None:
    asked = parser(__doc__)
    asked.add_argument("--weeks", type=int, default=26)
    asked.add_argument("--channels", type=int, default=20)
    given = asked.parse_args(arguments)
    print(f"{'rhythm':<38}{'weeks':>6}{'alarms':>8}{'median':>9}{'9 of 10':>9}")
    for name, times in RHYTHMS.items():
        found = measure(times, weeks=given.weeks, channels=given.channels)
        print(
            f"{name:<38}{found.weeks:>6}{found.alarms:>8}"
            f"{found.median_delay:>7.0f} h{found.slow_delay:>7.0f} h"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
