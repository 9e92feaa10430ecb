"""Widen access: more roles, sessions that can be listed, second factors."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
FIRST_ROLES = ("EXPORTER", "OFFICER", "IMPORT_OFFICER", "OPERATOR")
ROLES = (
    "EXPORTER",
    "BROKER",
    "PRODUCER",
    "OFFICER",
    "SUPERVISOR",
    "IMPORT_OFFICER",
    "PARTNER_DESK",
    "OPERATOR",
    "AUDITOR",
)
USER = "id, login, name, role, exporter_id, password_hash, created_at"


def upgrade() -> None:
    op.drop_table("ooms_session")  # everybody logs in again: an old row has no key to list it by
    if op.get_bind().dialect.name == "sqlite":
        _make_users_anew(ROLES, sa.Column("disabled_at", INSTANT, nullable=True))
    else:
        op.add_column("ooms_user", sa.Column("disabled_at", INSTANT, nullable=True))
        _check_roles(ROLES)
    _make_sessions(
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("means", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.UniqueConstraint("id", name=op.f("uq_ooms_session_id")),
    )
    op.create_index("ix_ooms_session_user_id", "ooms_session", ["user_id"], unique=False)
    _make_failures()
    _make_second_factors()


def downgrade() -> None:
    for name in (
        "ooms_second_factor",
        "ooms_login_failure",
        "ooms_session",
    ):
        op.drop_table(name)
    if op.get_bind().dialect.name == "sqlite":
        _make_users_anew(FIRST_ROLES)
    else:
        op.drop_column("ooms_user", "disabled_at")
        _check_roles(FIRST_ROLES)
    _make_sessions()


def _make_users_anew(roles: tuple[str, ...], *more: sa.Column[object]) -> None:
    """Change the check of roles on SQLite, which alters no check of a table that there is.

    The rows go out and come back under the same keys, so whatever points at them is right again
    when the transaction ends; until then it is not looked at.
    """
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TABLE ooms_user_before AS SELECT {USER} FROM ooms_user")  # noqa: S608  # no word of a user
    op.drop_table("ooms_user")
    op.create_table(
        "ooms_user",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("login", sa.String(length=35), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        *more,
        sa.CheckConstraint(_among(roles), name=op.f("ck_ooms_user_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_user")),
        sa.UniqueConstraint("login", name=op.f("uq_ooms_user_login")),
    )
    op.execute(f"INSERT INTO ooms_user ({USER}) SELECT {USER} FROM ooms_user_before")  # noqa: S608
    op.drop_table("ooms_user_before")


def _check_roles(roles: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck_ooms_user_role"), "ooms_user", type_="check")
    op.create_check_constraint(op.f("ck_ooms_user_role"), "ooms_user", _among(roles))


def _among(roles: tuple[str, ...]) -> str:
    return "role IN ({})".format(", ".join(f"'{role}'" for role in roles))


def _make_sessions(*more: sa.Column[object] | sa.Constraint) -> None:
    op.create_table(
        "ooms_session",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["user_id"], ["ooms_user.id"], name=op.f("fk_ooms_session_user_id")
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_ooms_session")),
    )
    op.create_index("ix_ooms_session_expires_at", "ooms_session", ["expires_at"], unique=False)


def _make_failures() -> None:
    op.create_table(
        "ooms_login_failure",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_login_failure")),
    )
    op.create_index(
        "ix_ooms_login_failure_subject", "ooms_login_failure", ["subject", "at"], unique=False
    )
    op.create_index("ix_ooms_login_failure_at", "ooms_login_failure", ["at"], unique=False)


def _make_second_factors() -> None:
    op.create_table(
        "ooms_second_factor",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ooms_user.id"], name=op.f("fk_ooms_second_factor_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_ooms_second_factor")),
    )
