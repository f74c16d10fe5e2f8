"""The demo edition leaves the wire when the first real post arrives."""

from datetime import datetime

from django.db import transaction

from wires import generations, search
from wires.models import Channel, Outlet, Post

DEMO_IS_OVER = "Demo edition: real posts have arrived."


def end_demo(*, at: datetime) -> None:
    """Hide the demo's posts because a real one has arrived. One query once they are hidden."""
    demo = Channel.objects.filter(outlet__in=Outlet.objects.filter(is_demo=True))
    shown = Post.objects.filter(channel__in=demo, hidden_at__isnull=True)
    if not shown.exists():
        return
    with transaction.atomic():
        keys = list(shown.values_list("pk", flat=True))
        shown.update(hidden_at=at, hidden_reason=DEMO_IS_OVER)
        search.write_rows(keys)
        transaction.on_commit(lambda: generations.bump("wire"))
        transaction.on_commit(lambda: generations.bump("pages"))
