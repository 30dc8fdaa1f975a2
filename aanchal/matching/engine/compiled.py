"""`compiled`: Numba where it is installed; the same functions interpreted where it is not (a small installation)."""

try:
    import numba
except ImportError:  # a processor it is not made for: the same code runs, slower
    numba = None


def compiled(function):
    return function if numba is None else numba.njit(cache=True, nogil=True)(function)
