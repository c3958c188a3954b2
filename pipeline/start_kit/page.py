"""A start kit as a page that a client can print and tick off."""

from data.schema.words import ASPECTS
from pipeline.export.html import page_environment
from pipeline.start_kit import text
from pipeline.start_kit.content import SECTIONS
from pipeline.start_kit.kit import StartKit


def kit_page(kit: StartKit) -> str:
    """The kit in its own language, with a form for the five aspects at every moment."""
    m = text.kit_messages(kit)
    environment = page_environment(kit.language, text.PACKAGE, templates=True)
    return environment.get_template("kit.html").render(
        kit=kit,
        facts=text.facts(kit, m),
        sections=[(name, text.section_lines(kit, name, m)) for name in SECTIONS],
        goals=text.goals(kit, m),
        moments=[(text.when(moment, m), text.what(moment, m)) for moment in kit.moments],
        aspects=ASPECTS,
    )
