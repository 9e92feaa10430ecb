"""One act of a page with many forms: its name begins its fields and keeps its key apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ooms.portal.client import Refused
from ooms.portal.forms import Form
from ooms.portal.visit import Visit


@dataclass(frozen=True, slots=True)
class Act:
    """A form by its name; its fields are `<name>.<member of the body>`."""

    name: str
    form: Form

    def __getitem__(self, member: str) -> str:
        """Return what stands in the field of a member."""
        return self.form[f"{self.name}.{member}"]

    @property
    def key(self) -> str:
        """The idempotency key: the page's own, apart from those of its other forms."""
        return f"{self.form.key}.{self.name}"

    def body(self, *members: str) -> dict[str, Any]:
        """Build the body that the fields of this act name, of some members when they are named."""
        told: dict[str, Any] = self.form.body(self.name).get(self.name, {})
        return {one: told[one] for one in members if one in told} if members else told

    async def do(self, visit: Visit, path: str, body: Any = None) -> Any:
        """Ask the interface to do it.

        Raises:
            Refused: the interface refused; its flaws name the fields of this act.

        """
        try:
            return await visit.api.post(path, body, key=self.key)
        except Refused as refused:
            raise refused.moved(self._field) from None

    def _field(self, pointer: str) -> str:
        # A flaw of the whole body names no field.
        return f"/{self.name}{pointer}" if pointer else ""
