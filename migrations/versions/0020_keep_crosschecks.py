"""Keep lists of other registers, what they answered, and who let an answer pass."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_KINDS = (
    "'APPROVED_EXPORTER', 'BUSINESS_REGISTRY', 'EXPORT_DECLARATION', "
    "'RECALLED_GOODS', 'RESTRICTED_PARTIES', 'STRATEGIC_GOODS'"
)


def upgrade() -> None:
    op.create_table(
        "ooms_crosscheck_edition",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=256), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        _of_a_kind("ooms_crosscheck_edition"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_crosscheck_edition")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_ooms_crosscheck_edition_kind_number")),
    )
    op.create_table(
        "ooms_crosscheck_entry",
        sa.Column("edition_id", sa.String(length=36), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=256), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["ooms_crosscheck_edition.id"],
            name=op.f("fk_ooms_crosscheck_entry_edition_id"),
        ),
        sa.PrimaryKeyConstraint("edition_id", "line", name=op.f("pk_ooms_crosscheck_entry")),
    )
    op.create_index("ix_ooms_crosscheck_entry_key", "ooms_crosscheck_entry", ["edition_id", "key"])
    op.create_table(
        "ooms_crosscheck_look",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        _of_a_kind("ooms_crosscheck_look"),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_ooms_crosscheck_look")),
    )
    op.create_table(
        "ooms_crosscheck_answer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=4), nullable=False),
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=True),
        sa.Column("question_digest", sa.String(length=64), nullable=False),
        sa.Column("stated", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.String(length=7), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("hits", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        _of_a_kind("ooms_crosscheck_answer"),
        sa.CheckConstraint(
            "verdict IN ('CLEAR', 'HIT', 'UNKNOWN')", name=op.f("ck_ooms_crosscheck_answer_verdict")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["ooms_application.id"],
            name=op.f("fk_ooms_crosscheck_answer_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["ooms_user.id"], name=op.f("fk_ooms_crosscheck_answer_asked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_crosscheck_answer")),
    )
    op.create_index(
        "ix_ooms_crosscheck_answer_application_id",
        "ooms_crosscheck_answer",
        ["application_id", "id"],
    )
    op.create_table(
        "ooms_crosscheck_release",
        sa.Column("answer_id", sa.String(length=36), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["ooms_crosscheck_answer.id"],
            name=op.f("fk_ooms_crosscheck_release_answer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["ooms_user.id"], name=op.f("fk_ooms_crosscheck_release_by")
        ),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_ooms_crosscheck_release")),
    )


def _of_a_kind(table: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f(f"ck_{table}_kind"))


def downgrade() -> None:
    for table in ("release", "answer", "look", "entry", "edition"):
        op.drop_table(f"ooms_crosscheck_{table}")
