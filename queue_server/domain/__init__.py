"""The hall's rules. Standard library only; every function that needs the time takes ``now``."""
