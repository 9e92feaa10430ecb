"""`ooms verify`: is a certificate's document authentic, unaltered, still valid?"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ooms.commands.options import REFUSED
from ooms.documents.model import Answer, Checked, Summary

if TYPE_CHECKING:
    from ooms.registers.proof import Proof

_WORDS = {Answer.YES: "yes", Answer.NO: "no", Answer.UNKNOWN: "cannot be told from it alone"}


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option(
    "--trust",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("trust"),
    help="The folder with the issuers' certificates: KR-KCS.pem and so on.  [default: trust]",
)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Judge the validity as of this day.  [default: today]",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(*, file: Any, trust: Path, on: datetime | None, as_json: bool) -> None:
    """Check FILE, offline: a PDF, a photograph or scan (JPEG, PNG), a code, or a bundle (ZIP).

    Exit 0 when nothing speaks against it, 1 when something does.  A dash reads standard input.
    """
    # Heavy; help goes without.
    from ooms.documents.check import Checker  # noqa: PLC0415
    from ooms.documents.trust import load_trust  # noqa: PLC0415
    from ooms.gateway.printing import SealedXml  # noqa: PLC0415
    from ooms.registers.proof import check_bundle, is_bundle  # noqa: PLC0415

    data = file.read()
    if is_bundle(data):
        _check_bundle(check_bundle(data, trust=load_trust(trust)), as_json=as_json)
    checker = Checker(load_trust(trust), SealedXml())
    checked = checker.check(data, on=on.date() if on else _today())
    click.echo(
        json.dumps(_document(checked), indent=2, ensure_ascii=False) if as_json else _told(checked)
    )
    sys.exit(0 if checked.is_good else REFUSED)


def _check_bundle(proof: Proof, *, as_json: bool) -> NoReturn:
    """Tell what a bundle of evidence proves, and end."""
    told = {
        "verdict": "good" if proof.is_good else "refused",
        "findings": [
            {"check": one.check, "passed": one.passed, "because": one.because}
            for one in proof.findings
        ],
        "says": {name: value for name, value in proof.manifest.items() if name != "entries"},
    }
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        for one in proof.findings:
            click.echo(f"{'good' if one.passed else 'BAD '}  {one.check}: {one.because}")
        for name in ("agreement", "number", "issued_on", "audience", "made_on"):
            click.echo(f"{name}: {proof.manifest.get(name, '')}")
        for gap in proof.manifest.get("missing", ()):
            click.echo(f"not in it: {gap['what']}: {gap['because']}")
    sys.exit(0 if proof.is_good else REFUSED)


def _today() -> date:
    return datetime.now(UTC).date()  # noqa: TID251  # the command line is where today comes from


def _document(checked: Checked) -> dict[str, Any]:
    return {
        "verdict": "good" if checked.is_good else "refused",
        "authentic": checked.authentic.value,
        "unaltered": checked.unaltered.value,
        "valid": checked.valid.value,
        "findings": [
            {"check": one.check, "passed": one.passed, "because": one.because}
            for one in checked.findings
        ],
        "remark": checked.remark,
        "says": _said(checked.summary) if checked.summary else None,
    }


def _said(summary: Summary) -> dict[str, Any]:
    return {
        "authority": summary.authority,
        "agreement": summary.agreement,
        "form_type": summary.form_type,
        "number": summary.number,
        "issuer": summary.issuer,
        "issued_on": summary.issued_on.isoformat(),
        "valid_until": summary.valid_until.isoformat(),
        "import_country": summary.import_country,
        "sealed_at": summary.sealed_at.isoformat(),
        "xml_sha256": summary.xml_sha256.hex(),
        "exporter": summary.exporter,
        "buyer": summary.buyer,
        "invoice": summary.invoice,
        "item_count": summary.item_count,
        "items": [
            {
                "hs": one.hs,
                "criterion": one.criterion,
                "quantity": str(one.quantity),
                "unit": one.unit,
            }
            for one in summary.items
        ],
    }


def _told(checked: Checked) -> str:
    lines = [
        f"authentic: {_WORDS[checked.authentic]}",
        f"unaltered: {_WORDS[checked.unaltered]}",
        f"valid:     {_WORDS[checked.valid]}",
        "",
        *(
            f"{'good' if one.passed else 'BAD '}  {one.check}: {one.because}"
            for one in checked.findings
        ),
    ]
    if checked.summary:
        said = checked.summary
        title = f"{said.agreement} {said.form_type} No. {said.number}"
        dates = f"issued {said.issued_on}, valid until {said.valid_until}"
        lines += ["", f"It says: {title}, {dates}, for {said.import_country}"]
        lines += [f"Exporter: {said.exporter}"] if said.exporter else []
        lines += [f"Importer or consignee: {said.buyer}"] if said.buyer else []
        lines += [f"HS {one.hs}  {one.criterion}  {one.quantity} {one.unit}" for one in said.items]
    return "\n".join([*lines, "", checked.remark])
