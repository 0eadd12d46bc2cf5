"""What finishes the counter: whose walk was measured, and the cases of the stay where the news can tell them.

Only new columns that may be null. Nothing is filled in: the log of before says nothing of them, and the
tables must stay what the log amounts to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("visits", sa.Column("walk_at", sa.BigInteger()))
    op.add_column("tickets", sa.Column("cases", sa.Integer()))


def downgrade() -> None:
    op.drop_column("tickets", "cases")
    op.drop_column("visits", "walk_at")
