"""Find the consultations of a ticket without looking through the whole day's.

An index only: the previous release runs on beside it, with or without.
"""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_index("ix_consultations_ticket_id", "consultations", ["ticket_id"])


def downgrade() -> None:
    op.drop_index("ix_consultations_ticket_id", "consultations")
