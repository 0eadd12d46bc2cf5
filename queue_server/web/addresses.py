"""From which address somebody asks: what a proxy says counts only where it is one of ours."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from flask import Request

#: What stands for a client whose address nobody knows.
UNKNOWN = "unknown"
#: One household or hall has so many IPv6 addresses: they count as one.
IPV6_PREFIX = 64


def client_address(request: Request, proxies: str) -> str:
    """The nearest address that is none of the ``proxies``: HALL_PROXY, addresses or networks with commas.

    ``*`` believes whoever connects, as gunicorn does.
    A header that anybody else sends is not believed, nor what stands further from us in one that is.
    """
    address = _parsed(request.remote_addr or "")
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    while passed and address is not None and _is_ours(address, proxies):
        before = _parsed(passed.pop())
        if before is None:
            break
        address = before
        if proxies.strip() == "*":
            break
    return UNKNOWN if address is None else _bucket(address)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_ours(address: IPv4Address | IPv6Address, proxies: str) -> bool:
    if proxies.strip() == "*":
        return True
    for entry in filter(None, map(str.strip, proxies.split(","))):
        try:
            if address in ip_network(entry, strict=False):
                return True
        except ValueError:
            continue
    return False


def _bucket(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_PREFIX), strict=False))
    return str(address)
