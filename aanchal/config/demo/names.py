"""Given and family names for people who do not exist, in Latin, Devanagari and Telugu letters.

Put together at random from these lists: any likeness to a living person is chance. A family name is drawn without
regard to the household's social category, so that no name stands for a community's risk.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

SCRIPTS = ("en", "hi", "te")


def _names(text: str) -> tuple[tuple[str, str, str], ...]:
    return tuple(tuple(line.split()) for line in text.strip().splitlines())


_WOMEN = _names("""
Sunita सुनीता సునీత
Geeta गीता గీత
Meena मीना మీనా
Rekha रेखा రేఖ
Kamla कमला కమల
Savitri सावित्री సావిత్రి
Parvati पार्वती పార్వతి
Anita अनीता అనిత
Sushila सुशीला సుశీల
Phoolmati फूलमती ఫూల్‌మతి
Radha राधा రాధ
Basanti बसंती బసంతి
Urmila उर्मिला ఊర్మిళ
Shanti शांति శాంతి
Manju मंजू మంజు
Pushpa पुष्पा పుష్ప
Sarita सरिता సరిత
Mamta ममता మమత
Rukmini रुक्मिणी రుక్మిణి
Budhni बुधनी బుధ్ని
Somari सोमारी సోమారి
Kalavati कलावती కళావతి
""")
_GIRLS = _names("""
Pooja पूजा పూజ
Priyanka प्रियंका ప్రియాంక
Neha नेहा నేహా
Khushboo खुशबू ఖుష్బూ
Anjali अंजलि అంజలి
Roshni रोशनी రోష్ని
Kajal काजल కాజల్
Suman सुमन సుమన్
Chandni चाँदनी చాందిని
Aarti आरती ఆర్తి
Nisha निशा నిశా
Rani रानी రాణి
Sapna सपना సప్నా
Jyoti ज्योति జ్యోతి
Pinki पिंकी పింకీ
Rupa रूपा రూప
Divya दिव्या దివ్య
Lalita ललिता లలిత
Kavita कविता కవిత
Sangeeta संगीता సంగీత
""")
_MEN = _names("""
Ramesh रमेश రమేశ్
Suresh सुरेश సురేశ్
Mahesh महेश మహేశ్
Dinesh दिनेश దినేశ్
Rajendra राजेंद्र రాజేంద్ర
Shankar शंकर శంకర్
Mohan मोहन మోహన్
Ganesh गणेश గణేశ్
Kishan किशन కిషన్
Bhola भोला భోలా
Ramu रामू రాము
Lakhan लखन లఖన్
Sukhdev सुखदेव సుఖ్‌దేవ్
Jagdish जगदीश జగదీశ్
Hari हरि హరి
Prakash प्रकाश ప్రకాశ్
Vijay विजय విజయ్
Manoj मनोज మనోజ్
Ashok अशोक అశోక్
Baldev बलदेव బల్‌దేవ్
Gopal गोपाल గోపాల్
Nandu नंदू నందు
""")
_BOYS = _names("""
Rahul राहुल రాహుల్
Rohit रोहित రోహిత్
Amit अमित అమిత్
Sonu सोनू సోను
Vikas विकास వికాస్
Deepak दीपक దీపక్
Sandeep संदीप సందీప్
Arjun अर्जुन అర్జున్
Karan करण కరణ్
Aman अमन అమన్
Golu गोलू గోలు
Nitin नितिन నితిన్
Sagar सागर సాగర్
Ravi रवि రవి
Anil अनिल అనిల్
Akash आकाश ఆకాశ్
Bablu बबलू బబ్లూ
Raju राजू రాజు
Sunil सुनील సునీల్
Chandan चंदन చందన్
""")
_FAMILIES = _names("""
Das दास దాస్
Nayak नायक నాయక్
Mandal मंडल మండల్
Majhi माझी మాఝీ
Sahu साहू సాహు
Lal लाल లాల్
Prasad प्रसाद ప్రసాద్
Behera बेहरा బెహరా
Pradhan प्रधान ప్రధాన్
Biswas विश्वास బిశ్వాస్
Mahto महतो మహతో
Toppo टोप्पो టొప్పో
Soren सोरेन సోరెన్
Rathore राठौर రాథోర్
""")
_OTHER_WOMEN = _names("""
Salma सलमा సల్మా
Nasreen नसरीन నస్రీన్
Zubeda ज़ुबैदा జుబేదా
Rehana रेहाना రెహానా
Shameem शमीम షమీమ్
Tahira ताहिरा తాహిరా
""")
_OTHER_GIRLS = _names("""
Shabnam शबनम షబ్నం
Muskan मुस्कान ముస్కాన్
Rukhsar रुख़सार రుఖ్సార్
Sana सना సనా
Nazia नाज़िया నాజియా
Heena हिना హీనా
Afreen आफ़रीन ఆఫ్రీన్
""")
_OTHER_MEN = _names("""
Anwar अनवर అన్వర్
Salim सलीम సలీం
Rafiq रफ़ीक़ రఫీక్
Yusuf यूसुफ़ యూసుఫ్
Habib हबीब హబీబ్
Karim करीम కరీం
""")
_OTHER_BOYS = _names("""
Imran इमरान ఇమ్రాన్
Arif आरिफ़ ఆరిఫ్
Faizan फ़ैज़ान ఫైజాన్
Sameer समीर సమీర్
Nadeem नदीम నదీమ్
Wasim वसीम వసీం
Shahid शाहिद షాహిద్
""")
_OTHER_FAMILIES = _names("""
Ansari अंसारी అన్సారీ
Khan ख़ान ఖాన్
Sheikh शेख़ షేక్
""")
_TELUGU_WOMEN = _names("""
Padma पद्मा పద్మ
Lakshmi लक्ष्मी లక్ష్మి
Saroja सरोजा సరోజ
Nagamani नागमणि నాగమణి
Venkamma वेंकम्मा వెంకమ్మ
Ramanamma रमणम्मा రమణమ్మ
""")
_TELUGU_GIRLS = _names("""
Sravani श्रावणी శ్రావణి
Swathi स्वाति స్వాతి
Bhavani भवानी భవాని
Mounika मौनिका మౌనిక
Divya दिव्या దివ్య
Sirisha सिरीषा శిరీష
Anusha अनुषा అనూష
""")
_TELUGU_MEN = _names("""
Venkatesh वेंकटेश వెంకటేశ్
Narayana नारायण నారాయణ
Appala अप्पला అప్పల
Satyam सत्यम సత్యం
Yadagiri यादगिरि యాదగిరి
Ramana रमणा రమణ
""")
_TELUGU_BOYS = _names("""
Naresh नरेश నరేశ్
Kiran किरण కిరణ్
Srinu श्रीनु శ్రీను
Pavan पवन పవన్
Chaitanya चैतन्य చైతన్య
Harish हरीश హరీశ్
Mahendra महेंद्र మహేంద్ర
""")
_TELUGU_FAMILIES = _names("""
Rao राव రావు
Naidu नायडू నాయుడు
Varma वर्मा వర్మ
Palle पल्ले పల్లె
Bodapati बोडापाटि బోడపాటి
""")
_COMMUNITIES = (  # women, girls, men, boys, families; a sex has more names than the largest household has people
    (_WOMEN, _GIRLS, _MEN, _BOYS, _FAMILIES),
    (_OTHER_WOMEN, _OTHER_GIRLS, _OTHER_MEN, _OTHER_BOYS, _OTHER_FAMILIES),
    (_TELUGU_WOMEN, _TELUGU_GIRLS, _TELUGU_MEN, _TELUGU_BOYS, _TELUGU_FAMILIES),
)


@dataclass(frozen=True, slots=True)
class Family:
    """One family's way of naming: whose lists, which family name, in which letters."""

    community: int
    surname: int
    script: int

    def name(self, rng: Random, sex: str, age: int) -> str:
        women, girls, men, boys, families = _COMMUNITIES[self.community]
        older, younger = (women, girls) if sex == "FEMALE" else (men, boys)
        given = rng.choice(older if age >= 28 else younger)
        return f"{given[self.script]} {families[self.surname][self.script]}"

    def every_name(self, sex: str) -> list[str]:
        """All names this family could give, older and younger."""
        women, girls, men, boys, families = _COMMUNITIES[self.community]
        givens = women + girls if sex == "FEMALE" else men + boys
        return [f"{given[self.script]} {families[self.surname][self.script]}" for given in givens]


def every_word() -> Iterator[tuple[str, str, str]]:
    """Each word of every list, in its three scripts."""
    return (row for community in _COMMUNITIES for group in community for row in group)


def draw_family(rng: Random, language: str) -> Family:
    """A little over half are written in Latin letters, the rest in the village's own."""
    community = rng.choices((2, 1), (9, 1))[0] if language == "te" else rng.choices((0, 1), (9, 1))[0]
    script = "en" if rng.random() < 0.55 else language
    return Family(community, rng.randrange(len(_COMMUNITIES[community][4])), SCRIPTS.index(script))
