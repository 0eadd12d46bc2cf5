"""The production entry: ``gunicorn -c gunicorn.conf.py wsgi:app``, or ``bin/hall serve``.

One of the three places that know the async library: with eventlet and gevent the worker class has
patched the standard library before this module is imported.
"""

import gc

from queue_server.app import create_app, start_jobs
from queue_server.config import Settings

app, socketio = create_app(Settings.from_env())
start_jobs(app, socketio)
# What is loaded now stays for good: looking through it for rubbish stopped the event loop for 90 ms.
gc.collect()
gc.freeze()
