"""Everything in one file: for people, for computers, and for whoever checks what they got."""

from hashlib import sha256

from reporting.renderers import csv_file, docx, json_file, pdf
from reporting.renderers.packing import packed
from reporting.structure import ProgramReport
from reporting.tables import tables_of

MANIFEST = "manifest-sha256.txt"
EVIDENCE = "prilohy"


def render(report: ProgramReport) -> bytes:
    """A ZIP of PDF, DOCX, JSON, a CSV for each table, the list of evidence and a manifest.

    The manifest is that of BagIt (RFC 8493, section 2.1.3), which `sha256sum -c` reads.
    """
    files = {
        "zprava.pdf": pdf.render(report),
        "zprava.docx": docx.render(report),
        "zprava.json": json_file.render(report),
    }
    for table in tables_of(report):
        folder = "" if table.name == EVIDENCE else "tabulky/"
        files[f"{folder}{table.name}.csv"] = csv_file.render(table)
    lines = [f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items()]
    return packed([*files.items(), (MANIFEST, "".join(lines).encode())])
