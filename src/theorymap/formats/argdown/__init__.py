"""Argdown, the argumentation language of argdown.org, read and written."""

from __future__ import annotations
