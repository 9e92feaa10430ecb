"""The pages of the ledger and of routing, without a browser."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from tests.integration.databases import SQLITE
from tests.integration.portal import test_border as story
from tests.integration.portal.desks import Desk, words_of

agreed, people, issued = story.agreed, story.people, story.issued
border, claim = story.border, story.claim
pytestmark = pytest.mark.parametrize("agreed", [SQLITE], indirect=True)


@pytest.fixture
def head(people):
    return Desk(people["head"])


def book_of(border, issued):
    found = border.open(f"/border/ledger?number={issued['number'].lower()}")
    (path,) = set(re.findall(r'href="(/border/ledger/[^"]+)"', found))
    return path


def test_ledger_is_found_by_number_and_read_at_a_past_day(border, issued, claim):
    path = book_of(border, issued)
    now = words_of(border.open(path))
    before = words_of(border.open(f"{path}?at=2020-01-31"))
    no_day = border.client.get(f"{path}?at=soon", headers=border._headers())

    assert f"Ledger of {issued['number']}" in now
    assert "As it stood at the end of 31 January 2020." in before
    assert "Nobody has used anything of it." in before
    assert no_day.status_code == 422
    assert 'href="#at"' in no_day.text


def test_correction_is_seen_first_then_written_with_a_reason(border, issued):
    path = book_of(border, issued)
    page = f"{path}/items/1/correction"
    foreseen = words_of(border.open(f"{page}?quantity=5&unit=C62"))
    untouched = words_of(border.open(path))
    wanted = {"quantity": "5", "unit": "C62"}
    unsaid = border.send(page, wanted | {"reason": ""})
    done = border.send(page, wanted | {"reason": "landed under a paper declaration"})
    too_much = border.client.get(f"{page}?quantity=-99&unit=C62", headers=border._headers())

    assert "Afterwards" in foreseen
    assert "Nobody has used anything of it." in untouched
    assert unsaid.status_code == 422
    assert "Afterwards" in unsaid.text
    assert done.headers["Location"] == f"{path}?done=ledger-corrected"
    assert "landed under a paper declaration" in border.open(path)
    assert too_much.status_code == 409


def test_supervisor_reads_the_ledger_and_corrects_nothing(head, issued):
    found = head.client.get(
        f"/border/ledger?number={issued['number']}&country=KR&agreement=kvfta",
        headers=head._headers(),
        follow_redirects=False,
    )
    page = head.open(found.headers["Location"])

    assert found.status_code == 303
    assert "Correct item" not in page


def test_same_declaration_at_two_offices_is_told(border, people, issued):
    nothing = words_of(border.open("/border/ledger?declaration_number=HPH-77"))

    assert "Nothing of it is used at several offices or by several importers." in nothing


def test_routing_is_explained_line_by_line_and_its_end_kept(border, claim):
    number = claim["declaration_number"]
    listed = words_of(border.open("/border/routing"))
    why = words_of(border.open(f"/border/routing/declaration?number={number}"))
    told = {"declaration": number, "place": "1.0", "kind": "DECISION", "result": "WRONG"}
    unsaid = border.send("/border/routing/declaration", {"declaration": number})
    border.send("/border/routing/declaration", told | {"detail": "they were shrimps"})
    after = words_of(border.open(f"/border/routing/declaration?number={number}"))

    assert number in listed
    assert "Points by the table" in why
    assert unsaid.status_code == 422
    assert "Something was wrong , by the decision on the line" in after
    assert "they were shrimps" in after


def test_report_of_routing_tells_hits_and_drift(border, claim):
    report = words_of(border.open("/border/routing/report"))

    assert "How often a look found something wrong" in report
    assert "Too few lines to tell" in report


def test_table_of_points_is_brought_and_adopted_by_another(border, head):
    table = files("ooms.risk").joinpath("data/scorecard.toml").read_text()
    wrong = border.send("/border/routing/models", {"content": "points = 1"})
    border.send("/border/routing/models", {"content": table.replace('"shipped"', '"ours"')})
    page = head.open("/border/routing/models")
    (adoption,) = set(re.findall(r'action="(/border/routing/models/[^"]+)"', page))
    adopted = head.send(adoption, {"state": "CHAMPION", "reason": "trained on our year"})

    assert wrong.status_code == 422
    assert "/adoption" not in border.open("/border/routing/models")
    assert adopted.headers["Location"].endswith("done=model-adopted")
    assert "Champion: routes" in words_of(border.open("/border/routing/models"))


def test_capacity_is_stated_by_somebodys_word(border):
    given = {"exporter": "HANBIT", "hs6": "850440", "kilograms": "12000", "source": "its letter"}
    wrong = border.send("/border/routing/capacities", given | {"hs6": "85"})
    kept = border.send("/border/routing/capacities", given)

    assert wrong.status_code == 422
    assert kept.headers["Location"].endswith("done=capacity-stated")
    assert "12,000" in border.open("/border/routing/capacities")
