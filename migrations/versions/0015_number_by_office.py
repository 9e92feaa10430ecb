"""Number by the office that a case belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SERIES = ["series", "agreement", "series_year", "serial"]


def upgrade() -> None:
    place = sa.Column("place", sa.String(length=70), server_default="", nullable=False)
    op.add_column("ooms_issuing_place", place)
    op.add_column("ooms_certificate", sa.Column("office", sa.String(length=35), nullable=True))
    op.add_column("ooms_certificate", sa.Column("series", sa.String(length=35), nullable=True))
    op.add_column("ooms_certificate", sa.Column("series_year", sa.Integer(), nullable=True))
    op.add_column("ooms_certificate", sa.Column("serial", sa.Integer(), nullable=True))
    op.create_index("ix_ooms_certificate_series", "ooms_certificate", SERIES, unique=True)


def downgrade() -> None:
    op.drop_index("ix_ooms_certificate_series", table_name="ooms_certificate")
    for name in ("serial", "series_year", "series", "office"):
        op.drop_column("ooms_certificate", name)
    op.drop_column("ooms_issuing_place", "place")
