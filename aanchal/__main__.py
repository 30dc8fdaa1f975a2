"""python -m aanchal"""

from aanchal.config.cli import main

raise SystemExit(main())
