"""Log in at an identity provider: authorization code with PKCE, and users linked beforehand."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from ooms.access.model import User
from ooms.access.refusals import ThrottledError
from ooms.access.repository import AccessRows
from ooms.access.service import Access
from ooms.access.sessions import Means, OpenedSession, Opening
from ooms.audit.service import record
from ooms.db import Work, Works
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.sign_on import tokens
from ooms.sign_on.client import Exchanged, ProviderClient
from ooms.sign_on.model import Answer, Claims, Identity, Pending, Provider
from ooms.sign_on.refusals import SignOnError, UnlinkedError
from ooms.sign_on.repository import SignOnRows

SECRET_BYTES = 32
STATE_LASTS = timedelta(minutes=10)
MOST_PENDING = 100  # log-ins that one address may have begun; a whole office may share one


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send the browser, and the secret that it keeps as a cookie until it is back."""

    address: str
    browser: str
    #: Whether the browser comes back over HTTPS, so that the cookie is sent over nothing else.
    is_secure: bool


@dataclass(frozen=True, slots=True)
class Browser:
    """The browser that came back: its secret, where it is, and what it calls itself."""

    secret: str
    address: str
    device: str


class SignOn:
    """The desk of identity providers."""

    def __init__(self, access: Access, clients: Mapping[str, ProviderClient]) -> None:
        """Let people in by the providers of the settings."""
        self._access = access
        self._clients = clients

    def providers(self) -> tuple[Provider, ...]:
        """Return the providers of the settings, by name."""
        return tuple(self._clients[name].provider for name in sorted(self._clients))

    def start(self, works: Works, name: str, *, address: str, fresh: bool = False) -> Begun:
        """Begin a log-in at a provider.

        1. Ask the provider where to send people, with no transaction open.
        2. Draw two secrets: the state, which travels by the provider, and one that stays in the
           browser.  Keep the digests of both, once and for ten minutes.
        3. Write the address; nonce and code verifier follow from the browser's secret.  For a
           fresh proof the provider is told how long ago the person may have shown who he is.

        Raises:
            MissingError: there is no such provider.
            ProviderError: it did not answer.
            ThrottledError: the address began too many log-ins and finished none.

        """
        client = self._client(name)
        described = client.description(now=works.clock())  # 1
        state, browser = _drawn(works), _drawn(works)  # 2
        works.do(lambda work: self._keep(work, client.provider, _Drawn(state, browser, address)))
        provider = client.provider
        wanted = " ".join(provider.second_factor_acr)
        lasts = int(self._access.policy.fresh_for.total_seconds())
        return Begun(  # 3
            prepare_grant_uri(
                described.authorization_endpoint,
                client_id=provider.client_id,
                response_type="code",
                redirect_uri=provider.redirect_uri,
                scope=" ".join(provider.scopes),
                state=state,
                nonce=_follows(browser, "nonce"),
                code_challenge=create_s256_code_challenge(_follows(browser, "verifier")),
                code_challenge_method="S256",
                acr_values=wanted or None,
                max_age=str(lasts) if fresh else None,
            ),
            browser,
            is_secure=provider.redirect_uri.startswith("https:"),
        )

    def finish(self, works: Works, name: str, *, answer: Answer, browser: Browser) -> OpenedSession:
        """Finish a log-in with what the provider sent the browser back with.

        1. Take the state, which nobody can take again; it is this browser's and this provider's.
        2. With no transaction open, exchange the code and judge the token.
        3. Find the user who is linked to the account there, and open a session.
        4. What fails is recorded, in a transaction of its own.

        Raises:
            SignOnError: the log-in does not stand.
            UnlinkedError: nobody here is linked to that account.
            ProviderError: the provider did not answer.

        """
        client = self._client(name)
        try:
            _take(works, client.provider, state=answer.state, browser=browser.secret)  # 1
            claims = self._proven(works, client, answer=answer, browser=browser.secret)  # 2
            return works.do(  # 3
                lambda work: self._let_in(work, client.provider, claims=claims, browser=browser)
            )
        except SignOnError as refused:
            code, address = refused.code, browser.address
            works.do(lambda work: self._refused(work, code, provider=name, address=address))  # 4
            raise

    def link(self, work: Work, user_id: str, *, provider: str, subject: str, by: User) -> Identity:
        """Link a user to an account at a provider.

        Raises:
            MissingError: there is no such user.
            UnfitError: there is no such provider.
            ConflictError: the account is linked already.

        """
        user = _user(work, user_id)
        if provider not in self._clients:
            raise UnfitError(Flaw("/provider", f"there is no identity provider {provider}"))
        issuer = self._clients[provider].provider.issuer
        identity = Identity(work.new_id(), user.id, issuer, subject, work.now)
        return _link(work, identity, user=user, who=by.login)

    def identities(self, work: Work, user_id: str) -> tuple[Identity, ...]:
        """Return the accounts that a user is linked to."""
        return SignOnRows(work.transaction).identities(_user(work, user_id).id)

    def unlink(self, work: Work, user_id: str, *, identity_id: str, by: User) -> Identity:
        """Take a link away; the user's sessions end.

        Raises:
            MissingError: there is no such user, or no such link of his.

        """
        user = _user(work, user_id)
        gone = SignOnRows(work.transaction).drop_identity(identity_id, user_id=user.id)
        if gone is None:
            raise MissingError(what="identity", id=identity_id)
        AccessRows(work.transaction).end_sessions(user.id)
        _record(work, gone, "user.identity_unlinked", user=user, who=by.login)
        return gone

    def tidy(self, work: Work) -> int:
        """Forget log-ins that were begun and never finished."""
        return SignOnRows(work.transaction).forget_pending(expired_before=work.now)

    def _client(self, name: str) -> ProviderClient:
        if name not in self._clients:
            raise MissingError(what="identity provider", id=name)
        return self._clients[name]

    def _keep(self, work: Work, provider: Provider, drawn: _Drawn) -> None:
        rows = SignOnRows(work.transaction)
        if rows.count_pending(drawn.address, now=work.now) >= MOST_PENDING:
            raise ThrottledError(seconds=int(STATE_LASTS.total_seconds()))
        rows.add_pending(
            Pending(
                _digest(drawn.state),
                provider.name,
                _digest(drawn.browser),
                drawn.address,
                work.now + STATE_LASTS,
            )
        )

    def _proven(
        self, works: Works, client: ProviderClient, *, answer: Answer, browser: str
    ) -> Claims:
        now, name = works.clock(), client.provider.name
        _require_code(answer, client, names_itself=client.description(now=now).names_itself)
        given = client.exchange(answer.code, verifier=_follows(browser, "verifier"), now=now)
        if not isinstance(given, Exchanged):
            raise SignOnError(provider=name, reason=given)
        expected = tokens.Expected(_follows(browser, "nonce"), given.access_token, now)
        for anew in (False, True):
            keys = client.keys(now=now, anew=anew)
            judged = tokens.judge(
                given.id_token, provider=client.provider, keys=keys, expected=expected
            )
            match judged:
                case Claims():
                    return judged
                case tokens.Untrusted(reason):
                    raise SignOnError(provider=name, reason=reason)
                case tokens.UnknownKey():
                    continue  # the provider may have rolled its key since we looked
        raise SignOnError(provider=name, reason="the token names no key that the provider has")

    def _let_in(
        self, work: Work, provider: Provider, *, claims: Claims, browser: Browser
    ) -> OpenedSession:
        rows = SignOnRows(work.transaction)
        identity = rows.find_identity(claims.issuer, subject=claims.subject)
        if identity is None:
            identity = _linked_by_email(work, provider, claims=claims)
        user = AccessRows(work.transaction).find_user(identity.user_id) if identity else None
        if identity is None or user is None:
            raise UnlinkedError(provider=provider.name, subject=claims.subject)
        if user.disabled_at is not None:
            raise SignOnError(provider=provider.name, reason="the user is shut out")
        rows.use_identity(identity.id, now=work.now)
        means = Means.OIDC_AND_FACTOR if claims.has_second_factor(provider) else Means.OIDC
        proved_at = claims.authenticated_at
        opening = Opening(means, browser.address, browser.device, proved_at=proved_at)
        return self._access.keep_session(work, user, opening=opening)

    def _refused(self, work: Work, code: str, *, provider: str, address: str) -> None:
        facts = {"means": Means.OIDC.value, "provider": provider, "address": address}
        self._access.trail.refused(work, code, user=None, facts=facts)


@dataclass(frozen=True, slots=True)
class _Drawn:
    state: str
    browser: str
    address: str


def _take(works: Works, provider: Provider, *, state: str, browser: str) -> None:
    """Take the state of a log-in that this browser began at this provider.

    It is gone even when it is refused: who has the state of another browser may not try twice.
    """
    now = works.clock()
    taken = works.do(lambda work: SignOnRows(work.transaction).take_pending(_digest(state)))
    problem = _problem_with(taken, provider, browser=browser, now=now)
    if problem:
        raise SignOnError(provider=provider.name, reason=problem)


def _problem_with(taken: Pending | None, provider: Provider, *, browser: str, now: datetime) -> str:
    if taken is None or taken.expires_at <= now:
        return "the log-in was never begun, is finished, or took longer than ten minutes"
    if taken.provider != provider.name:
        return "the log-in was begun at another provider"
    if not hmac.compare_digest(taken.browser_sha256, _digest(browser)):
        return "the log-in was begun in another browser"
    return ""


def _require_code(answer: Answer, client: ProviderClient, *, names_itself: bool) -> None:
    name, issuer = client.provider.name, client.provider.issuer
    if (answer.issuer or names_itself) and answer.issuer != issuer:  # RFC 9207, section 2.4
        raise SignOnError(provider=name, reason="the answer is another provider's")
    if answer.error:
        raise SignOnError(provider=name, reason=f"the provider let nobody in ({answer.error})")
    if not answer.code:
        raise SignOnError(provider=name, reason="the provider sent no code")


def _linked_by_email(work: Work, provider: Provider, *, claims: Claims) -> Identity | None:
    """Link the user whose login is the verified address, where the settings allow it."""
    if not (provider.links_verified_email and claims.is_email_verified and claims.email):
        return None
    user, _ = AccessRows(work.transaction).credentials(claims.email) or (None, "")
    if user is None or _is_linked(work, user, issuer=claims.issuer):
        return None
    identity = Identity(work.new_id(), user.id, claims.issuer, claims.subject, work.now)
    return _link(work, identity, user=user, who=user.login)


def _is_linked(work: Work, user: User, *, issuer: str) -> bool:
    return any(one.issuer == issuer for one in SignOnRows(work.transaction).identities(user.id))


def _link(work: Work, identity: Identity, *, user: User, who: str) -> Identity:
    if not SignOnRows(work.transaction).add_identity(identity):
        raise ConflictError(what="account at the provider", current="linked", wanted="linked")
    _record(work, identity, "user.identity_linked", user=user, who=who)
    return identity


def _record(work: Work, identity: Identity, what: str, *, user: User, who: str) -> None:
    facts = {"login": user.login, "issuer": identity.issuer, "subject": identity.subject}
    record(work, who=who, what=what, subject=f"user/{user.id}", facts=facts)


def _user(work: Work, user_id: str) -> User:
    found = AccessRows(work.transaction).find_user(user_id)
    if found is None:
        raise MissingError(what="user", id=user_id)
    return found


def _drawn(works: Works) -> str:
    return base64.urlsafe_b64encode(works.noise(SECRET_BYTES)).decode().rstrip("=")


def _follows(browser: str, purpose: str) -> str:
    """Derive a value from the browser's secret, so that the database need not keep it."""
    made = hmac.digest(browser.encode(), f"ooms/sign-on/{purpose}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
