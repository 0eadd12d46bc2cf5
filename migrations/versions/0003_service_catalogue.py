"""The hall's catalogue of services.

Safe while the previous release is running: it reads and writes neither the new table nor the new
column, which may be null. Nothing to fill in: before this release no hall had services.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("halls", sa.Column("services_version", sa.String(length=24), nullable=True))
    op.create_table(
        "services",
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("line", sa.String(length=1), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("initials", sa.String(length=80), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("fee", sa.String(length=120), nullable=False),
        sa.Column("fee_en", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("legal_days", sa.Integer(), nullable=True),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("guide_url", sa.String(length=300), nullable=True),
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("popular", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(name="active"), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_services_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", "code", name=op.f("pk_services")),
    )


def downgrade() -> None:
    op.drop_table("services")
    op.drop_column("halls", "services_version")
