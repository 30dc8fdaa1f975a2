"""Names of the nine Brahmic scripts and of Urdu in plain Latin letters, by tables."""

import unicodedata

# One table serves the nine blocks of 128: Unicode laid them out by the same ISCII offsets.
BLOCKS = {
    0x0900: "Deva",
    0x0980: "Beng",
    0x0A00: "Guru",
    0x0A80: "Gujr",
    0x0B00: "Orya",
    0x0B80: "Taml",
    0x0C00: "Telu",
    0x0C80: "Knda",
    0x0D00: "Mlym",
}
_VOWELS = "a aa i ii u uu ri li e e e ai o o o au ri li a"
_CONSONANTS = "k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l zh v sh sh s h"
_WITH_DOT = "q kh g z r rh f y"
_SIGNS = "aa i ii u uu ri ri e e e ai o o o au au li"
VOWELS = dict(
    zip(
        (5, 6, 7, 8, 9, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x14, 0x60, 0x61, 0x72),
        _VOWELS.split(),
        strict=True,
    )
)
CONSONANTS = dict(
    zip(
        range(0x15, 0x3A),
        _CONSONANTS.split(),
        strict=True,
    )
) | dict(zip(range(0x58, 0x60), _WITH_DOT.split(), strict=True))
SIGNS = dict(
    zip(
        (*range(0x3E, 0x4D), 0x57, 0x62),
        _SIGNS.split(),
        strict=True,
    )
)
WITH_NUKTA = {"k": "q", "j": "z", "d": "r", "dh": "rh", "ph": "f"}
# Letters that stand outside the common layout: Assamese ra and wa, khanda ta, Gurmukhi tippi, Malayalam chillu, Odia wa.
OWN = {
    "\u09ce": "t",
    "\u09f0": "r",
    "\u09f1": "v",
    "\u0a70": "n",
    "\u0a71": "",
    "\u0b71": "v",
    "\u0d7a": "n",
    "\u0d7b": "n",
    "\u0d7c": "r",
    "\u0d7d": "l",
    "\u0d7e": "l",
    "\u0d7f": "k",
}
FINAL_M = {"Telu", "Knda", "Mlym"}  # anusvara at the end of a word is m here: మాధవం
SILENT_FINAL = {"Deva", "Guru", "Gujr", "Beng"}  # the inherent vowel at the end of a word is not spoken: राम is Ram
URDU = (
    dict(zip("بپتٹثجچحخدڈذرڑزژسشصضطظعغفقکكگلمنںہھةئءٶۂۃ", (
        "b p t t s j ch h kh d d z r r z z s sh s z t z a gh f q k k g l m n n h h h y . v h h".replace(".", "a")
    ).split(), strict=True))
    | {"ا": "a", "آ": "aa", "أ": "a", "إ": "i", "ؤ": "u", "و": "w", "ی": "y", "ي": "y", "ى": "y", "ے": "e", "ۓ": "e"}
    | {"\u064e": "a", "\u0650": "i", "\u064f": "u", "\u0651": "", "\u0652": "", "\u0670": "a"}
)  # fmt: skip


def _table() -> dict[str, tuple[str, str]]:
    """Each letter: what it is (c, v, s, halant, nukta, n, h, o) and its Latin letters."""
    table = {}
    for block in BLOCKS:
        for kind, letters in (("v", VOWELS), ("c", CONSONANTS), ("s", SIGNS)):
            table |= {chr(block + at): (kind, latin) for at, latin in letters.items()}
        table |= {chr(block + at): ("n", "n") for at in (0, 1, 2)}
        table |= {chr(block + 3): ("h", "h"), chr(block + 0x3C): ("nukta", ""), chr(block + 0x4D): ("halant", "")}
        table |= {chr(block + 0x66 + digit): ("o", str(digit)) for digit in range(10)}
    return table | {letter: ("o", latin) for letter, latin in OWN.items()}


LETTERS = _table()
LABIALS = ("p", "b", "m")


def script_of(text: str) -> str:
    """The script of the first letter that tells: Deva ... Mlym, Arab, Latn, or Zyyy."""
    for letter in text:
        at = ord(letter)
        if 0x0900 <= at < 0x0D80:
            return BLOCKS[at & ~0x7F]
        if 0x0600 <= at < 0x0780 or 0xFB50 <= at < 0xFDFF:
            return "Arab"
        if letter.isalpha() and at < 0x250:
            return "Latn"
    return "Zyyy"


def romanise(word: str) -> str:
    """One word in lower Latin letters; what no table knows falls away."""
    if word.isascii():
        return word.lower()
    script = script_of(word)
    if script == "Arab":
        return _urdu(word)
    if script == "Latn" and not any("\u0900" <= letter < "\u0d80" for letter in word):
        return _without_accents(word)
    return _brahmic(unicodedata.normalize("NFC", word), script)


def _without_accents(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if letter.isascii()).lower()


def _brahmic(word: str, script: str) -> str:
    out: list[str] = []
    waiting = ""  # a consonant whose vowel is not known yet
    for letter in word:
        kind, latin = LETTERS.get(letter, ("o", letter.lower() if letter.isascii() else ""))
        if kind == "nukta":
            waiting = WITH_NUKTA.get(waiting, waiting)
        elif kind == "s" or kind == "halant":
            out.append(waiting + latin)
            waiting = ""
        else:
            if waiting:
                out.append(waiting + "a")
            waiting = latin if kind == "c" else ""
            if kind != "c":
                out.append("\x01" if kind == "n" else latin)
    if waiting:
        out.append(waiting if script in SILENT_FINAL and out else waiting + "a")
    return _nasals("".join(out), script)


def _nasals(word: str, script: str) -> str:
    if "\x01" not in word:
        return word
    if word[-1] == "\x01":
        word = word[:-1] + ("m" if script in FINAL_M else "n")
    for labial in LABIALS:
        word = word.replace("\x01" + labial, "m" + labial)
    return word.replace("\x01", "n")


def _urdu(word: str) -> str:
    """Short vowels are not written. Wao and ye are vowels between consonants and consonants elsewhere."""
    letters = [URDU.get(letter, letter.lower() if letter.isascii() else "") for letter in unicodedata.normalize("NFKC", word)]
    out = []
    for at, latin in enumerate(letters):
        after = letters[at + 1] if at + 1 < len(letters) else ""
        is_consonant = at == 0 or after[:1] in {"a", "e", "y", "w"}
        if latin == "w":
            latin = "v" if is_consonant else "o"
        elif latin == "y":
            latin = "y" if is_consonant else "i"
        out.append(latin)
    return "".join(out)
