"""Make passkeys, let people in by them, and take them as a proof of who somebody is."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ooms.access.model import User
from ooms.access.proving import note_proof
from ooms.access.refusals import ThrottledError
from ooms.access.repository import AccessRows
from ooms.access.service import Access
from ooms.access.sessions import Means, OpenedSession, Opening, Session
from ooms.audit.service import record
from ooms.db import Work, Works
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.passkeys import ceremony
from ooms.passkeys.model import (
    MOST_PASSKEYS,
    Challenge,
    Passkey,
    Purpose,
    RelyingParty,
    Unfounded,
)
from ooms.passkeys.refusals import CopiedPasskeyError, PasskeyError, PasskeysOffError
from ooms.passkeys.repository import PasskeyRows

CHALLENGE_BYTES = 32  # WebAuthn Level 3, section 13.4.3: at least 16
CHALLENGE_LASTS = timedelta(minutes=5)
MOST_PENDING = 100  # challenges that one address may have asked for; a whole office may share one

Credential = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Begun:
    """What the browser hands to the device, and the secret that it keeps until the answer."""

    options: dict[str, Any]
    browser: str


@dataclass(frozen=True, slots=True)
class Browser:
    """The browser that answers: its secret, where it is, and what it calls itself."""

    secret: str
    address: str
    device: str


class Passkeys:
    """The desk of passkeys."""

    def __init__(self, access: Access, party: RelyingParty | None) -> None:
        """Make and take passkeys for a relying party; for none where there is no address."""
        self._access = access
        self.party = party

    def begin_making(self, work: Work, user: User, *, session: Session) -> dict[str, Any]:
        """Draw a challenge for a new passkey of a user.

        Raises:
            PasskeysOffError: the office has no public address.
            ConflictError: the user has as many passkeys as anybody may have.

        """
        known = PasskeyRows(work.transaction).of_user(user.id)
        if len(known) >= MOST_PASSKEYS:
            raise ConflictError(what="list of passkeys", current="full", wanted="longer")
        challenge = self._draw(work, Purpose.REGISTER, holder=_of(session), address=session.address)
        return ceremony.to_make(self._party(), user, challenge=challenge, known=known)

    def keep(
        self, work: Work, user: User, *, session: Session, name: str, made: Credential
    ) -> Passkey:
        """Keep the passkey that a device made for the challenge of this session.

        Raises:
            UnfitError: what the device sent does not stand.
            ConflictError: the passkey is kept already.

        """
        party = self._party()
        challenge = ceremony.challenge_in(made)
        problem = self._problem(work, challenge, purpose=Purpose.REGISTER, holder=_of(session))
        if isinstance(challenge, Unfounded) or problem:
            raise UnfitError(Flaw("/credential", problem, code=PasskeyError.code))
        judged = ceremony.made(made, party=party, challenge=challenge)
        if isinstance(judged, Unfounded):
            raise UnfitError(Flaw("/credential", judged.reason, code=PasskeyError.code))
        passkey = Passkey(
            id=work.new_id(),
            user_id=user.id,
            party=party.id,
            handle=judged.handle,
            public_key=judged.public_key,
            counter=judged.counter,
            name=name,
            created_at=work.now,
        )
        if not PasskeyRows(work.transaction).add(passkey):
            raise ConflictError(what="passkey", current="kept", wanted="kept")
        _record(work, passkey, "user.passkey_added", user=user, who=user.login)
        return passkey

    def of_user(self, work: Work, user_id: str) -> tuple[Passkey, ...]:
        """Return the passkeys of a user."""
        return PasskeyRows(work.transaction).of_user(_user(work, user_id).id)

    def rename(self, work: Work, user: User, *, passkey_id: str, name: str) -> Passkey:
        """Name an own passkey anew.

        Raises:
            MissingError: the user has no such passkey.

        """
        rows = PasskeyRows(work.transaction)
        if not rows.rename(passkey_id, user_id=user.id, name=name):
            raise MissingError(what="passkey", id=passkey_id)
        return next(one for one in rows.of_user(user.id) if one.id == passkey_id)

    def remove(
        self, work: Work, user_id: str, *, passkey_id: str, by: User, reason: str = ""
    ) -> Passkey:
        """Take a passkey away; an operator who does it ends the user's sessions too.

        Raises:
            MissingError: there is no such user, or no such passkey of his.

        """
        user = _user(work, user_id)
        gone = PasskeyRows(work.transaction).drop(passkey_id, user_id=user.id)
        if gone is None:
            raise MissingError(what="passkey", id=passkey_id)
        if by.id != user.id:
            AccessRows(work.transaction).end_sessions(user.id)
        told = {"reason": reason} if reason else {}
        _record(work, gone, "user.passkey_removed", user=user, who=by.login, told=told)
        return gone

    def begin_sign_in(self, work: Work, *, address: str) -> Begun:
        """Draw a challenge that any passkey of this office may sign, in this browser.

        Raises:
            PasskeysOffError: the office has no public address.
            ThrottledError: the address asked for too many challenges, or failed too often.

        """
        self._access.require_patience(work, (_address(address),))
        secret = base64.urlsafe_b64encode(work.noise(CHALLENGE_BYTES)).decode().rstrip("=")
        holder = f"browser:{_digest(secret.encode())}"
        challenge = self._draw(work, Purpose.SIGN_IN, holder=holder, address=address)
        return Begun(ceremony.to_sign(self._party(), challenge=challenge), secret)

    def sign_in(self, works: Works, credential: Credential, *, browser: Browser) -> OpenedSession:
        """Open a session for whoever has the passkey and was verified by its device.

        1. Take the challenge, which nobody can answer again; it is this browser's.
        2. Find the passkey, judge the answer, and let its owner in.
        3. What fails is counted and recorded, in a transaction of its own.

        Raises:
            PasskeyError: the answer does not stand.
            ThrottledError: too much failed lately from this address.

        """
        holder = f"browser:{_digest(browser.secret.encode())}"
        address = browser.address
        try:
            works.read(lambda work: self._access.require_patience(work, (_address(address),)))
            challenge = self._taken(works, credential, purpose=Purpose.SIGN_IN, holder=holder)  # 1
            return works.do(  # 2
                lambda work: self._let_in(work, credential, challenge=challenge, browser=browser)
            )
        except PasskeyError as refused:
            code = refused.code
            works.do(  # 3
                lambda work: self._refused(work, credential, code=code, address=address)
            )
            raise

    def begin_proof(self, work: Work, user: User, *, session: Session) -> dict[str, Any]:
        """Draw a challenge that a passkey of the user may sign, as a proof of who he is.

        Raises:
            PasskeysOffError: the office has no public address.
            MissingError: the user has no passkey.

        """
        known = PasskeyRows(work.transaction).of_user(user.id)
        if not known:
            raise MissingError(what="passkey of", id=user.login)
        challenge = self._draw(work, Purpose.PROVE, holder=_of(session), address=session.address)
        return ceremony.to_sign(self._party(), challenge=challenge, known=known)

    def prove(self, works: Works, token: str, credential: Credential) -> Session:
        """Take a passkey as a fresh proof of who is behind a session, and as a second factor.

        Raises:
            UnauthenticatedError: no session has this token.
            UnfitError: the answer does not stand.
            ThrottledError: too much failed lately for this account.

        """
        user, session = works.read(lambda work: self._access.session_of(work, token))
        account = (_account(user),)
        works.read(lambda work: self._access.require_patience(work, account))
        try:
            challenge = self._taken(works, credential, purpose=Purpose.PROVE, holder=_of(session))
            return works.do(
                lambda work: self._proved(work, user, credential, challenge=challenge, token=token)
            )
        except PasskeyError as refused:
            code, reason = refused.code, refused.reason

            def count(work: Work) -> None:
                self._access.count_failures(work, account)
                self._access.trail.unproved(work, session, user=user, code=code)

            works.do(count)
            raise UnfitError(Flaw("/credential", reason, code=code)) from refused

    def tidy(self, work: Work) -> int:
        """Forget challenges that nobody answered."""
        return PasskeyRows(work.transaction).forget_challenges(expired_before=work.now)

    def _party(self) -> RelyingParty:
        if self.party is None:
            raise PasskeysOffError
        return self.party

    def _draw(self, work: Work, purpose: Purpose, *, holder: str, address: str) -> bytes:
        self._party()
        rows = PasskeyRows(work.transaction)
        if rows.count_challenges(address, now=work.now) >= MOST_PENDING:
            raise ThrottledError(seconds=int(CHALLENGE_LASTS.total_seconds()))
        drawn = work.noise(CHALLENGE_BYTES)
        expires_at = work.now + CHALLENGE_LASTS
        rows.add_challenge(Challenge(_digest(drawn), purpose, holder, address, expires_at))
        return drawn

    def _taken(
        self, works: Works, credential: Credential, *, purpose: Purpose, holder: str
    ) -> bytes:
        """Take the challenge of an answer; it is gone even when the answer is refused."""
        self._party()
        challenge = ceremony.challenge_in(credential)
        problem = works.do(
            lambda work: self._problem(work, challenge, purpose=purpose, holder=holder)
        )
        if isinstance(challenge, Unfounded) or problem:
            raise PasskeyError(reason=problem)
        return challenge

    def _problem(
        self, work: Work, challenge: bytes | Unfounded, *, purpose: Purpose, holder: str
    ) -> str:
        if isinstance(challenge, Unfounded):
            return challenge.reason
        taken = PasskeyRows(work.transaction).take_challenge(_digest(challenge))
        if taken is None or taken.expires_at <= work.now or taken.purpose is not purpose:
            return "the challenge was never drawn for this, is answered, or is older than 5 minutes"
        if not hmac.compare_digest(taken.holder, holder):
            return "the challenge was drawn for another browser or session"
        return ""

    def _used(
        self, work: Work, credential: Credential, *, challenge: bytes, owner: str = ""
    ) -> Passkey:
        party, rows = self._party(), PasskeyRows(work.transaction)
        passkey = rows.find(credential["id"], party=party.id)
        if passkey is None or (owner and passkey.user_id != owner):
            raise PasskeyError(reason="nobody here has this passkey")
        judged = ceremony.shown(credential, party=party, challenge=challenge, passkey=passkey)
        if isinstance(judged, Unfounded):
            raise PasskeyError(reason=judged.reason)
        if not rows.use(passkey.id, counter=judged.counter, now=work.now):
            raise CopiedPasskeyError
        return passkey

    def _let_in(
        self, work: Work, credential: Credential, *, challenge: bytes, browser: Browser
    ) -> OpenedSession:
        passkey = self._used(work, credential, challenge=challenge)
        user = _user(work, passkey.user_id)
        if user.disabled_at is not None:
            raise PasskeyError(reason="the user is shut out")
        opening = Opening(Means.PASSKEY, browser.address, browser.device, proved_at=work.now)
        return self._access.keep_session(work, user, opening=opening)

    def _proved(
        self, work: Work, user: User, credential: Credential, *, challenge: bytes, token: str
    ) -> Session:
        self._used(work, credential, challenge=challenge, owner=user.id)
        return note_proof(self._access, work, token, by=Means.PASSKEY)

    def _refused(self, work: Work, credential: Credential, *, code: str, address: str) -> None:
        passkey = None
        if self.party is not None:
            passkey = PasskeyRows(work.transaction).find(credential["id"], party=self.party.id)
        user = AccessRows(work.transaction).find_user(passkey.user_id) if passkey else None
        self._access.count_failures(work, (_address(address),))
        facts = {"means": Means.PASSKEY.value, "address": address}
        self._access.trail.refused(work, code, user=user, facts=facts)


def _user(work: Work, user_id: str) -> User:
    found = AccessRows(work.transaction).find_user(user_id)
    if found is None:
        raise MissingError(what="user", id=user_id)
    return found


def _record(  # noqa: PLR0913  # the facts of one entry, each by its name
    work: Work,
    passkey: Passkey,
    what: str,
    *,
    user: User,
    who: str,
    told: dict[str, str] | None = None,
) -> None:
    facts = {"login": user.login, "passkey": passkey.name} | (told or {})
    record(work, who=who, what=what, subject=f"user/{user.id}", facts=facts)


def _of(session: Session) -> str:
    return f"session:{session.id}"


def _address(address: str) -> str:
    return f"address:{address}"


def _account(user: User) -> str:
    return f"account:{user.login.casefold()}"


def _digest(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()
