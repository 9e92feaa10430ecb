"""The areas of the portal, each with the pages of one audience."""

from __future__ import annotations

from ooms.portal.border import pages as border
from ooms.portal.company import pages as company
from ooms.portal.compliance import pages as compliance
from ooms.portal.desk import pages as desk
from ooms.portal.figures import pages as figures
from ooms.portal.operator import pages as operator
from ooms.portal.products import pages as products
from ooms.portal.public import pages as public
from ooms.portal.rulings import pages as rulings
from ooms.portal.sign_in import pages as sign_in
from ooms.portal.training import pages as training

#: Modules with a `router`; a new area gets its line here.
AREAS = (
    sign_in,
    company,
    products,
    desk,
    public,
    border,
    figures,
    compliance,
    operator,
    rulings,
    training,
)
