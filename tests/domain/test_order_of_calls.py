"""What follows from the order, for any tickets."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.calling import CREDIT, CREDIT_CAP, Candidate, choose, turn_at
from queue_server.domain.numbering import TicketClass
from queue_server.domain.ticket import Ticket
from tests.domain.build import NINE, ticket

arrivals = st.lists(
    st.tuples(st.integers(0, 3 * 3600), st.sampled_from(list(TicketClass)), st.sampled_from("AB")), max_size=40
)


def issued(arrived: list[tuple[int, TicketClass, str]]) -> list[Ticket]:
    """Tickets in order of issue, their turns fixed by the rule."""
    made = []
    for ordinal, (second, ticket_class, line) in enumerate(sorted(arrived), start=1):
        at = NINE + timedelta(seconds=second)
        turn = turn_at(at, ticket_class)
        made.append(ticket(ordinal=ordinal, ticket_class=ticket_class, line=line, reference_at=at, turn_at=turn))
    return made


def called(tickets: list[Ticket]) -> list[Ticket]:
    """The order in which one window serving both lines calls them, with no secondary line."""
    left, order = [Candidate(one) for one in tickets], []
    while left:
        first, _ = choose(left)
        assert first is not None
        left.remove(first)
        order.append(first.ticket)
    return order


@given(arrivals)
@settings(max_examples=100, deadline=None)
def test_nobody_is_overtaken_by_someone_who_came_more_than_the_cap_later(
    arrived: list[tuple[int, TicketClass, str]],
) -> None:
    order = called(issued(arrived))
    for place, earlier in enumerate(order):
        for later in order[place + 1 :]:
            ahead_by = earlier.reference_at - later.reference_at
            assert ahead_by <= CREDIT[earlier.ticket_class] <= CREDIT_CAP


@given(arrivals)
@settings(max_examples=100, deadline=None)
def test_inside_a_class_the_order_of_calls_is_the_order_of_issue(arrived: list[tuple[int, TicketClass, str]]) -> None:
    order = called(issued(arrived))
    for ticket_class in TicketClass:
        ordinals = [one.ordinal for one in order if one.ticket_class is ticket_class]
        assert ordinals == sorted(ordinals)


@given(arrivals)
@settings(max_examples=50, deadline=None)
def test_everybody_who_waits_is_called_once(arrived: list[tuple[int, TicketClass, str]]) -> None:
    tickets = issued(arrived)

    assert sorted(one.ordinal for one in called(tickets)) == [one.ordinal for one in tickets]
