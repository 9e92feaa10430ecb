"""`eodes node`: make a node, print its card, bring its database to this version."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from eodes.commands.outcome import configured, emit


@click.group()
def node() -> None:
    """Make a node and its partner card."""


@node.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--authority", required=True, help="Country and authority, as KR-KCS.")
@click.option("--port", type=click.IntRange(1, 65_535), help="The partner listener's port.")
@click.option("--database", help="A database URL; SQLite in the folder unless given.")
@click.option("--keys", help="A pkcs11: URI of the signing key; a file in the folder unless given.")
@click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Encrypt the signing key with the words in this file.",
)
@click.option("--host", "hosts", multiple=True, help="A further name of this machine, for TLS.")
@click.option(
    "--partners",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of profiles beside the shipped ones, such as this authority's own.",
)
@click.option("--test", is_flag=True, help="A test node: takes and sends test messages only.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def init(  # noqa: PLR0913  # click hands every option over by its name
    *,
    folder: Path,
    authority: str,
    port: int | None,
    database: str | None,
    keys: str | None,
    passphrase_file: Path | None,
    hosts: tuple[str, ...],
    partners: Path | None,
    test: bool,
    as_json: bool,
) -> None:
    """Make FOLDER with settings, keys (mode 0600) and a migrated database."""
    import secrets  # noqa: PLC0415  # only this command needs these

    from eodes.bootstrap import SystemClock, load_own_signer  # noqa: PLC0415
    from eodes.node.folder import NodePlan, make_node  # noqa: PLC0415
    from eodes.partners.register import Profiles  # noqa: PLC0415
    from eodes.wire.keyring import fingerprint  # noqa: PLC0415

    plan = NodePlan(
        authority=authority,
        port=port,
        database_url=database,
        signing_uri=keys,
        passphrase_file=passphrase_file.absolute() if passphrase_file else None,
        host_names=hosts,
        test=test,
        partners=partners.absolute() if partners else None,
    )
    now = SystemClock().now()
    # Before anything is made: an authority without a profile could not serve a single message.
    Profiles.load(plan.partners, on=now.date()).named(authority.lower())
    settings = make_node(folder, plan=plan, now=now, random=secrets.token_bytes)
    print_ = fingerprint(load_own_signer(settings).certificate_der)
    emit(
        {
            "authority": settings.authority,
            "settings": str(settings.file),
            "endpoint": settings.endpoint,
            "signing_certificate_sha256": print_,
        },
        as_json=as_json,
        text=(
            f"{settings.authority} is made in {folder}\n"
            f"  settings   {settings.file}\n"
            f"  endpoint   {settings.endpoint}\n"
            f"  signs with {print_}\n"
            f"Next: eodes node card --config {settings.file} > "
            f"{settings.authority.lower()}.card.xml, and give that file to your partners."
        ),
    )


@node.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write here.")
@configured
def card(*, out: Path | None, config: Path) -> None:
    """Print this node's partner card: authority, endpoint, certificates, capabilities; signed."""
    from eodes.bootstrap import (  # noqa: PLC0415  # only this command needs these
        SystemClock,
        load_own_signer,
        own_profile,
    )
    from eodes.commands.opening import settings_of  # noqa: PLC0415
    from eodes.node.card import make_card  # noqa: PLC0415
    from eodes.partners.register import Profiles  # noqa: PLC0415

    settings = settings_of(config)
    now = SystemClock().now()
    profile = own_profile(settings, Profiles.load(settings.partners_folder, on=now.date()))
    document = make_card(settings, profile=profile, signer=load_own_signer(settings), now=now)
    if out is not None:
        out.write_bytes(document + b"\n")
    else:
        sys.stdout.buffer.write(document + b"\n")


@node.command()
@configured
def upgrade(*, config: Path) -> None:
    """Bring the database to this version's tables."""
    from eodes.commands.opening import settings_of  # noqa: PLC0415  # only this command needs these
    from eodes.store import migrations  # noqa: PLC0415
    from eodes.store.database import Database  # noqa: PLC0415

    database = Database(settings_of(config).database.url)
    try:
        before = migrations.current(database)
        migrations.upgrade(database)
        after = migrations.current(database)
    finally:
        database.dispose()
    click.echo(f"database: {before or 'empty'} -> {after}", err=True)
