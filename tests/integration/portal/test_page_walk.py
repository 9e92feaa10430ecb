"""Every page in people's browsers: no secret, no defect, words where it refuses."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ooms.web.rate_limit import RateLimit
from tests.integration.office.test_office_secrets import NOWHERE, Story, keys_of, story
from tests.offices import Person
from tests.route_walk import API, doors

__all__ = ["story"]  # the fixture: everybody of a story, and who may see which secret

#: Whose browsers walk: every role, the owner of the secrets and strangers to them.
VISITORS = (
    "audit",
    "border",
    "choi",
    "desk",
    "hanbit",
    "hanbit-broker",
    "hanbit-producer",
    "kim",
    "maker",
    "ops",
    "rival",
)
#: How many look-ups the public pages allow a minute, so that all pages are walked.
MANY = 10_000
#: What its owner must have seen, or the walk saw too little to prove anything.
OWN = {"hanbit": "HANBITMATERIAL"}
#: What fills the parts of pages' addresses that the interface has not.
PARTS: dict[str, tuple[object, ...]] = {
    "country": ("KR",),
    "place": (0,),
    "reference": (NOWHERE,),
    "token": ("none",),
}
#: What hands out files instead of pages: walked over the interface.
FILES = (
    "document",
    "evidence",
    ".csv",
    ".json",
    "{letter_id}",
    "{company_letter_id}",
    "{key}",
    "{denial_id}/letter",
)
#: Shown, sent on, incomplete, not allowed, not there, not now, not so.
ANSWERS = frozenset({200, 303, 400, 403, 404, 409, 422})
REFUSED = frozenset({400, 403, 404, 409, 422})


def test_no_page_shows_a_secret_or_breaks(offices, story):
    client, office = offices.clients["KR-KCS"], offices.offices["KR-KCS"]
    never, addresses = told_to_nobody(office, story), list(pages(client, keys_of(office) | PARTS))
    leaked, strange, unseen = set(), {}, dict(OWN)
    client.app.state.rate_limit = RateLimit(most=MANY)

    for who in VISITORS:
        wear(client, story.people[who])
        for address in addresses:
            answer = client.get(address, follow_redirects=False)
            text = as_written(answer.text)
            told = {one for one in story.leaks(text, who) if not one.startswith('"')}
            told |= {one for one in never if one in text}
            leaked |= {f"{who} at {address}: {one}" for one in told}
            has_words = answer.status_code not in REFUSED or "<h1" in text
            if answer.status_code not in ANSWERS or not has_words:
                strange[who, address] = f"{answer.status_code} {text[:200]}"
            if unseen.get(who, "") in text:
                unseen.pop(who, None)

    assert leaked == set()
    assert strange == {}, "\n".join(f"{where}: {what}" for where, what in strange.items())
    assert unseen == {}


def pages(client: Any, keys: Mapping[str, Any]) -> Iterator[str]:
    """Give the address of every page."""
    for door in doors(client.app):
        if door.way == "GET" and not door.path.startswith(API) and not door.path.endswith(FILES):
            yield from door.addresses(keys)


def wear(client: Any, person: Person) -> None:
    """Let the browser be somebody's: signed in, and for the company that he acts for."""
    client.cookies.clear()
    client.cookies.set("session", token_of(person))
    if "Acting-For" in person.headers:
        client.cookies.set("company", person.headers["Acting-For"])


def told_to_nobody(office: Any, story: Story) -> set[str]:
    """What stands on no page at all: how people prove who they are."""
    kept = ("ooms_user.password_hash", "ooms_session.token_sha256")

    def found(work: Any) -> set[str]:
        run = work.transaction.exec_driver_sql
        return {
            str(value)
            for table, column in (place.split(".") for place in kept)
            for value in run(f"SELECT {column} FROM {table}").scalars()
        }

    secrets: set[str] = office.works.read(found)
    return secrets | {token_of(one) for one in story.people.values()}


def token_of(person: Person) -> str:
    return str(person.headers["Authorization"].removeprefix("Bearer "))


def as_written(page: str) -> str:
    """Read a page as the secrets are written: pages set thousands apart, and escape."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", html.unescape(page))
