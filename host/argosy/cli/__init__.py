"""The command line: one file a command; plugins add commands through a hook.

Exit codes: 0 done, 1 the run failed or was stopped by Ctrl-C, 2 the input was wrong.
"""

from argosy.cli.group import CommandLine

__all__ = ["cli", "main"]

cli = CommandLine(name="argosy", help="Run declared trading systems.")


def main() -> None:
    """Run the command line of this process."""
    cli.main()
