"""Writes a Word file from a small template: the same bytes for the same text, no dependency."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape  # writes only; nothing is parsed here

from data.agency.style import Block

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (2026, 1, 1, 0, 0, 0)  # time of every member, so that equal text is equal bytes
_STYLES = {"name": (32, True), "heading": (26, True), "role": (22, True)}


def write_docx(blocks: Sequence[Block], *, layout: str) -> bytes:
    """A CV as DOCX; layout is `plain`, `table` (dates beside the roles) or `header` (contacts)."""
    aloft = [b for b in blocks if layout == "header" and b.kind in ("name", "contact")]
    body = [b for b in blocks if b not in aloft]
    content = _rows(body) if layout == "table" else "".join(_paragraph(b) for b in body)
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relations([("header", "header1.xml")]),
        "word/document.xml": (
            f"<w:document {_SPACE} {_LINKS}><w:body>{content}<w:sectPr>"
            '<w:headerReference w:type="default" r:id="rId1"/></w:sectPr></w:body></w:document>'
        ),
        "word/header1.xml": (
            f"<w:hdr {_SPACE}>{''.join(map(_paragraph, aloft)) or '<w:p/>'}</w:hdr>"
        ),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(member, _DECLARATION + text)
    return target.getvalue()


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_OFFICE}.{kind}+xml"/>'
        for part, kind in (("document", "document.main"), ("header1", "header"))
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{_REL}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, start=1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{links}</Relationships>'


def _paragraph(block: Block) -> str:
    text = f"• {block.text}" if block.kind == "bullet" else block.text
    aside = f"<w:r><w:tab/></w:r>{_run(block.aside, 'aside')}" if block.aside else ""
    return f"<w:p>{_run(text, block.kind)}{aside}</w:p>"


def _run(text: str, kind: str) -> str:
    size, bold = _STYLES.get(kind, (20, False))
    weight = "<w:b/>" if bold else ""
    return (
        f'<w:r><w:rPr>{weight}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def _rows(blocks: Sequence[Block]) -> str:
    """Roles as rows of a table with their dates on the left; the rest as paragraphs."""
    content, row, aside = "", "", ""

    def closed() -> str:
        if not row:
            return ""
        left = f"<w:tc><w:p>{_run(aside, 'aside')}</w:p></w:tc>"
        return f"<w:tbl><w:tr>{left}<w:tc>{row}</w:tc></w:tr></w:tbl><w:p/>"

    for block in blocks:
        if block.kind == "role":
            content += closed()
            row, aside = _paragraph(Block(kind="role", text=block.text)), block.aside
        elif row and block.kind in ("place", "bullet", "text"):
            row += _paragraph(block)
        else:
            content += closed() + _paragraph(block)
            row = ""
    return content + closed()
