"""Pages about what went wrong, and of the way in: each opened, looked at and without fault."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from eodes.store.database import Database
from ooms.access.model import Role
from ooms.web.app import make_app
from ooms.web.rate_limit import RateLimit
from tests.browser.every_page import cookies_of
from tests.browser.filled_offices import KOREA, MANY, served
from tests.browser.looking import Look
from tests.offices import Offices, Person, an_application, approved, determined, offices_of
from tests.route_walk import broken_route

#: Where nobody listens: the office knows a provider that does not answer.
PROVIDER = {
    "issuer": "http://127.0.0.1:9",
    "client_id": "office",
    "redirect_uri": "http://localhost:8080/sign-in/with/national/callback",
    "label": "National login",
}
ACCESS = {"fresh_proof_minutes": 15, "second_factor_roles": ["SUPERVISOR"]}
USER = {"login": "seo", "name": "Seo", "role": "AUDITOR", "password": "a heron in reeds"}
_SUBMIT = """([path, fields]) => {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = path;
    for (const [name, value] of Object.entries(fields)) {
        const field = document.createElement('input');
        field.name = name;
        field.value = value;
        form.append(field);
    }
    document.body.append(form);
    form.submit();
}"""


@dataclass(frozen=True, slots=True)
class Troubled:
    """An office where things go wrong, and a window for each of its people."""

    offices: Offices
    app: Any
    address: str
    browser: Browser
    people: dict[str, Person]

    def window(self, who: str = "") -> Look:
        """Open a window for somebody, or for a guest."""
        context = self.browser.new_context(locale="en")
        if who:
            context.add_cookies(cookies_of(self.people[who], self.address))  # type: ignore[arg-type]
        return Look(context.new_page(), self.address)


@pytest.fixture(scope="module")
def office(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[Troubled]:
    folder = tmp_path_factory.mktemp("troubled")
    (folder / "secret").write_text("hush", "utf-8")
    providers = {"national": PROVIDER | {"client_secret_file": str(folder / "secret")}}
    file = shutil.copy(sqlite_template, folder / "office.sqlite")
    databases = {KOREA: Database(f"sqlite:///{file}")}
    settings = ACCESS | {"oidc": providers}
    with offices_of(folder / "nodes", KOREA, databases=databases, access=settings) as opened:
        people = {
            "hanbit": opened.company(),
            "kim": opened.person(KOREA, "kim", Role.OFFICER),
            "ops": opened.person(KOREA, "ops", Role.OPERATOR),
            "choi": opened.person(KOREA, "choi", Role.SUPERVISOR),
        }
        app = make_app(opened.offices[KOREA])
        with served(app) as address:
            yield Troubled(opened, app, address, browser, people)


def send(look: Look, path: str, **fields: str) -> None:
    """Send a form as a page of the office would."""
    with look.page.expect_navigation():
        look.page.evaluate(_SUBMIT, [path, {"form-key": f"key-{path}"} | fields])


def without_fault(look: Look, *, heading: str, picture: str) -> None:
    assert look.page.locator("h1").inner_text() == heading
    assert look.faults_here(picture=f"problem-{picture}") == []


@pytest.mark.parametrize("who", ["", "hanbit"])
def test_address_that_leads_nowhere_is_a_page(office: Troubled, who: str):
    look = office.window(who)
    look.open("/nothing/here")

    without_fault(look, heading="Nothing is here", picture=f"404-{who or 'guest'}")


def test_page_of_another_role_is_refused_in_words(office: Troubled):
    look = office.window("hanbit")
    look.open("/operator/users")

    without_fault(look, heading="You may not do this", picture="403")


def test_step_that_came_too_late_is_refused_in_words(office: Troubled):
    exporter, officer = office.people["hanbit"], office.people["kim"]
    decided = approved(exporter, officer, an_application(determined(exporter)))
    officer.post("/certificates", {"application_id": decided["id"]})
    look = office.window("kim")
    look.open("/desk/queue")
    send(look, f"/desk/applications/{decided['id']}/review")

    without_fault(look, heading="It stands elsewhere by now", picture="409")


def test_form_with_holes_names_them_at_its_head(office: Troubled):
    look = office.window("hanbit")
    look.open("/rulings/new")
    send(look, "/rulings/new")

    without_fault(look, heading="Apply for an advance ruling", picture="422")


def test_too_many_questions_are_refused_with_advice(office: Troubled):
    look = office.window()
    office.app.state.rate_limit = RateLimit(most=0)
    look.open("/verify?number=K001-26-0000001&code=AAAA")
    office.app.state.rate_limit = RateLimit(most=MANY)

    without_fault(look, heading="Too many in a short time", picture="429")


def test_defect_is_a_page_with_what_to_report(office: Troubled):
    look = office.window("kim")
    with broken_route(office.app, "/broken"):
        look.open("/broken")

        without_fault(look, heading="A defect of this program", picture="500")


def test_session_that_ended_is_told_at_the_door(office: Troubled):
    look = office.window("hanbit")
    look.open("/rulings/new")
    look.page.context.clear_cookies()
    send(look, "/rulings/new", question="Does assembly confer origin?")

    without_fault(look, heading="Sign in", picture="session-ended")


def test_proof_that_is_stale_is_asked_for_again(office: Troubled):
    look = office.window("ops")
    look.open("/operator/users/new")
    office.offices.world.clock.advance(minutes=16)
    send(look, "/operator/users/new", **USER)

    without_fault(look, heading="Prove that it is you", picture="proof")


def test_second_factor_that_is_due_is_set_up_first(office: Troubled):
    look = office.window("choi")
    look.open("/desk/queue")

    without_fault(look, heading="A second factor", picture="second-factor-due")


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/sign-in", "Sign in"),
        ("/sign-in/with/nowhere", "You were not let in"),
        ("/sign-in/with/national", "You were not let in"),
        ("/sign-in/with/national/callback?code=1&state=2", "You were not let in"),
        ("/supply/none", "This link opens nothing"),
    ],
)
def test_way_in_that_is_closed_says_what_to_do(office: Troubled, path: str, heading: str):
    look = office.window()
    look.open(path)

    without_fault(
        look, heading=heading, picture=path.partition("?")[0].strip("/").replace("/", "-")
    )
