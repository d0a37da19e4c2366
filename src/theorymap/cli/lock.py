"""``theorymap lock``."""

from __future__ import annotations

import sys

import click

from theorymap.cli.options import colour, documents_option, open_workspace, workspace_option
from theorymap.wording import counted


@click.command("lock")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@documents_option
@workspace_option
def command(keys: tuple[str, ...], documents: str | None, folder: str) -> None:
    """Find every passage in its document and write down where it stands, as `kb/documents/KEY.lock`.

    Without a KEY, all documents that are at hand: KEY.md, KEY.txt, KEY.bib, KEY.csv or KEY.tsv in their folder. A
    passage that cannot be found is reported, and the exit code is 1.

    \b
    Example: theorymap lock keating-2015 --documents ~/papers
    """
    from theorymap.errors import SourceError
    from theorymap.render.findings import findings_text

    workspace = open_workspace(folder, documents)
    workspace.require_readable(("files",))
    if workspace.documents is None:
        raise SourceError(
            "the documents are not at hand", "Name their folder with --documents or $THEORYMAP_DOCUMENTS."
        )
    found, missing = [], []
    at_hand = set(workspace.documents_at_hand())
    for key in keys or workspace.document_keys():
        try:
            path, lock, findings = workspace.lock(key)
        except SourceError as problem:
            if keys or key in at_hand:
                raise
            missing.append(problem)
            continue
        click.echo(f"{workspace.layout.name(path)}: {counted(len(lock.entries), 'passage')} locked", err=True)
        found += findings
    if missing and not at_hand:
        raise SourceError("; ".join(map(str, missing)), " ".join(absent.hint for absent in missing))
    for absent in missing:
        click.echo(f"not locked: {absent}. {absent.hint}", err=True)
    if found:
        click.echo(findings_text(found, colour=colour()), nl=False)
        sys.exit(1)
