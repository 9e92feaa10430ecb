import pytest

from tests.unit.node.nodes import make, plan_of


@pytest.fixture
def korea(tmp_path):
    """The settings of a Korean node."""
    return make(tmp_path / "kr", plan_of("KR-KCS"))


@pytest.fixture
def china(tmp_path):
    """The settings of a Chinese node."""
    return make(tmp_path / "cn", plan_of("CN-GACC"))
