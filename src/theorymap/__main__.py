"""``python -m theorymap`` is ``theorymap``."""

from theorymap.cli import main

main()
