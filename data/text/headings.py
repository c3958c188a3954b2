"""The headings of CVs in four languages: which section each opens."""

import re
from typing import Final

from data.text.clean import fold

PERSONAL: Final = "personal"  # a section of personal details; its passages count as `other`

_HEADINGS: Final = {
    "summary": """
        summary; professional summary; executive summary; career summary
        summary of qualifications; profile; professional profile; executive profile
        personal profile; management profile; about; about me; overview; career overview
        professional overview; objective; career objective; career focus; personal statement
        introduction; bio; biography; qualifications summary; summary of skills; who am i
        in short; resume; profil; profil professionnel; a propos; a propos de moi; presentation
        objectif; objectif professionnel; synthese; en bref; qui suis-je; accroche; profiel
        profielschets; persoonlijk profiel; professioneel profiel; samenvatting; over mij
        wie ben ik; doelstelling; introductie; in het kort; korte voorstelling; kurzprofil
        profil kurz; zusammenfassung; uber mich; berufliches profil; personliches profil
        berufsziel; kurzvorstellung; management summary; managementprofil""",
    "experience": """
        experience; experiences; work experience; professional experience; work history
        employment history; employment; career history; career; relevant experience
        relevant work experience; related experience; experience highlights
        professional background; interim assignments; assignments; interim experience
        interim missions; missions; selected assignments; management experience
        other experience; additional experience; military experience; teaching experience
        volunteer experience; leadership experience; positions held; professional history
        work experience and achievements; recent experience; previous experience
        earlier experience; consulting experience; experience professionnelle
        experiences professionnelles; parcours professionnel; parcours; missions d'interim
        missions de transition; missions realisees; missions recentes; carriere; emplois
        experience pertinente; autres experiences; postes occupes; historique professionnel
        experiences de management; ervaring; werkervaring; professionele ervaring
        beroepservaring; loopbaan; carriere overzicht; interim opdrachten; opdrachten
        interimopdrachten; recente opdrachten; loopbaanoverzicht; werkverleden
        relevante ervaring; beroepsloopbaan; professionele loopbaan; relevante werkervaring
        eerdere ervaring; arbeidsverleden; berufserfahrung; beruflicher werdegang; werdegang
        berufspraxis; praktische erfahrung; erfahrung; berufliche erfahrung; projekterfahrung
        mandate; interim-mandate; interim mandate; projekte und mandate; berufliche stationen
        berufliche laufbahn; karriere; tatigkeiten; berufstatigkeit""",
    "education": """
        education; education and training; training; academic background
        education and certifications; studies; degrees; educational background
        academic qualifications; education and qualifications; academic history; courses
        training and education; professional development; military education; coursework
        relevant coursework; formation; formations; etudes; diplomes; formation et diplomes
        parcours academique; formation academique; formations complementaires
        formation continue; cursus; etudes et formations; formation initiale; scolarite
        opleiding; opleidingen; studies en opleidingen; onderwijs; vorming; opleiding en vorming
        studie; diploma's; bijscholing; cursussen; trainingen; opleidingen en cursussen
        studies en diploma's; bijkomende opleidingen; ausbildung; bildung; studium; bildungsweg
        aus- und weiterbildung; weiterbildung; weiterbildungen; schulbildung
        akademische ausbildung; ausbildung und studium; studium und ausbildung; hochschulstudium
        fortbildung""",
    "skills": """
        skills; key skills; core skills; technical skills; professional skills; skill highlights
        highlights; competencies; core competencies; key competencies; competences
        core qualifications; qualifications; areas of expertise; expertise; core strengths
        strengths; key strengths; technical proficiencies; computer skills; it skills; skill set
        skillset; tools; technologies; software; technical expertise
        summary of experience and skills; soft skills; hard skills
        areas of expertise and skills; technical competencies; specialties; additional skills
        other skills; proficiencies; computer proficiency; software skills; management skills
        technical summary; key qualifications; competences cles; competences techniques
        competences professionnelles; domaines de competence; domaines d'expertise; savoir-faire
        savoir-etre; outils; informatique; connaissances informatiques; atouts; points forts
        competences et outils; aptitudes; logiciels; qualites; domaines de competences
        vaardigheden; competenties; kerncompetenties; kernvaardigheden; technische vaardigheden
        expertise en vaardigheden; it-vaardigheden; computervaardigheden; informatica
        expertises; sterktes; sterke punten; troeven; kennis; vaardigheden en competenties
        pc-kennis; computerkennis; vakkennis; specialisaties; kenntnisse; fahigkeiten
        kompetenzen; kernkompetenzen; fachkenntnisse; edv-kenntnisse; it-kenntnisse; starken
        fachliche kompetenzen; kenntnisse und fahigkeiten; fahigkeiten und kenntnisse
        qualifikationen; schwerpunkte; schlusselkompetenzen; fachkompetenzen
        besondere kenntnisse; software-kenntnisse""",
    "languages": """
        languages; language skills; language; spoken languages; language proficiency
        languages spoken; langues; connaissances linguistiques; competences linguistiques
        langues parlees; langue; talen; talenkennis; taalkennis; taalvaardigheden
        taalvaardigheid; gesproken talen; sprachen; sprachkenntnisse; fremdsprachen
        sprachkompetenzen""",
    "certifications": """
        certifications; certificates; certification; licenses; licences
        licenses and certifications; certifications and licenses; professional certifications
        credentials; accreditations; license; certificats; agrements; habilitations
        certifications professionnelles; certificaten; certificering; certificeringen; attesten
        erkenningen; zertifikate; zertifizierungen; zertifizierung; lizenzen; bescheinigungen""",
    "projects": """
        projects; key projects; selected projects; project experience; accomplishments
        core accomplishments; key accomplishments; achievements; key achievements
        selected achievements; career highlights; major achievements; selected accomplishments
        professional accomplishments; awards and accomplishments; project list; track record
        projets; realisations; principales realisations; realisations cles; projets cles
        references de missions; projecten; realisaties; belangrijkste realisaties
        verwezenlijkingen; resultaten; voornaamste realisaties; projekte; erfolge
        wichtigste erfolge; projektliste; referenzprojekte; ausgewahlte projekte""",
    "interests": """
        interests; hobbies; hobbies and interests; interests and hobbies; personal interests
        leisure; activities; extracurricular activities; interests and activities
        centres d'interet; loisirs; hobbys; interets; activites extra-professionnelles
        divers et loisirs; interesses; hobby's; vrije tijd; hobby's en interesses
        vrijetijdsbesteding; interessen; freizeit; hobbies und interessen; hobbys und interessen
        interessen und hobbys""",
    "other": """
        references; publications; affiliations; professional affiliations; memberships; awards
        honors; honors and awards; additional information; other information; miscellaneous
        volunteering; volunteer work; community involvement; activities and honors
        presentations; associations; professional memberships; patents; community service
        availability; mobility; driving licence; board memberships; mandates; other
        military service; awards and honors; publications and presentations
        professional associations; professional activities; additional details; divers; autres
        publications et conferences; engagements; benevolat; disponibilite; mobilite
        permis de conduire; autres informations; informations complementaires; mandats
        distinctions; referenties; publicaties; varia; overige; diversen; lidmaatschappen
        vrijwilligerswerk; beschikbaarheid; mobiliteit; overige informatie; rijbewijs; mandaten
        nevenactiviteiten; bestuursmandaten; referenzen; publikationen; veroffentlichungen
        sonstiges; mitgliedschaften; ehrenamt; verfugbarkeit; engagement; weitere informationen
        fuhrerschein; auszeichnungen; ehrenamtliches engagement""",
    PERSONAL: """
        personal information; personal details; personal data; contact; contact details
        contact information; donnees personnelles; informations personnelles; coordonnees
        renseignements personnels; etat civil; personalia; persoonlijke gegevens
        contactgegevens; gegevens; persoonlijke informatie; persoonsgegevens; personliche daten
        personliche angaben; kontakt; kontaktdaten; zur person; angaben zur person""",
}
_SECTION_OF: Final = {
    name.strip(): section
    for section, names in _HEADINGS.items()
    for name in re.split(r"[;\n]", names)
    if name.strip()
}
_LONGEST: Final = 60
_DECORATION = re.compile(r"^[\W_]*(?:[ivx\d]{1,3}[.)] )?|[\W_]+$")
_SPACED = re.compile(r"^(?:\w ){3,}\w$")
_AND = re.compile(r" ?(?:&|\+|/| and | et | en | und ) ?")


def heading_section(line: str) -> str | None:
    """Return the section that `line` opens as a heading, or None for an ordinary line.

    Case, accents, bullets, numbering, colons and letter-spacing do not matter; "Skills & Tools"
    counts by its first part when every part is a heading.
    """
    if not 2 < len(line.strip()) <= _LONGEST:
        return None
    words = _DECORATION.sub("", fold(line))
    if _SPACED.match(words):
        words = words.replace(" ", "")
    if words in _SECTION_OF:
        return _SECTION_OF[words]
    parts = _AND.split(words)
    if 2 <= len(parts) <= 4 and all(part in _SECTION_OF for part in parts):
        return _SECTION_OF[parts[0]]
    return None


def inline_heading(line: str) -> tuple[str, int] | None:
    """Return the section and the length of a heading such as `Languages: ` before its content."""
    colon = line.find(":", 2, _LONGEST)
    if colon < 0 or not line[colon + 1 :].strip():
        return None
    section = heading_section(line[:colon])
    if section in {None, "other", PERSONAL}:  # "Driving licence: B" means nothing without its label
        return None
    return section, colon + 1 + (len(line[colon + 1 :]) - len(line[colon + 1 :].lstrip()))
