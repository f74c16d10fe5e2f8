"""Figures in the text format of Prometheus."""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from newsroom.figures import Figure

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
PREFIX = "newsroom_"


class _Collected(Collector):
    """Figures as the library takes them."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        for figure in self._figures:
            labels = [name for name, _ in figure.samples[0].labels] if figure.samples else []
            family = GaugeMetricFamily(PREFIX + figure.name, figure.about, labels=labels)
            for sample in figure.samples:
                family.add_metric([value for _, value in sample.labels], sample.value)
            yield family


def text_of(figures: Iterable[Figure]) -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(figures))
    return generate_latest(registry)
