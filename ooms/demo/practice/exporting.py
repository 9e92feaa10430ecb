"""The export side: a company, its goods, and applications in every state that one meets."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from ooms.demo import goods
from ooms.demo.api import Json, Person
from ooms.demo.nodes import DemoError, RunningNode
from ooms.demo.practice import cast

#: The verdict under which a certificate may be asked for.
_CONFERS = "originating"
#: What an officer asks for, box by box.
_LACKS = [{"box": "3", "reason_code": "BOX_EMPTY", "text": "Name the vessel and its voyage."}]


def let_in(operator: Person, logins: Mapping[str, str], *, company: str | None = None) -> None:
    """Let people in with fresh passwords; those who are known get a fresh password too.

    Raises:
        DemoError: the office refused.

    """
    known = {one["login"]: one["id"] for one in operator.get("/users?limit=200")["items"]}
    for login, role in logins.items():
        if login in known:
            answer = operator.post(f"/users/{known[login]}/password", {})
            operator.node.passwords[login] = answer["password"]
            continue
        operator.node.passwords[login] = secrets.token_urlsafe(12)
        person = {
            "login": login,
            "name": f"{login.title()} in training",
            "role": role,
            "password": operator.node.passwords[login],
        }
        operator.post("/users", person | ({"exporter_id": company} if company else {}))


class Exporting:
    """One company's dealings with its office, told through the interface."""

    def __init__(self, node: RunningNode, *, counterpart: str, agreement: str = "") -> None:
        """Sell to the country of an authority, under an agreement or the first that serves."""
        self._node = node
        self.authority = node.country.authority
        self._origin = node.country.authority[:2]
        self._counterpart = counterpart
        self._agreement = agreement
        self.today: date = datetime.now(ZoneInfo(node.country.zone)).date()
        self._invoices: Iterator[str] = (f"TR-{self.today:%y%m%d}-{one:02d}" for one in count(1))

    def open(self) -> None:
        """Register the company, let somebody of it in, and have its goods judged."""
        with closing(Person(self._node, cast.TRAINER)) as operator:
            self.company = operator.post("/exporters", cast.company(self._origin))
            let_in(operator, {cast.EXPORTER: "EXPORTER"}, company=self.company["id"])
        self.exporter = Person(self._node, cast.EXPORTER)
        self.officer = Person(self._node, "officer")
        made = self.exporter.post("/products", cast.product(self._origin))
        self.bargain, self._determination = self._struck(made["id"])

    def _struck(self, product_id: str) -> tuple[cast.Bargain, str]:
        """Find a form of an agreement under which the goods originate, and the determination.

        Raises:
            DemoError: no form goes there, or the goods originate under none of its agreements.

        """
        destination, tried = self._counterpart[:2], []
        for form in self.exporter.get("/forms")["items"]:
            agreement = form["agreement"]
            is_wanted = self._agreement in ("", agreement)
            if not is_wanted or destination not in form["import_countries"]:
                continue
            asked = {"agreement": agreement, "importing_party": destination, "price": goods.PRICE}
            judged = self.exporter.post(f"/products/{product_id}/determinations", asked)
            if judged["verdict"] == _CONFERS:
                bargain = cast.Bargain(self._origin, destination, agreement, form["form_type"])
                return bargain, judged["id"]
            tried.append(f"{agreement}: {judged['verdict']}")
        named = f" of {self._agreement}" if self._agreement else ""
        found = "; ".join(tried) or f"no form{named} goes there from {self._origin}"
        raise DemoError(f"no samples can be made for {self._counterpart}: {found}")

    def close(self) -> None:
        """Let go of the connections."""
        self.exporter.close()
        self.officer.close()

    def drafted(self, **changes: object) -> str:
        """Draft an application; what is changed to None is missing from it."""
        stated = cast.application(
            self.bargain,
            determination=self._determination,
            invoice=next(self._invoices),
            today=self.today,
        )
        whole = stated | changes
        content = {name: one for name, one in whole.items() if one is not None}
        made: str = self.exporter.post("/applications", content)["id"]
        return made

    def submitted(self, **changes: object) -> str:
        """Hand an application in."""
        made = self.drafted(**changes)
        self.exporter.post(f"/applications/{made}/submission", {})
        return made

    def reviewed(self, **changes: object) -> str:
        """Let the officer take an application."""
        made = self.submitted(**changes)
        self.officer.post(f"/applications/{made}/review", {})
        return made

    def approved(self) -> str:
        """Let the officer approve an application."""
        made = self.reviewed()
        self.officer.post(f"/applications/{made}/decision", {"decision": "APPROVED"})
        return made

    def issued(self) -> Json:
        """Let the officer issue a certificate, which leaves for the partner."""
        return self.officer.post("/certificates", {"application_id": self.approved()})

    def cases(self) -> Mapping[str, str]:
        """Make a case of each kind that people of the export side meet."""
        to_complete = self.reviewed()
        self.officer.post(f"/applications/{to_complete}/completions", {"lacks": _LACKS})
        to_refuse = self.reviewed()
        self.officer.post(
            f"/applications/{to_refuse}/decision",
            {
                "decision": "REFUSED",
                "reason_code": "PAPERS",
                "reason": "The invoice is of another buyer.",
            },
        )
        wrong = self.issued()
        return {
            "draft-with-holes": self.drafted(transport=None, invoices=None),
            "draft-with-findings": self.drafted(lines=self._other_code()),
            "application-to-complete": to_complete,
            "application-incomplete": self.submitted(export_declarations=[]),
            "application-waiting": self.submitted(),
            "application-approved": self.approved(),
            "application-refusal": to_refuse,
            "notice-of-error": self._notice(wrong),
            "request-of-partner": self._asked(self.issued()),
        }

    def _other_code(self) -> list[Json]:
        """Name another code than the goods were determined under."""
        stated = cast.application(
            self.bargain,
            determination=self._determination,
            invoice="-",
            today=self.today,
        )
        return [one | {"hs": "850450"} for one in stated["lines"]]

    def _notice(self, certificate: Json) -> str:
        stated = {
            "certificate_id": certificate["id"],
            "errors": [{"box": "7", "line_no": 1, "says": "SC-500", "right": "SC-510"}],
            "learned_on": self.today.isoformat(),
            "cause": "CLERICAL",
            "explanation": "The model was mistyped.",
        }
        made: str = self.exporter.post("/error-notices", stated)["id"]
        return made

    def _asked(self, certificate: Json) -> str:
        """Register what the partner asks by letter about a certificate."""
        asked = {
            "number": certificate["number"],
            "issuing_country": self._origin,
            "issued_on": certificate["issued_on"],
            "items": [{"item_no": 1, "hs": "850440", "description": "STATIC CONVERTERS"}],
        }
        letter = {
            "partner": self._counterpart,
            "case_number": f"TR-{certificate['number']}",
            "agreement": self.bargain.agreement,
            "asked_on": str(self.today - timedelta(days=3)),
            "received_on": str(self.today),
            "certificates": [asked],
            "doubts": [{"kind": "CRITERION", "text": "The price is below that of its materials."}],
            "questions": [{"id": "Q1", "text": "Who made the boards?"}],
            "basis": "a practice case",
        }
        made: str = self.officer.post("/verifications/received", letter)["id"]
        return made
