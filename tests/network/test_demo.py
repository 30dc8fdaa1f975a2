from django.utils import timezone

from aanchal.access.acting import acting
from aanchal.access.policy import day_in_india
from aanchal.config.demo import directory as demo
from aanchal.network import directory
from aanchal.network.models import Engagement, Honorarium, ImportFile, PoolMember


def test_the_demo_has_a_list_with_two_bad_rows_an_ngo_engaged_and_one_blacklisted_and_posts(india, runner, expert):
    now = timezone.now()
    demo.load(district=india["east"], users={"programme_officer": runner, "state_expert": expert}, at=now)
    with acting(runner):
        assert ImportFile.objects.get().counts["REFUSED"] == 2
        told = {row.stakeholder.name: (row.is_listed, row.rating) for row in directory.ngos(runner)}
        assert told == {"Sneh Kendra": (False, 4), "Disha Foundation": (True, 4)}
        assert Engagement.objects.filter(flagged_on=day_in_india(now)).count() == 1
        seats = directory.seats(directory.posts(runner), day_in_india(now))
        assert (len(seats), sum(seat.tenure is None for seat in seats)) == (7, 2)
        assert (Honorarium.objects.count(), PoolMember.objects.count()) == (4, 1)
        assert len(directory.offices(india["state"])) == 10
