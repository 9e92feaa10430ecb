"""What compiling rules buys, as ratios within one run."""

from decimal import localcontext

import pytest

from ooms.agreements import notation, registry
from ooms.agreements.edition_tables import load_editions
from ooms.agreements.nomenclature import Nomenclature
from ooms.kernel.quantity import EXACT
from ooms.origin.case import read_case
from ooms.origin.compiled.judge import verdict
from ooms.origin.compiled.prepared import CodeBook, prepare
from ooms.origin.compiled.rules import compile_rule_set
from ooms.origin.determine import determine
from tests.bench import determining
from tests.bench.timing import together_us

TRIES = 3
ROUNDS = range(40)


@pytest.fixture(scope="module")
def court():
    editions, document = load_editions(), determining.case()
    agreement = registry.load_shipped().agreement(document["agreement"])
    (rule_set,) = agreement.rule_sets
    nomenclature = Nomenclature.of(rule_set.hs_edition)
    compiled = compile_rule_set(rule_set, agreement=agreement, nomenclature=nomenclature)
    return agreement, compiled, editions, CodeBook(editions)


def case_of(lines):
    document = determining.case()
    materials = document["materials"] * (lines // determining.LINES)
    return read_case(document | {"materials": materials}, read_rule=notation.read)


def test_compiled_verdict_costs_a_quarter_of_the_trace(court):
    agreement, compiled, editions, book = court
    case = case_of(20)
    prepared = prepare(case, book=book)

    def compiled_by_traced():
        with localcontext(EXACT):
            spent = together_us(
                {
                    "compiled": lambda _: verdict(compiled, prepared),
                    "traced": lambda _: determine(case, agreement, editions=editions),
                },
                ROUNDS,
            )
        return spent["compiled"] / spent["traced"]

    assert min(compiled_by_traced() for _ in range(TRIES)) <= 1 / 4


def test_bill_ten_times_as_long_costs_less_than_ten_times(court):
    _, compiled, _, book = court
    short, long = (prepare(case_of(lines), book=book) for lines in (20, 200))

    def long_by_short():
        with localcontext(EXACT):
            spent = together_us(
                {
                    "short": lambda _: verdict(compiled, short),
                    "long": lambda _: verdict(compiled, long),
                },
                ROUNDS,
            )
        return spent["long"] / spent["short"]

    assert min(long_by_short() for _ in range(TRIES)) <= 7
