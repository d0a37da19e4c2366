"""Findings and tables as text, CSV, TSV, JSON, Markdown, HTML, LaTeX and GitHub annotations: a module for each form."""
