"""Forms that stand on one page beside others: each has a prefix before the names of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ooms.portal.client import Refused
from ooms.portal.forms import KEY, Form


def taken_out(form: Form, prefix: str) -> Form:
    """Return the form of one prefix, its fields named as the interface names them."""
    start = f"{prefix}."
    return Form(
        {name.removeprefix(start): one for name, one in form.fields.items() if name != KEY},
        key=form.key,
    )


def put_back(form: Form, refused: Refused, *, prefix: str) -> Form:
    """Return the whole page's form with what was refused of one prefix."""
    flaws = [
        {"pointer": f"/{prefix}{one.pointer}", "detail": one.detail, "code": one.code}
        for one in refused.flaws
    ]
    problem: Mapping[str, Any] = {
        "code": refused.code,
        "detail": refused.detail,
        "trace_id": refused.trace_id,
        "errors": flaws,
    }
    return form.refuse(Refused(refused.status, problem))
