"""`eodes partner`: trust from a card, list, revoke a certificate, hold sending back."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import click

from eodes.commands.outcome import DONE, REFUSED, emit, reporting, table


@click.group()
def partner() -> None:
    """Trust, list and suspend partners."""


@partner.command()
@click.argument("card", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--profile", required=True, help="How to speak to it: a profile's name, as cn-gacc.")
@click.option("--yes", is_flag=True, help="The fingerprints were compared; do not ask.")
@reporting
def add(*, card: Path, profile: str, yes: bool, as_json: bool, config: Path) -> None:
    """Trust a partner from its CARD, after showing the fingerprints to compare.

    The card proves only that it was not altered since it was sealed with its own key.  What makes
    it trusted is that a person compares the fingerprints with the partner over another channel.
    """
    from eodes.commands.opening import opened  # noqa: PLC0415  # only this command needs these
    from eodes.domain.verdict import Refusal  # noqa: PLC0415
    from eodes.node.card import read_card  # noqa: PLC0415
    from eodes.node.enrolment import trust_card  # noqa: PLC0415
    from eodes.partners.register import Profiles  # noqa: PLC0415

    with opened(config) as node:
        now = node.clock.now()
        read = read_card(card.read_bytes(), now=now)
        if isinstance(read, Refusal):
            click.echo(f"{card}: {read.code} {read.detail}", err=True)
            sys.exit(REFUSED)
        prints = read.fingerprints()
        click.echo(f"{read.card.authority}  {read.card.name}\n  {read.card.endpoint}", err=True)
        for one in prints:
            until = f"{one.valid_until:%Y-%m-%d}"
            click.echo(f"  {one.purpose:8} {one.sha256}\n           valid until {until}", err=True)
        if not yes and not click.confirm(
            "Compared with the partner over another channel, and equal?", err=True
        ):
            sys.exit(REFUSED)
        profiles = Profiles.load(node.settings.partners_folder, on=now.date())
        with node.store.begin() as unit:
            refusal = trust_card(
                unit.trust_register,
                read=read,
                profile=profiles.named(profile),
                now=now,
                is_test=node.settings.test,
            )
    if refusal:
        click.echo(f"not trusted: {refusal.code} {refusal.detail}", err=True)
        sys.exit(REFUSED)
    emit(
        {
            "authority": read.card.authority,
            "profile": profile,
            "endpoint": read.card.endpoint,
            "fingerprints": [{"purpose": one.purpose, "sha256": one.sha256} for one in prints],
        },
        as_json=as_json,
        text=f"{read.card.authority} is a partner of this node now",
    )
    sys.exit(DONE)


@partner.command("list")
@reporting
def list_(*, as_json: bool, config: Path) -> None:
    """List partners and the certificates they are known by."""
    from eodes.commands.opening import opened  # noqa: PLC0415  # only this command needs it

    with opened(config) as node:
        trust = node.trust.current()
        now = node.clock.now()
    rows = [
        {
            "authority": one.authority,
            "profile": f"{one.profile.code} {one.profile.version}",
            "endpoint": one.endpoint,
            "state": f"suspended: {one.suspended_reason}" if one.is_suspended(now=now) else "ready",
            "keys": [
                {
                    "sha256": key.sha256.hex(),
                    "valid_until": key.valid_until,
                    "revoked_at": key.revoked_at,
                }
                for key in trust.keys.values()
                if key.authority == one.authority
            ],
        }
        for one in trust.partners.values()
    ]
    emit(rows, as_json=as_json, text=table(rows, ("authority", "profile", "endpoint", "state")))


@partner.command()
@click.argument("sha256")
@reporting
def revoke(*, sha256: str, as_json: bool, config: Path) -> None:
    """Stop trusting a certificate, by its SHA-256; every worker follows at once."""
    from eodes.commands.opening import opened  # noqa: PLC0415  # only this command needs it

    digest = sha256.replace(":", "").lower()
    with opened(config) as node, node.store.begin() as unit:
        done = unit.trust_register.revoke(sha256=digest, now=node.clock.now())
    emit(
        {"sha256": digest, "revoked": done},
        as_json=as_json,
        text=f"{digest} is revoked" if done else f"{digest} is not known, or was revoked before",
    )
    sys.exit(DONE if done else REFUSED)


@partner.command()
@click.argument("authority")
@click.option("--hours", type=float, default=24, show_default=True, help="For so long.")
@click.option("--reason", default="held back by the operator", show_default=True)
@reporting
def suspend(*, authority: str, hours: float, reason: str, as_json: bool, config: Path) -> None:
    """Hold sending to a partner back; what it sends is still taken."""
    from eodes.commands.opening import opened  # noqa: PLC0415  # only this command needs it

    with opened(config) as node, node.store.begin() as unit:
        until = node.clock.now() + timedelta(hours=hours)
        unit.trust_register.suspend(authority, until=until, reason=reason)
    emit(
        {"authority": authority, "suspended_until": until},
        as_json=as_json,
        text=f"nothing is sent to {authority} until {until:%Y-%m-%d %H:%M} UTC",
    )


@partner.command()
@click.argument("authority")
@reporting
def resume(*, authority: str, as_json: bool, config: Path) -> None:
    """Take sending to a partner up again."""
    from eodes.commands.opening import opened  # noqa: PLC0415  # only this command needs it

    with opened(config) as node, node.store.begin() as unit:
        unit.trust_register.suspend(authority, until=None, reason="")
    emit({"authority": authority}, as_json=as_json, text=f"sending to {authority} goes on")
