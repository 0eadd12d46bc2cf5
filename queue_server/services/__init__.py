"""One function per order, each run inside one unit of work; plus what readers are told."""
