"""The same comparisons in Splink's words: Splink learns m and u over them, and scores beside us in the bench."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aanchal.matching.engine.columns import COMPARISONS, LEVELS, UNKNOWN, WORDS, Column
from aanchal.matching.engine.evaluating import Truth
from aanchal.matching.engine.register import Register, Words

MISSING, FOUND = "a_missing", "b_found"  # Splink puts the first of the alphabet on the left
SPELT = tuple(Column(number) for number in WORDS)
COUNTED = (Column.SEX, Column.DAY, Column.STATE, Column.DISTRICT, Column.BLOCK, Column.AT_STATE, Column.AT_DISTRICT, Column.HEIGHT,
           Column.BIRTH, Column.IS_CALLED)  # fmt: skip

GROWN = "(height_r - height_l)"
GROWING = "greatest(0, least(day_r, birth_l + 6209) - day_l)"
SHARED = "bit_count(marks_l & marks_r)"


def alike(column: str) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r)"


def _parent(name: str) -> list[tuple[int, str]]:
    return [
        (1, f"{name}_l = {name}_r"),
        (2, f"{name}_key_l = {name}_key_r"),
        (3, f"{alike(name)} >= 0.88"),
        (4, f"{alike(name)} >= 0.75"),
    ]


def _days(column: str, *most: int) -> list[tuple[int, str]]:
    return [(level, f"abs({column}_l - {column}_r) <= {days}") for level, days in enumerate(most, 1)]


# comparison -> what makes it unknown, the levels in order, the level of all others. As kernel.py says it; a test holds them together.
SAID: dict[str, tuple[str, list[tuple[int, str]], int]] = {
    "given": (
        "given_l is null or given_r is null",
        [
            (1, "given_l = given_r"),
            (2, "given_key_l = given_key_r"),
            (3, "joined_l = joined_r"),
            (4, "alias_l = given_r or alias_r = given_l or alias_key_l = given_key_r"),
            (4, "second_key_l = given_key_r or second_key_r = given_key_l"),
            (5, f"{alike('given')} >= 0.9"),
            (6, f"{alike('given')} >= 0.8"),
            (9, "is_called_l = 1 or is_called_r = 1"),
            (7, f"{alike('given')} >= 0.7"),
        ],
        8,
    ),
    "family": (
        "rest_l is null or rest_r is null",
        [
            (1, "rest_l = rest_r"),
            (2, "rest_key_l = rest_key_r"),
            (4, "(length(rest_l) = 1 or length(rest_r) = 1) and substr(rest_l, 1, 1) = substr(rest_r, 1, 1)"),
            (5, "length(rest_l) = 1 or length(rest_r) = 1"),
            (3, f"{alike('rest')} >= 0.85"),
        ],
        5,
    ),
    "father": ("father_l is null or father_r is null", _parent("father"), 5),
    "mother": ("mother_l is null or mother_r is null", _parent("mother"), 5),
    "sex": ("sex_l > 1 or sex_r > 1", [(1, "sex_l = sex_r")], 2),
    "birth": ("birth_l is null or birth_r is null", _days("birth", 274, 548, 913, 1461, 2191, 3287), 7),
    "place": (
        "state_l is null or state_r is null",
        [
            (6, "state_l <> state_r"),
            (4, "district_l is null or district_r is null"),
            (5, "district_l <> district_r"),
            (2, "block_l is null or block_r is null"),
            (1, "block_l = block_r"),
        ],
        3,
    ),
    "village": (
        "village_l is null or village_r is null",
        [
            (1, "village_l = village_r"),
            (2, "village_key_l = village_key_r"),
            *((level, f"{alike('village')} >= {least}") for level, least in ((3, 0.9), (4, 0.8), (5, 0.7))),
        ],
        6,
    ),
    "languages": ("langs_l = 0 or langs_r = 0", [(1, "langs_l = langs_r"), (2, "(langs_l & langs_r) <> 0")], 3),
    "height": (
        "height_l is null or height_r is null or birth_l is null",
        [
            *((level, f"day_l - birth_l >= 6574 and abs({GROWN}) <= {most}") for level, most in ((1, 2), (2, 5), (3, 9))),
            (4, "day_l - birth_l >= 6574"),
            *((level, f"abs({GROWN} * 73 - {GROWING}) <= {most}") for level, most in ((5, 365), (6, 730), (7, 1168))),
        ],
        8,
    ),
    "marks": (
        "marks_l = 0 or marks_r = 0",
        [
            (5, f"{SHARED} = 0"),
            (3, f"{SHARED} = 1 and (bit_count(marks_l) = 1 or bit_count(marks_r) = 1)"),
            (4, f"{SHARED} = 1"),
            (2, f"{SHARED} = 2"),
        ],
        1,
    ),
    "gap": (
        "day_l is null or day_r is null",
        [
            (7, "day_r < day_l"),
            *((level, f"day_r - day_l <= {most}") for level, most in ((1, 90), (2, 240), (3, 480), (4, 800), (5, 1300))),
        ],
        6,
    ),
    "found_at": (
        "state_l is null or at_state_r is null",
        [(1, "district_l = at_district_r"), (2, "state_l = at_state_r")],
        3,
    ),
    "title": ("title_l is null or title_r is null", [(1, "title_l = title_r")], 2),
}
RARE = {("given", 1): "given", ("given", 2): "given_key", ("family", 1): "rest", ("family", 2): "rest_key", ("father", 1): "father",
        ("father", 2): "father_key", ("mother", 1): "mother", ("mother", 2): "mother_key"}  # fmt: skip
BLOCKING = (
    ("given_key", "district"), ("given_key", "father_key"), ("given_key", "state", "sex", "band"), ("father_key", "district", "sex"),
    ("village_key", "state"), ("block", "sex", "band"), ("joined", "sex"), ("father_key", "mother_key"),
)  # fmt: skip


def table(register: Register, words: Words) -> pa.Table:
    """A register in columns as Splink takes them: null where nothing is known."""
    spelt = {column.name.lower(): _word(register, words, column) for column in SPELT}
    counted = {column.name.lower(): _count(register, column) for column in COUNTED}
    born = register.numbers[:, Column.BIRTH]
    band = pa.array(born // 1096, mask=born == UNKNOWN)
    marks = pa.array(register.bits[:, 0].astype(np.int64))
    langs = pa.array(register.bits[:, 1].astype(np.int64))
    return pa.table({"unique_id": register.ids, **spelt, **counted, "band": band, "marks": marks, "langs": langs})


def _word(register: Register, words: Words, column: Column) -> pa.Array:
    numbers = register.numbers[:, column]
    taken = words.known.take(pa.array(numbers))
    return pc.if_else(pa.array(numbers == 0), pa.scalar(None, pa.string()), pc.utf8_slice_codeunits(taken, 0, 64))


def _count(register: Register, column: Column) -> pa.Array:
    values = register.numbers[:, column]
    unknown = values == UNKNOWN if column in (Column.DAY, Column.BIRTH) else values == 0
    if column in (Column.SEX, Column.IS_CALLED):
        unknown = np.zeros(len(values), bool)
    return pa.array(values, mask=unknown)


def comparisons() -> list[Any]:
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl

    made = []
    for name in COMPARISONS:
        unknown, said, _ = SAID[name]
        levels: list[Any] = [cll.CustomLevel(unknown, "not known").configure(is_null_level=True)]
        for level, sql in said:
            if (name, level) in RARE:
                levels.append(cll.ExactMatchLevel(RARE[name, level], term_frequency_adjustments=True))
            else:
                levels.append(cll.CustomLevel(sql, f"level {level}"))
        made.append(cl.CustomComparison(output_column_name=name, comparison_levels=[*levels, cll.ElseLevel()]))
    return made


def usual_settings() -> Any:
    """Our comparisons, and blocks of our keys."""
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="link_only",
        comparisons=comparisons(),
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in BLOCKING],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
        probability_two_random_records_match=1e-6,
        em_convergence=0.001,
        max_iterations=15,
    )


def linker(missing: pa.Table, found: pa.Table, *, settings: Any = None, memory: str = "18GB", threads: int = 2) -> tuple[Any, Any, Any]:
    """A Splink linker over both registers in a DuckDB of its own."""
    import duckdb
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    connection = duckdb.connect()
    connection.execute(f"set memory_limit='{memory}'")
    connection.execute(f"set threads={threads}")
    for name, people in ((MISSING, missing), (FOUND, found)):
        connection.register(f"arrow_{name}", people)
        connection.execute(f"create table {name} as select * from arrow_{name}")
    api = DuckDBAPI(connection=connection)
    return (
        Linker([api.register(name, dataset_display_name=name) for name in (MISSING, FOUND)], settings or usual_settings(), log_level=40),
        connection,
        api,
    )


def learnt(missing: Register, found: Register, words: Words, true: Truth) -> tuple[np.ndarray, np.ndarray]:
    """m and u of each level: u from pairs drawn at random, m from pairs that people agreed on."""
    made, connection, api = linker(table(missing, words), table(found, words))
    made.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1, min_count_per_level=None)
    labels = pa.table(
        {
            "source_dataset_l": [MISSING] * len(true.missing),
            "unique_id_l": missing.ids.take(pa.array(true.missing)),
            "source_dataset_r": [FOUND] * len(true.missing),
            "unique_id_r": found.ids.take(pa.array(true.found)),
        }
    )
    connection.register("arrow_labels", labels)
    connection.execute("create table labels as select * from arrow_labels")
    made.training.estimate_m_from_pairwise_labels(api.register("labels"))
    return shares(made.misc.save_model_to_json())


def shares(told: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """m and u in our numbers of levels from a Splink model; two of its levels may be one of ours."""
    m, u = np.zeros((len(COMPARISONS), LEVELS)), np.zeros((len(COMPARISONS), LEVELS))
    for comparison in told["comparisons"]:
        name = comparison["output_column_name"]
        number = COMPARISONS.index(name)
        _, said, other = SAID[name]
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        for level, ours in zip(levels, [*(number_ for number_, _ in said), other], strict=True):
            m[number, ours] += level.get("m_probability") or 0
            u[number, ours] += level.get("u_probability") or 0
    return m, u
