"""Keep approved exporters, and the lists of applicants."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
_REQUEST_STATES = (
    "state IN ('APPLIED', 'COMPLETION', 'ON_SITE', 'APPROVED', 'REFUSED', 'RETURNED', 'WITHDRAWN')"
)
_STATES = "state IN ('APPROVED', 'CORRECTIVE_ORDER', 'HEARING', 'CANCELLED', 'LAPSED', 'EXPIRED')"
_FACTS = "kind IN ('CONVICTION', 'JUDGMENT', 'AEO', 'CLEAN_VERIFICATION')"
_GROUNDS = (
    "ground IN ('ERROR_RATE', 'CONVICTIONS', 'JUDGMENT', 'COMPANY_APPROVAL', 'ITEM_APPROVAL', "
    "'AEO', 'CLEAN_VERIFICATION')"
)


def upgrade() -> None:
    _approvals()
    _lists()
    _waivers()


def _approvals() -> None:
    op.create_table(
        "ooms_approval_request",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint(_REQUEST_STATES, name=op.f("ck_ooms_approval_request_state")),
        sa.ForeignKeyConstraint(
            ["exporter_id"],
            ["ooms_exporter.id"],
            name=op.f("fk_ooms_approval_request_exporter_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_approval_request")),
    )
    op.create_index(
        "ix_ooms_approval_request_exporter_id", "ooms_approval_request", ["exporter_id", "id"]
    )
    op.create_index(
        "ix_ooms_approval_request_state", "ooms_approval_request", ["state", "decide_by"]
    )
    op.create_table(
        "ooms_approval",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=True),
        sa.Column("hs6", sa.String(length=6), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint("level IN ('COMPANY', 'ITEM')", name=op.f("ck_ooms_approval_level")),
        sa.CheckConstraint(_STATES, name=op.f("ck_ooms_approval_state")),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_approval_exporter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_approval")),
        sa.UniqueConstraint("number", name=op.f("uq_ooms_approval_number")),
    )
    op.create_index("ix_ooms_approval_exporter_id", "ooms_approval", ["exporter_id", "id"])
    op.create_index("ix_ooms_approval_valid_until", "ooms_approval", ["state", "valid_until"])
    op.create_table(
        "ooms_approval_series",
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("level", "year", name=op.f("pk_ooms_approval_series")),
    )


def _lists() -> None:
    op.create_table(
        "ooms_applicant_fact",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stated_by", sa.String(length=36), nullable=False),
        sa.Column("stated_at", INSTANT, nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        sa.CheckConstraint(_FACTS, name=op.f("ck_ooms_applicant_fact_kind")),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_applicant_fact_exporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["stated_by"], ["ooms_user.id"], name=op.f("fk_ooms_applicant_fact_stated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_applicant_fact")),
    )
    op.create_index(
        "ix_ooms_applicant_fact_exporter_id", "ooms_applicant_fact", ["exporter_id", "id"]
    )
    op.create_table(
        "ooms_list_edition",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("published_by", sa.String(length=36), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "kind IN ('ON_SITE', 'REVIEW_WAIVER')", name=op.f("ck_ooms_list_edition_kind")
        ),
        sa.CheckConstraint(
            "state IN ('PROPOSED', 'PUBLISHED', 'DROPPED')",
            name=op.f("ck_ooms_list_edition_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_list_edition")),
    )
    op.create_index("ix_ooms_list_edition_kind", "ooms_list_edition", ["kind", "year", "id"])
    op.create_table(
        "ooms_list_entry",
        sa.Column("edition_id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=True),
        sa.Column("hs6", sa.String(length=6), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("removed_because", sa.Text(), nullable=False),
        sa.Column("removal_code", sa.String(length=40), nullable=False),
        sa.CheckConstraint(_GROUNDS, name=op.f("ck_ooms_list_entry_ground")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["ooms_list_edition.id"], name=op.f("fk_ooms_list_entry_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_list_entry_exporter_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "place", name=op.f("pk_ooms_list_entry")),
    )
    op.create_index(
        "ix_ooms_list_entry_exporter_id", "ooms_list_entry", ["exporter_id", "edition_id"]
    )


def _waivers() -> None:
    op.create_table(
        "ooms_review_waiver",
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("edition_id", sa.String(length=36), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("is_sampled", sa.Boolean(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=8), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.String(length=36), nullable=True),
        sa.Column("checked_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "outcome IN ('CLEAN', 'FLAWED')", name=op.f("ck_ooms_review_waiver_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["ooms_application.id"],
            name=op.f("fk_ooms_review_waiver_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_review_waiver_exporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["ooms_list_edition.id"],
            name=op.f("fk_ooms_review_waiver_edition_id"),
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["ooms_user.id"], name=op.f("fk_ooms_review_waiver_checked_by")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_ooms_review_waiver")),
    )
    op.create_index(
        "ix_ooms_review_waiver_is_sampled", "ooms_review_waiver", ["is_sampled", "issued_on"]
    )
    op.create_table(
        "ooms_list_contest",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("edition_id", sa.String(length=36), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("stated_by", sa.String(length=36), nullable=False),
        sa.Column("stated_at", INSTANT, nullable=False),
        sa.Column("is_upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=36), nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_list_contest_exporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["ooms_list_edition.id"], name=op.f("fk_ooms_list_contest_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["stated_by"], ["ooms_user.id"], name=op.f("fk_ooms_list_contest_stated_by")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["ooms_user.id"], name=op.f("fk_ooms_list_contest_answered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_list_contest")),
    )
    op.create_index("ix_ooms_list_contest_exporter_id", "ooms_list_contest", ["exporter_id", "id"])


def downgrade() -> None:
    for table in (
        "ooms_list_contest",
        "ooms_review_waiver",
        "ooms_list_entry",
        "ooms_list_edition",
        "ooms_applicant_fact",
        "ooms_approval_series",
        "ooms_approval",
        "ooms_approval_request",
    ):
        op.drop_table(table)
