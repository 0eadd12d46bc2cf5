"""Sign-ins, retries of old presses, crashes: the whole machine."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.domain.errors import BadCredentials, LockedOut
from queue_server.services import access
from queue_server.store import idempotency, people
from tests.model.desk_rules import SOME
from tests.model.floor_rules import late
from tests.model.machine import STAFF
from tests.model.papers import HOUR, MINUTE
from tests.model.run import only
from tests.model.voice_rules import VoiceRules
from tests.model.work_rules import SEATS

WRONG_IN_A_ROW, RESTS, SESSION = 5, 15 * MINUTE, 14 * HOUR
WHO = st.sampled_from(STAFF)


@dataclass
class Account:
    id: str
    wrong: int = 0
    rests_until: int = 0
    #: Token → until when it is good.
    tokens: dict[str, int] = field(default_factory=dict)


class StaffRules(VoiceRules):
    def __init__(self) -> None:
        super().__init__()
        self.accounts = {name: Account(member) for name, member in self.staff.items()}

    @rule(who=WHO, right=st.sampled_from([True, False, False]))
    def sign_in(self, who: str, right: bool) -> None:
        """Five wrong passwords in a row rest the account for a quarter of an hour."""
        account = self.accounts[who]

        def try_it() -> Any:
            with self.uow() as uow:
                answer = access.sign_in(uow, access.Attempt(account.id, account.id), account.id, right)
            if isinstance(answer, tuple):
                account.tokens[answer[1]] = self.hall.real + SESSION
            return type(answer)

        self.by_itself("sign in", try_it, lambda: self._judged(account, right))
        self.check_tokens()

    def _judged(self, account: Account, right: bool) -> type:
        now = self.hall.real
        if account.rests_until > now:
            return LockedOut
        account.rests_until = 0
        if right:
            account.wrong = 0
            self._said("staff.signed_in")
            for one in self.accounts.values():
                one.tokens = {token: until for token, until in one.tokens.items() if until > now}
            return tuple
        account.wrong += 1
        if account.wrong == WRONG_IN_A_ROW:
            account.wrong, account.rests_until = 0, now + RESTS
            self._said("staff.locked")
        return BadCredentials

    @precondition(lambda self: any(account.tokens for account in self.accounts.values()))
    @rule(who=WHO, n=SOME)
    def sign_out(self, who: str, n: int) -> None:
        account = self.accounts[who]
        if account.tokens:
            token = [*account.tokens][n % len(account.tokens)]
            self._by_staff("staff.signed_out", lambda uow: access.sign_out(uow, account.id, token))
            del account.tokens[token]
            self.check_tokens()

    @precondition(lambda self: any(account.tokens for account in self.accounts.values()))
    @rule(who=WHO, n=SOME)
    def change_password(self, who: str, n: int) -> None:
        """Whoever knew the old one is signed out."""
        account = self.accounts[who]
        if account.tokens:
            token = [*account.tokens][n % len(account.tokens)]
            self._by_staff("staff.password_changed", lambda uow: access.change_password(uow, account.id, token, "x"))
            account.tokens = {token: account.tokens[token]}
            self.check_tokens()

    @precondition(lambda self: any(account.tokens for account in self.accounts.values()))
    @rule(who=WHO, n=SOME)
    def end_others(self, who: str, n: int) -> None:
        """Whoever goes on at another computer ends what they left open; the seat stays."""
        account, now = self.accounts[who], self.hall.real
        good = [token for token, until in account.tokens.items() if until > now]
        if not good:
            return
        here = good[n % len(good)]

        def do() -> int:
            with self.uow() as uow:
                return access.end_others(uow, account.id, here)

        self.by_itself("end others", do, lambda: self._ended(account, here, len(good) - 1))
        self.check_tokens()

    def _ended(self, account: Account, here: str, others: int) -> int:
        if others:
            account.tokens = {here: account.tokens[here]}
            self._said("staff.signed_out")
        return others

    def _by_staff(self, event: str, order: Any) -> None:
        def do() -> Any:
            with self.uow() as uow:
                return order(uow)

        self.by_itself(event, do, lambda: self._said(event))

    def check_tokens(self) -> None:
        """Exactly the tokens that the model holds for good are good."""
        with self.store.reading() as connection:
            for name, account in self.accounts.items():
                for token, until in account.tokens.items():
                    member = people.member_by_token(connection, token, self.clock())
                    assert (member is not None) == (until > self.hall.real), f"{name}'s session"


class HallMachine(StaffRules):
    """Every order there is, in any order, with everything that may go wrong in between."""

    @rule(n=st.integers(0, 2**12))
    def retry(self, n: int) -> None:
        self.retry_press(self.pressed[n % len(self.pressed)])

    @rule(n=st.integers(0, 2**12))
    def key_with_another_body(self, n: int) -> None:
        self.retry_otherwise(self.pressed[n % len(self.pressed)])

    @rule(at=st.integers(1, 24), n=SOME, code=SEATS)
    def order_dies(self, at: int, n: int, code: str) -> None:
        """The process is killed at this statement of an order."""
        self.doom = at
        self.work(n, code)

    @rule(n=SOME, code=SEATS)
    def restart(self, n: int, code: str) -> None:
        """Stopped and started: what is open is closed, what was read is read anew from the file."""
        self.unchanged(self.database.reopen)
        self.report = None
        self.work(n, code)

    @precondition(late)
    @rule()
    def forget_old_answers(self) -> None:
        def forget() -> None:
            with self.uow() as uow:
                while idempotency.forget_expired(uow.connection, uow.real_now):
                    pass

        self.unchanged(forget)
        for pressed in self.pressed:
            # Even when the clock is set back afterwards.
            pressed.until = pressed.until if pressed.until > self.hall.real else 0


class CounterMachine(HallMachine):
    """The same hall with little else than what a counter does: to see that it finds what is broken there."""

    chosen: ClassVar = frozenset(
        {
            *("work", "work_on", "people_come", "time_passes", "journey", "call_for_help", "rate_at_window"),
            *("fetches_papers", "takes_a_finish_back", "works_by_skill", "goes_there_and_back", "line_is_emptied"),
            "serves_without_arrivals",
        }
    )

    @classmethod
    def setup_state(cls) -> Any:
        return only(super().setup_state(), cls.chosen)


class SeatMachine(HallMachine):
    """The same hall with little else than sitting down, leaving, opening for others and taking over."""

    chosen: ClassVar = frozenset(
        {
            *("people_come", "work", "sit_down", "open_for", "release_window", "close_window", "take_over"),
            *("take_over_on_the_spot", "pause", "resume"),
        }
    )

    @classmethod
    def setup_state(cls) -> Any:
        return only(super().setup_state(), cls.chosen)


class SheetMachine(HallMachine):
    """The same hall with little else than ticket printers: they are seldom busy among all the rest."""

    chosen: ClassVar = frozenset(
        {
            *("ask", "time_passes", "add_printer", "hear_of_printer", "strike_off_printer", "order_sheet"),
            *("claim_sheet", "end_sheet", "fail_sheet", "give_sheets_up"),
        }
    )

    @classmethod
    def setup_state(cls) -> Any:
        return only(super().setup_state(), cls.chosen)


class VoiceMachine(HallMachine):
    """The same hall with little else than calls, loudspeakers and screens."""

    chosen: ClassVar = frozenset(
        {
            *("people_come", "work", "time_passes", "create_device", "devices_say", "ask_for_zone", "rivals"),
            *("speak", "spoken_out", "not_spoken", "notice_silence", "notice_unshown"),
        }
    )

    @classmethod
    def setup_state(cls) -> Any:
        return only(super().setup_state(), cls.chosen)
