"""``python -m queue_server``: the same as ``bin/hall``."""

from queue_server.cli.main import main

if __name__ == "__main__":
    main()
