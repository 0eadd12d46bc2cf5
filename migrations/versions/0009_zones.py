"""Loudspeaker zones, proof that calls were shown and spoken, languages of tickets, signs windows give.

Safe while the previous release is running: new columns may be null, and mean what every row meant before. Every
hall gets the zone ``hall``, with an event in its log.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from queue_server.domain import fold
from queue_server.domain.events import Event, canonical, chained, moment

revision = "0009"
down_revision = "0008"

Id, Zone, Instant = sa.String(32), sa.String(16), sa.BigInteger()
NEW_COLUMNS: dict[str, dict[str, Any]] = {
    "windows": {"zone": Zone, "direction": sa.String(8), "place": sa.String(20), "place_en": sa.String(40)},
    "tickets": {"lang": sa.String(2)},
    "announcements": {
        "lang": sa.String(2),
        "started_at": Instant,
        "ended_at": Instant,
        "shown_at": Instant,
        "shown": sa.Integer(),
        "of": sa.Integer(),
        "unshown_at": Instant,
    },
    "devices": {
        "zone": Zone,
        "shown_seq": sa.BigInteger(),
        "sound": sa.String(8),
        "stale": sa.Boolean(name="stale"),
        "form": sa.String(8),
    },
}
WHOLE_HALL = {
    "code": "hall",
    "name": "全厅",
    "name_en": "Whole hall",
    "position": 0,
    "languages": ["zh", "en"],
    "quiet": [],
    "volumes": [],
    "chime": True,
}


def upgrade() -> None:
    # First the lock that every order takes first: an order of the running release and this would else wait
    # for one another.
    heads = _locked_heads()
    for table, columns in NEW_COLUMNS.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind))
    op.create_table(
        "zones",
        sa.Column("hall_id", Id, nullable=False),
        sa.Column("code", Zone, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("name_en", sa.String(60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("quiet", sa.JSON(), nullable=False),
        sa.Column("volumes", sa.JSON(), nullable=False),
        sa.Column("chime", sa.Boolean(name="chime"), nullable=False),
        sa.Column("announcer", Id),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_zones_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", "code", name=op.f("pk_zones")),
    )
    for head in heads:
        _add_zone(head)


def _table(name: str, *plain: str, **typed: Any) -> Any:
    return sa.table(name, *map(sa.column, plain), *(sa.column(column, kind) for column, kind in typed.items()))


HEAD = _table("hall_head", "hall_id", "seq", "hash", "last_at")
EVENTS = _table("events", "hall_id", "seq", "type", "at", "day", "actor", "data", "hash")
ZONES = _table(
    "zones",
    *("hall_id", "code", "name", "name_en", "position", "chime", "announcer"),
    **dict.fromkeys(("languages", "quiet", "volumes"), sa.JSON()),
)


def _locked_heads() -> list[Any]:
    return list(op.get_bind().execute(sa.select(HEAD).order_by(HEAD.c.hall_id).with_for_update()))


def _add_zone(head: Any) -> None:
    """The zone, and the event that says so, at the end of the hall's log."""
    if _as_the_log_says(head.hall_id):
        return
    data = canonical({"changes": {"zones": [WHOLE_HALL]}, "facts": {}})
    event = Event(head.hall_id, head.seq + 1, "zone.created", moment(head.last_at), None, "system", data, "")
    row = vars(event) | {"at": head.last_at, "hash": chained(head.hash, event)}
    bind, here = op.get_bind(), HEAD.c.hall_id == head.hall_id
    bind.execute(EVENTS.insert().values(row))
    bind.execute(HEAD.update().where(here).values(seq=event.seq, hash=row["hash"]))
    bind.execute(ZONES.insert().values(WHOLE_HALL | {"hall_id": head.hall_id}))


def _as_the_log_says(hall_id: str) -> bool:
    """After a way down and up again the log knows what the tables forgot; false where it has no zone."""
    bind, of_hall = op.get_bind(), EVENTS.c.hall_id == hall_id
    zones_told = sa.select(EVENTS.c.seq).where(of_hall, EVENTS.c.data.like('%"zones":[%')).limit(1)
    if bind.scalar(zones_told) is None:
        return False
    state = fold.fold(
        json.loads(data) for data in bind.scalars(sa.select(EVENTS.c.data).where(of_hall).order_by(EVENTS.c.seq))
    )
    for zone in state["zones"].values():
        bind.execute(ZONES.insert().values(zone | {"hall_id": hall_id}))
    for name in ("windows", "tickets", "announcements"):
        for row in state[name].values():
            _refill(hall_id, name, row)
    return True


def _refill(hall_id: str, name: str, row: dict[str, Any]) -> None:
    said = {column: row[column] for column in NEW_COLUMNS[name] if row.get(column) is not None}
    if said:
        [key] = fold.KEYS[name]
        table = _table(name, "hall_id", key, *said)
        op.get_bind().execute(table.update().where(table.c.hall_id == hall_id, table.c[key] == row[key]).values(said))


def downgrade() -> None:
    op.drop_table("zones")
    for table, columns in NEW_COLUMNS.items():
        for name in columns:
            op.drop_column(table, name)
