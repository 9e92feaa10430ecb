"""One act of a page with many forms: its name begins its fields and keeps its key apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ooms.portal.client import Flaw, Refused
from ooms.portal.forms import Form
from ooms.portal.visit import Visit


@dataclass(frozen=True, slots=True)
class Act:
    """A form by its name; its fields are `<name>.<member of the body>`."""

    name: str
    form: Form

    @property
    def key(self) -> str:
        """The idempotency key: the page's own, apart from those of its other forms."""
        return f"{self.form.key}.{self.name}"

    def body(self) -> dict[str, Any]:
        """Build the body that the fields of this act name."""
        told: dict[str, Any] = self.form.body(self.name).get(self.name, {})
        return told

    async def do(self, visit: Visit, path: str, body: Any = None) -> Any:
        """Ask the interface to do it.

        Raises:
            Refused: the interface refused; its flaws name the fields of this act.

        """
        try:
            return await visit.api.post(path, body, key=self.key)
        except Refused as refused:
            raise self.placed(refused) from refused

    def placed(self, refused: Refused) -> Refused:
        """Return a refusal whose flaws name the fields of this act."""
        placed = Refused(
            refused.status,
            {"code": refused.code, "detail": refused.detail, "trace_id": refused.trace_id},
        )
        placed.flaws = tuple(self._placed(one) for one in refused.flaws)
        return placed

    def _placed(self, flaw: Flaw) -> Flaw:
        # A flaw of the whole body names no field.
        return replace(flaw, pointer=f"/{self.name}{flaw.pointer}") if flaw.pointer else flaw
