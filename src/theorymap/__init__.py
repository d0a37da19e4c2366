"""theorymap: a knowledge base of scholarly arguments, each statement checked against its source.

>>> import theorymap
>>> theorymap.__version__
'0.1.0'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from theorymap.workspace import Workspace

__version__ = "0.1.0"
__all__ = ["Workspace", "__version__"]


def __getattr__(name: str) -> object:
    """Load the public face only when it is asked for, so that `theorymap --help` starts at once."""
    if name == "Workspace":
        from theorymap.workspace import Workspace

        return Workspace
    raise AttributeError(f"module 'theorymap' has no attribute {name!r}")
