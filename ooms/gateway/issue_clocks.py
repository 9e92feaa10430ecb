"""When a certificate should have been issued, for goods that left on a day."""

from __future__ import annotations

from datetime import date

from eodes.api import Gateway
from eodes.domain import form_dates
from ooms.claims.facts import Timing
from ooms.claims.held import Held


class FormClocks:
    """The clocks of the forms, in the calendar of the country of issue."""

    def __init__(self, gateway: Gateway) -> None:
        """Use the gateway of this node."""
        self._gateway = gateway

    def timing(self, held: Held, *, shipped_on: date) -> Timing:
        """Say whether a received certificate was issued late after a shipment."""
        on = held.issued_on
        form = self._gateway.form(agreement=held.agreement, form_type=held.form_type, on=on)
        calendar = self._gateway.calendar(
            held.issuer.country if held.issuer else held.issuing_country
        )
        return Timing(
            late=form_dates.retroactive_needed(
                form, shipped_on=shipped_on, issued_on=on, calendar=calendar
            ),
            last_day=form_dates.last_retroactive_day(form, shipped_on),
            source=form.issue_window.source,
        )
