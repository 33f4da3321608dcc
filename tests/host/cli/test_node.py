import pytest

from argosy.cli.node import NODES, node_of
from argosy.config.resolve import resolve
from argosy.config.system_file import SystemFile
from argosy.errors import ConfigError
from tests.host.cli.conftest import Node
from tests.host.config import kit


def test_a_plan_gets_the_runner_of_its_mode(node: type[Node]) -> None:
    plan = resolve(SystemFile.from_dict({"name": "x"}), kit.host(), is_whole=False)
    assert node is type(node_of(plan))


@pytest.mark.parametrize("mode", ["sandbox", "live"])
def test_a_mode_without_a_runner_is_refused(mode: str) -> None:
    system = SystemFile.from_dict({"name": "x"})
    plan = resolve(system, kit.host(), is_whole=False, mode=mode)  # type: ignore[arg-type]
    assert mode not in NODES
    with pytest.raises(ConfigError, match=f"mode '{mode}' is not available yet"):
        node_of(plan)
