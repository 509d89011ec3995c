"""The agreed rules as pure functions, one file per subject; `terms.py` holds the operations."""
