"""Silent calls for help from a window."""

from typing import Any

from queue_server.domain.alarm import Alarm
from queue_server.domain.errors import UnknownAlarm
from queue_server.services.views import row_view
from queue_server.store import calls_for_help
from queue_server.store.unit_of_work import UnitOfWork, new_id

Result = dict[str, Any]


def call_for_help(uow: UnitOfWork, code: str, clerk: str) -> Result:
    """Ask colleagues to come to a window. A second press while one is open asks nothing more."""
    window = uow.window(code)
    window.require_clerk(clerk)
    alarm = calls_for_help.open_at(uow, code)
    if alarm is not None:
        return {"alarm": _view(alarm), "_nothing": True}
    alarm = Alarm(new_id(), uow.hall_id, code, clerk, uow.now)
    uow.record("alarm.raised", alarm, day=uow.latest_day(), window=code)
    return {"alarm": _view(alarm)}


def accept(uow: UnitOfWork, alarm_id: str, colleague: str) -> Result:
    """A colleague comes; everybody sees who."""
    alarm = _find(uow, alarm_id)
    alarm.accept(colleague, uow.now)
    uow.record("alarm.accepted", alarm, day=uow.latest_day(), window=alarm.window)
    return {"alarm": _view(alarm)}


def end(uow: UnitOfWork, alarm_id: str) -> Result:
    """The help is no longer needed."""
    alarm = _find(uow, alarm_id)
    alarm.end(uow.now)
    uow.record("alarm.ended", alarm, day=uow.latest_day(), window=alarm.window)
    return {"alarm": _view(alarm)}


def _find(uow: UnitOfWork, alarm_id: str) -> Alarm:
    alarm = uow.find(Alarm, id=alarm_id)
    if alarm is None:
        raise UnknownAlarm()
    return alarm


def _view(alarm: Alarm) -> dict[str, Any]:
    return row_view("alarms", vars(alarm), "staff")
