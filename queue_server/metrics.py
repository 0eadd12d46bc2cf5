"""What a running server counts and measures, for ``/metrics``. Seconds and counts; nothing about persons."""

import os
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

#: The variable by which prometheus-client finds the folder that several processes share.
SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"

HUB_STOP = Histogram(
    "hall_hub_stop_seconds",
    "By how much a 10 ms pause of the event loop came late",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
)
HUB_LONGEST = Gauge(
    "hall_hub_stop_longest_seconds", "Longest stop of the event loop in the last minute", multiprocess_mode="livemax"
)
HUB_OWN_LONGEST = Gauge(
    "hall_hub_own_stop_longest_seconds",
    "The same, without what other programs on the machine took",
    multiprocess_mode="livemax",
)
ORDERS = Counter("hall_orders_total", "Orders answered, by what became of them", ["outcome"])
ORDER_SECONDS = Histogram(
    "hall_order_seconds",
    "From an order's arrival to its commit",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
)
READERS = Gauge("hall_readers", "Open news sockets", ["scope"], multiprocess_mode="livesum")
EVENTS = Counter("hall_events_published_total", "Events told to this process's readers")
SENT = Counter("hall_messages_sent_total", "Messages to readers: written at once, or queued", ["way"])
REDIS_SILENT = Gauge("hall_redis_silent", "1 while Redis tells nothing", multiprocess_mode="livemax")


def exposition() -> tuple[bytes, str]:
    """All metrics as text, and its content type; of all processes where several share a folder."""
    if SHARED not in os.environ:
        return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry), CONTENT_TYPE_LATEST
