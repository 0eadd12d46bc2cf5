"""Print jobs, and ticket printers among the devices.

Safe while the previous release is running: it knows no print jobs, and meets no printer before one is added.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

Id = sa.String(32)
BEFORE = "kind IN ('kiosk', 'screen', 'pad')"
NOW = "kind IN ('kiosk', 'screen', 'pad', 'printer')"


def upgrade() -> None:
    _kinds(NOW)
    op.create_table(
        "print_jobs",
        sa.Column("id", Id, nullable=False),
        sa.Column("hall_id", Id, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("subject", Id, nullable=False),
        sa.Column("device", Id, nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(12)),
        sa.Column("started_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.CheckConstraint("kind IN ('notice')", name=op.f("ck_print_jobs_kind")),
        sa.CheckConstraint("state IN ('queued', 'printing', 'printed', 'failed')", name=op.f("ck_print_jobs_state")),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_print_jobs_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_jobs")),
    )
    op.create_index(op.f("ix_print_jobs_subject"), "print_jobs", ["subject"])
    still_open = sa.text("state IN ('queued', 'printing')")
    op.create_index(
        "ix_print_jobs_open", "print_jobs", ["hall_id", "at"], sqlite_where=still_open, postgresql_where=still_open
    )


def _kinds(allowed: str) -> None:
    """SQLite changes no condition of a table: the table, which is a handful of rows, is written anew."""
    with op.batch_alter_table("devices") as devices:
        devices.drop_constraint(op.f("ck_devices_kind"), type_="check")
        devices.create_check_constraint(op.f("ck_devices_kind"), sa.text(allowed))


def downgrade() -> None:
    op.drop_table("print_jobs")
    op.execute("DELETE FROM devices WHERE kind = 'printer'")
    _kinds(BEFORE)
