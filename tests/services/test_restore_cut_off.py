"""A restore that is cut off, and what outlives a restore that is not."""

from pathlib import Path

import pytest

from queue_server.services import access, maintenance, restoring, setup
from queue_server.store import people
from queue_server.store.engine import open_store, sqlite_url
from tests.support.halls import HALL, Bench


class PowerCut(Exception):
    pass


@pytest.fixture
def place(tmp_path: Path, sqlite_template: Path) -> Bench:
    """A hall on a SQLite file of its own, open, with three numbers given, two since the backup."""
    path = tmp_path / "hall.db"
    path.write_bytes(sqlite_template.read_bytes())
    bench = Bench(open_store(sqlite_url(path))).found()
    bench.open_day()
    bench.issue()
    maintenance.backup(bench.store, tmp_path / "copy.db")
    bench.issue()
    bench.issue()
    bench.store.dispose()
    return bench


def restore(place: Bench) -> Bench:
    path = place.store.path
    restoring.restore(path.with_name("copy.db"), path, place.clock)
    return Bench(open_store(sqlite_url(path)), place.clock)


@pytest.mark.parametrize("step", ["copyfile", "_bring_up", "flush", "_change_places"])
def test_an_interrupted_restore_leaves_the_old_hall_and_the_next_one_knows_every_number(
    place: Bench, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def cut(*_: object, **__: object) -> None:
        raise PowerCut

    target = restoring.shutil if step == "copyfile" else restoring
    with monkeypatch.context() as patched:
        patched.setattr(target, step, cut)
        with pytest.raises(PowerCut):
            restore(place)
    old = Bench(open_store(sqlite_url(place.store.path)), place.clock)
    assert old.issue()["number"] == "A004"
    old.store.dispose()
    after = restore(place)
    assert after.issue()["number"] == "A005"
    after.store.dispose()


def test_a_second_restore_knows_what_the_first_one_set_aside(place: Bench) -> None:
    first = restore(place)
    first.store.dispose()
    first.store.path.write_bytes(first.store.path.with_name("copy.db").read_bytes())
    second = restore(place)
    assert second.issue()["number"] == "A004"
    second.store.dispose()


def test_a_revoked_device_and_a_changed_password_stay_so_and_everybody_signs_in_again(place: Bench) -> None:
    before = Bench(open_store(sqlite_url(place.store.path)), place.clock)
    with before.uow() as uow:
        setup.add_member(uow, setup.NewMember("clerk", "x", "clerk", "first"))
        device = access.create_device(uow, "kiosk", "k", lambda text: text.encode().hex())
        people.start_session(uow.connection, people.credentials(uow.connection, "clerk").id, "token", uow.real_now)
    maintenance.backup(before.store, before.store.path.with_name("copy.db"))
    with before.uow() as uow:
        people.update_staff(uow.connection, people.credentials(uow.connection, "clerk").id, password_hash="second")
        access.revoke(uow, device["device"]["id"])
    before.store.dispose()
    after = restore(place)
    with after.store.reading() as connection:
        assert people.credentials(connection, "clerk").password_hash == "second"
        assert people.hall_device(connection, HALL, device["device"]["id"]).revoked_at is not None
        assert people.member_by_token(connection, "token", place.clock.now) is None
    after.store.dispose()


def test_a_backup_that_may_only_be_read_is_whole_and_stays_what_it_is(place: Bench) -> None:
    copy = place.store.path.with_name("copy.db")
    content = copy.read_bytes()
    copy.chmod(0o400)
    copy.parent.joinpath("hall.db").chmod(0o600)
    assert maintenance.check_copy(copy) > 0
    assert copy.read_bytes() == content
    assert [path.name for path in copy.parent.glob("copy.db*")] == ["copy.db"]
