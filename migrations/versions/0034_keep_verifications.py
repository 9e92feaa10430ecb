"""Keep verifications of both sides, suspended preference and sealed letters."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_verification",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=35), nullable=False),
        sa.Column("partner", sa.String(length=15), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("selected_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('SELECTED', 'IMPORTER_INQUIRY', 'UNRESOLVED', 'CLOSED_OK', "
            "'DRAFT', 'HQ_APPROVED', 'REQUESTED', 'ACKED', 'IN_PROGRESS', 'EXTENDED', "
            "'NO_REPLY', 'RESULT_RECEIVED', 'MORE_INFO', 'STOPPED', 'PRELIMINARY', "
            "'DETERMINED', 'OBJECTED', 'CLOSED')",
            name=op.f("ck_ooms_verification_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_verification")),
        sa.UniqueConstraint("number", name=op.f("uq_ooms_verification_number")),
    )
    op.create_index(
        "ix_ooms_verification_state", "ooms_verification", ["state", "id"], unique=False
    )
    op.create_table(
        "ooms_verification_goods",
        sa.Column("verification_id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("importer_key", sa.String(length=256), nullable=False),
        sa.Column("exporter_key", sa.String(length=256), nullable=False),
        sa.Column("hs6", sa.String(length=6), nullable=False),
        sa.Column("description_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verification_id"],
            ["ooms_verification.id"],
            name=op.f("fk_ooms_verification_goods_verification_id"),
        ),
        sa.PrimaryKeyConstraint(
            "verification_id", "ordinal", name=op.f("pk_ooms_verification_goods")
        ),
    )
    op.create_index(
        "ix_ooms_verification_goods_importer_key",
        "ooms_verification_goods",
        ["importer_key", "exporter_key", "hs6"],
        unique=False,
    )
    op.create_table(
        "ooms_preference_suspension",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("verification_id", sa.String(length=36), nullable=False),
        sa.Column("importer_key", sa.String(length=256), nullable=False),
        sa.Column("exporter_key", sa.String(length=256), nullable=False),
        sa.Column("hs6", sa.String(length=6), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verification_id"],
            ["ooms_verification.id"],
            name=op.f("fk_ooms_preference_suspension_verification_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_preference_suspension")),
    )
    op.create_index(
        "ix_ooms_preference_suspension_importer_key",
        "ooms_preference_suspension",
        ["importer_key", "exporter_key", "hs6"],
        unique=False,
    )
    op.create_index(
        "ix_ooms_preference_suspension_verification_id",
        "ooms_preference_suspension",
        ["verification_id"],
        unique=False,
    )
    op.create_table(
        "ooms_verification_received",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("partner", sa.String(length=15), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("officer_id", sa.String(length=36), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('RECEIVED', 'ASSIGNED', 'EXPORTER_INQUIRY', 'VISIT', "
            "'RESULT_DRAFTED', 'CONSENT_FILTERED', 'HQ_APPROVED', 'REPLIED', 'ACKED', "
            "'CLOSED')",
            name=op.f("ck_ooms_verification_received_state"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["ooms_user.id"], name=op.f("fk_ooms_verification_received_officer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_verification_received")),
        sa.UniqueConstraint(
            "partner", "case_id", name=op.f("uq_ooms_verification_received_partner_case_id")
        ),
    )
    op.create_index(
        "ix_ooms_verification_received_state",
        "ooms_verification_received",
        ["state", "id"],
        unique=False,
    )
    op.create_table(
        "ooms_verification_inquiry",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("received_id", sa.String(length=36), nullable=False),
        sa.Column("company_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ('NOTICED', 'PROLONGED', 'ANSWERED', 'LAPSED')",
            name=op.f("ck_ooms_verification_inquiry_state"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["ooms_exporter.id"],
            name=op.f("fk_ooms_verification_inquiry_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["received_id"],
            ["ooms_verification_received.id"],
            name=op.f("fk_ooms_verification_inquiry_received_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_verification_inquiry")),
    )
    op.create_index(
        "ix_ooms_verification_inquiry_company_id",
        "ooms_verification_inquiry",
        ["company_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_ooms_verification_inquiry_received_id",
        "ooms_verification_inquiry",
        ["received_id"],
        unique=False,
    )
    op.create_table(
        "ooms_verification_letter",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("about", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_verification_letter")),
    )
    op.create_index(
        "ix_ooms_verification_letter_about", "ooms_verification_letter", ["about"], unique=False
    )


def downgrade() -> None:
    op.drop_table("ooms_verification_letter")
    op.drop_table("ooms_verification_inquiry")
    op.drop_table("ooms_verification_received")
    op.drop_table("ooms_preference_suspension")
    op.drop_table("ooms_verification_goods")
    op.drop_table("ooms_verification")
