"""The platform's own API, one module per subject; `table.py` lists every path."""
