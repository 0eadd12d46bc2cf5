"""Planted faults that the rules must find, each in the line below its mark. Never imported."""
# ruff: noqa

import datetime as calendar
import marshal
import os
import pickle
import random
import shelve
import subprocess
import time
import uuid
from datetime import UTC, date, datetime

import requests
import sqlalchemy as sa
import yaml


def strings(connection, name):
    # finds: sql-from-strings
    connection.execute(f"SELECT * FROM staff WHERE username = '{name}'")
    # finds: sql-from-strings
    connection.execute("SELECT * FROM staff WHERE username = '%s'" % name)
    # finds: sql-from-strings
    connection.exec_driver_sql("SELECT * FROM staff WHERE username = " + name)
    # finds: sql-from-strings
    connection.execute("SELECT * FROM {}".format(name))
    # finds: sql-from-strings
    sa.select(sa.text(f"{name} DESC"))
    query = f"DELETE FROM {name}"
    # finds: sql-from-strings
    connection.exec_driver_sql(query)
    connection.exec_driver_sql("SELECT * FROM staff WHERE username = ?", (name,))
    connection.execute(sa.text("SELECT 1"))


def told(parts, socketio, store):
    with parts.uow("demo") as uow:
        # finds: told-inside-a-unit-of-work
        socketio.emit("event", {}, to="demo")
        # finds: told-inside-a-unit-of-work
        requests.post("http://127.0.0.1/print")
        # finds: told-inside-a-unit-of-work
        subprocess.run(["aplay", "call.wav"])
        # finds: told-inside-a-unit-of-work
        parts.offload(hash, "password")
    with parts.uow("demo"):
        # finds: told-inside-a-unit-of-work
        time.sleep(1)
    with UnitOfWork(store, "demo") as uow:
        # finds: told-inside-a-unit-of-work
        socketio.sleep(0)
    socketio.emit("event", {}, to="demo")


def clocks():
    # finds: time-outside-the-clock
    datetime.now(UTC)
    # finds: time-outside-the-clock
    calendar.datetime.utcnow()
    # finds: time-outside-the-clock
    date.today()
    # finds: time-outside-the-clock
    time.time()
    return time.monotonic()


def real_clock():
    return datetime.now(UTC)


def randomness():
    # finds: guessable-randomness
    random.choice("ABC")
    # finds: guessable-randomness
    random.randbytes(16)
    # finds: guessable-randomness
    uuid.uuid1()
    return random.Random(7)


def bytes_to_objects(data):
    # finds: objects-from-bytes
    pickle.loads(data)
    # finds: objects-from-bytes
    marshal.loads(data)
    # finds: objects-from-bytes
    shelve.open("file")
    # finds: objects-from-bytes
    yaml.load(data)
    # finds: objects-from-bytes
    RedisManager("redis://127.0.0.1", serializer="pickle")
    # finds: objects-from-bytes
    return SocketIO(app, json=pickle)


def shells(name):
    # finds: a-shell
    subprocess.run(f"espeak-ng {name}", shell=True)
    # finds: a-shell
    os.system("espeak-ng " + name)
    # finds: a-shell
    os.popen("ls")
    subprocess.run(["espeak-ng", name])


def engines(url):
    # finds: rows-in-errors
    sa.create_engine(url)
    sa.create_engine(url, hide_parameters=True)
