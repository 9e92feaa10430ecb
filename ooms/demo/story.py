"""The story: one method a chapter, each through the interfaces that people and partners use."""

from __future__ import annotations

import hashlib
import json
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import httpx2

from ooms.demo import goods
from ooms.demo.api import Json, Person
from ooms.demo.nodes import DemoError, RunningNode, make_users

KOREA, CHINA, INDONESIA = "KR-KCS", "CN-GACC", "ID-INSW"
_USED = Decimal(200)
_OF = Decimal(500)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the story: who did what, and what was seen."""

    who: str
    what: str
    seen: str
    is_right: bool = True


Chapter = Callable[[], Step]


class Story:
    """Three administrations, one exporter, one importer, and what may happen between them."""

    def __init__(self, nodes: dict[str, RunningNode]) -> None:
        """Tell the story on running nodes."""
        self._nodes = nodes
        self._invoices = iter(f"HB-2026-{serial}" for serial in range(1120, 1999))
        self._today = datetime.now(ZoneInfo(nodes[KOREA].country.zone)).date()
        self._certificates: dict[str, Json] = {}

    def chapters(self) -> tuple[Chapter, ...]:
        """Return the chapters in the order in which they can happen."""
        return (
            self.register_exporter,
            self.determine_origin,
            self.issue_first,
            self.partner_registers,
            self.border_finds,
            self.use_comes_back,
            self.correct_under_new_number,
            self.cancel_used_is_refused,
            self.cancel_unused_succeeds,
            self.wrong_signature_is_refused,
            self.partner_down_and_up,
            self.killed_and_started_again,
            self.lists_agree,
        )

    # The exporter's side

    def register_exporter(self) -> Step:
        """An officer registers a company, and its people can log in."""
        korea = self._nodes[KOREA]
        self._officer = Person(korea, "officer")
        company = self._officer.post("/exporters", goods.EXPORTER)
        make_users(korea, {"exporter": "EXPORTER"}, exporter=company["id"])
        self._exporter = Person(korea, "exporter")
        self._border = Person(self._nodes[CHINA], "border")
        return Step("Korean officer", "registers an exporter", company["name"])

    def determine_origin(self) -> Step:
        """The exporter describes a product with its bill of materials and has origin judged."""
        self._product = self._exporter.post("/products", goods.CONVERTER)
        judged = self._determine("KCFTA", "CN")
        answer = judged["answer"]
        content = (answer.get("value") or {}).get("content_percent")
        value = f", value content {content} %" if content else ""
        return Step(
            "exporter",
            "has origin of a converter judged (KCFTA)",
            f"{judged['verdict']} by {answer['rule']}{value}",
            judged["verdict"] == "originating",
        )

    def issue_first(self) -> Step:
        """The exporter applies, the officer decides, the certificate leaves with the decision."""
        issued = self._issue("first", "KCFTA", "KCFTA", "CN")
        return Step(
            "exporter, officer",
            "application, approval, issue",
            f"{issued['number']}, valid until {issued['valid_until']}",
        )

    def partner_registers(self) -> Step:
        """The partner's signed acknowledgement arrives at the certificate."""
        seen = self._await_exchange("first", {"REGISTERED"})
        return Step(CHINA, "registers it and signs for it", _exchange(seen))

    # The importer's side

    def border_finds(self) -> Step:
        """The border office checks a declaration that spells the number its own way."""
        number = self._certificates["first"]["number"].replace("-", " ")
        claim = self._claim("CN-DECL-0001", number, _USED)
        line = claim["lines"][0]
        checks = ", ".join(f"{one['check']} {one['outcome']}" for one in line["checks"])
        return Step(
            "Chinese border office",
            f"checks a claim for {_USED} of {_OF} pieces under {number!r}",
            f"{line['decision']}: {checks}",
            line["decision"] == "GRANTED",
        )

    def use_comes_back(self) -> Step:
        """The use feedback is seen by the Korean exporter."""
        seen = self._exporter.await_(self._path("first"), lambda one: bool(one["use"]))
        percent = Decimal(seen["use"][0]["percent"])
        return Step(
            "exporter",
            "sees what was used abroad",
            f"{_exchange(seen)}, {percent:g} % used",
            percent == _USED / _OF * 100,
        )

    # What goes wrong, and what is mended

    def correct_under_new_number(self) -> Step:
        """A wrong certificate is corrected: new number, the old one superseded abroad."""
        old = self._issue("wrong", "KCFTA", "KCFTA", "CN")
        self._await_exchange("wrong", {"REGISTERED"})
        new = self._officer.post(
            f"/certificates/{old['id']}/corrections",
            {"reason_code": "CORRECTED", "reason": "marks were misspelled"},
        )
        self._certificates["corrected"] = new
        self._await_exchange("corrected", {"REGISTERED"})
        was = self._officer.await_(
            f"/certificates/{old['id']}", lambda one: one["state"] == "REPLACED"
        )
        claim = self._claim("CN-DECL-0002", old["number"], Decimal(1))
        refused = claim["lines"][0]["decision"] != "GRANTED"
        return Step(
            "Korean officer",
            f"corrects {old['number']}",
            f"{new['number']} registered, {old['number']} is {was['state'].lower()} "
            f"and {'not ' if refused else ''}usable in China",
            refused,
        )

    def cancel_used_is_refused(self) -> Step:
        """A certificate that was used cannot be taken back; the reply says by what."""
        reply = self._cancel("first")
        said = reply["facts"]
        return Step(
            CHINA,
            "is asked to cancel the used certificate",
            f"{said['outcome']}, declaration {said.get('declaration_number')}",
            said["outcome"] == "REFUSED_UTILISED",
        )

    def cancel_unused_succeeds(self) -> Step:
        """A certificate that was not used is taken back on both sides."""
        self._issue("unused", "KCFTA", "KCFTA", "CN")
        self._await_exchange("unused", {"REGISTERED"})
        reply = self._cancel("unused")
        seen = self._officer.await_(self._path("unused"), lambda one: one["state"] == "CANCELLED")
        return Step(
            CHINA,
            "is asked to cancel an unused one",
            f"{reply['facts']['outcome']}, certificate {seen['state'].lower()}",
            reply["facts"]["outcome"] == "CANCELLED",
        )

    def wrong_signature_is_refused(self) -> Step:
        """An altered message over Korea's own connection gets a signed refusal and no row."""
        korea, china = self._nodes[KOREA], self._nodes[CHINA]
        document = korea.folder / "certificate.json"
        document.write_text(json.dumps(self._full("corrected")["document"]), encoding="utf-8")
        signed = korea.eodes("message", "sign", str(document), "--to", CHINA)
        if signed.returncode:
            raise DemoError(f"message sign: {signed.stderr.decode()}")
        altered = signed.stdout.replace(b"HANBIT", b"HANBAT")
        answer = _post_as(korea, china, altered)
        code = re.search(rb"<Code>([A-Z0-9-]+)</Code>", answer.content)
        said = code.group(1).decode() if code else f"no code (HTTP {answer.status_code})"
        is_signed = b"<ds:SignatureValue>" in answer.content
        digest = hashlib.sha256(altered).hexdigest()[:12]
        return Step(
            CHINA,
            "gets a message altered after signing",
            f"refused {said}, {'signed' if is_signed else 'unsigned'} answer about {digest}…",
            said == "SIG-DIGEST" and is_signed,
        )

    def partner_down_and_up(self) -> Step:
        """A partner that does not answer gets the same bytes when it is back."""
        indonesia = self._nodes[INDONESIA]
        indonesia.stop()
        self._determine("AKFTA", "ID")
        issued = self._issue("late", "AKFTA", "AK", "ID")
        waiting = self._await_exchange("late", {"SENT"})
        indonesia.start()
        seen = self._await_exchange("late", {"REGISTERED"}, within=90)
        return Step(
            INDONESIA,
            f"is down when {issued['number']} is issued, then comes back",
            f"{waiting['exchange']['state']}, then {_exchange(seen)}",
        )

    def killed_and_started_again(self) -> Step:
        """A power cut on our side right after the issue loses nothing and doubles nothing."""
        korea = self._nodes[KOREA]
        issued = self._issue("killed", "KCFTA", "KCFTA", "CN")
        korea.stop(at_once=True)
        korea.start()
        self._exporter, self._officer = Person(korea, "exporter"), Person(korea, "officer")
        seen = self._await_exchange("killed", {"REGISTERED"}, within=90)
        return Step(
            KOREA, f"is killed after issuing {issued['number']}, then starts", _exchange(seen)
        )

    def lists_agree(self) -> Step:
        """Both sides compare their lists of the day through signed messages."""
        korea = self._nodes[KOREA]
        # The day is the one in the signed head of each message, by the receiver's zone.
        zone = ZoneInfo(self._nodes[CHINA].country.zone)
        day = datetime.now(UTC).astimezone(zone).date()
        done = korea.eodes("reconcile", "--with", CHINA, "--day", day.isoformat(), "--wait", "30")
        said = done.stdout.decode().strip().splitlines()
        return Step(
            f"{KOREA}, {CHINA}",
            "compare their lists of the day",
            said[0] if said else done.stderr.decode().strip(),
            done.returncode == 0,
        )

    # What several chapters do

    def _determine(self, agreement: str, country: str) -> Json:
        judged = self._exporter.post(
            f"/products/{self._product['id']}/determinations",
            {"agreement": agreement, "importing_party": country, "price": goods.PRICE},
        )
        self._determinations = {**getattr(self, "_determinations", {}), agreement: judged["id"]}
        return judged

    def _issue(self, name: str, agreement: str, form_type: str, country: str) -> Json:  # noqa: PLR0917  # agreement, form and country read in this order
        content = goods.application(
            agreement=agreement,
            form_type=form_type,
            country=country,
            determination=self._determinations[agreement],
            invoice=next(self._invoices),
            today=self._today,
        )
        drafted = self._exporter.post("/applications", content)
        path = f"/applications/{drafted['id']}"
        self._exporter.post(f"{path}/submission", {})
        self._officer.post(f"{path}/review", {})
        self._officer.post(f"{path}/decision", {"decision": "APPROVED"})
        issued = self._officer.post("/certificates", {"application_id": drafted["id"]})
        self._certificates[name] = issued
        return issued

    def _path(self, name: str) -> str:
        return f"/certificates/{self._certificates[name]['id']}"

    def _full(self, name: str) -> Json:
        return self._officer.get(self._path(name))

    def _await_exchange(self, name: str, states: set[str], *, within: float = 30) -> Json:
        return self._officer.await_(
            self._path(name), lambda one: one["exchange"]["state"] in states, within=within
        )

    def _claim(self, declaration: str, number: str, pieces: Decimal) -> Json:
        return self._border.post(
            "/claims",
            {
                "declaration_number": declaration,
                "lines": [
                    {
                        "line_no": 1,
                        "certificate_number": number,
                        "item_no": 1,
                        "hs": "850440",
                        "quantity": str(pieces),
                        "unit": "C62",
                        "exporter": goods.EXPORTER["name"],
                    }
                ],
            },
        )

    def _cancel(self, name: str) -> Json:
        """Ask for a cancellation and wait for the partner's reply."""
        self._officer.post(
            f"{self._path(name)}/cancellation",
            {"reason_code": "WITHDRAWN", "reason": "the sale was called off"},
        )

        def is_answered(one: Json) -> bool:
            return any(note["kind"] == "cancellation.answered" for note in one["notes"])

        seen = self._officer.await_(self._path(name), is_answered)
        notes: list[Json] = seen["notes"]
        return next(note for note in notes if note["kind"] == "cancellation.answered")


def _exchange(certificate: Json) -> str:
    exchange = certificate["exchange"]
    return f"{exchange['state'].lower().replace('_', ' ')} by {exchange['partner']}"


def _post_as(sender: RunningNode, receiver: RunningNode, document: bytes) -> httpx2.Response:
    """Post a document over the sender's own mutual TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    keys = sender.folder / "keys"
    context.load_cert_chain(keys / "tls.cert.pem", keys / "tls.key.pem")
    context.load_verify_locations(receiver.folder / "keys" / "tls-authority.cert.pem")
    return httpx2.post(
        f"https://127.0.0.1:{receiver.partner_port}/partner/v1/messages",
        content=document,
        headers={"Content-Type": "application/xml"},
        verify=context,
        timeout=30,
    )
