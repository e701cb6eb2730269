"""Makes ``reading_builders`` and ``reading_checks`` importable from the tests beside them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
