"""Run clocks on applications, and keep what officers want completed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_OLD = (
    "'DRAFT', 'SUBMITTED', 'UNDER_REVIEW', 'COMPLETION_REQUESTED', 'APPROVED', 'REFUSED', "
    "'WITHDRAWN', 'ISSUED'"
)
_NEW = (
    "'DRAFT', 'SUBMITTED', 'UNDER_REVIEW', 'COMPLETION_REQUESTED', 'ON_SITE_CHECK', "
    "'REFUSAL_PROPOSED', 'APPROVED', 'REFUSED', 'RETURNED', 'WITHDRAWN', 'ISSUED'"
)


def upgrade() -> None:
    _allow(_OLD, _NEW)
    op.add_column("ooms_application", sa.Column("clock", sa.JSON(), nullable=True))
    op.add_column("ooms_application", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("ooms_application", sa.Column("office", sa.String(length=35), nullable=True))
    op.create_index("ix_ooms_application_due_on", "ooms_application", ["due_on", "id"])
    op.create_index("ix_ooms_application_officer_id", "ooms_application", ["officer_id", "state"])
    op.create_table(
        "ooms_completion_request",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("lacks", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('OPEN', 'ANSWERED', 'LAPSED', 'WITHDRAWN')",
            name=op.f("ck_ooms_completion_request_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["ooms_application.id"],
            name=op.f("fk_ooms_completion_request_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["ooms_user.id"], name=op.f("fk_ooms_completion_request_asked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_completion_request")),
    )
    op.create_index(
        "ix_ooms_completion_request_application_id",
        "ooms_completion_request",
        ["application_id", "id"],
    )
    op.create_index(
        "ix_ooms_completion_request_due_on", "ooms_completion_request", ["outcome", "due_on"]
    )


def downgrade() -> None:
    op.drop_table("ooms_completion_request")
    op.drop_index("ix_ooms_application_officer_id", "ooms_application")
    op.drop_index("ix_ooms_application_due_on", "ooms_application")
    for column in ("office", "due_on", "clock"):
        op.drop_column("ooms_application", column)
    _allow(_NEW, _OLD)


def _allow(before: str, after: str) -> None:
    """Change which states are allowed."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        name = op.f("ck_ooms_application_state")
        op.drop_constraint(name, "ooms_application", type_="check")
        op.create_check_constraint(name, "ooms_application", f"state IN ({after})")
        return
    # Making the table anew, as SQLite's other way, would let go the rows that refer to it.  A
    # check that only widens or narrows may be rewritten where the schema is kept.
    version = bind.execute(sa.text("PRAGMA schema_version")).scalar_one()
    bind.execute(sa.text("PRAGMA writable_schema=ON"))
    bind.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :before, :after) "
            "WHERE type = 'table' AND name = 'ooms_application'"
        ),
        {"before": before, "after": after},
    )
    bind.execute(sa.text(f"PRAGMA schema_version={version + 1}"))
    bind.execute(sa.text("PRAGMA writable_schema=OFF"))
