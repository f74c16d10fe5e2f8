"""What polling brought, kept minute by minute for two days."""

from datetime import datetime, timedelta

from wires.ingest.tally import PollTally
from wires.models import PollMinute, Worker

KEPT_FOR = timedelta(days=2)


def keep_minute(tally: PollTally, *, worker: str, at: datetime) -> None:
    """Store the figures of a minute, and forget those of long ago. Three queries."""
    PollMinute.objects.create(
        at=at,
        worker=worker,
        channels=tally.channels,
        unchanged=tally.unchanged,
        failed=len(tally.failures),
        posts=tally.outcome.new,
        versions=tally.outcome.versions,
        parser_failures=tally.parser_failures,
        lost_leases=tally.lost_leases,
        lag_p95=tally.lag(0.95),
        kinds=dict(tally.kinds),
    )
    PollMinute.objects.filter(at__lt=at - KEPT_FOR).delete()
    Worker.objects.filter(heartbeat_at__lt=at - KEPT_FOR).delete()
