"""What the partner route does with requests that are wrong, hostile, or from nobody."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from eodes.domain.message import MessageType
from eodes.exchange.judge import Judged
from eodes.store import tables
from eodes.store.database import Database
from eodes.web.app import make_partner_app
from eodes.web.tls_protocol import EXTENSION, client_certificate
from tests.builders import a_certificate
from tests.world import World

CHINA = "CN-GACC"
XML = {"content-type": "application/xml"}


@pytest.fixture
def world(tmp_path: Path, database: Database) -> Iterator[World]:
    world = World(tmp_path, "KR-KCS", CHINA, "VN-CUSTOMS", databases={CHINA: database})
    yield world
    world.close()


@pytest.fixture
def document(world: World) -> bytes:
    return world.sealed(world.issue(a_certificate(agreement="KCFTA"), to=CHINA).message_id)


async def post(world: World, body: bytes, headers: dict[str, str]) -> httpx2.Response:
    app = make_partner_app(world.receiving[CHINA])
    transport: Any = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://gacc") as client:
        return await client.post("/partner/v1/messages", content=body, headers=headers)


def posted(world: World, body: bytes, **headers: str) -> httpx2.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return asyncio.run(post(world, body, XML | named))


def rows(world: World) -> int:
    with world.nodes[CHINA].database.read() as connection:
        return sum(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (tables.incoming, tables.refused, tables.received, tables.news)
        )


def test_good_message_gets_a_signed_acknowledgement(world: World, document: bytes) -> None:
    answer = posted(world, document)

    judged = world.read(answer.content)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
    assert isinstance(judged, Judged)
    assert judged.header.type is MessageType.ACK_BUSINESS


@pytest.mark.parametrize("media", ["text/xml", "application/json", "", "multipart/form-data"])
def test_other_media_types_are_not_taken(world: World, document: bytes, media: str) -> None:
    answer = posted(world, document, content_type=media)

    assert answer.status_code == 415
    assert answer.json()["code"] == "ENV-MEDIA-TYPE"
    assert rows(world) == 0


def test_body_longer_than_any_document_is_refused(world: World) -> None:
    limit = world.nodes[CHINA].own.wire.max_document_bytes

    answer = posted(world, b"x" * (limit + 1))

    assert answer.status_code == 413
    assert answer.json()["code"] == "ENV-TOO-LARGE"
    assert rows(world) == 0


def test_gzip_is_not_taken_where_it_was_not_agreed(world: World, document: bytes) -> None:
    answer = posted(world, gzip.compress(document), content_encoding="gzip")

    assert answer.status_code == 415
    assert answer.json()["code"] == "ENV-CONTENT-ENCODING"
    assert rows(world) == 0


def agree_on_gzip(world: World) -> None:
    receiving = world.receiving[CHINA]
    own = receiving.judge.own
    judge = replace(receiving.judge, own=replace(own, wire=replace(own.wire, accepts_gzip=True)))
    world.receiving[CHINA] = replace(receiving, judge=judge)


def test_gzip_is_taken_where_it_was_agreed(world: World, document: bytes) -> None:
    agree_on_gzip(world)

    answer = posted(world, gzip.compress(document), content_encoding="gzip")

    assert answer.status_code == 200


def test_gzip_bomb_is_refused_at_the_limit(world: World) -> None:
    agree_on_gzip(world)
    bomb = gzip.compress(b"0" * 200_000_000)

    answer = posted(world, bomb, content_encoding="gzip")

    assert answer.status_code == 413
    assert rows(world) == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: whole[:-20],
        lambda whole: whole + whole,
        lambda _: b"no gzip at all",
    ],
    ids=["cut", "twice", "plain"],
)
def test_bad_gzip_is_refused(world: World, document: bytes, spoil: Any) -> None:
    agree_on_gzip(world)

    answer = posted(world, spoil(gzip.compress(document)), content_encoding="gzip")

    assert answer.status_code == 415
    assert rows(world) == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"<x/>", 403), (b"<!DOCTYPE x><x/>", 400), (b"\xff\xfe<\x00", 400)],
    ids=["empty", "unsigned", "doctype", "utf-16"],
)
def test_document_from_nobody_gets_a_problem_and_leaves_no_rows(
    world: World, body: bytes, status: int
) -> None:
    answer = posted(world, body)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert rows(world) == 0


def test_altered_document_without_connection_leaves_no_rows(world: World, document: bytes) -> None:
    answer = posted(world, document.replace(b"SC-500", b"SC-501"))

    assert answer.status_code == 403
    assert answer.json()["code"].startswith("SIG-")
    assert rows(world) == 0


def test_attributed_refusal_is_signed_and_stored_with_its_bytes(
    world: World, document: bytes
) -> None:
    altered = document.replace(b"SC-500", b"SC-501")

    answer = world.post(altered, to=CHINA, by="KR-KCS")

    judged = world.read(answer.body)
    with world.nodes[CHINA].database.read() as connection:
        kept = connection.execute(select(tables.refused)).one()
    assert answer.status == 200
    assert isinstance(judged, Judged)
    assert judged.header.type is MessageType.ERROR
    assert (kept.document, kept.answer) == (altered, answer.body)
    assert kept.code == judged.body.refusals[0].code


def test_message_for_another_node_is_refused_with_a_signed_error(world: World) -> None:
    certificate = a_certificate(agreement="KVFTA")
    astray = world.sealed(world.issue(certificate, to="VN-CUSTOMS").message_id)

    answer = posted(world, astray)

    judged = world.read(answer.content)
    assert isinstance(judged, Judged)
    assert [one.code for one in judged.body.refusals] == ["ENV-WRONG-RECEIVER"]


def test_tls_extension_of_the_scope_names_the_connection() -> None:
    scope: dict[str, Any] = {"extensions": {EXTENSION: {"client_certificate": b"der"}}}

    assert client_certificate(scope) == b"der"
    assert client_certificate({}) is None
