"""Where pages are: every route of the portal, filled by what an office has, for who may see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.browser.filled_offices import Filled
from tests.integration.office.test_office_secrets import ROWS, WORDS
from tests.integration.portal.test_page_walk import FILES, token_of, wear
from tests.offices import Person
from tests.route_walk import API, Door, doors

#: What is no page of its own: whether a process lives, what leads on, and a piece of a page.
NO_PAGES = frozenset(
    {
        *("/livez", "/readyz", "/company"),
        "/company/certificates/{certificate_id}/status",
    }
)
#: Pages that these two offices have none of; the tests named here look at them.
ELSEWHERE = {
    "/sign-in/with/{provider}": "test_problem_pages.py",
    "/sign-in/with/{provider}/callback": "test_problem_pages.py",
    "/training": "test_training.py",
}
BOOK = "/border/ledger/{country}/{agreement}/{number}"
#: What a page is asked for, so that there is something on it.
ASKED = {
    "/border/ledger": "?number=K001260000001",
    f"{BOOK}/items/{{item_no}}/correction": "?quantity=5&unit=C62",
    "/border/routing/declaration": "?number=HPH-2",
    "/company/certificates/{certificate_id}/apply": "?kind=CORRECTION",
    "/company/compliance/self-check": "?industry=FOOD",
    "/company/products/codes": "?words=8504",
    "/company/products/{product_id}/origin": "?country=VN&basis=FOB&amount=100&currency=USD",
    "/desk/certificates": "?number=k001260000001",
    "/public/rules": "?agreement=AKFTA&hs=850440",
    "/public/rulings": "?words=converters",
}
#: Who opens the pages of an area, where several may.
READERS = {
    "/company/choose": ("broker",),
    "/company/cost-statements/new": ("maker",),
    "border": ("linh", "minh"),
    "company": ("hanbit", "maker", "maker-exporter", "broker"),
    "desk": ("kim", "choi"),
    "figures": ("choi",),
    "operator": ("ops", "choi", "desk", "audit"),
    "public": ("",),
}
#: Each step of a case has a page of its own: all of them are looked at, and not only the fullest.
EACH = "step"
OK = 200


@dataclass(frozen=True, slots=True)
class Sample:
    """One page with something on it: at which office, and who opens it."""

    route: str
    authority: str
    address: str
    who: str
    size: int = 0

    @property
    def name(self) -> str:
        """Name its pictures."""
        said = self.route.strip("/").replace("/", "-") or "home"
        step = self.address.rpartition("/")[2] if f"{{{EACH}}}" in self.route else ""
        return "".join(one for one in f"{said}-{step}".rstrip("-") if one not in "{}:")


def pages(app: Any) -> Iterator[Door]:
    """Give every route that shows a page."""
    for door in doors(app):
        is_page = not door.path.startswith(API) and not door.path.endswith(FILES)
        if (
            door.way == "GET"
            and is_page
            and door.path not in NO_PAGES
            and door.path not in ELSEWHERE
        ):
            yield door


def samples(filled: Filled, door: Door) -> tuple[Sample, ...]:
    """Find the fullest page of a route among all that somebody may see; none, if nobody may."""
    found = [
        one for authority in filled.people for one in _shown(filled, door, authority=authority)
    ]
    if EACH in door.parts:
        return tuple({one.address.rpartition("/")[2]: one for one in found}.values())
    return (max(found, key=lambda one: one.size),) if found else ()


def _shown(filled: Filled, door: Door, *, authority: str) -> Iterator[Sample]:
    client, keys = filled.offices.clients[authority], keys_at(filled, authority)
    for address in _addresses(door, keys):
        for who in _readers(filled, door, authority=authority):
            size = _size(client, address, filled.people[authority].get(who))
            if size:
                yield Sample(door.path, authority, address, who, size)
                break


def _readers(filled: Filled, door: Door, *, authority: str) -> Iterator[str]:
    here = filled.people[authority]
    wanted = READERS.get(door.path) or READERS.get(door.path.split("/")[1], ("", *here))
    return (one for one in wanted if not one or one in here)


def _addresses(door: Door, keys: Mapping[str, tuple[object, ...]]) -> Iterator[str]:
    needed = door.parts
    if all(keys[name] for name in needed if name in keys):
        asked = ASKED.get(door.path, "")
        yield from (f"{one}{asked}" for one in door.addresses(keys))


def _size(client: Any, address: str, person: Person | None) -> int:
    client.cookies.clear()
    if person:
        wear(client, person)
    answer = client.get(address, follow_redirects=False)
    return len(answer.text) if answer.status_code == OK else 0


def keys_at(filled: Filled, authority: str) -> dict[str, tuple[object, ...]]:
    """Every key that exists at an office, by the part of an address that it fills."""
    office = filled.office(authority)

    def found(work: Any) -> dict[str, tuple[object, ...]]:
        run = work.transaction.exec_driver_sql
        return {
            name: tuple(run(f"SELECT DISTINCT {column} FROM {table}").scalars())
            for name, (table, column) in ((one, at.split(".")) for one, at in ROWS.items())
        }

    return dict(WORDS) | office.works.read(found) | filled.words(authority)


def cookies_of(person: Person, address: str) -> list[dict[str, str]]:
    """Return the cookies of somebody's browser."""
    worn = {"session": token_of(person)}
    if "Acting-For" in person.headers:
        worn["company"] = person.headers["Acting-For"]
    return [{"name": name, "value": value, "url": address} for name, value in worn.items()]
