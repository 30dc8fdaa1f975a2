"""Given and family names for people who do not exist, in Latin, Devanagari and Telugu letters.

Put together at random from these lists: any likeness to a living person is chance. A family name is drawn without
regard to the household's social category, so that no name stands for a community's risk.
"""

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
_COMMUNITIES = (  # women, girls, men, boys, families; the second and third add variety a village would have
    (_WOMEN, _GIRLS, _MEN, _BOYS, _FAMILIES),
    (
        _names("Salma सलमा సల్మా\nNasreen नसरीन నస్రీన్\nZubeda ज़ुबैदा జుబేదా\nRehana रेहाना రెహానా"),
        _names("Shabnam शबनम షబ్నం\nMuskan मुस्कान ముస్కాన్\nRukhsar रुख़सार రుఖ్సార్\nSana सना సనా"),
        _names("Anwar अनवर అన్వర్\nSalim सलीम సలీం\nRafiq रफ़ीक़ రఫీక్\nYusuf यूसुफ़ యూసుఫ్"),
        _names("Imran इमरान ఇమ్రాన్\nArif आरिफ़ ఆరిఫ్\nFaizan फ़ैज़ान ఫైజాన్\nSameer समीर సమీర్"),
        _names("Ansari अंसारी అన్సారీ\nKhan ख़ान ఖాన్\nSheikh शेख़ షేక్"),
    ),
    (
        _names("Padma पद्मा పద్మ\nLakshmi लक्ष्मी లక్ష్మి\nSaroja सरोजा సరోజ\nNagamani नागमणि నాగమణి\nVenkamma वेंकम्मा వెంకమ్మ"),
        _names("Sravani श्रावणी శ్రావణి\nSwathi स्वाति స్వాతి\nBhavani भवानी భవాని\nMounika मौनिका మౌనిక\nDivya दिव्या దివ్య"),
        _names(
            "Venkatesh वेंकटेश వెంకటేశ్\nNarayana नारायण నారాయణ\nAppala अप्पला అప్పల\nSatyam सत्यम సత్యం\nYadagiri यादगिरि యాదగిరి"
        ),
        _names("Naresh नरेश నరేశ్\nKiran किरण కిరణ్\nSrinu श्रीनु శ్రీను\nPavan पवन పవన్\nChaitanya चैतन्य చైతన్య"),
        _names("Rao राव రావు\nNaidu नायडू నాయుడు\nVarma वर्मा వర్మ\nPalle पल्ले పల్లె\nBodapati बोडापाटि బోడపాటి"),
    ),
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


def draw_family(rng: Random, language: str) -> Family:
    """A little over half are written in Latin letters, the rest in the village's own."""
    community = rng.choices((2, 1), (9, 1))[0] if language == "te" else rng.choices((0, 1), (9, 1))[0]
    script = "en" if rng.random() < 0.55 else language
    return Family(community, rng.randrange(len(_COMMUNITIES[community][4])), SCRIPTS.index(script))
