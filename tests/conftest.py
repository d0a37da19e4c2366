"""What every test process needs: an interrupt is heard, also where the tests themselves run in the background."""

from __future__ import annotations

import signal

from hypothesis import settings

# A shell that runs a command in the background has it ignore SIGINT, and children would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is slow; how long a case takes is no matter of these tests.
settings.register_profile("theorymap", deadline=None)
settings.load_profile("theorymap")
