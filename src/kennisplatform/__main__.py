"""Run the commands: `python -m kennisplatform check`."""

import signal

from kennisplatform.cli import main

signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # whoever reads it has read enough
raise SystemExit(main())
