"""``bin/hall``: running, checking, copying and restoring a hall."""
