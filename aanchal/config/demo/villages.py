"""What a village meeting tells: its situation, and the places of help and danger on its map."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from aanchal.config.demo import state, stories
from aanchal.config.demo.filled import Filled, daytime
from aanchal.config.demo.people import Household

_MEETING_DAYS = (345, 358)  # before today: the pilot begins with the village meetings
_HELP = (
    ("SCHOOL", "Primary school", "प्राथमिक विद्यालय", "ప్రాథమిక పాఠశాల"),
    ("ANGANWADI", "Anganwadi centre", "आँगनवाड़ी केंद्र", "అంగన్‌వాడీ కేంద్రం"),
    ("VO_OFFICE", "VO office", "ग्राम संगठन कार्यालय", "గ్రామ సంఘం కార్యాలయం"),
    ("PANCHAYAT", "Panchayat office", "पंचायत भवन", "పంచాయతీ కార్యాలయం"),
    ("HEALTH_CENTRE", "Health sub-centre", "उप-स्वास्थ्य केंद्र", "ఆరోగ్య ఉపకేంద్రం"),
    ("TRANSPORT", "Bus stop", "बस स्टॉप", "బస్ స్టాప్"),
)
_DANGER = (
    ("DARK_PATH", "Dark path by the pond", "तालाब के पास अँधेरा रास्ता", "చెరువు పక్కన చీకటి దారి"),
    ("LIQUOR_SHOP", "Liquor shop", "शराब की दुकान", "మద్యం దుకాణం"),
    ("HARASSMENT", "Corner where girls are teased", "जहाँ लड़कियों को छेड़ा जाता है", "అమ్మాయిలను వేధించే మూల"),
    ("AGENT_PLACE", "Where the labour agent sits", "जहाँ मज़दूरी का एजेंट बैठता है", "కూలీల ఏజెంటు కూర్చునే చోటు"),
    ("WATER_TOILET", "Hand pump far from the houses", "घरों से दूर का हैंडपंप", "ఇళ్లకు దూరంగా ఉన్న చేతిపంపు"),
)
_KILN = ("UNSAFE_WORKPLACE", "Brick kiln", "ईंट भट्ठा", "ఇటుక బట్టీ")
_CALAMITY = {
    "FLOOD": ("FLOOD", "Low land that floods", "बाढ़ में डूबने वाली ज़मीन", "వరదలో మునిగే పల్లం"),
    "EROSION": ("EROSION", "River bank wearing away", "कटता हुआ नदी का किनारा", "కోతకు గురయ్యే ఏటి ఒడ్డు"),
    "DROUGHT": ("DROUGHT", "Well that dries up", "सूख जाने वाला कुआँ", "ఎండిపోయే బావి"),
}


def village_forms(seed: int, today: date, households: Sequence[Household]) -> Iterator[Filled]:
    """One situation analysis and a handful of map points for each village."""
    for code, story in stories.stories().items():
        rng = Random(f"{seed}/villages/{code}")
        day = today - timedelta(days=rng.randint(*_MEETING_DAYS))
        mine = [household for household in households if household.village == code]
        answers = {"village": code, **_numbers(rng, mine), **_story_told(story)}
        yield Filled("village_situation", code, daytime(rng, day), answers)
        for kind, place in _points(rng, story):
            yield Filled("safety_point", code, daytime(rng, day), _point(rng, state.BY_CODE[code], kind, place))


def _numbers(rng: Random, households: Sequence[Household]) -> dict[str, object]:
    """What the meeting estimates: close to what the survey will find."""
    people = [member for household in households for member in household.members]
    away = [member for member in people if member.away]
    lost = [member for member in away if member.life["last_contact"] in ("OLDER", "NEVER")]
    girls = sum(member.age <= 6 and member.sex == "FEMALE" for member in people)
    boys = sum(member.age <= 6 and member.sex == "MALE" for member in people)
    days = [household.answers["mgnregs_days"] for household in households]
    return {
        "households_total": len(households),
        "migrant_households_pct": _percent([any(m.away for m in h.members) for h in households]),
        "no_contact_pct": round(100 * len(lost) / len(away)) if away else 0,
        "casual_labour_pct": _percent([h.answers["main_livelihood"] == "CASUAL_LABOUR" for h in households]),
        "mgnregs_days_per_card": round(sum(days) / len(days)),
        "girls_0_6": girls,
        "boys_0_6": boys,
        "child_sex_ratio": (girls * 2000 + boys) // (2 * boys) if boys else None,
        "child_marriages_12m": rng.choice((0, 0, 1)),
    }


def _percent(holds: list[bool]) -> int:
    return round(100 * sum(holds) / len(holds))


def _story_told(story: stories.Story) -> dict[str, object]:
    told: dict[str, object] = {
        "agents_recruiting": "yes" if story.agents >= 0.08 else "no",
        "calamity_years": max(story.calamity.values(), default=0),
        "harmful_practice": "yes" if story.harmful_practice else "no",
        "female_literacy_pct": story.literacy,
        "secondary_school_km": story.school_km,
        "safe_transport": "yes" if story.safe_transport else "no",
        "police_km": story.police_km,
        "road_km": story.road_km,
        "health_km": story.health_km,
    }
    if story.calamity:
        told["calamity_kinds"] = " ".join(story.calamity)
    if story.harmful_practice:
        told["harmful_practice_kinds"] = story.harmful_practice
    return told


def _points(rng: Random, story: stories.Story) -> list[tuple[str, tuple[str, ...]]]:
    helps = [*_HELP[:3], *rng.sample(_HELP[3:], rng.randint(0, 2))]
    dangers = rng.sample(_DANGER, rng.randint(1, 3)) + ([_KILN] if story.key == "brick_kiln" else [])
    return [
        *(("HELP", place) for place in helps),
        *(("DANGER", place) for place in dangers),
        *(("CALAMITY", _CALAMITY[kind]) for kind in story.calamity),
    ]


def _point(rng: Random, village: state.DemoPlace, kind: str, place: tuple[str, ...]) -> dict[str, object]:
    what, en, hi, te = place
    lat, lon = (value + rng.uniform(-0.006, 0.006) for value in (village.lat, village.lon))
    return {
        "village": village.code,
        "kind": kind,
        "type": what,
        "name": {"en": en, "hi": hi, "te": te}[village.language],
        "location": f"{lat:.5f} {lon:.5f} 0 8",
    }
