"""XML bombs are refused within a second and 200 MB (trust.md, figure 11)."""

import subprocess
import sys
import time

import pytest

from aanchal.field.xform import BadXml, parse

LAUGHS = b"<!DOCTYPE a [<!ENTITY l0 'ha'>%s]><a>&l30;</a>" % b"".join(
    b"<!ENTITY l%d '&l%d;&l%d;'>" % (n, n - 1, n - 1) for n in range(1, 31)
)
QUADRATIC = b"<!DOCTYPE a [<!ENTITY e '" + b"x" * 100_000 + b"'>]><a>" + b"&e;" * 100_000 + b"</a>"
BOMBS = {
    "laughs": (LAUGHS, "DTD"),
    "quadratic": (QUADRATIC, "DTD"),
    "deep": (b"<a>" * 3_000_000, "TOO_MANY_ELEMENTS"),
    "deep within the count": (b"<a>" * 19_000 + b"</a>" * 19_000, "TOO_DEEP"),
    "wide": (b"<a>" + b"<b/>" * 2_000_000 + b"</a>", "TOO_MANY_ELEMENTS"),
    "attributes": (b"<a " + b" ".join(b"a%d=''" % n for n in range(1_000_000)) + b"/>", "TOO_LARGE"),
    "attributes spread": (b"<a>" + b"<b p='' q='' r='' s='' t=''/>" * 300_000 + b"</a>", "TOO_MANY_ATTRIBUTES"),
    "many attributes": (b"<a>" + (b"<b " + b" ".join(b"a%d=''" % n for n in range(500)) + b"/>") * 1500 + b"</a>",
                        "TOO_MANY_ATTRIBUTES"),
    "large": (b"<a>" + b"x" * 60_000_000 + b"</a>", "TOO_LARGE"),
    "signs": (b"<" * 9_000_000, "NOT_XML"),
    "namespaces": (b"<a " + b" ".join(b"xmlns:a%d='u'" % n for n in range(500_000)) + b"/>", "TOO_LARGE"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_it_refuses_within_a_second(name):
    bomb, code = BOMBS[name]
    begun = time.process_time()
    with pytest.raises(BadXml) as refusal:
        parse(bomb)
    assert time.process_time() - begun < 1
    assert refusal.value.reason in (code, "TOO_LARGE")


def test_it_refuses_them_all_within_200_megabytes():
    program = """
import resource
from aanchal.field.xform import BadXml, parse
from tests.field.xform.test_bombs import BOMBS
held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for name, (bomb, _) in BOMBS.items():
    try:
        parse(bomb)
    except BadXml:
        pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert int(done.stdout) < 200


def test_it_reads_the_largest_text_it_accepts():
    assert len(parse(b"<a id='f'><n>" + b"x" * 9_900_000 + b"</n></a>").text("n")) == 9_900_000
