"""Keep the figures that were counted, so that pages add up cells; hours to issue are whole."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
FIGURES = ("issued", "registered", "granted", "denied", "suspended")
WHOLE_HOURS = {
    "postgresql": "UPDATE ooms_statistics_issue SET hours = trunc(hours) WHERE hours IS NOT NULL",
    "sqlite": (
        "UPDATE ooms_statistics_issue SET hours = CAST(hours AS INTEGER) WHERE hours IS NOT NULL"
    ),
}


def _dimensions() -> tuple[sa.Column, ...]:
    return (
        sa.Column("agreement", sa.String(12), nullable=False),
        sa.Column("partner", sa.String(2), nullable=False),
        sa.Column("chapter", sa.String(2), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "ooms_statistics_count",
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("what", name="pk_ooms_statistics_count"),
    )
    op.create_table(
        "ooms_statistics_cell",
        sa.Column("side", sa.String(6), nullable=False),
        *_dimensions(),
        *(sa.Column(name, sa.Integer, nullable=False) for name in FIGURES),
        sa.PrimaryKeyConstraint(
            "side", "agreement", "partner", "chapter", "month", name="pk_ooms_statistics_cell"
        ),
    )
    op.create_table(
        "ooms_statistics_refusal",
        sa.Column("side", sa.String(6), nullable=False),
        *_dimensions(),
        sa.Column("reason_class", sa.String(35), nullable=False),
        sa.Column("denials", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint(
            *("side", "agreement", "partner", "chapter", "month", "reason_class"),
            name="pk_ooms_statistics_refusal",
        ),
    )
    op.create_table(
        "ooms_statistics_hours",
        *_dimensions(),
        sa.Column("hours", sa.Float, nullable=False),
        sa.Column("certificates", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint(
            *("agreement", "partner", "chapter", "month", "hours"),
            name="pk_ooms_statistics_hours",
        ),
    )
    op.create_index(
        "ix_ooms_statistics_hours_chapter", "ooms_statistics_hours", ["chapter", "month"]
    )
    op.create_index(
        "ix_ooms_application_of_year", "ooms_application", ["exporter_id", "submitted_on"]
    )
    op.execute(WHOLE_HOURS[op.get_bind().dialect.name])


def downgrade() -> None:
    op.drop_index("ix_ooms_application_of_year", "ooms_application")
    for name in ("hours", "refusal", "cell", "count"):
        op.drop_table(f"ooms_statistics_{name}")
