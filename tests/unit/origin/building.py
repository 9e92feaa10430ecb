"""Builds cases for the tests of the engine."""

from ooms.agreements import notation, registry
from ooms.agreements.edition_tables import load_editions
from ooms.origin.case import read_case
from ooms.origin.determine import determine
from ooms.origin.explain import answer

REGISTRY = registry.load_shipped()
EDITIONS = load_editions()
PARTNER = {"AKFTA": "VN", "KCFTA": "CN", "KVFTA": "VN"}
EDITION = {"AKFTA": 2017, "KCFTA": 2012, "KVFTA": 2012}


def material(name, hs=None, value="10", **more):
    return {"name": name, "hs": hs, "originating": False, "value": value, **more}


def own(name, hs, value="10", **more):
    return material(name, hs, value, **({"originating": True, "origin": "KR"} | more))


def document(*materials, agreement="AKFTA", hs="850440", price="100", basis="FOB", **more):
    product = {"hs": hs, "description": "the good"} | more.pop("product", {})
    return {
        "agreement": agreement,
        "rule": None,
        "on": "2026-11-20",
        "hs_edition": EDITION[agreement],
        "exporting_party": "KR",
        "importing_party": PARTNER[agreement],
        "product": product,
        "price": {"basis": basis, "amount": price, "currency": "USD"} if price else None,
        "materials": list(materials),
        "processes": ["manufacture"],
        "facts": {},
    } | more


def judged(case_document):
    case = read_case(case_document, read_rule=notation.read)
    return determine(case, REGISTRY.agreement(case.agreement), editions=EDITIONS)


def answered(*materials, **more):
    return answer(judged(document(*materials, **more)))


def verdict(*materials, **more):
    return answered(*materials, **more)["verdict"]
