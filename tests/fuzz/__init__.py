"""Generated input without end: `make fuzz`, and a thousandth of it in `make test`.

A target makes an input from a random number generator and checks what the code makes of it. Which input it
is follows from the target's name, the seed and the input's number alone, so that each can be made again.
"""
