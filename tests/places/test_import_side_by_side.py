"""Two imports at once wait for one another: neither gives a number twice, neither loses a row."""

import threading

from django.db import connections

from aanchal.places.models import Place
from tests.places.files import districts


def test_it_gives_no_number_twice_when_two_imports_run_at_once(own_database):
    start, failures = threading.Barrier(2), []
    codes = {"one": range(9_000, 9_150), "other": range(9_100, 9_250)}

    def run(name):
        try:
            start.wait()
            districts(*(f"22,CHHATTISGARH,{code},PLACE {code},," for code in codes[name]))
        except Exception as problem:
            failures.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(name,)) for name in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    places = list(Place.objects.filter(state__lgd_code=22).order_by("place_no"))
    assert failures == []
    assert {place.lgd_code for place in places} == set(range(9_000, 9_250))
    assert len(places) == 250
    assert all(one.last_no < other.place_no for one, other in zip(places, places[1:], strict=False))
