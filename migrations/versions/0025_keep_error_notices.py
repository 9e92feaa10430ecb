"""Keep notices of error."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_error_notice",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("certificate_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=35), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("statement", sa.JSON(), nullable=False),
        sa.Column("clock", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("hits", sa.JSON(), nullable=False),
        sa.Column("open_applications", sa.JSON(), nullable=False),
        sa.Column("acknowledged_by", sa.String(length=36), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'FILED', 'ACKNOWLEDGED', 'PASSED_ON', 'CLOSED', 'WITHDRAWN')",
            name=op.f("ck_ooms_error_notice_state"),
        ),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_error_notice_exporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["ooms_certificate.id"],
            name=op.f("fk_ooms_error_notice_certificate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"],
            ["ooms_user.id"],
            name=op.f("fk_ooms_error_notice_acknowledged_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_error_notice")),
    )
    op.create_index("ix_ooms_error_notice_exporter_id", "ooms_error_notice", ["exporter_id", "id"])
    op.create_index("ix_ooms_error_notice_state", "ooms_error_notice", ["state", "id"])
    op.create_index("ix_ooms_error_notice_certificate_id", "ooms_error_notice", ["certificate_id"])


def downgrade() -> None:
    op.drop_table("ooms_error_notice")
