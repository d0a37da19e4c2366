"""Findings and tables as text, CSV, TSV, JSON, Markdown, HTML, LaTeX and GitHub annotations."""

from theorymap.render.data import table_csv, table_json, table_long, table_tsv
from theorymap.render.findings import FINDINGS, findings_github, findings_json, findings_text
from theorymap.render.footnotes import markdown as table_footnotes
from theorymap.render.html import page as table_html
from theorymap.render.latex import fragment as table_latex
from theorymap.render.markdown import table_markdown
from theorymap.render.text import table_text

__all__ = [
    "FINDINGS",
    "findings_github",
    "findings_json",
    "findings_text",
    "table_csv",
    "table_footnotes",
    "table_html",
    "table_json",
    "table_latex",
    "table_long",
    "table_markdown",
    "table_text",
    "table_tsv",
]
