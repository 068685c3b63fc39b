"""Names for the arrays that matching works on; every one has a row for each activity."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

States = NDArray[np.signedinteger[Any]]
Counts = NDArray[np.uint8]
Hundredths = NDArray[np.uint8]
Floats = NDArray[np.float64]
Ints = NDArray[np.signedinteger[Any]]
Flags = NDArray[np.bool_]
Rows = NDArray[np.intp]

# What a check says of a row. The order matters: the greater, the worse.
MET: Final = 0
SAID: Final = 1  # met, but a human has to hear of it
UNKNOWN: Final = 2
VIOLATED: Final = 3
