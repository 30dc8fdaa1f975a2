"""Measures of a page, in points."""

SHORT, LONG = 595.28, 841.89
"""A4."""
MARGIN = 50.0
BODY, SMALL, FOOT = 10.5, 9.0, 8.0
SIZES = {1: 17.0, 2: 13.0, 3: 11.0}
"""Of headings, by level."""
LEADING = 1.5
"""Height of a line in letter sizes: room for a matra above and a conjunct below."""
TALL = 2.6
"""Of a line with a word in Nastaliq."""
BASE, TALL_BASE = 1.1, 1.9
"""From the top of such a line to where its letters stand."""
