"""What sets one demo village apart from another: a flood, the brick kilns, or nothing much."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from aanchal.config.demo import state


@dataclass(frozen=True, slots=True)
class Story:
    """Chances are shares of households (or of grown persons, for `leaving`); distances are kilometres."""

    key: str = "ordinary"
    households: int = 100
    hardship: float = 0.0  # added to every household's own hardship, 0 to 1.15
    loss: float = 0.12  # lost a crop, animals or work
    advance: float = 0.05  # took a wage advance
    leaving: float = 0.05  # a grown person works away
    agents: float = 0.03  # an unknown agent came to the house
    dropping_out: float = 1.0  # against the usual chance that a child leaves school
    girls_per_1000_boys: int = 935
    calamity: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))  # kind: years of the last three
    harmful_practice: str = ""
    literacy: int = 62
    school_km: float = 3.0
    police_km: float = 7.0
    road_km: float = 1.0
    health_km: float = 5.0
    safe_transport: bool = True
    missing: int = 1
    left: int = 2
    marriages: int = 4


_ORDINARY = Story()
_FLOOD = Story(
    key="flood",
    households=150,
    hardship=0.14,
    loss=0.62,
    leaving=0.08,
    agents=0.08,
    dropping_out=1.4,
    calamity=MappingProxyType({"FLOOD": 3, "EROSION": 1}),
    literacy=47,
    school_km=6.5,
    police_km=14.0,
    road_km=2.5,
    safe_transport=False,
    missing=3,
    left=5,
    marriages=7,
)
_KILN = Story(
    key="brick_kiln",
    households=140,
    hardship=0.12,
    advance=0.38,
    leaving=0.16,
    agents=0.10,
    dropping_out=1.7,
    literacy=50,
    school_km=5.5,
    missing=3,
    left=5,
    marriages=6,
)
_CALM = Story(
    key="calm",
    households=95,
    hardship=-0.14,
    loss=0.05,
    advance=0.01,
    leaving=0.03,
    agents=0.01,
    dropping_out=0.5,
    girls_per_1000_boys=958,
    literacy=74,
    school_km=1.5,
    police_km=3.0,
    health_km=2.0,
    road_km=0.2,
    missing=0,
    left=1,
)
_FOREST = Story(
    key="forest",
    households=85,
    hardship=0.07,
    loss=0.18,
    leaving=0.07,
    agents=0.07,
    dropping_out=1.3,
    girls_per_1000_boys=985,
    calamity=MappingProxyType({"DROUGHT": 1}),
    harmful_practice="WITCH_BRANDING",
    literacy=49,
    school_km=8.0,
    police_km=17.0,
    road_km=4.0,
    health_km=11.5,
    safe_transport=False,
    left=4,
)
_BRIDES = Story(
    key="brides_sent_far",
    households=105,
    hardship=0.03,
    agents=0.12,
    dropping_out=1.3,
    girls_per_1000_boys=872,
    harmful_practice="BRIDE_BROKER",
    literacy=54,
    left=4,
    marriages=9,
)
_DROUGHT = Story(
    key="drought",
    households=100,
    hardship=0.06,
    loss=0.38,
    advance=0.12,
    leaving=0.09,
    calamity=MappingProxyType({"DROUGHT": 2}),
    literacy=55,
    school_km=4.0,
)
_IN_ORDER = (  # the villages of the demo block as state.py lists them
    _FLOOD,
    replace(_FLOOD, households=110, hardship=0.06, loss=0.35, calamity=MappingProxyType({"FLOOD": 1}), missing=1),
    replace(_ORDINARY, households=90, leaving=0.07, loss=0.2),
    _KILN,
    replace(_KILN, households=110, hardship=0.05, advance=0.2, leaving=0.1, missing=1, left=3),
    _DROUGHT,
    _CALM,
    replace(_CALM, households=120, hardship=-0.08, marriages=5),
    _ORDINARY,
    _FOREST,
    replace(_FOREST, households=80, hardship=0.02, harmful_practice="", police_km=12.0, left=2),
    replace(_ORDINARY, households=75, hardship=0.02, road_km=3.0),
    replace(_DROUGHT, households=110, hardship=0.0, harmful_practice="DEVADASI_JOGINI"),
    _BRIDES,
    replace(_CALM, households=92, hardship=-0.05, left=2),
)
_STRANGER = Story(key="stranger", households=12, marriages=1, left=1, missing=0)


def stories() -> dict[int, Story]:
    """Every village's story by its code; villages outside the demo block are small and ordinary."""
    demo = dict(zip((village.code for village in state.villages(state.DEMO_BLOCK.code)), _IN_ORDER, strict=True))
    return {village.code: demo.get(village.code, _STRANGER) for village in state.villages()}
