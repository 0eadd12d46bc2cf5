"""Many readers at once cost one reading of the tables."""

from sqlalchemy import event

from queue_server.services import news
from tests.support.halls import HALL, Bench


def test_two_hundred_readers_at_one_position_share_one_snapshot(hall: Bench) -> None:
    for _ in range(20):
        hall.issue()
    snapshots, statements = news.Snapshots(), []
    event.listen(hall.store.reader, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    answers = [news.sync(hall.store, HALL, "public", ("", 0, ""), hall.clock, snapshots) for _ in range(200)]
    assert sum("FROM tickets" in statement for statement in statements) == 1
    assert all(answer["snapshot"] is answers[0]["snapshot"] for answer in answers)


def test_the_next_event_and_the_other_scope_get_their_own(hall: Bench) -> None:
    snapshots = news.Snapshots()

    def tickets(scope: str) -> list[str]:
        answer = news.sync(hall.store, HALL, scope, ("", 0, ""), hall.clock, snapshots)  # type: ignore[arg-type]
        return sorted(answer["snapshot"]["tickets"])

    hall.issue()
    assert tickets("public") == tickets("staff") == ["A001"]
    hall.issue()
    assert tickets("public") == tickets("staff") == ["A001", "A002"]
