"""Makes ``builders`` importable and offers the checks that every source must pass."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
