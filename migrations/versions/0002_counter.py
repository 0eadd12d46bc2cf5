"""What the complete counter needs: stops, parking, skills, alarms, ratings.

Only new tables and new columns that may be null, so that old rows and the old log say the same as before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Id, Code = sa.String(32), sa.String(8)
#: By table; null means what every row meant before.
NEW_COLUMNS = {
    "halls": {"rules": sa.JSON(none_as_null=True)},
    "lines": {"closed_on": sa.Date(), "long_service_s": sa.Integer()},
    "windows": {"skills": sa.JSON(none_as_null=True)},
    "tickets": {
        "stops": sa.JSON(none_as_null=True),
        "target_clerk": Id,
        "return_at": sa.BigInteger(),
        "promoted": sa.String(16),
    },
    "visits": {
        "result": sa.String(16),
        "reason": sa.String(16),
        "cases": sa.Integer(),
        "services": sa.JSON(none_as_null=True),
    },
    "staff": {"skills": sa.JSON(none_as_null=True)},
    "devices": {"window": Code},
}


def upgrade() -> None:
    for table, columns in NEW_COLUMNS.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind))
    op.create_index("ix_visits_hall_id_day_window", "visits", ["hall_id", "day", "window", "started_at"])
    _alarms()
    _ratings()


def _alarms() -> None:
    op.create_table(
        "alarms",
        sa.Column("id", Id, nullable=False),
        sa.Column("hall_id", Id, nullable=False),
        sa.Column("window", Code, nullable=False),
        sa.Column("clerk", Id, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("accepted_by", Id),
        sa.Column("accepted_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_alarms_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
    )
    still_open = sa.text("ended_at IS NULL")
    op.create_index("ix_alarms_open", "alarms", ["hall_id", "at"], sqlite_where=still_open, postgresql_where=still_open)


def _ratings() -> None:
    op.create_table(
        "ratings",
        sa.Column("hall_id", Id, nullable=False),
        sa.Column("ticket_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(1), nullable=False),
        sa.Column("window", Code, nullable=False),
        sa.Column("clerk", Id, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(none_as_null=True)),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_ratings_level")),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_ratings_hall_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_ratings_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_ratings")),
    )
    op.create_index("ix_ratings_hall_id_day", "ratings", ["hall_id", "day"])


def downgrade() -> None:
    op.drop_index("ix_ratings_hall_id_day", table_name="ratings")
    op.drop_table("ratings")
    op.drop_index("ix_alarms_open", table_name="alarms")
    op.drop_table("alarms")
    op.drop_index("ix_visits_hall_id_day_window", table_name="visits")
    for table, columns in NEW_COLUMNS.items():
        for name in columns:
            op.drop_column(table, name)
