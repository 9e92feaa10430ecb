"""Keep the ledger for every kind of use: shares, turns, reversals, and who used what where."""

from decimal import Decimal
from fractions import Fraction
from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
ITEM = ("issuing_country", "agreement", "number_key", "item_no")


def upgrade() -> None:
    known = _known()
    op.drop_table("ooms_ledger_draw")
    _make_entries()
    with op.batch_alter_table("ooms_ledger_balance") as batch:
        batch.add_column(sa.Column("reserved_share", sa.Text(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("entries", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("ooms_ledger_balance") as batch:
        batch.alter_column("reserved_share", server_default=None)
        batch.alter_column("entries", server_default=None)
    _fill(known)


def downgrade() -> None:
    op.drop_table("ooms_ledger_draw")
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
    op.create_index("ix_ooms_ledger_draw_number_key", "ooms_ledger_draw", ["number_key", "item_no"])
    with op.batch_alter_table("ooms_ledger_balance") as batch:
        batch.drop_column("entries")
        batch.drop_column("reserved_share")


def _make_entries() -> None:
    op.create_table(
        "ooms_ledger_draw",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("issuing_country", sa.String(length=2), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("number_key", sa.String(length=35), nullable=False),
        sa.Column("item_no", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("share", sa.Text(), nullable=False),
        sa.Column("quantity", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("source", sa.String(length=11), nullable=False),
        sa.Column("source_id", sa.String(length=36), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("spec_no", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=35), nullable=False),
        sa.Column("office", sa.String(length=70), nullable=True),
        sa.Column("importer", sa.String(length=70), nullable=True),
        sa.Column("invoice", sa.String(length=36), nullable=True),
        sa.Column("reverses_id", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('DRAWN', 'RETURNED', 'RESERVED', 'RELEASED', 'ADJUSTED')",
            name=op.f("ck_ooms_ledger_draw_kind"),
        ),
        sa.CheckConstraint(
            "source IN ('CLAIM', 'CERTIFICATE', 'OFFICER')",
            name=op.f("ck_ooms_ledger_draw_source"),
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["ooms_ledger_draw.id"], name=op.f("fk_ooms_ledger_draw_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_ledger_draw")),
        sa.UniqueConstraint(
            "number_key",
            "item_no",
            "agreement",
            "issuing_country",
            "turn",
            name=op.f("uq_ooms_ledger_draw_item_turn"),
        ),
    )
    op.create_index("ix_ooms_ledger_draw_source_id", "ooms_ledger_draw", ["source_id", "line_no"])
    op.create_index("ix_ooms_ledger_draw_reference", "ooms_ledger_draw", ["reference"])
    op.create_index("ix_ooms_ledger_draw_invoice", "ooms_ledger_draw", ["invoice"])


def _known() -> list[dict[str, object]]:
    """Read what claims drew and gave back, with what their lines say was certified."""
    draw = sa.table(
        "ooms_ledger_draw",
        *(sa.column(name) for name in (*ITEM, "id", "claim_id", "line_no", "direction")),
        sa.column("quantity"),
        sa.column("unit"),
        sa.column("at", INSTANT),
    )
    line = sa.table(
        "ooms_claim_line",
        sa.column("claim_id"),
        sa.column("line_no"),
        sa.column("content", sa.JSON()),
    )
    claim = sa.table("ooms_claim", sa.column("id"), sa.column("declaration_number"))
    rows = op.get_bind().execute(
        sa.select(draw, line.c.content, claim.c.declaration_number)
        .join(line, sa.and_(line.c.claim_id == draw.c.claim_id, line.c.line_no == draw.c.line_no))
        .join(claim, claim.c.id == draw.c.claim_id)
        .order_by(*(draw.c[name] for name in ITEM), draw.c.id)
    )
    return [dict(one) for one in rows.mappings()]


def _fill(known: list[dict[str, object]]) -> None:
    entry = sa.table(
        "ooms_ledger_draw",
        *(sa.column(name) for name in (*ITEM, "id", "turn", "kind", "share", "quantity", "unit")),
        *(sa.column(name) for name in ("source", "source_id", "line_no", "spec_no", "reference")),
        *(sa.column(name) for name in ("reverses_id", "reason", "by")),
        sa.column("at", INSTANT),
    )
    balance = sa.table("ooms_ledger_balance", *map(sa.column, ITEM), sa.column("entries"))
    for item, rows in groupby(known, key=lambda one: tuple(one[name] for name in ITEM)):
        drawn: dict[object, object] = {}
        written = [_entry(one, turn, drawn) for turn, one in enumerate(rows, 1)]
        op.bulk_insert(entry, written)
        is_item = (balance.c[name] == value for name, value in zip(ITEM, item, strict=True))
        op.execute(sa.update(balance).where(*is_item).values(entries=len(written)))


def _entry(row: dict[str, object], turn: int, drawn: dict[object, object]) -> dict[str, object]:
    place = row["claim_id"], row["line_no"]
    is_return = row["direction"] == "RETURNED"
    share = Fraction(Decimal(str(row["quantity"]))) / _certified(row["content"])
    entry = {name: row[name] for name in (*ITEM, "id", "quantity", "unit", "line_no", "at")}
    entry |= {
        "turn": turn,
        "kind": row["direction"],
        "share": str(-share if is_return else share),
        "source": "CLAIM",
        "source_id": row["claim_id"],
        "spec_no": 0,
        "reference": row["declaration_number"],
        "reverses_id": drawn.get(place) if is_return else None,
        "reason": "a later version of the declaration" if is_return else "",
        "by": "",
    }
    drawn.setdefault(place, row["id"])
    return entry


def _certified(content: dict[str, list[dict[str, dict[str, str]]]]) -> Fraction:
    """Read what was certified in the unit of the line, as its check of the quantity says."""
    for said in content["checks"]:
        if "certified" in said["facts"] and "left" in said["facts"]:
            return Fraction(Decimal(said["facts"]["certified"]))
    raise LookupError("a line that drew on the ledger has no check of its quantity")
