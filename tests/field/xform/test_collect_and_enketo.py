"""The same answer as different clients write it."""

import pytest

from .xform_source import form_of, verdict_of, verdict_on, written_form


@pytest.mark.parametrize("sent", ["true", "1"])
def test_it_takes_a_truth_as_either_client_writes_it(sent):
    form = form_of("""
    | survey | | | | |
    | | type      | name | label | calculation |
    | | integer   | n    | N     | |
    | | calculate | big  |       | ${n} > 5 |
    """)
    assert verdict_of(form, {"n": "7", "big": sent}).ok
    assert not verdict_of(form, {"n": "3", "big": sent}).ok


@pytest.mark.parametrize("sent", ["2020-02-29", "2020-02-29T00:00:00.000+05:30", "2020-02-29T00:00:00.000Z"])
def test_it_takes_a_day_as_either_client_writes_it(sent):
    form = form_of("""
    | survey | | | | |
    | | type      | name | label | calculation |
    | | date      | d    | D     | |
    | | calculate | copy |       | date(${d}) |
    """)
    assert verdict_of(form, {"d": "2020-02-29", "copy": sent}).ok
    assert not verdict_of(form, {"d": "2020-02-28", "copy": sent}).ok


def test_it_reads_meta_with_and_without_its_prefix():
    form = written_form(
        '<data id="data"><a/><orx:meta xmlns:orx="http://openrosa.org/xforms"><orx:instanceID/></orx:meta></data>',
        '<bind nodeset="/data/a" type="int"/><bind nodeset="/data/orx:meta/orx:instanceID" type="string"/>',
    )
    assert verdict_of(form, {"a": "1", "meta": {"instanceID": "uuid:1", "deprecatedID": "uuid:0"}}).ok


def test_it_reads_a_submission_whose_nodes_have_a_namespace():
    form = written_form('<data id="data"><a/></data>', '<bind nodeset="/data/a" type="int"/>')
    sent = b'<d:data xmlns:d="http://example.org/x" id="data"><d:a>x</d:a></d:data>'
    assert [fault.path for fault in verdict_on(form, sent).faults] == ["/data/a"]


def test_it_skips_a_template_that_was_sent_along():
    form = written_form('<data id="data"><m jr:template=""><a/></m><m><a>1</a></m></data>', "", '<repeat nodeset="/data/m"/>')
    sent = b'<data xmlns:jr="http://openrosa.org/javarosa"><m jr:template=""><a>9</a></m><m><a>5</a></m></data>'
    assert verdict_on(form, sent).answers == {"m": [{"a": "5"}]}


def test_it_does_not_mind_a_default_left_in_a_hidden_question():
    form = form_of("""
    | survey | | | | | |
    | | type    | name | label | default | relevant |
    | | text    | ask  | Ask   | | |
    | | integer | n    | N     | 4 | ${ask} = 'yes' |
    """)
    assert verdict_of(form, {"ask": "no", "n": "4"}).ok
    assert not verdict_of(form, {"ask": "no", "n": "5"}).ok


ENTITIES = """
| survey   | | | | |
| | type | name | label | save_to |
| | text | who  | Who   | full_name |
| entities | | | | |
| | list_name | label  | create_if |
| | people    | ${who} | ${who} = 'Asha' |
"""


def entity(create: str) -> bytes:
    attributes = f'dataset="people" id="2f0e" create="{create}"'
    return f'<data id="data"><who>Asha</who><meta><entity {attributes}><label>Asha</label></entity></meta></data>'.encode()


def test_it_reads_the_attributes_of_entities():
    verdict = verdict_on(form_of(ENTITIES), entity("1"))
    assert verdict.ok, verdict.faults
    assert verdict.answers["meta"]["entity"] == {"@dataset": "people", "@id": "2f0e", "@create": "1", "label": "Asha"}


def test_it_checks_the_attributes_of_entities():
    assert [fault.path for fault in verdict_on(form_of(ENTITIES), entity("0")).faults] == ["/data/meta/entity/@create"]
