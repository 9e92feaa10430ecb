"""The checks of a claim on the certificate itself: arrival, issue, parties, validity, timing."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ooms.agreements import notation
from ooms.claims.checks import agreement, authenticity, found, issue_timing, validity
from ooms.claims.checks.register import CHECKS, check_all
from ooms.claims.declaration import ClaimType, Journey, Span, bare
from ooms.claims.facts import Admissible, Approved, Limit, LimitKind, Timing
from ooms.claims.goods import GoodsLists, Listed, Listing
from ooms.claims.held import Named
from ooms.claims.issuers import Issuer, Issuers, IssuersError, issuers_of
from ooms.claims.model import Checked, Decision, Outcome, decide, telling
from ooms.claims.quotas import RuleQuotas, quotas_of
from ooms.claims.terms import EVERY, Cited, ClaimTermsError, NumberPattern
from ooms.decisions.loader import load_grounds
from tests.claim_cases import ABOUT, FACTS, HELD, TERMS, a_case, stated

LAST_DAY = date(2027, 11, 19)
DOUBTED = replace(FACTS, limits=(Limit(LimitKind.DOUBTED_CERTIFICATE, "its seal", "V-1"),))


def said_of(check, case):
    said = check(case)
    return (said.outcome, said.code) if said else None


def test_good_claim_passes_every_check():
    checks = check_all(a_case())

    assert {one.outcome for one in checks} == {Outcome.PASS}
    assert decide(checks) is Decision.GRANTED


def test_there_are_eighteen_checks_each_with_its_row():
    assert len(CHECKS) == 18
    assert [one.no for one in TERMS.checks] == list(range(1, 19))
    assert [one.name for one in TERMS.checks] == [
        one.__module__.rsplit(".", 1)[-1] for one in CHECKS
    ]


def test_every_severity_names_a_check_and_an_outcome():
    names = {one.name for one in TERMS.checks}

    assert {one.check for one in TERMS.severities.values()} == names
    for one in TERMS.severities.values():
        assert Outcome(one.outcome) is not Outcome.PASS
        assert one.cited.source
        assert one.means
        assert one.then


@pytest.mark.parametrize(
    ("agreement_code", "country", "source"),
    [
        ("KCFTA", "CN", "China-Korea FTA, Article 3.21: a corrected copy"),
        ("KVFTA", "VN", "Korea-Viet Nam FTA, Article 3.19(1) to (3)"),
        ("KRIN", "IN", "Korea-India CEPA, Articles 4.7 and 4.8(4)"),
        ("ATIGA", "VN", "ATIGA OCP, Rule 16(1)"),
        ("AKFTA", "KR", "Korea: Enforcement Rule of the FTA Customs Act, Article 21(5)(3)"),
    ],
)
def test_finding_stands_in_the_agreement_that_was_read(agreement_code, country, source):
    case = a_case(agreement=agreement_code, facts=replace(FACTS, country=country))

    said = case.differs("REF-MODEL", detail="", facts={})

    assert said.source.startswith(source)
    assert "stands in" not in said.source


def test_law_of_korea_only_stands_in_for_another_country():
    case = a_case(agreement="AKFTA", facts=replace(FACTS, country="VN"))

    said = case.differs("REF-MODEL", detail="", facts={})

    assert said.source.endswith("stands in for the law of VN, which was not read")


def test_code_that_nobody_wrote_down_is_an_error():
    with pytest.raises(ClaimTermsError, match="REF-NOTHING"):
        a_case().differs("REF-NOTHING", detail="", facts={})


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (a_case(None), (Outcome.FAIL, "LIN-UNKNOWN")),
        (a_case(None, agreement="AKFTA"), (Outcome.WAIT, "LIN-AWAITED")),
        (
            a_case(None, agreement="AKFTA", about=stated(paper_held=True)),
            (Outcome.QUERY, "LIN-PAPER"),
        ),
        (
            a_case(None, agreement="ATIGA", about=stated(paper_held=True)),
            (Outcome.WAIT, "LIN-AWAITED"),
        ),
        (
            a_case(None, agreement="KVFTA", facts=replace(FACTS, elsewhere=("AKFTA",))),
            (Outcome.FAIL, "LIN-UNKNOWN"),
        ),
        (a_case(item_no=9), (Outcome.FAIL, "LIN-ITEM")),
        (a_case(replace(HELD, state="CANCELLED")), (Outcome.FAIL, "LIN-STATE")),
        (a_case(replace(HELD, state="ANNULLED")), (Outcome.FAIL, "LIN-STATE")),
        (a_case(replace(HELD, state="HELD")), (Outcome.QUERY, "LIN-HELD")),
        (a_case(replace(HELD, is_lookalike=True)), (Outcome.QUERY, "LIN-LOOKALIKE")),
        (replace(a_case(), found=(HELD, HELD)), (Outcome.QUERY, "LIN-AMBIGUOUS")),
        (a_case(), (Outcome.PASS, "")),
    ],
)
def test_certificate_is_found_awaited_or_missed(case, expected):
    assert said_of(found.check, case) == expected


@pytest.mark.parametrize(
    ("agreement_code", "until"),
    [("AKFTA", date(2027, 1, 15)), ("KVFTA", date(2026, 12, 31)), ("KCFTA", date(2027, 1, 12))],
)
def test_each_agreement_says_how_long_is_waited(agreement_code, until):
    said = found.check(a_case(None, agreement=agreement_code))

    assert said is not None
    assert said.until == until
    assert decide((said,)) is Decision.AWAITING


def test_other_spelling_passes_with_a_warning():
    said = found.check(a_case(replace(HELD, warning="same number, other spelling")))

    assert said is not None
    assert (said.outcome, said.detail) == (Outcome.PASS, "same number, other spelling")


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (a_case(), (Outcome.PASS, "")),
        (a_case(about=stated(issued_on=HELD.issued_on)), (Outcome.PASS, "")),
        (a_case(about=stated(issued_on=date(2026, 11, 21))), (Outcome.QUERY, "REF-ISSUED-ON")),
        (a_case(about=stated(issuer="SEOUL MAIN CUSTOMS")), (Outcome.PASS, "")),
        (a_case(about=stated(issuer="Busan Customs")), (Outcome.QUERY, "REF-ISSUER")),
        (a_case(replace(HELD, issuer=Named("X", "CN"))), (Outcome.QUERY, "REF-ISSUER")),
        (a_case(facts=DOUBTED), (Outcome.QUERY, "REF-ISSUER")),
        (a_case(about=stated(approved_exporter=True)), (Outcome.QUERY, "REF-APPROVED-NUMBER")),
    ],
)
def test_issuer_and_day_of_issue_are_as_stated(case, expected):
    assert said_of(authenticity.check, case) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("010-12-345678", (Outcome.PASS, "")),
        ("120-81-00001", (Outcome.QUERY, "REF-APPROVED-NUMBER")),
    ],
)
def test_number_of_approved_exporter_follows_the_notified_pattern(number, expected):
    pattern = NumberPattern(EVERY, "KR", r"0\d{2}-\d{2}-\d{6}", Cited("notified", verified=True))
    case = replace(
        a_case(about=stated(approved_exporter_number=number)),
        terms=replace(TERMS, patterns=(pattern,)),
    )

    assert said_of(authenticity.check, case) == expected


SEOUL = Issuer("KR", "SEOUL MAIN CUSTOMS", "a notice", since=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (SEOUL, (Outcome.PASS, "")),
        (replace(SEOUL, name="Busan Customs"), (Outcome.QUERY, "AUT-ISSUING-BODY")),
        (replace(SEOUL, since=date(2026, 11, 21)), (Outcome.QUERY, "AUT-ISSUING-BODY")),
        (replace(SEOUL, until=date(2026, 11, 19)), (Outcome.QUERY, "AUT-ISSUING-BODY")),
        # What was notified for others says nothing of these.
        (replace(SEOUL, name="Busan Customs", country="CN"), (Outcome.PASS, "")),
        (replace(SEOUL, name="Busan Customs", agreement="KCFTA"), (Outcome.PASS, "")),
    ],
)
def test_issuing_body_was_notified_for_the_day(row, expected):
    case = replace(a_case(), terms=replace(TERMS, issuers=Issuers((row,))))

    assert said_of(authenticity.check, case) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[[issuer]]\ncountry = "KR"\nname = "Seoul"', "row 1: lacks source"),
        ('[[issuer]]\ncountry = "KR"\nname = "S"\nsource = "n"\nseal = 1', "nobody knows seal"),
        ('[[issuer]]\ncountry = "KR"\nname = "S"\nsource = "n"\nsince = "x"', "are days"),
        ('[[issuer]]\ncountry = 1\nname = "S"\nsource = "n"', "are texts"),
        ("[body]", "rows [[issuer]] only"),
        ("issuer", "Expected"),
    ],
)
def test_broken_list_of_issuing_bodies_names_its_row(tmp_path, text, problem):
    file = tmp_path / "issuers.toml"
    file.write_text(text, "utf-8")

    with pytest.raises(IssuersError) as refused:
        issuers_of(file)

    assert problem in str(refused.value)


def test_list_of_issuing_bodies_is_read_where_there_is_one(tmp_path):
    file = tmp_path / "issuers.toml"
    nothing = issuers_of(file)
    file.write_text(
        '[[issuer]]\ncountry = "KR"\nname = "SEOUL MAIN CUSTOMS"\nsource = "a notice"\n'
        "since = 2026-11-20\n",
        "utf-8",
    )

    assert nothing == Issuers()
    assert issuers_of(file) == Issuers((SEOUL,))


@pytest.mark.parametrize("spelled", ["124-81-00998", "1248100998"])
def test_registration_of_a_company_is_no_approved_number(spelled):
    held = replace(HELD, exporter_party=Named(HELD.exporter, "KR", "124-81-00998"))

    case = a_case(held, about=stated(approved_exporter_number=spelled))

    assert said_of(authenticity.check, case) == (Outcome.QUERY, "REF-APPROVED-NUMBER")


@pytest.mark.parametrize(
    ("number", "confirmed", "expected"),
    [
        ("K001-26-0000001", True, (Outcome.PASS, "")),
        ("K001-26-1", True, (Outcome.QUERY, "REF-NUMBER")),
        ("K001-26-1", False, (Outcome.PASS, "")),
    ],
)
def test_number_of_a_certificate_follows_a_confirmed_pattern(number, confirmed, expected):
    pattern = NumberPattern(EVERY, "KR", r"K\d{12}", Cited("notified", verified=confirmed))
    held = replace(HELD, number=number, number_key=bare(number))

    case = replace(a_case(held), terms=replace(TERMS, numbering=(pattern,)))

    assert said_of(authenticity.check, case) == expected


def test_number_against_an_unconfirmed_pattern_is_noted():
    held = replace(HELD, number="K001-26-1", number_key="K001261")

    said = authenticity.check(a_case(held))

    assert said is not None
    assert said.outcome is Outcome.PASS
    assert "K001-26-1 is numbered otherwise than an unconfirmed source says" in said.detail
    assert said.facts["certificate_pattern_confirmed"] == "false"


@pytest.mark.parametrize(
    ("number", "on", "fits"),
    [
        ("IK20001234", date(2020, 3, 5), True),
        ("IK20001234", date(2020, 3, 6), False),
        ("EIC/2019/007/0000769A/00000028", date(2020, 3, 6), True),
    ],
)
def test_numbers_of_india_changed_on_their_day(number, on, fits):
    pattern = TERMS.numbered("KRIN", "IN", on=on)

    assert pattern is not None
    assert pattern.fits(bare(number)) is fits


def test_numbers_of_the_form_of_asean_have_no_pattern():
    assert TERMS.numbered("ATIGA", "VN", on=date(2026, 12, 1)) is None


def test_approval_that_had_ended_is_asked_about():
    ended = Approved("A-1", "HANBIT", holds=False, detail="expired on 2026-01-01")
    case = a_case(
        about=stated(approved_exporter_number="A-1"), facts=replace(FACTS, approved=ended)
    )

    assert said_of(authenticity.check, case) == (Outcome.QUERY, "AUT-APPROVED")


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (a_case(), (Outcome.PASS, "")),
        (a_case(origin="KR"), (Outcome.PASS, "")),
        (a_case(origin="CN"), (Outcome.QUERY, "REF-ORIGIN")),
        (a_case(replace(HELD, origin_country="CN")), (Outcome.FAIL, "RUL-PARTY")),
        (a_case(replace(HELD, import_country="ID")), (Outcome.FAIL, "RUL-DESTINATION")),
        (
            a_case(about=replace(ABOUT, journey=Journey(export_country="SG"))),
            (Outcome.QUERY, "REF-ORIGIN"),
        ),
    ],
)
def test_trade_lies_within_the_parties(case, expected):
    assert said_of(agreement.check, case) == expected


def coming(**journey):
    return replace(ABOUT, journey=Journey(**journey))


@pytest.mark.parametrize(
    ("on", "about", "expected"),
    [
        (date(2026, 11, 19), ABOUT, (Outcome.QUERY, "RUL-NOT-YET-VALID")),
        (LAST_DAY, ABOUT, (Outcome.PASS, "")),
        (date(2027, 11, 20), ABOUT, (Outcome.FAIL, "RUL-EXPIRED")),
        (date(2027, 12, 31), coming(arrived_on=LAST_DAY), (Outcome.PASS, "")),
        (date(2027, 12, 31), coming(arrived_on=date(2027, 11, 20)), (Outcome.FAIL, "RUL-EXPIRED")),
        (
            date(2027, 11, 22),
            coming(delayed=(Span(date(2027, 11, 1), date(2027, 11, 4), "typhoon"),)),
            (Outcome.PASS, ""),
        ),
        (
            date(2027, 11, 23),
            coming(delayed=(Span(date(2027, 11, 1), date(2027, 11, 4), "typhoon"),)),
            (Outcome.FAIL, "RUL-EXPIRED"),
        ),
    ],
)
def test_days_after_arrival_and_of_delay_do_not_count(on, about, expected):
    assert said_of(validity.check, a_case(on=on, about=about)) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 11, 19), (Outcome.PASS, "")),
        (date(2026, 11, 18), (Outcome.QUERY, "RUL-NOT-YET-VALID")),
    ],
)
def test_first_day_begins_where_the_certificate_was_issued(on, expected):
    case = a_case(on=on, facts=replace(FACTS, days_ahead=1))

    assert said_of(validity.check, case) == expected


def test_late_claim_rests_on_the_declaration_if_earlier():
    late = replace(ABOUT, claim_type=ClaimType.LATE, claimed_on=date(2028, 1, 10))

    assert said_of(validity.check, a_case(on=LAST_DAY, about=late)) == (Outcome.PASS, "")


@pytest.mark.parametrize(
    ("late", "marked", "issued_on", "expected"),
    [
        (False, False, date(2026, 11, 20), (Outcome.PASS, "")),
        (True, True, date(2026, 11, 20), (Outcome.PASS, "")),
        (True, False, date(2026, 11, 20), (Outcome.QUERY, "RUL-RETROACTIVE-MISSING")),
        (False, True, date(2026, 11, 20), (Outcome.QUERY, "RUL-RETROACTIVE-NOT-DUE")),
        (True, True, date(2027, 11, 20), (Outcome.QUERY, "RUL-ISSUED-TOO-LATE")),
    ],
)
def test_endorsement_of_late_issue_stands_when_due(late, marked, issued_on, expected):
    held = replace(HELD, marked_retroactive=marked, issued_on=issued_on)
    timing = Timing(late=late, last_day=LAST_DAY, source="a clock")

    assert (
        said_of(issue_timing.check, a_case(held, facts=replace(FACTS, timing=timing))) == expected
    )


def test_declared_departure_counts_where_no_shipment_is_certified():
    timing = Timing(late=True, last_day=LAST_DAY, source="a clock")
    case = a_case(
        replace(HELD, shipped_on=None),
        about=coming(departed_on=date(2026, 11, 16)),
        facts=replace(FACTS, timing=timing),
    )

    said = issue_timing.check(case)

    assert said is not None
    assert said.code == "RUL-RETROACTIVE-MISSING"
    assert said.facts["shipped_on"] == "2026-11-16"


def test_what_a_ruling_settles_does_not_ask():
    ruled = Checked("advance_ruling", Outcome.ACCEPT, "ruled", settles=("criterion",))
    asked = Checked("criterion", Outcome.QUERY, "why", code="RUL-CRITERION")

    assert decide((asked,)) is Decision.REFERRED
    assert decide((asked, ruled)) is Decision.GRANTED


def test_failure_is_told_before_what_is_asked():
    case = a_case(hs="850490", used=Fraction(1))
    told = telling(check_all(case))

    assert told is not None
    assert told.code == "LED-EXCEEDED"


def listed(listing, hs, **changes):
    row = Listed("AKFTA", "VN", listing, hs, "converters", "Annex 9", verified=False)
    return replace(row, **changes)


def with_goods(*rows):
    return replace(TERMS, goods=GoodsLists.of(rows))


LICENSED = with_goods(listed(Listing.QUOTA, "8504"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({}, (Outcome.QUERY, "RUL-QUOTA")),
        ({"quota_licence": "VN-TRQ-26-117"}, (Outcome.PASS, "")),
        ({"hs": "901850"}, (Outcome.PASS, "")),
    ],
)
def test_goods_of_a_quota_need_a_licence(line, expected):
    case = replace(a_case(**line), terms=LICENSED)

    assert said_of(agreement.check, case) == expected


def test_quota_of_another_country_asks_for_nothing():
    case = replace(a_case(), terms=LICENSED, facts=replace(FACTS, country="ID"))

    assert said_of(agreement.check, case) != (Outcome.QUERY, "RUL-QUOTA")


EXCLUDED, COVERED = Listing.EXCLUDED, Listing.COVERED


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([listed(EXCLUDED, "85")], "RUL-EXCLUDED"),
        ([listed(EXCLUDED, "")], "RUL-EXCLUDED"),
        ([listed(EXCLUDED, "90")], ""),
        ([listed(EXCLUDED, "85"), listed(COVERED, "850440")], ""),
        ([listed(EXCLUDED, ""), listed(COVERED, "8504")], ""),
        ([listed(EXCLUDED, "850440", part="for welding")], "RUL-EXCLUDED-PART"),
        ([listed(EXCLUDED, "85044090")], "RUL-NATIONAL-LINE"),
        ([listed(EXCLUDED, "8504"), listed(COVERED, "85044090")], "RUL-NATIONAL-LINE"),
        ([listed(EXCLUDED, "8504", origin="ID")], ""),
        ([listed(EXCLUDED, "8504", origin="KR")], "RUL-EXCLUDED"),
        ([listed(EXCLUDED, "8504", until=date(2026, 11, 30))], ""),
        ([listed(EXCLUDED, "8504", until=date(2026, 12, 1))], "RUL-EXCLUDED"),
        ([listed(EXCLUDED, "8504", since=date(2026, 12, 2))], ""),
        ([listed(EXCLUDED, "8504", country="ID")], ""),
        ([listed(EXCLUDED, "8504", agreement="KVFTA")], ""),
    ],
)
def test_agreement_reaches_goods_as_the_longest_row_says(rows, code):
    case = replace(a_case(), terms=with_goods(*rows))

    said = agreement.check(case)

    assert said is not None
    assert said.code == code


@pytest.mark.parametrize(
    ("line", "rows", "expected"),
    [
        ({"origin": "KR"}, [], (Outcome.PASS, "")),
        ({"origin": "CN"}, [], (Outcome.FAIL, "RUL-PARTY")),
        ({"origin": "KR"}, [listed(EXCLUDED, "85")], (Outcome.FAIL, "RUL-EXCLUDED")),
        ({"origin": "ID"}, [listed(EXCLUDED, "85", origin="KR")], (Outcome.PASS, "")),
        ({"origin": "KR"}, [listed(Listing.QUOTA, "85")], (Outcome.QUERY, "RUL-QUOTA")),
    ],
)
def test_goods_without_a_proof_are_covered_as_they_are_declared(line, rows, expected):
    case = a_case(None, certificate_number="", agreement="AKFTA", **line)

    assert said_of(agreement.check, replace(case, terms=with_goods(*rows))) == expected


def test_excluded_goods_are_denied_with_a_ground_of_their_own():
    checks = check_all(replace(a_case(), terms=with_goods(listed(EXCLUDED, "8504"))))

    assert decide(checks) is Decision.DENIED
    ground = load_grounds().of_check("RUL-EXCLUDED")
    assert ground is not None
    assert ground.code == "EXCLUDED-GOODS"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("CTH QUOTA(annex-3)", (("annex-3",), True)),
        ("CTH & VNM<=50%EXW | CTH QUOTA(annex-3)", (("annex-3",), False)),
        ("CTH QUOTA(a) | CC QUOTA(b)", (("a", "b"), True)),
        ("CTH NOTE(7)", ((), False)),
    ],
)
def test_quota_binds_where_no_way_to_origin_is_free(rule, expected):
    found = quotas_of(notation.read(rule))

    assert (found.names, found.always) == expected


def test_quota_of_the_rule_is_asked_about_and_answered_by_a_licence():
    bound = Admissible(
        frozenset({"CTH"}), "CTH", "Annex", quotas=RuleQuotas(("annex-3",), always=True)
    )
    case = replace(a_case(), facts=replace(FACTS, admissible=bound))
    free = replace(case, facts=replace(FACTS, admissible=replace(bound, quotas=RuleQuotas(("a",)))))
    licensed = replace(case, line=replace(case.line, quota_licence="GB-26-4"))

    assert said_of(agreement.check, case) == (Outcome.QUERY, "RUL-QUOTA")
    assert said_of(agreement.check, free) == (Outcome.PASS, "")
    assert said_of(agreement.check, licensed) == (Outcome.PASS, "")
