"""The empty job of row 6's yardstick; nothing else, so that a fork imports nothing else."""


def nothing() -> None:
    """Does nothing."""
