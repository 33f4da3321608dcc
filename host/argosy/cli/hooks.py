"""``argosy hooks``: the hooks that a plugin can answer."""

import click


@click.command()
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the whole reference.")
def hooks(*, as_markdown: bool) -> None:
    """List the hooks that plugins answer, in the order of a system's life."""
    from argosy.plugins.reference import hook_docs, markdown

    if as_markdown:
        click.echo(markdown(), nl=False)
        return
    docs = hook_docs()
    width = max(len(each.signature) for each in docs)
    for each in docs:
        click.echo(f"{each.signature:<{width}}  {each.summary}")
