"""Offices in processes of their own: people reach them over HTTP, partners over mutual TLS."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from eodes.bootstrap import Node, SystemClock, build_node
from eodes.domain.verdict import Refusal
from eodes.node.card import make_card, read_card
from eodes.node.enrolment import trust_card
from eodes.node.folder import NodePlan, make_node
from eodes.settings import load_settings
from ooms.access.model import Role
from ooms.agreements.registry import load_shipped
from ooms.bootstrap import Office, build_office
from ooms.demo.nodes import COUNTRIES, Country, RunningNode, free_ports, write_office_settings
from ooms.settings import load_office_settings

KOREA = "KR-KCS"
ADMINISTRATIONS = (
    *COUNTRIES,
    Country("IN-CBIC", "Nhava Sheva Customs", "NSA1", "NHAVA SHEVA", "Asia/Kolkata"),
    Country("VN-CUSTOMS", "Hai Phong Customs", "HPH1", "HAI PHONG", "Asia/Ho_Chi_Minh"),
)
#: Who works at each office from the first day; companies' people come by the interface.
STAFF = {
    "operator": Role.OPERATOR,
    "officer": Role.OFFICER,
    "supervisor": Role.SUPERVISOR,
    "border": Role.IMPORT_OFFICER,
}


@contextmanager
def running(folder: Path, *authorities: str) -> Iterator[dict[str, RunningNode]]:
    """Run the nodes of some administrations; Korea and each of the others trust each other.

    1. Make each node: settings, keys, database.
    2. Let Korea and its partners trust each other's cards, and let the staff in.
    3. Start the processes, and stop them at the end.
    """
    ports = free_ports(2 * len(authorities))
    nodes = {
        country.authority: RunningNode(
            country, folder / country.authority.lower(), ports.pop(), ports.pop()
        )
        for country in ADMINISTRATIONS
        if country.authority in authorities
    }
    for node in nodes.values():
        _make(node)  # 1
    _open_for_business(nodes)  # 2
    try:
        with ThreadPoolExecutor(len(nodes)) as pool:
            list(pool.map(RunningNode.start, nodes.values()))  # 3
        yield nodes
    finally:
        with ThreadPoolExecutor(len(nodes)) as pool:
            list(pool.map(RunningNode.stop, nodes.values()))


def _make(node: RunningNode) -> None:
    make_node(
        node.folder,
        plan=NodePlan(node.country.authority, port=node.partner_port),
        now=SystemClock().now(),
        random=secrets.token_bytes,
    )
    write_office_settings(node)


def _open_for_business(nodes: dict[str, RunningNode]) -> None:
    registry = load_shipped()
    with ExitStack() as stack:
        opened = {
            authority: stack.enter_context(closing(build_node(load_settings(node.config))))
            for authority, node in nodes.items()
        }
        for authority, node in opened.items():
            if authority != KOREA:
                _trust(node, opened[KOREA])
                _trust(opened[KOREA], node)
            office = build_office(
                node, load_office_settings(nodes[authority].folder), registry=registry
            )
            for login, role in STAFF.items():
                nodes[authority].passwords[login] = _let_in(office, login, role)


def _let_in(office: Office, login: str, role: Role) -> str:
    password = secrets.token_urlsafe(12)
    office.works.do(
        lambda work: office.access.make_user(
            work, login=login, password=password, name=login.title(), role=role
        )
    )
    return password


def _trust(node: Node, other: Node) -> None:
    now = node.clock.now()
    document = make_card(other.settings, profile=other.own, signer=other.signer, now=now)
    read = read_card(document, now=now)
    assert not isinstance(read, Refusal), read
    with node.store.begin() as unit:
        refused = trust_card(unit.trust_register, read=read, profile=other.own, now=now)
    assert refused is None, refused
