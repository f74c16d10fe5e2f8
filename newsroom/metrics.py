"""/metrics: the figures of the site, for Prometheus and what reads its format."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from newsroom.figures import figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client import Metric

PREFIX = "newsroom_"


class FiguresOf(Collector):
    """The figures of a moment, as the library takes them."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def collect(self) -> "Iterator[Metric]":
        for figure in figures(self._at):
            labels = [name for name, _ in figure.samples[0].labels] if figure.samples else []
            family = GaugeMetricFamily(PREFIX + figure.name, figure.about, labels=labels)
            for sample in figure.samples:
                family.add_metric([value for _, value in sample.labels], sample.value)
            yield family


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the figures to who has METRICS_TOKEN; where none is set, there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        refusal = HttpResponse("Wrong token.\n", status=401, content_type="text/plain")
        refusal["WWW-Authenticate"] = 'Bearer realm="metrics"'
        return refusal
    registry = CollectorRegistry(auto_describe=False)
    registry.register(FiguresOf(timezone.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)
