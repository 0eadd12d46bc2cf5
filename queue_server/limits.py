"""How many connections the system lets this process hold."""

import resource

#: File descriptors that are not connections: the database, logs, pipes, listeners.
KEPT_BACK = 64


def connections_possible(wanted: int) -> int:
    """Raise the limit of open files as far as allowed; return how many connections fit under it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + KEPT_BACK
    ceiling = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    if soft != resource.RLIM_INFINITY and soft < ceiling:
        resource.setrlimit(resource.RLIMIT_NOFILE, (ceiling, hard))
        soft = ceiling
    return wanted if soft == resource.RLIM_INFINITY else max(1, min(wanted, soft - KEPT_BACK))
