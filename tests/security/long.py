"""Whether the long versions of the security tests are asked for: bin/test security --long, or SECURITY_LONG=1."""

import os

LONG = os.environ.get("SECURITY_LONG") == "1"
