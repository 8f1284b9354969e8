"""A WeChat Work that fits on one machine: the real wire formats, its limits, and phones to talk with."""
