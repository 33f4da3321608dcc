"""``argosy reef``: what the reef brings."""

import click

from argosy.parts.command import Parts

KINDS = ("catalogs", "loaders", "sinks", "fee_models")


@click.command()
@click.pass_obj
def reef(parts: Parts) -> None:
    """List the parts of the reef."""
    for kind in KINDS:
        for name, part in parts.parts(kind).items():
            if part.plugin == "reef":
                click.echo(f"{kind}: {name}")
