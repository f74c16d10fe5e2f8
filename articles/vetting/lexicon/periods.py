"""English words for the period that a number is told of, and words that make an ordinal none."""

from articles.vetting.lexicon.lexicon import each, words

PERIODS = {
    **each("minute, min", "minute"), **each("hour, hr", "hour"), **each("day, night, shift", "day"),
    **each("week, wk", "week"), **each("fortnight", "fortnight"), **each("month, mth", "month"),
    **each("quarter", "quarter"), **each("year, yr, annum, season", "year"),
}  # fmt: skip
ALWAYS = {
    **each("hourly", "hour"), **each("daily, nightly", "day"), **each("weekly", "week"),
    **each("monthly", "month"), **each("quarterly", "quarter"), **each("yearly, annually", "year"),
    **each("pcm", "month"), **each("pa", "year"),
}  # fmt: skip
EACH = words("a, an, per, each, every, one")
# "A third of them", "a second ferry", "per second".
NO_RANK_BEFORE = words("a, an, per, one, every, split, half, million, billion, thousand, hundred")
NO_RANK_AFTER = words("of, party, world, ago, hand, class, degree, reading, lady, aid, name, names")
