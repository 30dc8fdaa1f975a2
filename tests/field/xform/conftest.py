"""A small household form with what the real ones use: consent, members, away, choices that depend on choices."""

import copy

import pytest

from .xform_source import form_of

HOUSEHOLD = """
| survey |                         |               |                   |                     |          |                             |                            |                     |                     |                    |                                          |               |              |
|        | type                    | name          | label::English(en)| label::हिन्दी (hi)   | required | relevant                    | constraint                 | constraint_message::English(en) | constraint_message::हिन्दी (hi) | required_message::English(en) | calculation   | choice_filter | repeat_count | appearance | hint::English(en) |
|        | date                    | day           | Day               | दिन                 | yes      |                             | . <= today()               | Not in the future   | भविष्य की नहीं        | Tell the day       |                                          |               |              |            |                   |
|        | select_one district     | district      | District          | ज़िला                |          |                             |                            |                     |                     |                    |                                          |               |              | minimal    | Where it is       |
|        | select_one block        | block         | Block             | प्रखंड               |          |                             |                            |                     |                     |                    |                                          | district=${district} |       |            |                   |
|        | select_one yes_no       | consent       | Consent           | सहमति               | yes      |                             |                            |                     |                     |                    |                                          |               |              |            |                   |
|        | begin_group             | hh            | Household         | परिवार              |          | ${consent} = 'yes'          |                            |                     |                     |                    |                                          |               |              |            |                   |
|        | text                    | head          | Head              | मुखिया              | yes      |                             | string-length(.) >= 2      | Two letters or more | दो अक्षर            |                    |                                          |               |              |            |                   |
|        | select_multiple card    | cards         | Cards             | कार्ड                |          |                             | not(selected(., 'none') and count-selected(.) > 1) | None is alone | केवल एक |     |                                          |               |              |            |                   |
|        | decimal                 | land          | Land              | ज़मीन                |          |                             | . >= 0                     |                     |                     |                    |                                          |               |              |            |                   |
|        | geopoint                | place         | Place             | जगह                 |          |                             |                            |                     |                     |                    |                                          |               |              |            |                   |
|        | integer                 | count         | Members           | सदस्य               | yes      |                             | . >= 1 and . <= 25         |                     |                     |                    |                                          |               |              |            |                   |
|        | begin_repeat            | member        | Member            | सदस्य               |          |                             |                            |                     |                     |                    |                                          |               | ${count}     |            |                   |
|        | calculate               | number        |                   |                     |          |                             |                            |                     |                     |                    | position(..)                             |               |              |            |                   |
|        | text                    | name          | Name              | नाम                 | yes      |                             |                            |                     |                     |                    |                                          |               |              |            |                   |
|        | integer                 | age           | Age               | आयु                 | yes      |                             | . >= 0 and . <= 115        |                     |                     |                    |                                          |               |              |            |                   |
|        | select_one yes_no       | school        | School            | स्कूल                | yes      | ${age} >= 6 and ${age} < 18 |                            |                     |                     |                    |                                          |               |              |            |                   |
|        | calculate               | risk          |                   |                     |          |                             |                            |                     |                     |                    | if(${school} = 'no', 2, 0)               |               |              |            |                   |
|        | end_repeat              | member        |                   |                     |          |                             |                            |                     |                     |                    |                                          |               |              |            |                   |
|        | calculate               | children      |                   |                     |          |                             |                            |                     |                     |                    | count(${member}[age < 18])               |               |              |            |                   |
|        | calculate               | total         |                   |                     |          |                             |                            |                     |                     |                    | sum(${risk})                             |               |              |            |                   |
|        | end_group               | hh            |                   |                     |          |                             |                            |                     |                     |                    |                                          |               |              |            |                   |
|        | image                   | photo         | Photo             | फोटो                |          |                             |                            |                     |                     |                    |                                          |               |              |            |                   |
| choices |           |      |                    |                    |          |
|         | list_name | name | label::English(en) | label::हिन्दी (hi) | district |
|         | yes_no    | yes  | Yes                | हाँ                |          |
|         | yes_no    | no   | No                 | नहीं               |          |
|         | card      | aay  | Antyodaya          | अंत्योदय           |          |
|         | card      | phh  | Priority           | प्राथमिकता         |          |
|         | card      | none | None               | कोई नहीं           |          |
|         | district  | d1   | First              | पहला               |          |
|         | district  | d2   | Second             | दूसरा              |          |
|         | block     | b1   | Block one          | प्रखंड एक          | d1       |
|         | block     | b2   | Block two          | प्रखंड दो          | d2       |
| settings |            |         |                  |
|          | form_title | form_id | version | default_language |
|          | Household  | data    | 1       | English(en)      |
"""

VALID = {
    "day": "2026-06-30",
    "district": "d1",
    "block": "b1",
    "consent": "yes",
    "hh": {
        "head": "Asha Devi",
        "cards": "aay phh",
        "land": "0.5",
        "place": "17.1 82.2 0 5",
        "count": "2",
        "member": [
            {"number": "1", "name": "Asha Devi", "age": "35", "risk": "0"},
            {"number": "2", "name": "Mina", "age": "12", "school": "no", "risk": "2"},
        ],
        "children": "1",
        "total": "2",
    },
    "photo": None,
    "meta": {"instanceID": "uuid:7c0e6f9e-0c8f-4b8e-9a53-8d9c0f0f2d11"},
}


@pytest.fixture(scope="session")
def household():
    return form_of(HOUSEHOLD)


@pytest.fixture
def answers():
    return copy.deepcopy(VALID)
