"""Keep what a hall's screens look like.

One new column that may be null, so that old rows and the old log say the same as before; the
previous release neither reads nor writes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("halls", sa.Column("layout", sa.JSON(none_as_null=True)))


def downgrade() -> None:
    op.drop_column("halls", "layout")
