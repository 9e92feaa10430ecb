"""Keep what ends the period for a claim after release."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ooms_late_claim", sa.Column("ended_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_ooms_late_claim_declaration_number", "ooms_late_claim", ["declaration_number"]
    )


def downgrade() -> None:
    op.drop_index("ix_ooms_late_claim_declaration_number", table_name="ooms_late_claim")
    op.drop_column("ooms_late_claim", "ended_on")
