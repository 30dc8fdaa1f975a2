"""Who trained whom in a module, from the master trainers down: a tree to look at and to print."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from aanchal.activities import queries
from aanchal.activities.models import Attendee, MasterTrainer, Participant, Trainer
from aanchal.activities.terms import State

DEEPEST = 6


@dataclass(frozen=True)
class Node:
    """One trainer: under her those whom she made trainers, and how many others she has trained."""

    person: Participant
    trained: int
    below: tuple["Node", ...]


def tree(user, module_key: str) -> list[Node]:
    """Each person stands once, under who trained her first. In four questions, however many there are.

    A trainer whose own trainers the reader does not see stands at the top.
    """
    of_module = {"training__module__key": module_key, "training__state": State.HELD}
    given = queries.seen(user, Trainer.objects.filter(**of_module)).order_by("training__starts_on", "pk")
    came = queries.seen(user, Attendee.objects.filter(**of_module, days_present__gt=0)).order_by("training__starts_on", "pk")
    trainers: dict[UUID, list[UUID]] = defaultdict(list)
    for training, person in given.values_list("training", "participant"):
        trainers[training].append(person)
    taught: dict[UUID, dict[UUID, bool]] = defaultdict(dict)
    passed = Q(training__is_of_trainers=True, certificate__isnull=False, certificate__revoked_on=None)
    for training, person, may_train in came.annotate(may_train=passed).values_list("training", "participant", "may_train"):
        for trainer in trainers[training]:
            taught[trainer][person] = taught[trainer].get(person, False) or may_train
    masters = queries.seen(user, MasterTrainer.objects.filter(module_key=module_key)).values_list("participant", flat=True)
    shown = {*masters, *taught, *(one for those in taught.values() for one, is_trainer in those.items() if is_trainer)}
    people = {one.pk: one for one in Participant.objects.filter(pk__in=shown).select_related("place")}
    placed: set[UUID] = set()
    top = _nodes(sorted(set(masters)), taught, people, placed, 0)
    pupils = {one for trainer, those in taught.items() if trainer in people for one in those}
    for rest in (sorted(taught.keys() - pupils), sorted(taught)):  # who trains here and was trained where the reader does not see
        top += _nodes(rest, taught, people, placed, 0)
    return top


def _nodes(
    ids: Iterable[UUID], taught: Mapping[UUID, Mapping[UUID, bool]], people: Mapping[UUID, Participant], placed: set[UUID], depth: int
) -> list[Node]:
    mine = [pk for pk in ids if pk in people and pk not in placed]
    placed.update(mine)
    found = []
    for pk in mine:
        pupils = taught.get(pk, {})
        trainers = [one for one in pupils if one in people and (pupils[one] or one in taught)]
        below = tuple(_nodes(trainers, taught, people, placed, depth + 1)) if depth < DEEPEST else ()
        found.append(Node(people[pk], len(pupils), below))
    return sorted(found, key=lambda node: node.person.name)
