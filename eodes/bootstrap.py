"""The composition root: settings in, a gateway out.  Clock and chance enter here and only here."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

import structlog
from cryptography import x509

from eodes import shipped
from eodes.api import Gateway
from eodes.dialects.engine import DIALECTS
from eodes.dialects.register import Dialects
from eodes.domain import ids
from eodes.domain.partner import Algorithm, Profile, Reconciliation
from eodes.errors import ConfigurationError, EodesError
from eodes.exchange.answering import Answering
from eodes.exchange.committer import Committer
from eodes.exchange.deliver import IN_FLIGHT, Delivery
from eodes.exchange.effect import TakingEffect
from eodes.exchange.expire import Expiring
from eodes.exchange.gaps import Watching
from eodes.exchange.judge import Judge
from eodes.exchange.oversight import Oversight
from eodes.exchange.ports import Clock, Ids, Listener, Transport
from eodes.exchange.prepare import Preparing
from eodes.exchange.receive import Receiving
from eodes.exchange.reconcile import Reconciling, yesterday
from eodes.exchange.record import Recording
from eodes.exchange.rules import Rules
from eodes.exchange.seal import Sealing
from eodes.exchange.settle import Settling
from eodes.exchange.trusting import TrustKeeper
from eodes.forms.register import Calendars, Forms
from eodes.node.enrolment import partners_of_other_world
from eodes.partners.register import Profiles
from eodes.settings import Settings
from eodes.store.database import Database
from eodes.store.leases import LEASE, process_lease
from eodes.store.unit import Store
from eodes.transport.https import HttpsTransport
from eodes.wire import keyring, pkcs11_signer, signer
from eodes.wire.schemas import Schemas
from eodes.wire.signature import PinnedKey
from eodes.wire.signer import Signer

log = structlog.get_logger(__name__)


class SystemClock:
    """The machine's clock, in UTC and whole milliseconds, as messages carry it."""

    def now(self) -> datetime:
        """Return the present instant."""
        present = datetime.now(UTC)  # noqa: TID251  # the one place that reads the clock
        return present.replace(microsecond=present.microsecond // 1000 * 1000)


class RandomIds:
    """Message ids from the machine's source of chance."""

    def new(self, *, now: datetime) -> str:
        """Return a fresh UUID version 7."""
        return ids.uuid7(now=now, random=secrets.token_bytes(ids.RANDOM_BYTES))


@dataclass(frozen=True, slots=True)
class Node:
    """A gateway with everything that runs it."""

    settings: Settings
    own: Profile
    database: Database
    store: Store
    clock: Clock
    signer: Signer
    trust: TrustKeeper
    judge: Judge
    preparing: Preparing
    sealing: Sealing
    delivery: Delivery
    taking_effect: TakingEffect
    expiring: Expiring
    watching: Watching
    reconciling: Reconciling
    recording: Recording
    gateway: Gateway
    owner: str

    def say_alive(self) -> None:
        """Say that this process lives: what a dead one was sending is taken over by others."""
        with self.store.begin() as unit:
            unit.leases.take(
                process_lease(self.owner), owner=self.owner, now=self.clock.now(), length=LEASE
            )

    def seal(self) -> int:
        """Number and sign what is prepared."""
        return self.sealing.seal_all(self.trust.current())

    def deliver(self) -> int:
        """Send what is due and settle the answers."""
        return self.delivery.deliver_due(self.trust.current())

    def settle(self) -> int:
        """Let received messages take effect."""
        return self.taking_effect.settle_all(self.trust.current())

    def release(self) -> int:
        """Let held replacements go."""
        return self.taking_effect.release_held(self.trust.current())

    def tell(self) -> int:
        """Tell the office the news."""
        return self.taking_effect.tell_listeners()

    def watch(self) -> int:
        """See what was lost in the channels, and ask for it again."""
        return self.watching.watch(self.trust.current())

    def expire(self) -> int:
        """Set aside what was never answered."""
        return self.expiring.expire_overdue()

    def reconcile_yesterday(self) -> int:
        """Compare yesterday with every partner that compares lists."""
        now = self.clock.now()
        partners = [
            partner
            for partner in self.trust.current().partners.values()
            if partner.profile.keeping.reconciliation is not Reconciliation.NONE
        ]
        started = 0
        for partner in partners:
            day = yesterday(partner, now=now)
            try:
                self.reconciling.start(partner, first=day, last=day, now=now)
            except EodesError:
                # One partner that cannot be asked does not keep the others from being asked.
                log.exception("reconciliation.start.failed", partner=partner.authority)
            else:
                started += 1
        return started

    def receiving(self) -> Receiving:
        """Make the receiving end of a web process, with its own committer, started."""
        committer = Committer(self.recording)
        committer.start()
        return Receiving(judge=self.judge, committer=committer, trust=self.trust, clock=self.clock)

    def partners_of_other_world(self) -> tuple[str, ...]:
        """Name the partners whose cards are of a test node where this is none, or the reverse."""
        with self.store.begin() as unit:
            return partners_of_other_world(unit.trust_register, is_test=self.settings.test)

    def close(self) -> None:
        """Let go of connections and threads."""
        self.delivery.pool.shutdown(wait=True)
        self.database.dispose()


def build_node(  # noqa: PLR0913  # what an embedder may replace, each by its name
    settings: Settings,
    *,
    database: Database | None = None,
    listeners: Sequence[Listener] = (),
    transport: Transport | None = None,
    clock: Clock | None = None,
    message_ids: Ids | None = None,
) -> Node:
    """Build a gateway from its settings.

    Raises:
        ConfigurationError: a file of settings, keys, profiles, forms or schemas is wrong.

    """
    clock = clock or SystemClock()
    fresh = message_ids or RandomIds()
    files = read_files(settings, on=clock.now().date())
    rules, dialects, schemas = files.rules, files.dialects, files.schemas
    is_test, authority = settings.test, settings.authority
    key = load_own_signer(settings)
    database = database or Database(settings.database.url)
    store = Store(database)
    trust = TrustKeeper(store=store, profiles=files.profiles, clock=clock)
    judge = Judge(authority, files.own, schemas, dialects, rules, is_test=is_test)
    preparing = Preparing(authority, rules, dialects, schemas, fresh, is_test=is_test)
    answering = Answering(authority, files.own, dialects, key, fresh, is_test=is_test)
    own, sending = own_pin(settings, key), transport or HttpsTransport(settings)
    owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
    return Node(
        settings=settings,
        own=files.own,
        database=database,
        store=store,
        clock=clock,
        signer=key,
        trust=trust,
        judge=judge,
        preparing=preparing,
        sealing=Sealing(store, key, own, schemas, clock),
        delivery=_delivery(store, judge, clock, transport=sending, owner=owner),
        taking_effect=TakingEffect(
            store, judge, preparing, answering, clock, listeners=tuple(listeners)
        ),
        expiring=Expiring(store, clock),
        watching=Watching(store, preparing, clock),
        reconciling=Reconciling(store, preparing, fresh),
        recording=Recording(store, answering),
        gateway=Gateway(
            store=store,
            preparing=preparing,
            rules=rules,
            judge=judge,
            clock=clock,
            trust=trust,
            oversight=Oversight(store, trust, clock, own),
        ),
        owner=owner,
    )


def _delivery(
    store: Store, judge: Judge, clock: Clock, *, transport: Transport, owner: str
) -> Delivery:
    return Delivery(
        store,
        transport,
        Settling(store, judge, clock),
        clock,
        ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix="deliver"),
        owner,
    )


@dataclass(frozen=True, slots=True)
class Files:
    """What a node reads at its start, besides settings and keys; all of it is checked then."""

    profiles: Profiles
    own: Profile
    dialects: Dialects
    schemas: Schemas
    rules: Rules


def read_files(settings: Settings, *, on: date) -> Files:
    """Read profiles, dialects, schemas, forms and calendars.

    Raises:
        ConfigurationError: one of them is wrong; names the file and, where it can, the line.

    """
    profiles = Profiles.load(settings.partners_folder, on=on, dialects=DIALECTS)
    dialects, schemas, rules = _shipped_files()
    return Files(
        profiles=profiles,
        own=own_profile(settings, profiles),
        dialects=dialects,
        schemas=schemas,
        rules=rules,
    )


@cache
def _shipped_files() -> tuple[Dialects, Schemas, Rules]:
    # No setting changes them: the nodes of one process share what the first has read.
    return (
        Dialects.load(),
        Schemas.load(shipped.folder("xsd")),
        Rules(Forms.load(), Calendars.load()),
    )


def own_profile(settings: Settings, profiles: Profiles) -> Profile:
    """Return the profile by which partners speak to this node.

    Raises:
        ConfigurationError: there is none, or it is another administration's.

    """
    own = profiles.get(settings.profile)
    if own is None:
        raise ConfigurationError(
            file=settings.file,
            problem=f"no profile {settings.profile!r}; there are {', '.join(sorted(profiles))}",
        )
    if own.authority != settings.authority:
        raise ConfigurationError(
            file=settings.file,
            problem=f"profile {settings.profile} is {own.authority}'s, not {settings.authority}'s",
        )
    return own


def load_own_signer(settings: Settings) -> Signer:
    """Open the node's signing key, in a file or in a token.

    Raises:
        ConfigurationError: the key cannot be opened, or does not belong to its certificate.

    """
    keys = settings.keys
    if keys.signing is not None:
        return pkcs11_signer.open_signer(keys.signing, certificate_path=keys.signing_certificate)
    passphrase = None
    if keys.passphrase_file is not None:
        try:
            passphrase = keys.passphrase_file.read_bytes().strip()
        except OSError as error:
            raise ConfigurationError(
                file=keys.passphrase_file, problem=f"cannot be read: {error.strerror}"
            ) from error
    return signer.load_signer(keys.signing_key, keys.signing_certificate, passphrase=passphrase)


def own_pin(settings: Settings, key: Signer) -> PinnedKey:
    """Pin our own certificate, so that our seal is judged as a partner would judge it."""
    return keyring.pin_key(
        x509.load_der_x509_certificate(key.certificate_der),
        authority=settings.authority,
        allowed=tuple(Algorithm),
    )
