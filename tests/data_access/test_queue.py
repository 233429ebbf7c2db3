"""Those who want a turn come in their order, are told their place, and are refused in time."""

from threading import Event, Thread
from time import monotonic, sleep

import pytest

from data_access.queue import LONGEST, Queue, WaitedTooLong


def test_writers_come_in_the_order_in_which_they_asked() -> None:
    queue, order, begun = Queue(), [], [Event() for _ in range(4)]

    def write(number: int) -> None:
        with queue.turn(60, lambda _: begun[number].set()):
            order.append(number)

    with queue.turn(60, lambda _: None):
        threads = [Thread(target=write, args=(number,)) for number in range(4)]
        for number, thread in enumerate(threads):
            thread.start()
            assert begun[number].wait(60)
    for thread in threads:
        thread.join(60)
    assert order == [0, 1, 2, 3]


def test_a_writer_is_told_how_many_are_before_whenever_that_changes() -> None:
    queue, waiting, second_waits, told_one = Queue(), [], Event(), Event()

    def hold_the_second_turn() -> None:
        with queue.turn(60, lambda _: second_waits.set()):
            assert told_one.wait(60)

    def write_last() -> None:
        with queue.turn(60, lambda before: (waiting.append(before), told_one.set() if before == 1 else None)):
            pass

    second, last = Thread(target=hold_the_second_turn), Thread(target=write_last)
    with queue.turn(60, lambda _: None):
        second.start()
        assert second_waits.wait(60)
        last.start()
        while not waiting:
            sleep(0.001)
    for thread in (second, last):
        thread.join(60)
    assert waiting == [2, 1]


def test_who_waited_long_enough_is_refused_and_leaves_the_queue() -> None:
    queue = Queue()
    with queue.turn(60, lambda _: None):
        begun = monotonic()
        with pytest.raises(WaitedTooLong), queue.turn(0.2, lambda _: None):
            pass
        assert 0.1 < monotonic() - begun < 30
        assert len(queue) == 1
    assert len(queue) == 0


def test_beyond_the_longest_queue_nobody_waits() -> None:
    queue = Queue()
    queue._waiting.extend(object() for _ in range(LONGEST))
    with pytest.raises(WaitedTooLong), queue.turn(60, lambda _: None):
        pass


def test_as_many_have_their_turn_at_once_as_there_are_places() -> None:
    queue, waiting = Queue(places=2), []
    with queue.turn(60, waiting.append), queue.turn(60, waiting.append):
        assert not waiting
        with pytest.raises(WaitedTooLong), queue.turn(0.1, waiting.append):
            pass
    assert waiting == [1]
