from search.breaker import Breaker


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def failed(breaker, times):
    for _time in range(times):
        assert breaker.allows()
        breaker.failed()


def test_three_errors_in_a_row_stop_the_questions_for_a_minute():
    breaker = Breaker(clock=(clock := Clock()))
    failed(breaker, 2)
    breaker.succeeded()
    failed(breaker, 3)
    assert not breaker.allows()
    clock.now = 59
    assert not breaker.allows()
    clock.now = 60
    assert breaker.allows()


def test_after_the_pause_one_asks_for_all():
    breaker = Breaker(clock=(clock := Clock()))
    failed(breaker, 3)
    clock.now = 61
    assert [breaker.allows() for _reader in range(3)] == [True, False, False]
    breaker.failed()
    assert not breaker.allows()
    clock.now = 122
    assert breaker.allows()
    breaker.succeeded()
    assert breaker.allows()
    failed(breaker, 2)  # counted from none again
    assert breaker.allows()


def test_who_asked_for_all_and_never_came_back_does_not_keep_it_shut():
    breaker = Breaker(clock=(clock := Clock()))
    failed(breaker, 3)
    clock.now = 61
    assert breaker.allows()
    clock.now = 122
    assert breaker.allows()
