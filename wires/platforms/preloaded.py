"""What parsers share: read once, before the first of them is forked, instead of in each."""

from wires.platforms.month_names import months_called, weekdays_called

months_called("")
weekdays_called("")
