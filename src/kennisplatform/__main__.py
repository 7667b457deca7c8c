"""Run the commands: `python -m kennisplatform check`."""

import gc
import signal

from kennisplatform.cli import main

gc.disable()  # nearly all that a command makes is there until its end
signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # whoever reads it has read enough
code = main()
gc.freeze()  # Python looks for garbage once more when it ends, also when it was told not to
raise SystemExit(code)
