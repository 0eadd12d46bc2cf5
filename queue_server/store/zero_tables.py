"""The tables of the zero window: consultations, blocked cases, and what was said in words."""

import sqlalchemy as sa

from queue_server.store.columns import Code, Id, Instant, hall_column, metadata, one_of

consultations = sa.Table(
    "consultations",
    metadata,
    sa.Column("id", Id, primary_key=True),
    hall_column(),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("channel", sa.String(12), nullable=False),
    sa.Column("clerk", Id, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("ticket_id", Id, sa.ForeignKey("tickets.id")),
    sa.Column("n", sa.Integer),
    sa.Column("window", Code),
    sa.Column("outcome", sa.String(12)),
    sa.Column("services", sa.JSON(none_as_null=True)),
    sa.Column("missing", sa.JSON(none_as_null=True)),
    sa.Column("no_entry", sa.Boolean(name="no_entry")),
    sa.Column("due_at", Instant),
    sa.Column("replied_at", Instant),
    sa.Column("replied_by", Id),
    one_of("channel", "window floor phone online"),
    sa.Index("ix_consultations_hall_id_day", "hall_id", "day"),
    sa.Index("ix_consultations_ticket_id", "ticket_id"),
)
#: Who still waits for an answer.
sa.Index(
    "ix_consultations_open",
    consultations.c.hall_id,
    consultations.c.at,
    sqlite_where=sa.text("outcome IS NULL"),
    postgresql_where=sa.text("outcome IS NULL"),
)

blocked_cases = sa.Table(
    "blocked_cases",
    metadata,
    sa.Column("id", Id, primary_key=True),
    hall_column(),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("clerk", Id, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("ticket_id", Id, sa.ForeignKey("tickets.id")),
    sa.Column("service", sa.String(16)),
    sa.Column("owner", sa.String(40)),
    sa.Column("step", sa.String(12), nullable=False),
    sa.Column("stepped_at", Instant),
    sa.Column("settled_at", Instant),
    sa.Column("window", Code),
    one_of("step", "received sorted assigned settled told checked"),
    sa.Index("ix_blocked_cases_hall_id_at", "hall_id", "at"),
)

#: Side table: what people said and were told. Never in the log; rows may be deleted.
texts = sa.Table(
    "texts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    hall_column(),
    #: Id of the consultation or blocked case.
    sa.Column("about", Id, nullable=False, index=True),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("text", sa.String(300), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("clerk", Id, nullable=False),
    one_of("kind", "question caller answer step"),
)
