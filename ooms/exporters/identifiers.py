"""Checks the registration number of a company by the scheme of its country."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from stdnum import get_cc_module
from stdnum.exceptions import ValidationError

#: The scheme of each country that a company is registered under, as python-stdnum names it.
SCHEMES: Mapping[str, str] = {
    "AU": "abn",
    "CA": "bn",
    "CL": "rut",
    "CN": "uscc",
    "CO": "nit",
    "GB": "vat",
    "ID": "npwp",
    "IN": "gstin",
    "JP": "cn",
    "KE": "pin",
    "KR": "brn",
    "NZ": "ird",
    "PE": "ruc",
    "SG": "uen",
    "TH": "tin",
    "TR": "vkn",
    "VN": "mst",
}


class Check(StrEnum):
    """What can be said of a number by its form alone."""

    VALID = "VALID"
    INVALID = "INVALID"
    UNKNOWN_SCHEME = "UNKNOWN_SCHEME"


def check(number: str, *, country: str) -> Check:
    """Tell whether a number can be one of its country: length, parts, and check digit if any.

    That the number was given to this company is for a register to say.
    """
    scheme = get_cc_module(country.lower(), SCHEMES[country]) if country in SCHEMES else None
    if scheme is None:
        return Check.UNKNOWN_SCHEME
    try:
        scheme.validate(number)
    except ValidationError:
        return Check.INVALID
    return Check.VALID
