"""The hall's services: setting them up, changing one, and reading them all."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from queue_server.domain.errors import UnknownService
from queue_server.domain.service import Service
from queue_server.domain.service_search import search
from queue_server.services.views import SERVICE, service_view
from queue_server.store import current
from queue_server.store.unit_of_work import UnitOfWork


def add(uow: UnitOfWork, services: Sequence[Service]) -> dict[str, Any]:
    """Add services to the catalogue; their codes must be new."""
    _record(uow, services)
    return {"services": [service_view(service) for service in services]}


def change(uow: UnitOfWork, code: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Give a service the values of ``wanted``. Without a difference nothing is recorded.

    Refuses an unknown code.
    """
    service = uow.find(Service, code=code)
    if service is None:
        raise UnknownService(service=code)
    if service.change(wanted):
        _record(uow, [service])
    return {"service": service_view(service)}


def put(uow: UnitOfWork, services: Sequence[Service]) -> int:
    """Add the services that are new and change those that differ; returns how many.

    One that is there already stays switched on or off as it is: that is the hall's own doing. One that
    is not given is left alone. Refuses a service in a line that the hall does not have.
    """
    different = []
    for service in services:
        uow.line(service.line)
        known = uow.find(Service, code=service.code)
        if known is None:
            different.append(service)
        elif known.change({name: getattr(service, name) for name in SERVICE if name != "active"}):
            different.append(known)
    if different:
        _record(uow, different)
    return len(different)


def _record(uow: UnitOfWork, services: Sequence[Service]) -> None:
    hall = uow.hall()
    # The epoch, because a restored log gives the same positions again.
    hall.services_version = f"{uow.epoch[:8]}-{uow.next_seq}"
    uow.record("services.changed", hall, *services)


@dataclass(frozen=True)
class Reading:
    """A catalogue, or what a search found in it, as it is sent."""

    text: str
    #: Hash of the text: whoever has one of the same need not be sent it again.
    tag: str


@dataclass(frozen=True)
class _Kept:
    version: str | None
    services: list[Service]
    whole: Reading


class Catalogues:
    """Each hall's catalogue as JSON, made once for each version, for however many ask."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def read(self, connection: Connection, hall_id: str, text: str | None = None) -> Reading:
        """The whole catalogue; with ``text`` what a search for it finds. Refuses an unknown hall."""
        kept = self._of(connection, hall_id)
        return kept.whole if text is None else _reading(kept.version, search(kept.services, text))

    def _of(self, connection: Connection, hall_id: str) -> _Kept:
        version = current.services_version(connection, hall_id)
        kept = self._kept.get(hall_id)
        if kept is None or kept.version != version:
            services = current.hall_services(connection, hall_id)
            kept = self._kept[hall_id] = _Kept(version, services, _reading(version, services))
        return kept


def _reading(version: str | None, services: Sequence[Service]) -> Reading:
    content = {"version": version, "services": [service_view(service) for service in services]}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Reading(text, hashlib.sha256(text.encode()).hexdigest()[:32])
