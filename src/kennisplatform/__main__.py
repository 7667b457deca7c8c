"""Run the commands: `python -m kennisplatform check`."""

import gc
import signal

from kennisplatform.cli import main

gc.disable()  # nearly all that a command makes is there until its end
signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # whoever reads it has read enough
raise SystemExit(main())
