"""Consultations, blocked cases, their texts, and what a person brings to the next window.

Safe while the previous release is running: it knows neither the new tables nor the new column, which may be null.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Id, Code = sa.String(32), sa.String(8)


def upgrade() -> None:
    op.add_column("tickets", sa.Column("brings", sa.JSON(none_as_null=True)))
    _consultations()
    _blocked_cases()
    _texts()


def _consultations() -> None:
    op.create_table(
        "consultations",
        sa.Column("id", Id, nullable=False),
        sa.Column("hall_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("clerk", Id, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", Id),
        sa.Column("n", sa.Integer()),
        sa.Column("window", Code),
        sa.Column("outcome", sa.String(12)),
        sa.Column("services", sa.JSON(none_as_null=True)),
        sa.Column("missing", sa.JSON(none_as_null=True)),
        sa.Column("no_entry", sa.Boolean(name="no_entry")),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("replied_at", sa.BigInteger()),
        sa.Column("replied_by", Id),
        sa.CheckConstraint("channel IN ('window', 'floor', 'phone', 'online')", name=op.f("ck_consultations_channel")),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_consultations_hall_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_consultations_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
    )
    op.create_index("ix_consultations_hall_id_day", "consultations", ["hall_id", "day"])
    waits = sa.text("outcome IS NULL")
    op.create_index(
        "ix_consultations_open", "consultations", ["hall_id", "at"], sqlite_where=waits, postgresql_where=waits
    )


def _blocked_cases() -> None:
    op.create_table(
        "blocked_cases",
        sa.Column("id", Id, nullable=False),
        sa.Column("hall_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("clerk", Id, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("ticket_id", Id),
        sa.Column("service", sa.String(16)),
        sa.Column("owner", sa.String(40)),
        sa.Column("step", sa.String(12), nullable=False),
        sa.Column("stepped_at", sa.BigInteger()),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("window", Code),
        sa.CheckConstraint(
            "step IN ('received', 'sorted', 'assigned', 'settled', 'told', 'checked')",
            name=op.f("ck_blocked_cases_step"),
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_blocked_cases_hall_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_blocked_cases_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocked_cases")),
    )
    op.create_index("ix_blocked_cases_hall_id_at", "blocked_cases", ["hall_id", "at"])


def _texts() -> None:
    op.create_table(
        "texts",
        sa.Column("id", Id, nullable=False),
        sa.Column("hall_id", Id, nullable=False),
        sa.Column("about", Id, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("clerk", Id, nullable=False),
        sa.CheckConstraint("kind IN ('question', 'caller', 'answer', 'step')", name=op.f("ck_texts_kind")),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_texts_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texts")),
    )
    op.create_index(op.f("ix_texts_about"), "texts", ["about"])


def downgrade() -> None:
    for table in ("texts", "blocked_cases", "consultations"):
        op.drop_table(table)
    op.drop_column("tickets", "brings")
