"""News for the office: told in order, and one that is refused holds up only its own certificate."""

from collections.abc import Sequence

from eodes.store.records import News
from tests.builders import a_certificate
from tests.integration.exchange.conftest import OpenWorld


class RefusingOnce:
    """A listener that refuses the first news about one number."""

    def __init__(self, number_key: str) -> None:
        self.number_key = number_key
        self.refusals = 1
        self.heard: list[tuple[str, object]] = []

    def hear(self, news: Sequence[News]) -> None:
        for one in news:
            if one.facts.get("number_key") == self.number_key and self.refusals:
                self.refusals -= 1
                raise RuntimeError(one.kind)
            self.heard.append((one.kind, one.facts.get("number_key")))


def test_refused_news_is_told_again_and_holds_up_no_other(open_world: OpenWorld) -> None:
    world = open_world("KR-KCS", "VN-CUSTOMS")
    vietnam = world.nodes["VN-CUSTOMS"]
    for serial in (1, 2):
        number = f"K001-26-000000{serial}"
        certificate = a_certificate(agreement="KVFTA", number_raw=number, number_key="")
        world.issue(certificate, to="VN-CUSTOMS")
    korea = world.nodes["KR-KCS"]
    korea.seal()
    korea.deliver()
    vietnam.settle()
    listener = RefusingOnce("K001260000001")
    object.__setattr__(vietnam.taking_effect, "listeners", (listener,))

    vietnam.tell()
    first_round = list(listener.heard)
    vietnam.tell()

    assert first_round == [("certificate.received", "K001260000002")]
    assert listener.heard[1:] == [("certificate.received", "K001260000001")]
