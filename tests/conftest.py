"""What every test process needs: an interrupt is heard, also where the tests themselves run in the background."""

from __future__ import annotations

import signal

# A shell that runs a command in the background has it ignore SIGINT, and children would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
