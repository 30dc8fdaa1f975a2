"""aanchal match"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from aanchal.core.files import whole

SIDES = ("missing.parquet", "found.parquet", "truth.parquet")


def arguments(parser) -> None:
    tasks = "match all, ask for one person, learn a model, judge a run"
    parser.add_argument("do", choices=("batch", "one", "train", "evaluate"), help=tasks)
    folder = "a folder with missing.parquet and found.parquet, or the two files"
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=folder)
    parser.add_argument("--id", help="one: the id of the person asked for, on either side")
    parser.add_argument("--columns", type=Path, help="YAML that says how the file calls our columns")
    parser.add_argument("--model", type=Path, help="the model to match by; otherwise the one this program ships")
    parser.add_argument("--out", type=Path, help="batch: the Parquet file for the pairs; train: the JSON file for the model")
    parser.add_argument("--least", type=_share, default=0.001, help="batch: the least probability of a pair that is written")
    parser.add_argument("--memory", type=_gigabytes, metavar="GB", help="give up rather than take more memory than this")
    parser.add_argument("--threads", type=_count, default=2)
    parser.add_argument("--spark", metavar="MASTER", help="batch: let Spark match: local[*], or the address of a cluster")
    parser.add_argument("--card", type=Path, help="evaluate: write the card of the model, in Markdown")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _count(told: str) -> int:
    return max(1, int(told))


def _share(told: str) -> float:
    if not 0 <= float(told) <= 1:
        raise argparse.ArgumentTypeError(f"{told} is no probability: give one from 0 to 1")
    return float(told)


def _gigabytes(told: str) -> float:
    if not float(told) > 0:
        raise argparse.ArgumentTypeError(f"{told} GB is no memory")
    return float(told)


def run(options) -> int:
    from aanchal.matching.engine import files

    _bounded(options.memory)
    try:
        return {"batch": _batch, "one": _one, "train": _train, "evaluate": _evaluate}[options.do](options)
    except files.CannotRead as problem:
        print(problem, file=sys.stderr)
        return 2
    except MemoryError:
        print(f"More memory is needed than {options.memory} GB.", file=sys.stderr)
        return 1


def _bounded(gigabytes: float | None) -> None:
    if gigabytes:
        import resource

        most = int(gigabytes * 1e9)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _paths(options, count: int) -> list[Path]:
    from aanchal.matching.engine.files import CannotRead

    is_folder = len(options.files) == 1 and not options.files[0].is_file()
    paths = [options.files[0] / name for name in SIDES] if is_folder else options.files
    if len(paths) < count:
        raise CannotRead(f"Give a folder that holds {', '.join(SIDES[:count])}, or these {count} files.")
    if absent := [str(path) for path in paths[:count] if not path.is_file()]:
        raise CannotRead(f"Not there: {', '.join(absent)}. Give a folder that holds {', '.join(SIDES[:count])}, or these {count} files.")
    return paths[:count]


def _can_be_written(path: Path | None) -> None:
    """Asked before the work, which may take minutes."""
    from aanchal.matching.engine.files import CannotRead

    if path and not path.parent.is_dir():
        raise CannotRead(f"{path}: there is no folder {path.parent}.")


def _model(options):
    from aanchal.matching.engine import model

    return model.load(options.model) if options.model else model.load()


def _run(options, count: int):
    from tqdm import tqdm

    from aanchal.matching.engine import files, running

    missing, found, *truth = _paths(options, count)
    with tqdm(unit=" people", disable=None, unit_scale=True) as progress:

        def tell(what: str, people: int) -> None:
            progress.set_description(what)
            progress.update(people)

        done = running.run(missing, found, _model(options), files.mapping(options.columns), threads=options.threads, tell=tell)
    return done, truth


def _batch(options) -> int:
    import pyarrow.parquet

    from aanchal.matching.engine import running

    if options.out is None or options.out.exists():
        print("Give with --out a file that is not there yet.", file=sys.stderr)
        return 2
    _can_be_written(options.out)
    if options.spark:
        return _by_spark(options)
    done, _ = _run(options, 2)
    table = running.result(done, least=options.least)
    with whole(options.out) as draft:
        pyarrow.parquet.write_table(table, draft)
    told = {"pairs": len(table), "seconds": done.total_seconds, "peak_gb": running.peak_gb(), "set_aside": dict(done.people.aside)}
    _tell(options, told, f"{options.out}: {len(table)} pairs in {done.total_seconds:.1f} s")
    return 0


def _by_spark(options) -> int:
    from aanchal.matching.engine import files, spark

    missing, found = _paths(options, 2)
    pairs = spark.match(spark.session(options.spark), missing, found, options.model, files.mapping(options.columns), options.out)
    print(f"{options.out}: {pairs} pairs")
    return 0


def _one(options) -> int:
    """The best of the other side for one person, who is told apart by her id."""
    from aanchal.matching.engine import asking, files

    missing, found = _paths(options, 2)
    if not options.id:
        print("Give with --id someone of one of the two files.", file=sys.stderr)
        return 2
    told = asking.one(missing, found, options.id, _model(options), files.mapping(options.columns))
    if told is None:
        print(f"Nobody in {missing} or {found} has the id {options.id}.", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(told))
        return 0
    for each in told["best"]:
        print(f"{each['probability']:7.1%}  {each['id']}  " + "  ".join(f"{name} {bits:+.1f}" for name, bits in each["bits"].items()))
    return 0


def _train(options) -> int:
    from aanchal.matching.engine import files, learning

    if options.out is None:
        print("Give with --out the file for the model.", file=sys.stderr)
        return 2
    _can_be_written(options.out)
    missing, found, truth = _paths(options, 3)
    told = learning.learn(missing, found, truth, files.mapping(options.columns))
    with whole(options.out) as draft:
        draft.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{options.out}: model {told['version']} of {told['data']['true_pairs']} agreed pairs")
    return 0


def _evaluate(options) -> int:
    from aanchal.matching.engine import card, files, running

    _can_be_written(options.card)
    truth = _paths(options, 3)[2]
    true_pairs, aside = files.pairs(truth)
    done, _ = _run(options, 3)
    told = running.evaluated(done, true_pairs, Counter({f"truth: {what}": count for what, count in aside.items()}))
    if options.card:
        options.card.write_text(card.card(done.searcher.model.told, told, truth.parent.name), encoding="utf-8")
    shown = ("recall_at_10", "recall_at_1", "best_f1", "one_to_one_f1", "calibration_error", "seconds", "peak_gb")
    _tell(options, told, "\n".join(f"{name:18} {told[name]:.4f}" for name in shown))
    return 0


def _tell(options, told: dict, words: str) -> None:
    if options.json:
        print(json.dumps(told))
        return
    print(words)
    for what, count in told["set_aside"].items():
        print(f"set aside  {what}: {count}")
