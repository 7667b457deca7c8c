"""Run the commands: `python -m kennisplatform check`."""

from kennisplatform.cli import main

raise SystemExit(main())
