"""The inner loops: similarity of two words, levels of agreement of two people, search of many against an index."""

import numpy as np

from aanchal.matching.engine.columns import UNKNOWN, Column
from aanchal.matching.engine.compiled import compiled

GIVEN, GIVEN_KEY, REST, REST_KEY = int(Column.GIVEN), int(Column.GIVEN_KEY), int(Column.REST), int(Column.REST_KEY)
JOINED, ALIAS, ALIAS_KEY, TITLE = int(Column.JOINED), int(Column.ALIAS), int(Column.ALIAS_KEY), int(Column.TITLE)
FATHER, FATHER_KEY, MOTHER, MOTHER_KEY = int(Column.FATHER), int(Column.FATHER_KEY), int(Column.MOTHER), int(Column.MOTHER_KEY)
VILLAGE, VILLAGE_KEY, SECOND_KEY = int(Column.VILLAGE), int(Column.VILLAGE_KEY), int(Column.SECOND_KEY)
SEX, BIRTH, DAY, HEIGHT, IS_CALLED = int(Column.SEX), int(Column.BIRTH), int(Column.DAY), int(Column.HEIGHT), int(Column.IS_CALLED)
STATE, DISTRICT, BLOCK = int(Column.STATE), int(Column.DISTRICT), int(Column.BLOCK)
AT_STATE, AT_DISTRICT = int(Column.AT_STATE), int(Column.AT_DISTRICT)
NO_DAY = UNKNOWN
EARLIEST = -30  # days: a report may be written down later than she was found
MARKS, LANGUAGES = 0, 1
TIES = 4  # times as many as are wanted may stay in when the last of them tie


@compiled
def jaro_winkler(a, length_a, b, length_b):
    """As DuckDB and Spark count it: the common beginning adds only above 0.7."""
    if length_a == 0 or length_b == 0:
        return 0.0
    reach = max(max(length_a, length_b) // 2 - 1, 0)
    seen_a = 0
    seen_b = 0
    same = 0
    for i in range(length_a):
        for j in range(max(0, i - reach), min(length_b, i + reach + 1)):
            if (seen_b >> j) & 1 == 0 and a[i] == b[j]:
                seen_a |= 1 << i
                seen_b |= 1 << j
                same += 1
                break
    if same == 0:
        return 0.0
    swapped = 0
    k = 0
    for i in range(length_a):
        if (seen_a >> i) & 1:
            while (seen_b >> k) & 1 == 0:
                k += 1
            if a[i] != b[k]:
                swapped += 1
            k += 1
    value = (same / length_a + same / length_b + (same - swapped // 2) / same) / 3.0
    if value > 0.7:
        begin = 0
        while begin < 4 and begin < length_a and begin < length_b and a[begin] == b[begin]:
            begin += 1
        value += begin * 0.1 * (1 - value)
    return value


@compiled
def alike(x, y, letters, lengths):
    return jaro_winkler(letters[x], lengths[x], letters[y], lengths[y])


@compiled
def bits(word):
    count = 0
    while word != 0:
        word &= word - np.uint64(1)
        count += 1
    return count


@compiled
def given_level(m, f, letters, lengths):
    a, b = m[GIVEN], f[GIVEN]
    if a == 0 or b == 0:
        return 0
    if a == b:
        return 1
    if m[GIVEN_KEY] == f[GIVEN_KEY] and m[GIVEN_KEY] != 0:
        return 2
    if m[JOINED] == f[JOINED] and m[JOINED] != 0:
        return 3
    if (m[ALIAS] != 0 and m[ALIAS] == b) or (f[ALIAS] != 0 and f[ALIAS] == a) or (m[ALIAS_KEY] != 0 and m[ALIAS_KEY] == f[GIVEN_KEY]):
        return 4
    if (m[SECOND_KEY] != 0 and m[SECOND_KEY] == f[GIVEN_KEY]) or (f[SECOND_KEY] != 0 and f[SECOND_KEY] == m[GIVEN_KEY]):
        return 4
    value = alike(a, b, letters, lengths)
    if value >= 0.9:
        return 5
    if value >= 0.8:
        return 6
    if m[IS_CALLED] != 0 or f[IS_CALLED] != 0:
        return 9
    return 7 if value >= 0.7 else 8


@compiled
def family_level(m, f, letters, lengths):
    a, b = m[REST], f[REST]
    if a == 0 or b == 0:
        return 0
    if a == b:
        return 1
    if m[REST_KEY] == f[REST_KEY] and m[REST_KEY] != 0:
        return 2
    if lengths[a] == 1 or lengths[b] == 1:
        return 4 if letters[a, 0] == letters[b, 0] else 5
    return 3 if alike(a, b, letters, lengths) >= 0.85 else 5


@compiled
def parent_level(a, b, key_a, key_b, letters, lengths):
    if a == 0 or b == 0:
        return 0
    if a == b:
        return 1
    if key_a == key_b and key_a != 0:
        return 2
    value = alike(a, b, letters, lengths)
    if value >= 0.88:
        return 3
    return 4 if value >= 0.75 else 5


@compiled
def birth_level(a, b):
    if a == NO_DAY or b == NO_DAY:
        return 0
    apart = abs(a - b)
    if apart <= 274:
        return 1
    if apart <= 548:
        return 2
    if apart <= 913:
        return 3
    if apart <= 1461:
        return 4
    if apart <= 2191:
        return 5
    return 6 if apart <= 3287 else 7


@compiled
def place_level(m, f):
    if m[STATE] == 0 or f[STATE] == 0:
        return 0
    if m[STATE] != f[STATE]:
        return 6
    if m[DISTRICT] == 0 or f[DISTRICT] == 0:
        return 4
    if m[DISTRICT] != f[DISTRICT]:
        return 5
    if m[BLOCK] == 0 or f[BLOCK] == 0:
        return 2
    return 1 if m[BLOCK] == f[BLOCK] else 3


@compiled
def village_level(m, f, letters, lengths):
    a, b = m[VILLAGE], f[VILLAGE]
    if a == 0 or b == 0:
        return 0
    if a == b:
        return 1
    if m[VILLAGE_KEY] == f[VILLAGE_KEY] and m[VILLAGE_KEY] != 0:
        return 2
    value = alike(a, b, letters, lengths)
    if value >= 0.9:
        return 3
    if value >= 0.8:
        return 4
    return 5 if value >= 0.7 else 6


@compiled
def height_level(m, f):
    if m[HEIGHT] == 0 or f[HEIGHT] == 0 or m[BIRTH] == NO_DAY:
        return 0
    grown = f[HEIGHT] - m[HEIGHT]
    if m[DAY] - m[BIRTH] >= 6574:  # 18 years
        apart = abs(grown)
        return 1 if apart <= 2 else 2 if apart <= 5 else 3 if apart <= 9 else 4
    growing = max(0, min(f[DAY], m[BIRTH] + 6209) - m[DAY])  # until 17, about five centimetres a year
    apart = abs(grown * 73 - growing)  # 73 days a centimetre
    return 5 if apart <= 365 else 6 if apart <= 730 else 7 if apart <= 1168 else 8


@compiled
def marks_level(a, b):
    if a == 0 or b == 0:
        return 0
    shared = bits(a & b)
    if shared == 0:
        return 5
    if shared == 1:
        return 3 if bits(a) == 1 or bits(b) == 1 else 4
    return 2 if shared == 2 else 1


@compiled
def gap_level(m, f):
    if m[DAY] == NO_DAY or f[DAY] == NO_DAY:
        return 0
    days = f[DAY] - m[DAY]
    if days < 0:
        return 7
    if days <= 90:
        return 1
    if days <= 240:
        return 2
    if days <= 480:
        return 3
    if days <= 800:
        return 4
    return 5 if days <= 1300 else 6


@compiled
def found_at_level(m, f):
    if m[STATE] == 0 or f[AT_STATE] == 0:
        return 0
    if m[DISTRICT] != 0 and m[DISTRICT] == f[AT_DISTRICT]:
        return 1
    return 2 if m[STATE] == f[AT_STATE] else 3


@compiled
def levels(m, f, m_bits, f_bits, letters, lengths, out):
    """How the missing person `m` and the found person `f` agree, comparison by comparison."""
    out[0] = given_level(m, f, letters, lengths)
    out[1] = family_level(m, f, letters, lengths)
    out[2] = parent_level(m[FATHER], f[FATHER], m[FATHER_KEY], f[FATHER_KEY], letters, lengths)
    out[3] = parent_level(m[MOTHER], f[MOTHER], m[MOTHER_KEY], f[MOTHER_KEY], letters, lengths)
    out[4] = 0 if m[SEX] > 1 or f[SEX] > 1 else 1 if m[SEX] == f[SEX] else 2
    out[5] = birth_level(m[BIRTH], f[BIRTH])
    out[6] = place_level(m, f)
    out[7] = village_level(m, f, letters, lengths)
    a, b = m_bits[LANGUAGES], f_bits[LANGUAGES]
    out[8] = 0 if a == 0 or b == 0 else 1 if a == b else 2 if a & b != 0 else 3
    out[9] = height_level(m, f)
    out[10] = marks_level(m_bits[MARKS], f_bits[MARKS])
    out[11] = gap_level(m, f)
    out[12] = found_at_level(m, f)
    out[13] = 0 if m[TITLE] == 0 or f[TITLE] == 0 else 1 if m[TITLE] == f[TITLE] else 2


@compiled
def common(comparison, level, m):
    """The number of the frequency table and of the value that agree at this level, or -1."""
    if level == 1:
        if comparison == 0:
            return 0, np.int64(m[GIVEN])
        if comparison == 1:
            return 2, np.int64(m[REST])
        if comparison == 2:
            return 4, np.int64(m[FATHER])
        if comparison == 3:
            return 6, np.int64(m[MOTHER])
    if level == 2:
        if comparison == 0:
            return 1, np.int64(m[GIVEN_KEY])
        if comparison == 1:
            return 3, np.int64(m[REST_KEY])
        if comparison == 2:
            return 5, np.int64(m[FATHER_KEY])
        if comparison == 3:
            return 7, np.int64(m[MOTHER_KEY])
    return -1, np.int64(0)


@compiled
def weigh(found, m, weights, rarity, rare):
    """Bits of evidence of one pair. `rarity[table, word]` is the bits by which a shared word is rarer than the average."""
    total = 0.0
    for comparison in range(len(found)):
        level = found[comparison]
        total += weights[comparison, level]
        if level == 1 or level == 2:
            table, word = common(comparison, level, m)
            if table >= 0:
                total += rare[table] * rarity[table, word]
    return total


@compiled
def first_rank(found, m, f, weights):
    """The cheap part of the evidence, in sixteenths of a bit: what needs no comparing of words."""
    total = weights[4, 0 if m[SEX] > 1 or f[SEX] > 1 else 1 if m[SEX] == f[SEX] else 2]
    total += weights[5, birth_level(m[BIRTH], f[BIRTH])]
    total += weights[6, place_level(m, f)]
    total += weights[8, found[0]] + weights[10, found[1]]
    total += weights[11, gap_level(m, f)]
    total += weights[12, found_at_level(m, f)]
    return np.int64(np.round(total * 16))


@compiled
def cut_at(values, count, most, histogram):
    """The smallest half bit such that no more than `most` lie above it: those as good as the last of them stay in."""
    histogram[:] = 0
    for i in range(count):
        histogram[min(max(values[i] >> 3, 0), 511)] += 1
    kept = 0
    for bin_ in range(511, -1, -1):
        kept += histogram[bin_]
        if kept >= most:
            return bin_
    return 0


@compiled
def last_row(values, rows, count, cut, most):
    """Of those who tie at the cut, the last row that stays in: a thousand namesakes must not all be scored. Usually all do."""
    above = 0
    ties = 0
    for i in range(count):
        bin_ = min(max(values[i] >> 3, 0), 511)
        above += bin_ > cut
        ties += bin_ == cut
    room = TIES * most - above
    if ties <= room:
        return np.int64(1) << 40
    tied = np.empty(ties, np.int64)
    at = 0
    for i in range(count):
        if min(max(values[i] >> 3, 0), 511) == cut:
            tied[at] = rows[i]
            at += 1
    return np.partition(tied, room - 1)[room - 1]


@compiled
def keep_best(rows, scores, row, score):
    """Insert into the list of the best, best first; equal scores in the order of rows."""
    last = len(rows) - 1
    if rows[last] >= 0 and (score < scores[last] or (score == scores[last] and row > rows[last])):
        return
    at = last
    while at > 0 and (rows[at - 1] < 0 or scores[at - 1] < score or (scores[at - 1] == score and rows[at - 1] > row)):
        rows[at] = rows[at - 1]
        scores[at] = scores[at - 1]
        at -= 1
    rows[at] = row
    scores[at] = score


@compiled
def within(first, last, probes, key_starts, key_bits, most):
    """How many of one person's keys are looked at, so that they hold no more than `most` people: all, or those that say most (moved in

    front). The first is always looked at.
    """
    people = 0
    for at in range(first, last):
        people += key_starts[probes[at] + 1] - key_starts[probes[at]]
    if people <= most:
        return last
    for at in range(first + 1, last):
        key = probes[at]
        to = at
        while to > first and key_bits[probes[to - 1]] < key_bits[key]:
            probes[to] = probes[to - 1]
            to -= 1
        probes[to] = key
    people = 0
    for at in range(first, last):
        people += key_starts[probes[at] + 1] - key_starts[probes[at]]
        if people > most:
            return max(at, first + 1)
    return last


@compiled
def looked_at(starts, probes, key_starts, key_bits, most):
    """The keys of each person that `within` lets be looked at, as a mask over `probes`, which it puts in order."""
    kept = np.zeros(len(probes), np.bool_)
    for q in range(len(starts) - 1):
        kept[starts[q] : within(starts[q], starts[q + 1], probes, key_starts, key_bits, most)] = True
    return kept


@compiled
def search(
    starts, probes, key_starts, key_bits, postings, asked, asked_bits, held, held_bits, weights, rarity, rare, letters, lengths,
    asked_are_found, looked, gathered, ranked, rows, scores,
):  # fmt: skip
    """For every person asked about, the best of those held: gather by shared keys, rank cheaply, score exactly.

    Returns for how many not every key was looked at.
    """
    total = np.zeros(len(held), np.int32)
    touched = np.empty(len(held), np.int32)
    values = np.empty(len(held), np.int64)
    histogram = np.zeros(512, np.int64)
    cheap = np.zeros(2, np.int64)
    found = np.zeros(weights.shape[0], np.int64)
    short = 0
    for q in range(len(starts) - 1):
        count = 0
        end = within(starts[q], starts[q + 1], probes, key_starts, key_bits, looked)
        short += end < starts[q + 1]
        for probe in range(starts[q], end):
            key = probes[probe]
            worth = key_bits[key]
            for at in range(key_starts[key], key_starts[key + 1]):
                row = postings[at]
                if total[row] == 0:
                    touched[count] = row
                    count += 1
                total[row] += worth
        for i in range(count):
            values[i] = total[touched[i]]
            total[touched[i]] = 0
        cut = cut_at(values, count, gathered, histogram)
        last = last_row(values, touched, count, cut, gathered)
        kept = 0
        for i in range(count):
            row = touched[i]
            bin_ = min(max(values[i] >> 3, 0), 511)
            if bin_ < cut or (bin_ == cut and row > last):
                continue
            if asked_are_found:
                m, f, m_bits, f_bits = held[row], asked[q], held_bits[row], asked_bits[q]
            else:
                m, f, m_bits, f_bits = asked[q], held[row], asked_bits[q], held_bits[row]
            if m[DAY] != NO_DAY and f[DAY] != NO_DAY and f[DAY] - m[DAY] < EARLIEST:
                continue
            a, b = m_bits[LANGUAGES], f_bits[LANGUAGES]
            cheap[0] = 0 if a == 0 or b == 0 else 1 if a == b else 2 if a & b != 0 else 3
            cheap[1] = marks_level(m_bits[MARKS], f_bits[MARKS])
            values[kept] = values[i] + first_rank(cheap, m, f, weights) + 400
            touched[kept] = row
            kept += 1
        cut = cut_at(values, kept, ranked, histogram)
        last = last_row(values, touched, kept, cut, ranked)
        for i in range(kept):
            row = touched[i]
            bin_ = min(max(values[i] >> 3, 0), 511)
            if bin_ < cut or (bin_ == cut and row > last):
                continue
            if asked_are_found:
                levels(held[row], asked[q], held_bits[row], asked_bits[q], letters, lengths, found)
                keep_best(rows[q], scores[q], row, weigh(found, held[row], weights, rarity, rare))
            else:
                levels(asked[q], held[row], asked_bits[q], held_bits[row], letters, lengths, found)
                keep_best(rows[q], scores[q], row, weigh(found, asked[q], weights, rarity, rare))
    return short


@compiled
def levels_of(missing, found, missing_bits, found_bits, letters, lengths, out):
    """The levels of many pairs, row beside row."""
    for i in range(len(missing)):
        levels(missing[i], found[i], missing_bits[i], found_bits[i], letters, lengths, out[i])


@compiled
def rank_pairs(missing, found, missing_bits, found_bits, weights, out):
    """The cheap rank of many pairs, as `search` adds it; a pair of days that cannot be has the least number."""
    cheap = np.zeros(2, np.int64)
    for i in range(len(missing)):
        m, f = missing[i], found[i]
        if m[DAY] != NO_DAY and f[DAY] != NO_DAY and f[DAY] - m[DAY] < EARLIEST:
            out[i] = -1_000_000
            continue
        a, b = missing_bits[i, LANGUAGES], found_bits[i, LANGUAGES]
        cheap[0] = 0 if a == 0 or b == 0 else 1 if a == b else 2 if a & b != 0 else 3
        cheap[1] = marks_level(missing_bits[i, MARKS], found_bits[i, MARKS])
        out[i] = first_rank(cheap, m, f, weights) + 400


@compiled
def weigh_pairs(missing, found, missing_bits, found_bits, weights, rarity, rare, letters, lengths, out):
    """The bits of many pairs, row beside row."""
    found_levels = np.zeros(weights.shape[0], np.int64)
    for i in range(len(missing)):
        levels(missing[i], found[i], missing_bits[i], found_bits[i], letters, lengths, found_levels)
        out[i] = weigh(found_levels, missing[i], weights, rarity, rare)
