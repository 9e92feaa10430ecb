"""What we seal others verify, and what others sign we verify."""

import pytest

from eodes.domain.verdict import Refusal
from eodes.wire import parser, signature, signer
from eodes.wire.canonical import canonicalize
from eodes.wire.parser import Limits
from eodes.wire.signature import Verified
from tests.hostile import specimen
from tests.hostile.specimen import CONTENT, office
from tests.interop import peers

KEYS = ("p256", "p384", "rsa2048", "rsa3072")


@pytest.fixture(scope="module", params=("signxml", "xmlsec1", "jdk"))
def peer(request, tmp_path_factory):
    lacking = peers.missing(request.param)
    if lacking:
        pytest.skip(f"{lacking} is not installed; tests/servers.sh says how")
    return peers.peer_named(request.param, tmp_path_factory.mktemp(request.param))


@pytest.mark.servers
@pytest.mark.parametrize("kind", KEYS)
def test_peer_accepts_what_we_sealed(peer, kind):
    assert peer.accepts(specimen.sealed(kind), office(kind))


@pytest.mark.servers
@pytest.mark.parametrize("kind", KEYS)
def test_peer_refuses_what_we_sealed_once_altered(peer, kind):
    altered = specimen.sealed(kind).replace(b"8400.00", b"9400.00")

    assert not peer.accepts(altered, office(kind))


@pytest.mark.servers
@pytest.mark.parametrize("kind", KEYS)
def test_we_accept_what_a_peer_signed(peer, kind):
    signed = peer.sign(CONTENT, office(kind))

    verdict = _judge(signed, kind)

    assert isinstance(verdict, Verified), verdict
    assert verdict.canonical == CONTENT


@pytest.mark.servers
@pytest.mark.parametrize("kind", KEYS)
def test_we_refuse_what_a_peer_signed_once_altered(peer, kind):
    signed = peer.sign(CONTENT, office(kind))

    verdict = _judge(signed.replace(b"8400.00", b"9400.00"), kind)

    assert isinstance(verdict, Refusal)
    assert verdict.code == "SIG-DIGEST"


@pytest.mark.servers
def test_peer_accepts_content_with_every_kind_of_character(peer):
    written = CONTENT.replace(
        b"static converter", "원산지 &lt;&amp;&gt; &#13; \u0085\u2028 é \U0001f6a2".encode()
    )
    document = parser.parse(written, limits=Limits())
    assert not isinstance(document, Refusal)

    message = signer.seal(canonicalize(document.root), signer=office().signer)

    assert peer.accepts(message, office())
    assert isinstance(_judge(message, "p256"), Verified)


def _judge(message: bytes, kind: str) -> Verified | Refusal:
    document = parser.parse(message, limits=Limits())
    assert not isinstance(document, Refusal), document
    return signature.verify(document, trust=office(kind).trust, at=specimen.NOW)
