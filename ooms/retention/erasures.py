"""What of each thing is deleted, table by table; a file of its own, for it names every desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, select

from ooms.access import tables as known
from ooms.applications import tables as applied
from ooms.certificates import tables as certified
from ooms.cost_statements import tables as stated
from ooms.crosschecks import tables as asked
from ooms.determinations import tables as determined
from ooms.documents import tables as printed
from ooms.error_notices import tables as told
from ooms.listings import tables as listed
from ooms.products import tables as described
from ooms.refusals import tables as refused
from ooms.retention.model import (
    DELETED,
    Kind,
    blank_answer,
    blank_case,
    blank_content,
    blank_document,
    blank_notice,
    blank_texts,
)
from ooms.sign_on import tables as recognized
from ooms.site_checks import tables as visited
from ooms.suppliers import tables as supplied

_certificate, _news = certified.certificate, certified.news
_application, _determination = applied.application, determined.determination
_bill, _declaration = described.bill, supplied.declaration

Row = Mapping[str, Any]
Blank = Callable[[Row, date], dict[str, Any]]
#: Reads like a hash, and is that of no password: a log-in with it fails as any other.
NO_PASSWORD = "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$" + "A" * 43  # opens nothing


@dataclass(frozen=True, slots=True)
class Erasure:
    """One table of a thing: how its rows are found, and what of them is blanked."""

    table: Table
    by: Column[Any]
    #: None deletes the rows; their digest stays in the record.
    blank: Blank | None
    #: How to get from the thing's key to what the column holds, when that is not the key.
    through: Callable[[str], Select[Any]] | None = None

    def within(self, key: str) -> ColumnElement[bool]:
        """Return the condition for the rows of a thing."""
        return self.by == key if self.through is None else self.by.in_(self.through(key))


def _fixed(**values: Any) -> Blank:
    return lambda _row, _on: values


#: Every table that deletion touches, by kind.  What is not named here is never touched.
ERASURES: Mapping[Kind, tuple[Erasure, ...]] = {
    Kind.CERTIFICATE: (
        Erasure(
            _certificate,
            _certificate.c.id,
            lambda row, on: {
                "content": blank_content(row["content"]),
                "document": blank_document(row["document"], on=on),
                "access_code": "",
                "exchange_detail": None,
            },
        ),
        Erasure(
            certified.copy,
            certified.copy.c.certificate_id,
            lambda row, on: {
                "document": blank_document(row["document"], on=on),
                "reason": DELETED,
            },
        ),
        Erasure(printed.document, printed.document.c.certificate_id, None),
        Erasure(_news, _news.c.certificate_id, _fixed(facts={})),
    ),
    Kind.APPLICATION: (
        Erasure(
            _application,
            _application.c.id,
            lambda row, _on: {
                "content": blank_content(row["content"]),
                "reason": DELETED if row["reason"] else row["reason"],
            },
        ),
        Erasure(applied.check, applied.check.c.application_id, _fixed(detail=DELETED)),
        # Before the answers: a release is found by them.
        Erasure(
            asked.release,
            asked.release.c.answer_id,
            _fixed(reason=DELETED),
            through=lambda key: select(asked.answer.c.id).where(
                asked.answer.c.application_id == key
            ),
        ),
        Erasure(
            asked.answer, asked.answer.c.application_id, _fixed(stated={}, why=DELETED, hits=[])
        ),
        Erasure(
            refused.good,
            refused.good.c.refusal_id,
            _fixed(maker=DELETED),
            through=lambda key: select(refused.refusal.c.id).where(
                refused.refusal.c.application_id == key
            ),
        ),
        Erasure(refused.refusal, refused.refusal.c.application_id, _fixed(reason=DELETED)),
        Erasure(
            listed.waiver, listed.waiver.c.application_id, _fixed(detail=DELETED, text=DELETED)
        ),
        Erasure(
            applied.completion,
            applied.completion.c.application_id,
            _fixed(lacks=[], answer="", stated=None),
        ),
        Erasure(
            visited.site_check,
            visited.site_check.c.application_id,
            _fixed(scope=DELETED, postponement=None, report=None),
        ),
    ),
    Kind.DETERMINATION: (
        Erasure(
            _determination,
            _determination.c.id,
            lambda row, _on: {
                "case": blank_case(row["case"]),
                "answer": blank_answer(row["answer"]),
                "sealed": [],
            },
        ),
        Erasure(stated.statement, stated.statement.c.id, _fixed(withdrawn_because=DELETED)),
    ),
    Kind.BILL: (Erasure(_bill, _bill.c.product_id, _fixed(materials=[], processes=[])),),
    Kind.SUPPLIER_DECLARATION: (
        Erasure(
            _declaration,
            _declaration.c.id,
            lambda row, _on: {
                "supplier": blank_texts(row["supplier"]) | {"country": row["supplier"]["country"]},
                "goods": blank_texts(row["goods"]) | {"hs": row["goods"]["hs"]},
                "statement": None,
                "findings": [],
                "reason": "",
            },
        ),
    ),
    Kind.ERROR_NOTICE: (
        Erasure(
            told.notice,
            told.notice.c.id,
            lambda row, _on: {
                "statement": blank_notice(row["statement"]),
                "closing_words": DELETED if row["closing_words"] else "",
            },
        ),
    ),
    Kind.LIST_CONTEST: (
        Erasure(listed.contest, listed.contest.c.id, _fixed(statement=DELETED, answer=DELETED)),
    ),
    Kind.USER: (
        Erasure(known.second_factor, known.second_factor.c.user_id, None),
        Erasure(known.recovery_code, known.recovery_code.c.user_id, None),
        Erasure(recognized.credential, recognized.credential.c.user_id, None),
        Erasure(
            known.user,
            known.user.c.id,
            lambda row, _on: {
                "name": DELETED,
                "login": row["id"].replace("-", ""),
                "password_hash": NO_PASSWORD,
            },
        ),
    ),
}
