"""Where an error happened, without its text: the words of an error may be people's words (contract §10)."""

from __future__ import annotations

import traceback

from storage.errors import StorageError


def place(error: BaseException) -> str:
    """`file.py:12 in name`, innermost last, at most four frames."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " > ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} in {frame.name}" for frame in frames
    )


def kind(error: BaseException) -> str:
    """The class; of a storage error also the driver's class, which is all its text holds."""
    name = type(error).__name__
    return f"{name}({error})" if isinstance(error, StorageError) else name
