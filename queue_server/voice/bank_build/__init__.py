"""Makes the voice bank: a model renders the clips, a recogniser hears them. Runs in an environment of its own.

Only ``bin/hall voice`` comes here (requirements-voice.lock, ``.venv-voice``); a hall needs the finished clips alone.
"""
