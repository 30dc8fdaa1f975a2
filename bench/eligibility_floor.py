"""Who lacks which scheme, written by hand in NumPy: what the schemes read from data are timed against, and must equal.

Each predicate is a pair: certainly true, and could be true once the unknown (-1) is known. The same chunks as the batch.
"""

import numpy as np

CHUNK = 16_384
ORDER = (
    "PMAYG", "NFSA_PHH", "NFSA_AAY", "IGNOAPS", "IGNWPS", "IGNDPS", "NFBS", "MGNREGS", "PMJAY", "PMMVY", "PMJJBY", "PMSBY", "APY", "KGBV",
    "ADMISSION", "SCHOLAR", "SPONSOR", "JJM", "PMUY", "SBM", "LAND", "ESHRAM", "PMJDY", "DDUGKY", "RSETI", "BLREHAB", "VCOMP", "LEGALAID",
    "SHAKTISADAN", "OSC",
)  # fmt: skip


def judge(families):
    """(proposed, to_ask): a bit a scheme for each family."""
    count, persons = len(families.starts), len(families.members["age"])
    proposed, to_ask = np.zeros(count, np.uint64), np.zeros(count, np.uint64)
    ends = np.append(families.starts[1:], persons)
    for start in range(0, count, CHUNK):
        stop = min(start + CHUNK, count)
        first, last = families.starts[start], ends[stop - 1]
        h = {name: column[start:stop] for name, column in families.households.items()}
        m = {name: column[first:last] for name, column in families.members.items()}
        _judge(h, m, families.starts[start:stop] - first, last - first, proposed[start:stop], to_ask[start:stop])
    return proposed, to_ask


def _judge(h, m, starts, persons, proposed, to_ask):
    sizes = np.diff(np.append(starts, persons))
    poor = _any(_yes(h["bpl_listed"]), _yes(h["landless"]), _yes(h["casual_labour_main"]), _over(h["food_short_months"], 1))
    for code, found in _of_families(h, poor).items():
        _put(proposed, to_ask, ORDER.index(code), *found)
    poor, single = _repeat(poor, sizes), _repeat(_yes(h["single_headed"]), sizes)
    moves = _any(_yes(h["casual_labour_main"]), _yes(h["distress_migration"]), _yes(h["unverified_migrant"]))
    lacking, asking = np.zeros(persons, np.uint64), np.zeros(persons, np.uint64)
    for code, (lacks, asks) in _of_persons(m, poor, single, _repeat(moves, sizes)).items():
        _put(lacking, asking, ORDER.index(code), lacks, asks)
    proposed |= np.bitwise_or.reduceat(lacking, starts)
    to_ask |= np.bitwise_or.reduceat(asking, starts)


def _of_families(h, poor):
    landless, labour = _yes(h["landless"]), _yes(h["casual_labour_main"])
    violence, survivor = _yes(h["violence_disclosed"]), _yes(h["survivor_returned"])
    threatened = _yes(h["threatened"])
    return {
        "PMAYG": _lacks(_all(_yes(h["kutcha_house"]), poor)),
        "NFSA_PHH": _lacks(poor, _yes(h["ration_card"])),
        "NFSA_AAY": _lacks(_any(_all(landless, labour), _all(_yes(h["single_headed"]), poor)), _yes(h["antyodaya_card"])),
        "NFBS": _lacks(_all(_yes(h["breadwinner_lost"]), _yes(h["earner_died"]), poor)),
        "MGNREGS": _lacks(_below(h["mgnregs_days"], 100), _over(h["mgnregs_days"], 1)),
        "PMJAY": _lacks(poor, _yes(h["health_card"])),
        "JJM": _lacks(_no(h["tap_water"]), _yes(h["tap_water"])),
        "PMUY": _lacks(_all(_no(h["cooking_gas"]), poor), _yes(h["cooking_gas"])),
        "SBM": _lacks(_no(h["latrine"]), _yes(h["latrine"])),
        "LAND": _lacks(_all(landless, _no(h["house_site_paper"])), _yes(h["house_site_paper"])),
        "VCOMP": _lacks(_any(survivor, violence)),
        "LEGALAID": _lacks(_any(survivor, violence, threatened, _yes(h["child_marriage"]), _yes(h["member_missing"]))),
        "SHAKTISADAN": _lacks(_all(survivor, threatened)),
        "OSC": _lacks(violence),
    }


def _of_persons(m, poor, single, moves):
    age = m["age"]
    grown, account, wants = _over(age, 18), _yes(m["bank_account"]), _yes(m["wants_training"])
    woman, school, no_school = _yes(m["female"]), _yes(m["at_school"]), _no(m["at_school"])
    return {
        "IGNOAPS": _lacks(_all(_over(age, 60), poor)),
        "IGNWPS": _lacks(_all(woman, _yes(m["widowed"]), _over(age, 40), _below(age, 80), poor)),
        "IGNDPS": _lacks(_all(_yes(m["disabled"]), grown, _below(age, 80), poor)),
        "PMMVY": _lacks(_all(woman, _yes(m["mother_to_be"]))),
        "PMJJBY": _lacks(_all(grown, _below(age, 51), account), _yes(m["life_insured"])),
        "PMSBY": _lacks(_all(grown, _below(age, 71), account), _yes(m["accident_insured"])),
        "APY": _lacks(_all(grown, _below(age, 41), account, wants)),
        "KGBV": _lacks(_all(woman, _over(age, 10), _below(age, 19), no_school), school),
        "ADMISSION": _lacks(_all(_over(age, 6), _below(age, 15), no_school), school),
        "SCHOLAR": _lacks(_all(school, _yes(m["on_scholarship_list"]))),
        "SPONSOR": _lacks(_all(_below(age, 18), _any(_yes(m["without_parents"]), single), poor)),
        "ESHRAM": _lacks(_all(_over(age, 16), _below(age, 60), moves), _yes(m["labour_card"])),
        "PMJDY": _lacks(_all(grown, _no(m["bank_account"])), account),
        "DDUGKY": _lacks(_all(wants, _over(age, 15), _below(age, 36), poor)),
        "RSETI": _lacks(_all(wants, grown, _below(age, 46), poor)),
        "BLREHAB": _lacks(_yes(m["release_certificate"])),
    }


def _yes(column):
    return column > 0, column != 0


def _no(column):
    return column == 0, column <= 0


def _over(column, bound):
    return column >= bound, (column >= bound) | (column < 0)


def _below(column, bound):
    return (column < bound) & (column >= 0), column < bound


def _all(*parts):
    is_true, could_be = parts[0]
    for one, other in parts[1:]:
        is_true, could_be = is_true & one, could_be & other
    return is_true, could_be


def _any(*parts):
    is_true, could_be = parts[0]
    for one, other in parts[1:]:
        is_true, could_be = is_true | one, could_be | other
    return is_true, could_be


def _repeat(pair, sizes):
    return np.repeat(pair[0], sizes), np.repeat(pair[1], sizes)


def _lacks(eligible, received=None):
    is_true, could_be = eligible
    if received is None:
        return is_true, could_be & ~is_true
    lacks = is_true & ~received[1]
    return lacks, could_be & ~received[0] & ~lacks


def _put(proposed, to_ask, bit, lacks, asks):
    proposed |= lacks.astype(np.uint64) << np.uint64(bit)
    to_ask |= asks.astype(np.uint64) << np.uint64(bit)
