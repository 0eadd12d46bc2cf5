"""Planted faults that bandit must find, each in the line below its mark. Never imported."""
# ruff: noqa

import subprocess
import tempfile

# finds: B403
import pickle
import hashlib
import random

import yaml
from flask import Flask

app = Flask("faults")
# finds: B105
password = "correct horse"


def faults(name, connection, data):
    # finds: B602
    subprocess.run(f"espeak-ng {name}", shell=True)
    # finds: B307
    eval(name)
    # finds: B301
    pickle.loads(data)
    # finds: B324
    hashlib.md5(data)
    # finds: B311
    token = random.random()
    # finds: B506
    yaml.load(data)
    # finds: B608
    connection.execute("SELECT * FROM staff WHERE username = '%s'" % name)
    # finds: B306
    tempfile.mktemp()
    try:
        # finds: B104
        app.run(host="0.0.0.0")
    # finds: B110
    except Exception:
        pass
    # finds: B201
    app.run(debug=True)
    return token
