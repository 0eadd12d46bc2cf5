"""The keypad's display in terminals of all sizes, and without one."""

import io
import re

import pytest

from counter_client.block_figures import HEIGHT, rows
from counter_client.screen import Lines, Picture, cut, in_one_line, laid_out, screen_for, width_of

SHOWN = Picture(
    window="零号窗1号台",
    trouble="未连接，显示的可能已过时",
    number="VA012",
    state="办理中",
    waiting="等候  " + "    ".join(f"{letter} 1{n}" for n, letter in enumerate("ABCFGHJK")),
    next="Enter = 办结并叫下一位",
    said="未确认：服务器还没有答复，正在重试……",
    tone="warn",
    help="+ 重呼   - 过号   * 暂停/恢复   / 转移   数字 补叫过号   . 取消",
)
ASKING = Picture(
    **{**vars(SHOWN), "asked": "VA012 转到哪条队列？ 1", "choices": tuple(f"{n}  B 住房保障房管" for n in range(1, 19))}
)


def bare(lines: list[str]) -> list[str]:
    return [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]


@pytest.mark.parametrize("picture", [SHOWN, ASKING], ids=["shown", "asking"])
@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (40, 24), (80, 12), (30, 8)])
def test_nothing_is_wider_or_higher_than_the_terminal(picture, width, height):
    lines = laid_out(picture, width, height)

    assert len(lines) == height
    assert max(map(width_of, bare(lines))) <= width


def test_at_80_by_24_the_number_is_large_and_everything_is_there():
    lines = laid_out(SHOWN, 80, 24)
    text = "\n".join(bare(lines))

    assert sum("\x1b[7m  " in line for line in lines) >= HEIGHT
    for part in (SHOWN.window, SHOWN.trouble, SHOWN.state, SHOWN.waiting, SHOWN.next, SHOWN.said, SHOWN.help):
        assert part in text


@pytest.mark.parametrize("height", [24, 30])
def test_every_choice_of_a_long_question_is_there(height):
    text = "\n".join(bare(laid_out(ASKING, 80, height)))

    assert ASKING.asked in text
    assert all(choice in text for choice in ASKING.choices)
    assert SHOWN.number in text or height > 24


def test_in_a_small_terminal_the_number_is_written():
    text = "\n".join(bare(laid_out(SHOWN, 80, 9)))

    assert "VA012 办理中" in text
    assert SHOWN.said in text


@pytest.mark.parametrize("letter", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-")
def test_every_character_of_a_number_has_its_own_figure(letter):
    figure = rows(letter)

    assert len(figure) == HEIGHT
    assert {len(row) for row in figure} == {10}
    others = [rows(other) for other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-" if other != letter]
    assert figure not in others


def test_without_a_terminal_each_change_is_one_line():
    out = io.StringIO()
    screen = screen_for(out, plain=False)
    assert isinstance(screen, Lines)
    for picture in (SHOWN, SHOWN, ASKING):
        screen.show(picture)
    screen.close()

    lines = out.getvalue().splitlines()
    assert lines == [in_one_line(SHOWN), in_one_line(ASKING)]
    assert "\x1b" not in out.getvalue()
    assert "VA012 办理中" in lines[0]


def test_chinese_characters_take_two_columns():
    assert (width_of("A零"), cut("零号窗", 5), cut("abc", 2)) == (3, "零号", "ab")
