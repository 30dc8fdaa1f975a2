"""Marks on the body as they are written, in codes that can be compared: what kind of mark, on which part."""

import re

KINDS = (
    ("mole", "til", "तिल", "పుట్టుమచ్చ"),
    ("scar", "cut", "stitch", "wound", "निशान", "चोट", "మచ్చ", "గాయం"),
    ("burn", "burnt", "जला", "जले", "కాలిన"),
    ("tattoo", "godna", "गोदना", "टैटू", "పచ్చబొట్టు"),
    ("birthmark", "जन्मचिह्न", "लहसन"),
    ("missing", "amputated", "कटा", "कटी", "లేదు"),
    ("pierced", "छिदा", "छिदी"),
    ("limp", "polio", "लंगड़ा", "लंगड़ाती", "కుంటి"),
)
PARTS = (
    ("face", "cheek", "forehead", "chin", "nose", "lip", "चेहरा", "गाल", "माथा", "माथे", "नाक", "होंठ", "ముఖం", "చెంప", "నుదురు"),
    ("neck", "throat", "गला", "गर्दन", "మెడ"),
    ("hand", "wrist", "palm", "finger", "हाथ", "कलाई", "उंगली", "చేయి", "చేతి"),
    ("arm", "elbow", "shoulder", "बांह", "बाँह", "कंधा", "कंधे", "భుజం"),
    ("leg", "knee", "thigh", "पैर", "घुटना", "घुटने", "जांघ", "కాలు", "మోకాలు"),
    ("foot", "ankle", "toe", "पांव", "पाँव", "टखना", "పాదం"),
    ("back", "chest", "belly", "stomach", "पीठ", "छाती", "पेट", "వీపు", "ఛాతీ", "కడుపు"),
    ("ear", "eye", "head", "कान", "आंख", "आँख", "सिर", "చెవి", "కన్ను", "తల"),
)
APART = re.compile(r"[,;.\n]| and | और | మరియు ")


def codes(text: str) -> str:
    """`3|21`: one code a mark; a mark of which only kind or part can be read says nothing."""
    found = set()
    for piece in APART.split(text.casefold()):
        words = set(piece.split())
        kinds = [number for number, names in enumerate(KINDS) if words & set(names)]
        parts = [number for number, names in enumerate(PARTS) if words & set(names)]
        found |= {kind * len(PARTS) + part for kind in kinds[:1] for part in parts[:1]}
    return "|".join(str(code) for code in sorted(found))
