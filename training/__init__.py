"""Trains the understanding on the messages kept here: `python -m training`."""
