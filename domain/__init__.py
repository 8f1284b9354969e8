"""THE RULES. Standard library only; no clock, no I/O."""
