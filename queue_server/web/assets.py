"""Files of the pages, packed for readers that take it: a page is 90 small files, and most of them are words."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from flask import Response, request, send_from_directory

#: What gets smaller; pictures, sound and fonts are packed already.
PACKED = frozenset({".html", ".js", ".css", ".json", ".svg"})
#: No document, and nothing in them asks for anything by itself: a policy on them is never looked at.
NEVER_DOCUMENTS = frozenset({".js", ".css", ".json"})
#: Below this there is nothing to win, in bytes.
SMALLEST = 300


def send(folder: Path, name: str) -> Response:
    """A file of the folder; 404 where there is none."""
    response = send_from_directory(folder, name)
    path = folder / name
    # The tag says all that the date would, and nobody saves a page's part under a name.
    for header in ("Content-Disposition", "Last-Modified"):
        response.headers.pop(header, None)
    if path.suffix not in PACKED or path.stat().st_size < SMALLEST:
        return response
    return _as_taken(response, lambda: _packed(path, path.stat().st_mtime_ns))


def pack(response: Response) -> Response:
    """The same answer, packed where its reader takes it. Only for what holds no secret of its reader:
    the length of a packed secret gives it away."""
    return _as_taken(response, lambda: gzip.compress(response.get_data(), mtime=0))


def never_a_document(address: str) -> bool:
    """Whether this address is a part of pages that no browser runs as a page of its own."""
    return address.startswith("/static/") and Path(address).suffix in NEVER_DOCUMENTS


def _as_taken(response: Response, packed: Callable[[], bytes]) -> Response:
    response.vary.add("Accept-Encoding")
    tag, _ = response.get_etag()
    if tag:
        # One tag for both forms: they say the same, byte for byte they are not the same.
        response.set_etag(tag, weak=True)
    if response.status_code != 200 or request.accept_encodings.best_match(["gzip"]) is None:
        return response
    words = packed()
    response.close()  # the file that would have been sent as it is
    response.direct_passthrough = False
    response.headers.pop("Accept-Ranges", None)
    response.set_data(words)
    response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=512)
def _packed(path: Path, changed: int) -> bytes:
    """``changed`` is part of what is remembered: an edited file is packed anew."""
    return gzip.compress(path.read_bytes(), mtime=0)
