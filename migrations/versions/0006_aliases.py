"""What people call a service besides its name.

Safe while the previous release is running: the new column may be null, and the previous release writes none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("services", sa.Column("aliases", sa.JSON(none_as_null=True)))


def downgrade() -> None:
    op.drop_column("services", "aliases")
