import click

from argosy.parts.command import Parts
from argosy.plugins.host import PluginHost


def test_a_command_finds_parts_of_other_plugins_with_its_context() -> None:
    @click.command()
    @click.pass_obj
    def formats(parts: Parts) -> list[str]:
        return sorted(parts.parts("loaders"))

    host = PluginHost.installed()
    assert sorted(host.parts("loaders")) == formats.main([], obj=host, standalone_mode=False)
