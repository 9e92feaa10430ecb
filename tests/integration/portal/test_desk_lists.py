"""The other lists of the desk, and what is kept how long, without a browser."""

from __future__ import annotations

import re

import pytest

from ooms.access.model import Role
from ooms.portal.desk.more import DOORS
from tests.integration.office.test_office_retention import FIVE_YEARS, proposed
from tests.integration.portal.desks import Desk, words_of
from tests.offices import an_application, approved, determined


@pytest.mark.parametrize("role", sorted(DOORS))
def test_every_door_of_more_lists_opens_to_its_role(offices, role):
    somebody = Desk(offices.person("KR-KCS", "somebody", Role(role)))
    page = somebody.open("/desk/more")

    for door in DOORS[role]:
        assert f'href="{door.path}"' in page
        assert "<h1" in somebody.open(door.path), door.path


def test_refusals_of_all_offices_are_listed_with_their_officer(offices):
    exporter, officer = offices.company(), offices.person("KR-KCS", "kim", Role.OFFICER)
    supervisor = offices.person("KR-KCS", "choi", Role.SUPERVISOR)
    application = exporter.post("/applications", an_application(determined(exporter)))
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    officer.post(f"{path}/review")
    reason = {"decision": "REFUSED", "reason_code": "NOT_ORIGINATING", "reason": "no origin"}
    officer.post(f"{path}/decision", reason)
    supervisor.post(f"{path}/refusal")
    page = words_of(Desk(officer).open("/desk/refusals"))

    assert "AKFTA 850440" in page
    assert "NOT_ORIGINATING no origin Kim" in page


def test_first_certificate_that_nobody_used_is_told_so(offices):
    officer = Desk(offices.person("KR-KCS", "kim", Role.OFFICER))
    page = words_of(officer.open("/desk/first-certificates?number=CN-1"))

    assert "No first certificate of this number is known here." in page


def test_list_of_what_is_due_needs_two_supervisors_by_pages(offices):
    exporter, officer = offices.company(), offices.person("KR-KCS", "kim", Role.OFFICER)
    application = approved(exporter, officer, an_application(determined(exporter)))
    officer.post("/certificates", {"application_id": application["id"]})
    for login in ("choi", "yoon"):
        offices.person("KR-KCS", login, Role.SUPERVISOR)
    offices.world.clock.advance(days=FIVE_YEARS)
    first, second = (Desk(offices.log_in("KR-KCS", login)) for login in ("choi", "yoon"))
    path = f"/operator/retention/lists/{proposed(offices).id}"
    trial = words_of(first.open(path))
    once = first.send(f"{path}/agreement")
    twice = first.send(f"{path}/agreement")
    second.send(f"{path}/agreement")
    done = words_of(second.open(path))

    assert "It would delete now" in trial
    assert once.headers["Location"].endswith("done=list-agreed")
    assert twice.status_code == 409
    assert "What was deleted, and what remains of it" in done
    assert "Agree to the list" not in done


def test_hold_is_placed_and_lifted_with_its_reason(offices):
    exporter, officer = offices.company(), offices.person("KR-KCS", "kim", Role.OFFICER)
    application = approved(exporter, officer, an_application(determined(exporter)))
    issued = officer.post("/certificates", {"application_id": application["id"]})
    supervisor = Desk(offices.person("KR-KCS", "choi", Role.SUPERVISOR))
    given = {"certificate_id": issued["id"], "reason": "a trial is pending", "reference": "26-7"}
    unsaid = supervisor.send("/operator/retention/holds", given | {"reason": ""})
    supervisor.send("/operator/retention/holds", given)
    page = supervisor.open("/operator/retention")
    (lifting,) = set(re.findall(r'action="(/operator/retention/holds/[^"]+/lifting)"', page))
    supervisor.send(lifting)

    assert unsaid.status_code == 422
    assert "a trial is pending" in page
    assert "lifted on" in words_of(supervisor.open("/operator/retention"))
