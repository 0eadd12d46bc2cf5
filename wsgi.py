"""The production entry: ``gunicorn -c gunicorn.conf.py wsgi:app``, or ``bin/hall serve``.

One of the three places that know the async library: with eventlet and gevent the worker class has
patched the standard library before this module is imported.
"""

import gc
import sys

from queue_server.app import create_app, parts_of, start_jobs
from queue_server.config import BadSetting, Settings
from queue_server.parts import require_hall

#: What ends gunicorn as well, instead of another try: Arbiter.APP_LOAD_ERROR.
GIVE_UP = 4

app, socketio = create_app(Settings.from_env())
try:
    require_hall(parts_of(app))
except BadSetting as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(GIVE_UP)
start_jobs(app, socketio)
# What is loaded now stays for good: looking through it for rubbish stopped the event loop for 90 ms.
gc.collect()
gc.freeze()
