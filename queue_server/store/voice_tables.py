"""The tables of what is heard and shown: zones and announcements."""

import sqlalchemy as sa

from queue_server.store.columns import Code, Id, Instant, ZoneCode, metadata, one_of

#: Where one loudspeaker is heard.
zones = sa.Table(
    "zones",
    metadata,
    sa.Column("hall_id", Id, sa.ForeignKey("halls.id"), primary_key=True),
    sa.Column("code", ZoneCode, primary_key=True),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("name_en", sa.String(60), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("languages", sa.JSON, nullable=False),
    sa.Column("quiet", sa.JSON, nullable=False),
    sa.Column("volumes", sa.JSON, nullable=False),
    sa.Column("chime", sa.Boolean(name="chime"), nullable=False),
    #: Id of the device that sounds there.
    sa.Column("announcer", Id),
)

announcements = sa.Table(
    "announcements",
    metadata,
    sa.Column("hall_id", Id, sa.ForeignKey("halls.id"), primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("ticket_id", Id, sa.ForeignKey("tickets.id"), nullable=False),
    sa.Column("number", Code, nullable=False),
    sa.Column("line", sa.String(1), nullable=False),
    sa.Column("window", Code, nullable=False),
    sa.Column("repeat", sa.Boolean(name="repeat"), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("zone", ZoneCode, nullable=False),
    sa.Column("device", Id),
    sa.Column("lang", sa.String(2)),
    sa.Column("started_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("shown_at", Instant),
    sa.Column("shown", sa.Integer),
    sa.Column("of", sa.Integer),
    sa.Column("unshown_at", Instant),
    one_of("state", "queued started ended failed unspoken replaced"),
    sa.Index("ix_announcements_hall_id_day_seq", "hall_id", "day", "seq"),
)
sa.Index(
    "ix_announcements_open",
    announcements.c.hall_id,
    announcements.c.seq,
    sqlite_where=sa.text("state IN ('queued', 'unspoken', 'started')"),
    postgresql_where=sa.text("state IN ('queued', 'unspoken', 'started')"),
)
