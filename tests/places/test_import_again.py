import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.places.actions import load_nation
from aanchal.places.models import Place
from aanchal.places.terms import Level
from tests.places.files import below, blocks, districts, load, text_file

BASTAR = "22,CHHATTISGARH,9001,BASTAR,,414"


def lines(verb):
    with acting(SYSTEM):
        return list(Trail.objects.filter(verb=verb).order_by("at", "seq"))


def test_it_updates_a_changed_name_keeps_the_number_and_puts_it_on_the_trail(db):
    districts(BASTAR)
    before = Place.objects.get(level=Level.DISTRICT, lgd_code=9001)
    report = districts("22,CHHATTISGARH,9001,BASTAR NORTH,,414")
    after = Place.objects.get(pk=before.pk)
    assert report.counts() == {"new": 0, "updated": 1, "unchanged": 0, "bad": 0}
    assert (after.name, after.place_no, after.last_no) == ("Bastar North", before.place_no, before.last_no)
    [line] = lines("places.place.changed")
    assert line.about_id == str(before.pk)
    assert line.detail == {"before": {"name": "Bastar"}, "after": {"name": "Bastar North"}}


def test_it_puts_one_line_of_counts_on_the_trail_for_each_import(db):
    districts(BASTAR)
    districts(BASTAR, "99,NOWHERE,9002,LOST,,")
    counts = [line.detail for line in lines("places.imported")]
    assert counts == [
        {"level": "DISTRICT", "new": 1, "updated": 0, "unchanged": 0, "bad": 0},
        {"level": "DISTRICT", "new": 0, "updated": 0, "unchanged": 1, "bad": 1},
    ]


def test_it_gives_new_places_the_next_numbers_and_moves_nobody(db):
    districts(BASTAR, "22,CHHATTISGARH,9003,DHAMTARI,,")
    before = dict(Place.objects.values_list("pk", "place_no"))
    districts("22,CHHATTISGARH,9000,ARANG,,", BASTAR)
    after = dict(Place.objects.values_list("pk", "place_no"))
    assert before.items() <= after.items()
    assert Place.objects.get(lgd_code=9000).place_no > max(
        Place.objects.filter(lgd_code__in=(9001, 9003)).values_list("place_no", flat=True)
    )


def test_it_numbers_blocks_and_subdistricts_of_a_district_in_one_row(db):
    districts(BASTAR)
    blocks("22,,9001,BASTAR,9101,TOKAPAL", "22,,9001,BASTAR,9102,BAKAWAND")
    load(text_file("state_lgd,district_lgd,lgd_code,name,census2011", "22,9001,9201,Jagdalpur,03312"))
    numbers = sorted(Place.objects.filter(lgd_code__in=(9101, 9102, 9201)).values_list("place_no", "last_no"))
    assert all(one[1] < other[0] for one, other in zip(numbers, numbers[1:], strict=False))
    assert len(numbers) == 3


def test_it_reads_villages_with_their_names_in_hindi_and_telugu_and_hamlets_without_a_code(db):
    districts(BASTAR)
    blocks("22,,9001,BASTAR,9101,TOKAPAL")
    below(3, "22,9001,9101,9301,KALEPAL,कालेपाल,")
    below(4, "22,9001,9101,9301,640001,Kalepal,कालेपाल,కాలేపాల్")
    hamlets = ("22,9001,9101,9301,640001,,Upper Hamlet,ऊपर टोला,ఎగువ వాడ", "22,9001,9101,9301,640001,,Lower Hamlet,,")
    assert below(5, *hamlets).new == 2
    assert below(5, *hamlets).unchanged == 2
    village = Place.objects.get(level=Level.VILLAGE, lgd_code=640001)
    assert village.names == {"hi": "कालेपाल", "te": "కాలేపాల్"}
    assert (village.parent.name, village.district.lgd_code) == ("Kalepal", 9001)
    assert {hamlet.village for hamlet in Place.objects.filter(level=Level.HAMLET)} == {village}


def test_it_puts_a_panchayat_into_the_right_part_of_a_divided_block(db):
    districts(BASTAR, "22,CHHATTISGARH,9002,KANKER,,")
    blocks("22,,9001,BASTAR,9101,TOKAPAL", "22,,9002,KANKER,9101,TOKAPAL")
    below(3, "22,9002,9101,9301,Kalepal,,")
    assert Place.objects.get(lgd_code=9301).block.district.lgd_code == 9002


@pytest.mark.parametrize("level", [Level.NATION, Level.STATE])
def test_it_finds_the_nation_and_its_states_in_a_fresh_installation(db, level):
    found = Place.objects.filter(level=level)
    assert found.count() == {Level.NATION: 1, Level.STATE: 36}[level]
    assert all(place.names["hi"] and place.names["te"] for place in found)


def test_it_loads_the_nation_again_without_a_change_and_keeps_what_the_directory_said(db):
    load(text_file("lgd_code,name,census2001,census2011,kind", "21,ORISSA,21,21,S"))
    with acting(SYSTEM):
        report = load_nation(by=SYSTEM)
    assert report.counts() == {"new": 0, "updated": 0, "unchanged": 36, "bad": 0}
    assert Place.objects.get(level=Level.STATE, lgd_code=21).name == "Orissa"
