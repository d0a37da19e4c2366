"""The command line: parse, call, render, exit.

A command's module is imported only when that command is run or its own help is asked for.
"""

from __future__ import annotations

import importlib
import keyword
import os
import sys
from typing import Any

import click

from theorymap import __version__
from theorymap.errors import TheorymapError

COMMANDS = {
    "build": "Check, answer every question and export: the whole of it.",
    "check": "Find what is wrong with the knowledge base.",
    "query": "Ask a question; without a name, list the questions.",
    "sparql": "Ask anything in SPARQL.",
    "trace": "Show everything that is known of one thing, and on whose word.",
    "argue": "Weigh arguments: which claims stand, why, and what would change it.",
    "gaps": "List what is missing, and what would tell two theories apart.",
    "export": "Write the knowledge base for other tools.",
    "map": "Draw the arguments around a claim, a theory or a document.",
    "import": "Take over an argument map from another tool, or a table of cases.",
    "lock": "Prove where the passages of the documents stand.",
    "stats": "Count what the knowledge base holds.",
}


def module(name: str) -> str:
    """The module of a command; one that is named like a word of Python has an underscore behind its name."""
    return f"{name}_" if keyword.iskeyword(name) else name


class _Lazy(click.Group):
    """A group whose commands are imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"theorymap.cli.{module(cmd_name)}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        from theorymap.terms import nearest

        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            near = nearest(args[0], COMMANDS)
            raise click.UsageError(f"No such command {args[0]!r}." + (f" Did you mean {near!r}?" if near else ""), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="theorymap")
def group() -> None:
    """A knowledge base of scholarly arguments, each statement checked against its source.

    \b
    Exit codes: 0 clean, 1 findings, 2 a wrong option or name, 3 theorymap could not do its job.
    """


def main() -> None:
    """Run the command line and leave with its exit code; an interrupt leaves with 130."""
    try:
        code = group.main(standalone_mode=False)
        _flush()
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.ClickException as problem:
        problem.show()
        code = problem.exit_code
    except (click.Abort, KeyboardInterrupt):
        print("theorymap: interrupted", file=sys.stderr)
        os._exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        os._exit(0)
    except TheorymapError as problem:
        print(f"theorymap: {problem}" + (f"\n  {problem.hint}" if problem.hint else ""), file=sys.stderr)
        code = problem.exit_code
    except OSError as problem:
        print(f"theorymap: {problem.strerror or problem}", file=sys.stderr)
        os._exit(3)
    _leave(code if isinstance(code, int) else 0)


def _leave(code: int) -> None:
    """Leave; at once if a query is still running, because nothing but the end of the process ends it."""
    patience = sys.modules.get("theorymap.patience")
    if patience is not None and patience.busy():
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _flush() -> None:
    """Write what is left, so that a full disk is met here and not after the exit code was settled."""
    sys.stdout.flush()
