"""Expressions that cross repeats: whole node-sets, the own occurrence, the one before, nested repeats."""

import pytest

from .xform_source import evaluate, form_of, kinds, verdict_of, written_form

MEMBERS = {
    "n": "7",
    "member": [
        {"name": "Asha", "age": "12", "w": None, "out": None},
        {"name": "Mina", "age": "35", "w": "x", "out": None},
        {"name": "Ravi", "age": None, "w": None, "out": None},
    ],
    "g": {"x": "1", "y": "2"},
}

FROM_OUTSIDE = {
    "count(/data/member)": "3",
    "count(/data/member[age > 18])": "1",
    "count(/data/member[age = ''])": "1",
    "count(/data/member[w = 'x'])": "1",
    "count(/data/nothing)": "0",
    "count-non-empty(/data/member/age)": "2",
    "sum(/data/member/age)": "47",
    "max(/data/member/age)": "35",
    "min(/data/member/age)": "12",
    "join(', ', /data/member/name)": "Asha, Mina, Ravi",
    "concat(/data/member/name)": "AshaMinaRavi",
    "/data/member[2]/name": "Mina",
    "/data/member[position() = 2]/name": "Mina",
    "/data/member[last()]/name": "Ravi",
    "/data/member[name = 'Mina']/age": "35",
    "/data/member[age > 0][2]/name": "Mina",
    "/data/member[position() > 1][1]/name": "Mina",
    "/data/member[age > 100]/name": None,
    "position(/data/member[2])": "2",
    "indexed-repeat(/data/member/name, /data/member, 2)": "Mina",
    "indexed-repeat(/data/member/name, /data/member, 0)": "Asha",
    "indexed-repeat(/data/member/name, /data/member, 9)": None,
    "count(/data/g/*)": "2",
    "sum(/data/g/*)": "3",
    "sum(/data/g/x | /data/g/y)": "3",
    "count(/data/g/x | /data/g/x)": "1",
    "count(//age)": "3",
    "count(/data/member/*)": "12",
    "sum(//member/age)": "47",
    "name(/data/member[1]/*[2])": "age",
    "/data/member[3]/preceding-sibling::member[1]/name": "Mina",
    "count(/data/member[1]/following-sibling::member)": "2",
    "count(/data/member[2]/name/ancestor::*)": "2",
    "count(/data/member[1]/following::name)": "2",
    "count(/data/member[3]/preceding::age)": "2",
    "count(/data/member/name[. = 'Asha'])": "1",
    "count(/data/member/name/text())": "3",
    "count(/data/descendant::age)": "3",
    "count(/data/member/self::member)": "3",
    "name(/data/member[1]/name/..)": "member",
    "count(/data/member/name/..)": "3",
    "local-name(/data/g/node()[1])": "x",
    "count(/data/member[count(/data/member[age > 18]) = 1])": "3",
    "../n + 1": "8",
    "current()/../n": "7",
    "count((/data/member)[2])": "1",
    "sum(/data/member[age > 0]/age) div count(/data/member[age > 0])": "23.5",
}


@pytest.mark.parametrize(("expression", "value"), FROM_OUTSIDE.items())
def test_it_reads_a_repeat_from_outside(expression, value):
    assert evaluate(expression, MEMBERS) == value


def test_it_compares_any_of_a_list():
    assert evaluate("if(/data/member/age > 30, 'yes', 'no')", MEMBERS) == "yes"
    assert evaluate("if(/data/member/name = 'Mina', 'yes', 'no')", MEMBERS) == "yes"
    assert evaluate("if(/data/member/name = 'Nobody', 'yes', 'no')", MEMBERS) == "no"


FROM_INSIDE = {
    "position(..)": ["1", "2", "3"],
    "../age + 1": ["13", "36", None],
    "../name": ["Asha", "Mina", "Ravi"],
    "/data/member/age": ["12", "35", None],
    "/data/n": ["7"] * 3,
    "../../n": ["7"] * 3,
    "count(../../member)": ["3"] * 3,
    "sum(../../member/age)": ["47"] * 3,
    "sum(/data/member/age)": ["12", "35", "0"],
    "count(/data/member[age > 18])": ["1"] * 3,
    "join(',', ../../member/name)": ["Asha,Mina,Ravi"] * 3,
    "indexed-repeat(/data/member/name, /data/member, position(..) - 1)": ["Asha", "Asha", "Mina"],
    "indexed-repeat(../age, .., position(..))": ["12", "35", None],
    "/data/member[position() = position(current()/..) - 1]/name": [None, "Asha", "Mina"],
    "count(../../member[age = current()/../age])": ["1", "1", "1"],
    "sum(/data/member[position() <= position(current()/..)]/age)": ["12", "47", "47"],
    "concat(../name, ' ', /data/member/age)": ["Asha 12", "Mina 35", "Ravi "],
    "if(position(..) = 1, 'first', 'later')": ["first", "later", "later"],
    "../preceding-sibling::member[1]/name": [None, "Asha", "Mina"],
}


@pytest.mark.parametrize(("expression", "values"), FROM_INSIDE.items())
def test_it_reads_from_inside_a_repeat(expression, values):
    member = "<member><name/><age/><w/><out/></member>"
    bind = f'<bind nodeset="/data/member/out" calculate="{expression.replace("<", "&lt;")}"/>'
    form = written_form(f'<data id="data"><n/>{member}<g><x/><y/></g></data>', bind, '<repeat nodeset="/data/member"/>')
    assert not form.unsupported
    assert [each["out"] for each in verdict_of(form, MEMBERS).answers["member"]] == values


NESTED = """
| survey | | | | | | |
| | type         | name   | label | calculation | repeat_count | relevant |
| | integer      | most   | Most  | | | |
| | begin_repeat | house  | House | | | |
| | integer      | people | P     | | | |
| | begin_repeat | person | Person | | ${people} | |
| | text         | name   | Name  | | | |
| | calculate    | where  |       | concat(position(../..), '.', position(..)) | | |
| | calculate    | share  |       | concat(${name}, ' of ', ${people}) | | |
| | text         | extra  | Extra | | | ${people} > 1 |
| | end_repeat   | | | | | |
| | calculate    | listed |       | join(' ', ${name}) | | |
| | end_repeat   | | | | | |
| | calculate    | all    |       | count(${person}) | | |
"""


def nested(*houses):
    return {
        "house": [
            {
                "people": str(len(names)),
                "person": [{"name": name, "where": f"{h}.{p}", "share": f"{name} of {len(names)}"} for p, name in enumerate(names, 1)],
                "listed": " ".join(names),
            }
            for h, names in enumerate(houses, 1)
        ],
        "all": str(sum(map(len, houses))),
    }


def test_it_keeps_nested_repeats_apart():
    form = form_of(NESTED)
    assert not form.unsupported
    verdict = verdict_of(form, nested(["a"], ["b", "c"]))
    assert verdict.ok, verdict.faults
    assert [len(house["person"]) for house in verdict.answers["house"]] == [1, 2]


def test_it_names_the_occurrence_of_a_fault_in_nested_repeats():
    answers = nested(["a"], ["b", "c"])
    answers["house"][1]["person"][1]["where"] = "9.9"
    answers["house"][0]["person"][0]["extra"] = "x"
    answers["house"][0]["people"] = "1"
    assert kinds(verdict_of(form_of(NESTED), answers)) == [
        ("CALCULATION", "/data/house[2]/person[2]/where"),
        ("IRRELEVANT_VALUE", "/data/house[1]/person[1]/extra"),
    ]


def test_it_counts_each_nested_repeat_by_its_own_number():
    answers = nested(["a"], ["b", "c"])
    answers["house"][1]["people"] = "3"
    for person in answers["house"][1]["person"]:
        person["share"] = person["share"].replace("2", "3")
    assert kinds(verdict_of(form_of(NESTED), answers)) == [("REPEAT_COUNT", "/data/house[2]/person")]


RUNNING = """
| survey | | | | |
| | type         | name  | label | calculation |
| | begin_repeat | day   | Day   | |
| | integer      | got   | Got   | |
| | calculate    | total |       | ${got} + if(position(..) > 1, indexed-repeat(${total}, ${day}, position(..) - 1), 0) |
| | end_repeat   | | | |
"""


def test_it_follows_a_running_total():
    form = form_of(RUNNING)
    assert not form.unsupported
    days = [{"got": str(n), "total": str(n * (n + 1) // 2)} for n in range(1, 7)]
    assert verdict_of(form, {"day": days}).ok


def test_it_corrects_a_running_total_from_the_first_tampered_day():
    days = [{"got": str(n), "total": str(n * (n + 1) // 2 + (100 if n > 2 else 0))} for n in range(1, 7)]
    verdict = verdict_of(form_of(RUNNING), {"day": days})
    assert [day["total"] for day in verdict.answers["day"]] == ["1", "3", "6", "10", "15", "21"]
    assert [path for _, path in kinds(verdict)] == [f"/data/day[{n}]/total" for n in (3, 4, 5, 6)]


def test_it_lets_stand_what_collect_and_enketo_count_differently():
    form = form_of("""
    | survey | | | | |
    | | type         | name   | label | calculation |
    | | begin_repeat | member | M     | |
    | | text         | name   | N     | |
    | | calculate    | size   |       | count(${member}) |
    | | end_repeat   | | | |
    """)
    for size in ("1", "2"):
        assert verdict_of(form, {"member": [{"name": "a", "size": size}, {"name": "b", "size": size}]}).ok


def test_it_accepts_no_occurrences_where_the_repeat_is_not_relevant():
    form = form_of("""
    | survey | | | | | |
    | | type         | name   | label | relevant | repeat_count |
    | | integer      | n      | N     | | |
    | | text         | ask    | Ask   | | |
    | | begin_repeat | member | M     | ${ask} = 'yes' | ${n} |
    | | text         | name   | Name  | | |
    | | end_repeat   | | | | |
    """)
    assert verdict_of(form, {"n": "2", "ask": "no"}).ok
    assert kinds(verdict_of(form, {"n": "2", "ask": "yes"})) == [("REPEAT_COUNT", "/data/member")]
    sent = verdict_of(form, {"n": "1", "ask": "no", "member": [{"name": "x"}]})
    assert kinds(sent) == [("IRRELEVANT_VALUE", "/data/member[1]/name")]
    assert sent.answers["member"] == []
