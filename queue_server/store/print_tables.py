"""The table of print jobs."""

import sqlalchemy as sa

from queue_server.store.columns import Id, Instant, hall_column, metadata, one_of

print_jobs = sa.Table(
    "print_jobs",
    metadata,
    sa.Column("id", Id, primary_key=True),
    hall_column(),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("subject", Id, nullable=False, index=True),
    sa.Column("device", Id, nullable=False),
    sa.Column("language", sa.String(5), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("reason", sa.String(12)),
    sa.Column("started_at", Instant),
    sa.Column("ended_at", Instant),
    one_of("kind", "notice"),
    one_of("state", "queued printing printed failed"),
)
#: What printers ask for again and again.
sa.Index(
    "ix_print_jobs_open",
    print_jobs.c.hall_id,
    print_jobs.c.at,
    sqlite_where=sa.text("state IN ('queued', 'printing')"),
    postgresql_where=sa.text("state IN ('queued', 'printing')"),
)
