"""Make the office's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLES = (
    "ooms_user",
    "ooms_session",
    "ooms_idempotency",
    "ooms_audit",
    "ooms_audit_head",
    "ooms_exporter",
    "ooms_product",
    "ooms_bill",
    "ooms_determination",
    "ooms_application",
    "ooms_application_line",
    "ooms_number_series",
    "ooms_certificate",
    "ooms_partner_news",
    "ooms_claim",
    "ooms_claim_line",
    "ooms_ledger_draw",
    "ooms_ledger_balance",
)


def upgrade() -> None:
    _make_access()
    _make_audit()
    _make_exporters()
    _make_products()
    _make_determinations()
    _make_applications()
    _make_certificates()
    _make_claims()


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)


def _make_access() -> None:
    op.create_table(
        "ooms_user",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("login", sa.String(length=35), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "role IN ('EXPORTER', 'OFFICER', 'IMPORT_OFFICER', 'OPERATOR')",
            name=op.f("ck_ooms_user_role"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_user")),
        sa.UniqueConstraint("login", name=op.f("uq_ooms_user_login")),
    )
    op.create_table(
        "ooms_session",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ooms_user.id"], name=op.f("fk_ooms_session_user_id")
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_ooms_session")),
    )
    op.create_index("ix_ooms_session_expires_at", "ooms_session", ["expires_at"], unique=False)
    op.create_table(
        "ooms_idempotency",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("pk_ooms_idempotency")),
    )
    op.create_index(
        "ix_ooms_idempotency_created_at", "ooms_idempotency", ["created_at"], unique=False
    )


def _make_audit() -> None:
    op.create_table(
        "ooms_audit",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ooms_audit")),
    )
    op.create_index("ix_ooms_audit_subject", "ooms_audit", ["subject"], unique=False)
    op.create_table(
        "ooms_audit_head",
        sa.Column("only", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_ooms_audit_head")),
    )


def _make_exporters() -> None:
    op.create_table(
        "ooms_exporter",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("address", sa.String(length=256), nullable=False),
        sa.Column("city", sa.String(length=50), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("tax_id", sa.String(length=35), nullable=False),
        sa.Column("telephone", sa.String(length=25), nullable=True),
        sa.Column("fax", sa.String(length=25), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("signatory_name", sa.String(length=256), nullable=False),
        sa.Column("signatory_title", sa.String(length=70), nullable=False),
        sa.Column("signatory_place", sa.String(length=70), nullable=False),
        sa.Column("registered_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_exporter")),
        sa.UniqueConstraint("country", "tax_id", name=op.f("uq_ooms_exporter_country_tax_id")),
    )


def _make_products() -> None:
    op.create_table(
        "ooms_product",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("description", sa.String(length=2048), nullable=False),
        sa.Column("hs", sa.String(length=12), nullable=False),
        sa.Column("hs_edition", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=256), nullable=True),
        sa.Column("trademark", sa.String(length=256), nullable=True),
        sa.Column("weight", sa.String(length=32), nullable=True),
        sa.Column("described_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_product_exporter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_product")),
    )
    op.create_index(
        "ix_ooms_product_exporter_id", "ooms_product", ["exporter_id", "id"], unique=False
    )
    op.create_table(
        "ooms_bill",
        sa.Column("product_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("materials", sa.JSON(), nullable=False),
        sa.Column("processes", sa.JSON(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("frozen_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ooms_product.id"], name=op.f("fk_ooms_bill_product_id")
        ),
        sa.PrimaryKeyConstraint("product_id", "version", name=op.f("pk_ooms_bill")),
    )


def _make_determinations() -> None:
    op.create_table(
        "ooms_determination",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("product_id", sa.String(length=36), nullable=False),
        sa.Column("bill_version", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("exporting_party", sa.String(length=2), nullable=False),
        sa.Column("importing_party", sa.String(length=2), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("criterion", sa.String(length=256), nullable=True),
        sa.Column("rule_pack", sa.String(length=120), nullable=False),
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("inputs_hash", sa.String(length=80), nullable=False),
        sa.Column("case", sa.JSON(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("determined_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_determination_exporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ooms_product.id"], name=op.f("fk_ooms_determination_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_determination")),
    )
    op.create_index(
        "ix_ooms_determination_exporter_id",
        "ooms_determination",
        ["exporter_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_ooms_determination_product_id", "ooms_determination", ["product_id"], unique=False
    )


def _make_applications() -> None:
    op.create_table(
        "ooms_application",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("import_country", sa.String(length=2), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("drafted_at", INSTANT, nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("officer_id", sa.String(length=36), nullable=True),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'SUBMITTED', 'UNDER_REVIEW', 'COMPLETION_REQUESTED', "
            "'APPROVED', 'REFUSED', 'WITHDRAWN', 'ISSUED')",
            name=op.f("ck_ooms_application_state"),
        ),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_application_exporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["ooms_user.id"], name=op.f("fk_ooms_application_officer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_application")),
    )
    op.create_index(
        "ix_ooms_application_exporter_id", "ooms_application", ["exporter_id", "id"], unique=False
    )
    op.create_index("ix_ooms_application_state", "ooms_application", ["state", "id"], unique=False)
    op.create_table(
        "ooms_application_line",
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("item_no", sa.Integer(), nullable=False),
        sa.Column("determination_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["ooms_application.id"],
            name=op.f("fk_ooms_application_line_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["determination_id"],
            ["ooms_determination.id"],
            name=op.f("fk_ooms_application_line_determination_id"),
        ),
        sa.PrimaryKeyConstraint("application_id", "item_no", name=op.f("pk_ooms_application_line")),
    )
    op.create_index(
        "ix_ooms_application_line_determination_id",
        "ooms_application_line",
        ["determination_id"],
        unique=False,
    )


def _make_certificates() -> None:
    op.create_table(
        "ooms_number_series",
        sa.Column("issuer", sa.String(length=35), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "agreement", "year", name=op.f("pk_ooms_number_series")),
    )
    op.create_table(
        "ooms_certificate",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=35), nullable=False),
        sa.Column("number_key", sa.String(length=35), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("form_type", sa.String(length=20), nullable=False),
        sa.Column("export_country", sa.String(length=2), nullable=False),
        sa.Column("import_country", sa.String(length=2), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("access_code", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=15), nullable=True),
        sa.Column("message_id", sa.String(length=36), nullable=True),
        sa.Column("exchange_state", sa.String(length=20), nullable=False),
        sa.Column("exchange_at", INSTANT, nullable=False),
        sa.Column("exchange_detail", sa.Text(), nullable=True),
        sa.Column("replaces_id", sa.String(length=36), nullable=True),
        sa.Column("replaced_by_id", sa.String(length=36), nullable=True),
        sa.Column("cancellation_asked_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "state IN ('ISSUED', 'REPLACED', 'CANCELLED')", name=op.f("ck_ooms_certificate_state")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["ooms_application.id"],
            name=op.f("fk_ooms_certificate_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_certificate_exporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["ooms_certificate.id"], name=op.f("fk_ooms_certificate_replaces_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_certificate")),
        sa.UniqueConstraint(
            "agreement", "number_key", name=op.f("uq_ooms_certificate_agreement_number_key")
        ),
        sa.UniqueConstraint(
            "application_id", "position", name=op.f("uq_ooms_certificate_application_id_position")
        ),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_ooms_certificate_replaces_id")),
    )
    op.create_index(
        "ix_ooms_certificate_exporter_id", "ooms_certificate", ["exporter_id", "id"], unique=False
    )
    op.create_index(
        "ix_ooms_certificate_number_key", "ooms_certificate", ["number_key"], unique=False
    )
    op.create_table(
        "ooms_partner_news",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("partner", sa.String(length=15), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("certificate_id", sa.String(length=36), nullable=True),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("heard_at", INSTANT, nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["ooms_certificate.id"],
            name=op.f("fk_ooms_partner_news_certificate_id"),
        ),
        sa.PrimaryKeyConstraint("kind", "partner", "message_id", name=op.f("pk_ooms_partner_news")),
    )
    op.create_index(
        "ix_ooms_partner_news_certificate_id",
        "ooms_partner_news",
        ["certificate_id", "ordinal"],
        unique=False,
    )


def _make_claims() -> None:
    op.create_table(
        "ooms_claim",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("declaration_number", sa.String(length=35), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_claim")),
        sa.UniqueConstraint(
            "declaration_number", "version", name=op.f("uq_ooms_claim_declaration_number_version")
        ),
    )
    op.create_table(
        "ooms_claim_line",
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["ooms_claim.id"], name=op.f("fk_ooms_claim_line_claim_id")
        ),
        sa.PrimaryKeyConstraint("claim_id", "line_no", name=op.f("pk_ooms_claim_line")),
    )
    op.create_table(
        "ooms_ledger_draw",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("issuing_country", sa.String(length=2), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("number_key", sa.String(length=35), nullable=False),
        sa.Column("item_no", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=8), nullable=False),
        sa.Column("quantity", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["ooms_claim.id"], name=op.f("fk_ooms_ledger_draw_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_ledger_draw")),
        sa.UniqueConstraint(
            "claim_id",
            "line_no",
            "direction",
            name=op.f("uq_ooms_ledger_draw_claim_id_line_no_direction"),
        ),
    )
    op.create_index(
        "ix_ooms_ledger_draw_number_key",
        "ooms_ledger_draw",
        ["number_key", "item_no"],
        unique=False,
    )
    op.create_table(
        "ooms_ledger_balance",
        sa.Column("issuing_country", sa.String(length=2), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("number_key", sa.String(length=35), nullable=False),
        sa.Column("item_no", sa.Integer(), nullable=False),
        sa.Column("used_share", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "issuing_country",
            "agreement",
            "number_key",
            "item_no",
            name=op.f("pk_ooms_ledger_balance"),
        ),
    )
