"""Keep suppliers' declarations, what rests on them, and why determinations are stale."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_KINDS = (
    "kind IN ('CONFIRMATION', 'BLANKET', 'DOMESTIC_MANUFACTURE', 'ACCUMULATION', 'LONG_TERM', "
    "'CUSTOMS_CONFIRMED')"
)
_STATES = (
    "state IN ('REQUESTED', 'REMINDED', 'RECEIVED', 'CHECKED', 'VALID', 'EXPIRING', 'EXPIRED', "
    "'REVOKED')"
)


def upgrade() -> None:
    op.create_table(
        "ooms_supplier_declaration",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("supplier", sa.JSON(), nullable=False),
        sa.Column("goods", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("remind_on", sa.Date()),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("statement", sa.JSON()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("customs_reference", sa.String(length=70), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(_KINDS, name=op.f("ck_ooms_supplier_declaration_kind")),
        sa.CheckConstraint(_STATES, name=op.f("ck_ooms_supplier_declaration_state")),
        sa.ForeignKeyConstraint(
            ["exporter_id"],
            ["ooms_exporter.id"],
            name=op.f("fk_ooms_supplier_declaration_exporter_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_supplier_declaration")),
    )
    op.create_index(
        "ix_ooms_supplier_declaration_exporter_id",
        "ooms_supplier_declaration",
        ["exporter_id", "id"],
    )
    op.create_index(
        "ix_ooms_supplier_declaration_state", "ooms_supplier_declaration", ["state", "id"]
    )
    op.create_table(
        "ooms_supplier_link",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("declaration_id", sa.String(length=36), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["ooms_supplier_declaration.id"],
            name=op.f("fk_ooms_supplier_link_declaration_id"),
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_ooms_supplier_link")),
    )
    op.create_index(
        "ix_ooms_supplier_link_declaration_id", "ooms_supplier_link", ["declaration_id"]
    )
    op.create_table(
        "ooms_determination_proof",
        sa.Column("determination_id", sa.String(length=36), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("declaration_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["determination_id"],
            ["ooms_determination.id"],
            name=op.f("fk_ooms_determination_proof_determination_id"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["ooms_supplier_declaration.id"],
            name=op.f("fk_ooms_determination_proof_declaration_id"),
        ),
        sa.PrimaryKeyConstraint(
            "determination_id", "path", name=op.f("pk_ooms_determination_proof")
        ),
    )
    op.create_index(
        "ix_ooms_determination_proof_declaration_id",
        "ooms_determination_proof",
        ["declaration_id"],
    )
    op.create_table(
        "ooms_determination_staleness",
        sa.Column("determination_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["determination_id"],
            ["ooms_determination.id"],
            name=op.f("fk_ooms_determination_staleness_determination_id"),
        ),
        sa.PrimaryKeyConstraint(
            "determination_id", "reason", name=op.f("pk_ooms_determination_staleness")
        ),
    )


def downgrade() -> None:
    for table in (
        "ooms_determination_staleness",
        "ooms_determination_proof",
        "ooms_supplier_link",
        "ooms_supplier_declaration",
    ):
        op.drop_table(table)
