"""Lists as the CSV files that forms read."""

import csv
import io
from collections.abc import Iterable, Sequence


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(heading)
    lines.writerows(rows)
    return out.getvalue().encode()
