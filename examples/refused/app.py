"""Prints a mean."""

import numpy

print(numpy.mean([1, 2, 3]))
