"""The interface held to its own description: every route, with what fits and what does not."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok

from eodes.domain.refusals.catalogue import CATALOGUE
from ooms.access.model import Role
from tests.offices import an_application, approved, determined
from tests.route_walk import broken_route
from tools.docs.office_codes import OFFICE_CODES

#: Requests that are made up for each route; each is sent by everybody who is logged in.
REQUESTS = 3
FIXED = hypothesis.settings(
    max_examples=REQUESTS,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)
JUDGED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "negative_data_rejection",
)
PROBLEM = "application/problem+json"
_keys = itertools.count(1)


class Walk:
    """Sends what was made up for a route as several callers, and remembers what was wrong."""

    def __init__(self, client, callers: Mapping[str, Mapping[str, str]], known: Mapping[str, str]):
        load_all_checks()
        self.client = client
        self.callers = callers
        self.known = known
        # Who calls is not made up: a stranger's token would be all that most requests show.
        config = schemathesis.Config.from_dict({"generation": {"with-security-parameters": False}})
        self.described = schemathesis.openapi.from_dict(
            client.get("/api/v1/openapi.json").json(), config=config
        )
        self.checks = CHECKS.get_by_names(JUDGED)
        self.wrong: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()

    def every_route(self) -> int:
        walked = 0
        for found in self.described.get_all_operations():
            assert isinstance(found, Ok), found
            self._one(found.ok())
            walked += 1
        return walked

    def _one(self, route: Any) -> None:
        fits, fits_not = map(route.as_strategy, schemathesis.GenerationMode)

        @FIXED
        @hypothesis.given(case=st.one_of(fits, fits_not), is_about_real_things=st.booleans())
        def send(case, *, is_about_real_things):
            if is_about_real_things:
                self._make_real(case.path_parameters)
                self._make_real(case.body)
            for who, headers in self.callers.items():
                self._judge(case, self._answer(case, headers), who=who)

        send()

    def _make_real(self, said: Any) -> None:
        """Let what is called like the id of a thing be the id of such a thing."""
        if isinstance(said, dict):
            for name, value in said.items():
                if name in self.known:
                    said[name] = self.known[name]
                else:
                    self._make_real(value)
        elif isinstance(said, list):
            for one in said:
                self._make_real(one)

    def _answer(self, case: Any, headers: Mapping[str, str]) -> Any:
        parts = case.as_transport_kwargs(base_url="http://testserver")
        sent = {**parts["headers"], **headers}
        sent |= {"Idempotency-Key": f"described-{next(_keys)}"} if headers else {}
        body = {"content": parts["data"]} if "data" in parts else {"json": parts.get("json")}
        return self.client.request(
            parts["method"], parts["url"], params=parts.get("params"), headers=sent, **body
        )

    def _judge(self, case: Any, answer: Any, *, who: str) -> None:
        self.statuses[answer.status_code] += 1
        flaws = []
        try:
            case.validate_response(answer, checks=self.checks)
        except FailureGroup as group:
            flaws += [str(flaw).splitlines()[0] for flaw in group.exceptions]
        if answer.status_code >= 400:
            flaws += _flaws_of_problem(answer)
        for flaw in flaws:
            self.wrong[f"{case.operation.label} as {who}: {answer.status_code} {flaw}"] += 1


def _flaws_of_problem(answer: Any) -> list[str]:
    if answer.headers["content-type"] != PROBLEM:
        return [f"is {answer.headers['content-type']}"]
    code = answer.json()["code"]
    return [] if code in OFFICE_CODES or code in CATALOGUE else [f"{code} is in no catalogue"]


@pytest.fixture
def walk(offices, exporter, officer):
    """A walk through an office where something of everything is there already."""
    people = {
        "exporter": exporter,
        "officer": officer,
        "supervisor": offices.person("KR-KCS", "choi", Role.SUPERVISOR),
        "operator": offices.person("KR-KCS", "ops", Role.OPERATOR),
    }
    determination = determined(exporter)
    application = approved(exporter, officer, an_application(determination))
    issued = officer.post("/certificates", {"application_id": application["id"]})
    # Another company's, so that no caller is shut out on the way.
    offices.company("idle", name="IDLE CO., LTD.", tax_id="120-81-00002")
    idle_user = next(
        one for one in people["operator"].get("/users")["items"] if one["login"] == "idle"
    )
    known = {
        "application_id": application["id"],
        "certificate_id": issued["id"],
        "determination_id": determination["id"],
        "product_id": determination["product_id"],
        "exporter_id": idle_user["exporter_id"],
        "user_id": idle_user["id"],
    }
    callers = {who: person.headers for who, person in people.items()} | {"nobody": {}}
    return Walk(offices.clients["KR-KCS"], callers, known)


def test_every_answer_is_one_that_the_description_allows(walk):
    routes = walk.every_route()

    assert walk.wrong == {}
    assert routes > 100
    assert {200, 201, 401, 403, 404, 422} <= set(walk.statuses)


def test_only_what_writes_is_described_with_an_idempotency_key(offices):
    described = offices.clients["KR-KCS"].get("/api/v1/openapi.json").json()
    keyed = {
        method
        for path in described["paths"].values()
        for method, operation in path.items()
        for parameter in operation.get("parameters", ())
        if parameter["name"].lower() == "idempotency-key"
    }

    assert keyed == {"post"}


def test_defect_is_answered_like_every_other_refusal(offices, officer):
    client = offices.clients["KR-KCS"]
    with broken_route(client.app, "/api/v1/broken"):
        answer = client.get("/api/v1/broken", headers=officer.headers)

    assert (answer.status_code, answer.json()["code"]) == (500, "SYS-DEFECT")
    assert answer.headers["Trace-Id"] == answer.json()["trace_id"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_method_that_is_not_there_names_those_that_are(offices, officer):
    answer = offices.clients["KR-KCS"].delete("/api/v1/sessions", headers=officer.headers)

    assert (answer.status_code, answer.headers["content-type"]) == (405, PROBLEM)
    assert answer.headers["Allow"] == "POST"
