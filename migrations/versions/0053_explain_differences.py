"""Keep why a difference that comparisons find may stand, under a digest of the difference."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

FINDING = "eodes_finding"
EXPLANATION = "eodes_explanation"
LINES = ("partner", "kind", "subject", "ours", "theirs")


def upgrade() -> None:
    op.create_table(
        EXPLANATION,
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("explained_by", sa.String(length=100), nullable=False),
        sa.Column("explained_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eodes_explanation")),
    )
    op.create_index("ix_eodes_explanation_digest", EXPLANATION, ["digest"])
    with op.batch_alter_table(FINDING) as batch:
        batch.add_column(sa.Column("digest", sa.String(length=64), nullable=True))
    _fill()
    with op.batch_alter_table(FINDING) as batch:
        batch.alter_column("digest", existing_type=sa.String(length=64), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table(FINDING) as batch:
        batch.drop_column("digest")
    op.drop_table(EXPLANATION)


def _fill() -> None:
    finding = sa.table(FINDING, *(sa.column(name) for name in ("id", "digest", *LINES)))
    rows = op.get_bind().execute(sa.select(finding)).mappings().all()
    for row in rows:
        text = "\n".join(row[name] or "" for name in LINES)
        digest = hashlib.sha256(text.encode()).hexdigest()
        op.execute(sa.update(finding).where(finding.c.id == row["id"]).values(digest=digest))
