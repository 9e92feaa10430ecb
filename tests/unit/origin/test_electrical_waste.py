"""One answer settles what HS 2022 did to electrical waste, for the good and every material."""

from ooms.agreements import notation
from ooms.agreements.edition_tables import load_editions
from ooms.kernel.hs import HsCode
from ooms.origin.case import read_case
from ooms.origin.concordance import concord

EDITIONS = load_editions()
DOCUMENT = {
    "agreement": "AKFTA",
    "on": "2026-11-20",
    "hs_edition": 2017,
    "exporting_party": "KR",
    "importing_party": "VN",
    "product": {"hs": "850110"},
    "materials": [{"name": "board", "hs": "853400", "originating": False}],
}


def crossed(**facts):
    case = read_case(DOCUMENT | {"facts": facts}, read_rule=notation.read)
    found = concord(case, 2022, editions=EDITIONS)
    assert found is not None
    return found.case


def test_code_keeps_its_waste_candidates_until_asked():
    codes = crossed().product.codes

    assert HsCode("850110") in codes
    assert {code.heading for code in codes} == {"8501", "8549"}


def test_answer_leaves_one_code_for_every_line():
    case = crossed(electrical_waste=False)

    assert case.product.codes == (HsCode("850110"),)
    assert case.materials[0].codes == (HsCode("853400"),)


def test_waste_keeps_every_candidate():
    assert crossed(electrical_waste=True).product.codes == crossed().product.codes
