"""What a typed answer means: moments, rows of a list, amounts.  Pure: no clock is read, every problem is a value."""
