"""The mapping file, and keys found in streams of bytes."""

import pytest

from counter_client.keymap import DEFAULT, Keymap, KeymapError, load
from counter_client.keys import TERMINAL, KeyDecoder


@pytest.fixture
def own(tmp_path):
    def written(text: str) -> Keymap:
        path = tmp_path / "own.toml"
        path.write_text(text, encoding="utf-8")
        return load(path)

    return written


def test_the_default_is_what_the_page_says_of_it():
    keymap = load()
    actions = {key: keymap.action(key) for key in ("enter", "+", "-", "*", "/", "0", "9", ".")}

    assert actions == {
        "enter": "next", "+": "recall", "-": "missed", "*": "pause", "/": "transfer",
        "0": "digit", "9": "digit", ".": "clear",
    }  # fmt: skip
    assert keymap.action("x") == "nothing"
    assert (keymap.serial[b"\r"], keymap.serial[b"+"], keymap.serial[b"7"]) == ("enter", "+", "7")
    assert keymap.key_of("recall") == "+"


def test_a_file_changes_what_it_names_and_leaves_the_rest(own):
    keymap = own('[keys]\n"7" = "start"\n"F" = "finish"\n[serial]\n"7" = ["1b37", "37"]\n')

    assert (keymap.action("7"), keymap.action("f"), keymap.action("8")) == ("start", "finish", "digit")
    assert keymap.serial[b"\x1b7"] == keymap.serial[b"7"] == "7"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[keys]\nenter = "nxt"\n', 2, "'enter': unknown action 'nxt'"),
        ('[keys]\n\n"+" = "digit"\n', 3, "'+': only 0 to 9"),
        ('[keys]\n"0" = "next"\nf1 = "recall"\n', 3, "'f1': no key"),
        ("[keys]\nenter = 3\n", 2, "'enter': unknown action 3"),
        ('[keys]\nenter = "next"\n[serial]\nenter = ["xx"]\n', 4, "'enter': not bytes in hexadecimal"),
        ('[serial]\nenter = [""]\n', 2, "'enter': an empty sequence"),
        ('[serial]\n"+" = ["0d"]\n', 2, "0d is 'enter' already"),
        ('# mine\n[key]\nenter = "next"\n', 2, "'key': unknown section"),
        ('keys = "next"\n', 1, "'keys': must be a section"),
        ('[keys]\nenter = "next\n', 2, "line 2"),
    ],
)
def test_a_mistake_is_told_with_its_file_line_and_key(own, text, line, said):
    with pytest.raises(KeymapError) as error:
        own(text)

    assert "own.toml" in str(error.value)
    assert f"line {line}" in str(error.value)
    assert said in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(KeymapError, match=r"gone\.toml"):
        load(tmp_path / "gone.toml")


def test_every_key_of_the_default_has_an_action_and_a_serial_form():
    keymap = load(DEFAULT)

    assert set(keymap.serial.values()) == set(keymap.keys)


def decoded(*pieces: bytes) -> list[str]:
    decoder = KeyDecoder(TERMINAL)
    return [key for piece in pieces for key in decoder.feed(piece)] + decoder.flush()


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        (b"12+\r", ["1", "2", "+", "enter"]),
        (b"\x1bOp\x1bOy\x1bOM\x1bOk", ["0", "9", "enter", "+"]),
        (b"\x1b[A\x1b[6~\x1b[3~", ["8", "3", "."]),
        (b"\x1b[15~\x1b[1;5C\x1bOP7", ["7"]),
        (b"\xe4\xb8\xad\x00R", ["r"]),
        (b"\x1b", ["escape"]),
    ],
    ids=["plain", "application", "numlock-off", "unknown-sequences", "no-keys", "escape"],
)
def test_what_terminals_send_for_a_keypad(sent, keys):
    assert decoded(sent) == keys
    assert decoded(*(sent[at : at + 1] for at in range(len(sent)))) == keys


def test_a_sequence_that_does_not_go_on_is_what_it_is_by_itself():
    decoder = KeyDecoder({b"\x02A": "+", b"\x02": "enter"})

    assert decoder.feed(b"\x02") == []
    assert decoder.begun
    assert decoder.flush() == ["enter"]
    assert decoder.feed(b"\x02") + decoder.feed(b"A") == ["+"]
