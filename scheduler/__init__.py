"""THE CLOCK. Puts jobs on the queue; does no work itself."""
