"""Choices and answers from lists: in the form, in files that come with it, in files that are not at hand."""

import pytest

from aanchal.field.xform import BadForm

from .xform_source import form_of, kinds, verdict_of, written_form

VILLAGES = """
| survey | | | | |
| | type | name | label | choice_filter |
| | text | block | Block | |
| | select_one_from_file villages.csv | village | Village | block=${block} |
"""
CSV = b"name,label,block\nv1,Amtola,b1\nv2,Belpur,b1\nv3,Chandi,b2\n"


def test_it_checks_a_choice_from_a_file():
    form = form_of(VILLAGES, {"villages.csv": CSV})
    assert verdict_of(form, {"block": "b1", "village": "v2"}).ok
    assert kinds(verdict_of(form, {"block": "b1", "village": "v3"})) == [("CHOICE", "/data/village")]
    assert kinds(verdict_of(form, {"block": "b1", "village": "v9"})) == [("CHOICE", "/data/village")]
    assert [choice.labels["default"] for choice in form.fields[1].choices] == ["Amtola", "Belpur", "Chandi"]


def test_it_reads_a_file_with_a_byte_order_mark_and_quotes():
    form = form_of(VILLAGES, {"villages.csv": '\ufeffname,label,block\n"v,1","आमतोला, पूर्व",b1\n'.encode()})
    assert form.fields[1].choices[0].value == "v,1"
    assert form.fields[1].choices[0].labels["default"] == "आमतोला, पूर्व"


def test_it_does_not_check_a_choice_from_a_file_it_does_not_have():
    form = form_of(VILLAGES)
    assert form.unsupported == ()
    assert verdict_of(form, {"block": "b1", "village": "anything"}).ok


def test_it_reads_a_list_written_as_xml():
    form = form_of(
        VILLAGES.replace("villages.csv", "villages.xml"),
        {"villages.xml": b"<root><item><name>v1</name><label>A</label><block>b1</block></item></root>"},
    )
    assert verdict_of(form, {"block": "b1", "village": "v1"}).ok
    assert not verdict_of(form, {"block": "b2", "village": "v1"}).ok


def test_it_reads_a_list_written_as_geojson():
    feature = b'{"type":"Feature","id":"v1","geometry":{"type":"Point","coordinates":[82.2,17.1]},"properties":{"title":"A","block":"b1"}}'
    form = form_of(
        VILLAGES.replace("villages.csv", "villages.geojson"),
        {"villages.geojson": b'{"type":"FeatureCollection","features":[' + feature + b"]}"},
    )
    assert verdict_of(form, {"block": "b1", "village": "v1"}).ok
    assert not verdict_of(form, {"block": "b1", "village": "v2"}).ok


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"<root>", b"[1]"])
def test_it_refuses_a_list_it_cannot_read(content):
    with pytest.raises(BadForm):
        form_of(VILLAGES.replace("villages.csv", "villages.geojson"), {"villages.geojson": content})


PULL = """
| survey | | | | |
| | type      | name  | label | calculation |
| | text      | code  | Code  | |
| | calculate | price |       | pulldata('fruits', 'price', 'name', ${code}) |
"""


def test_it_pulls_data():
    form = form_of(PULL, {"fruits.csv": b"name,price\nmango,5\nguava,3\n"})
    assert verdict_of(form, {"code": "guava", "price": "3"}).ok
    assert verdict_of(form, {"code": "kiwi"}).ok
    assert not verdict_of(form, {"code": "guava", "price": "5"}).ok


def test_it_lets_pulled_data_stand_without_the_file():
    assert verdict_of(form_of(PULL), {"code": "guava", "price": "99"}).ok


LOOKUP = """
| survey | | | | | |
| | type          | name  | label | calculation | constraint |
| | select_one yn | who   | Who   | | |
| | text          | other | Other | | |
| | calculate     | label |       | instance('yn')/root/item[name = ${who}]/label | |
| | calculate     | both  |       | count(instance('yn')/root/item[weight > 1 and name != ${other}]) | |
| | calculate     | third |       | instance('yn')/root/item[3]/label | |
| | calculate     | total |       | sum(instance('yn')/root/item/weight) | |
| choices | | | | |
| | list_name | name | label | weight |
| | yn        | y    | Yes   | 1 |
| | yn        | n    | No    | 2 |
| | yn        | d    | Dont know | 3 |
"""


def test_it_looks_up_items():
    form = form_of(LOOKUP)
    assert form.unsupported == ()
    found = verdict_of(form, {"who": "n", "other": "d"}).answers
    assert (found["label"], found["both"], found["third"], found["total"]) == ("No", "1", "Dont know", "6")
    assert verdict_of(form, {"who": None}).answers["label"] is None


def test_it_names_a_choice_in_any_language_of_the_form():
    form = form_of("""
    | survey | | | | | |
    | | type          | name | label::en | label::hi | calculation |
    | | select_one yn | a    | A         | ए         | |
    | | calculate     | said |           |           | jr:choice-name(${a}, '${a}') |
    | choices | | | | |
    | | list_name | name | label::en | label::hi |
    | | yn        | y    | Yes       | हाँ |
    | | yn        | n    | No        | नहीं |
    """)
    assert form.unsupported == ()
    assert verdict_of(form, {"a": "y", "said": "Yes"}).ok
    assert verdict_of(form, {"a": "y", "said": "हाँ"}).ok
    assert not verdict_of(form, {"a": "y", "said": "नहीं"}).ok


def test_it_offers_the_occurrences_of_a_repeat_as_choices():
    form = form_of("""
    | survey | | | | |
    | | type | name | label | choice_filter |
    | | begin_repeat | member | M | |
    | | text | name | Name | |
    | | integer | age | Age | |
    | | end_repeat | | | |
    | | select_one ${name} | head | Head | ${age} > 17 |
    """)
    members = [{"name": "asha", "age": "40"}, {"name": "mina", "age": "9"}]
    assert verdict_of(form, {"member": members, "head": "asha"}).ok
    verdict = verdict_of(form, {"member": members, "head": "mina"})
    assert kinds(verdict) == [("CHOICE", "/data/head")]
    assert verdict.faults[0].value is None


def test_it_checks_a_shuffled_list():
    form = form_of("""
    | survey | | | | |
    | | type | name | label | parameters |
    | | select_one yn | a | A | randomize=true, seed=5 |
    | choices | | | |
    | | list_name | name | label |
    | | yn | y | Yes |
    | | yn | n | No |
    """)
    assert verdict_of(form, {"a": "y"}).ok
    assert not verdict_of(form, {"a": "z"}).ok


def test_it_checks_a_list_filtered_by_place():
    form = written_form(
        '<data id="data"><a/></data>',
        "",
        '<select1 ref="/data/a"><itemset nodeset="instance(\'l\')/root/item[position() &lt; 2]">'
        '<value ref="name"/><label ref="name"/></itemset></select1>',
        '<instance id="l"><root><item><name>x</name></item><item><name>y</name></item></root></instance>',
    )
    assert form.unsupported == ()
    assert verdict_of(form, {"a": "x"}).ok
    assert not verdict_of(form, {"a": "y"}).ok


def test_it_filters_choices_by_the_own_occurrence():
    form = form_of("""
    | survey | | | | |
    | | type | name | label | choice_filter |
    | | begin_repeat | m | M | |
    | | select_one d | d | D | |
    | | select_one b | b | B | d=${d} |
    | | end_repeat | | | |
    | choices | | | | |
    | | list_name | name | label | d |
    | | d | d1 | One | |
    | | d | d2 | Two | |
    | | b | b1 | One | d1 |
    | | b | b2 | Two | d2 |
    """)
    assert verdict_of(form, {"m": [{"d": "d1", "b": "b1"}, {"d": "d2", "b": "b2"}]}).ok
    assert kinds(verdict_of(form, {"m": [{"d": "d1", "b": "b1"}, {"d": "d1", "b": "b2"}]})) == [("CHOICE", "/data/m[2]/b")]
