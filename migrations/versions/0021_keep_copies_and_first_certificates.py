"""Keep certified copies, first certificates, and what is taken from them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_certificate_copy",
        sa.Column("certificate_id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["ooms_application.id"],
            name=op.f("fk_ooms_certificate_copy_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["ooms_certificate.id"],
            name=op.f("fk_ooms_certificate_copy_certificate_id"),
        ),
        sa.PrimaryKeyConstraint("certificate_id", "ordinal", name=op.f("pk_ooms_certificate_copy")),
        sa.UniqueConstraint("application_id", name=op.f("uq_ooms_certificate_copy_application_id")),
    )
    op.create_table(
        "ooms_first_certificate",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("number_key", sa.String(length=35), nullable=False),
        sa.Column("number", sa.String(length=35), nullable=False),
        sa.Column("origin_country", sa.String(length=2), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("issuer", sa.String(length=256), nullable=False),
        sa.Column("exporter", sa.String(length=256), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("is_received", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_first_certificate")),
        sa.UniqueConstraint(
            "country",
            "agreement",
            "number_key",
            name=op.f("uq_ooms_first_certificate_country_agreement_number_key"),
        ),
    )
    op.create_table(
        "ooms_first_draw",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("first_id", sa.String(length=36), nullable=False),
        sa.Column("item_no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.String(length=120), nullable=False),
        sa.Column("certificate_id", sa.String(length=36), nullable=False),
        sa.Column("direction", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["ooms_certificate.id"],
            name=op.f("fk_ooms_first_draw_certificate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["ooms_first_certificate.id"],
            name=op.f("fk_ooms_first_draw_first_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_first_draw")),
    )
    op.create_index(
        op.f("ix_ooms_first_draw_certificate_id"), "ooms_first_draw", ["certificate_id"]
    )
    op.create_index(op.f("ix_ooms_first_draw_first_id"), "ooms_first_draw", ["first_id", "item_no"])


def downgrade() -> None:
    op.drop_table("ooms_first_draw")
    op.drop_table("ooms_first_certificate")
    op.drop_table("ooms_certificate_copy")
