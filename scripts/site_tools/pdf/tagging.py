"""What WeasyPrint's tags lack for a reader who listens, mended just before the PDF is written.

Works on the objects of pydyf, WeasyPrint's own PDF writer: dictionaries whose references are b"12 0 R".
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pydyf


@contextmanager
def page_references_remembered() -> Iterator[None]:
    """Let WeasyPrint write a long book in half the time.

    Each tag of the book asks pydyf for the reference of its page, and pydyf 0.13 then writes down those of all pages: with
    tags and pages both growing, the square of the length. The references change only when a page is added.
    """
    written_anew = pydyf.PDF.page_references
    remembered: dict[tuple[int, int], tuple[bytes, ...]] = {}

    def references(pdf: pydyf.PDF) -> tuple[bytes, ...]:
        key = (id(pdf), len(pdf.pages["Kids"]))
        if key not in remembered:
            remembered[key] = written_anew.fget(pdf)
        return remembered[key]

    pydyf.PDF.page_references = property(references)
    try:
        yield
    finally:
        pydyf.PDF.page_references = written_anew


def finish(pdf: pydyf.PDF, titles: Mapping[str, str]) -> None:
    """Mend the tags and links of a finished PDF; `titles` names the places links within the book lead to."""
    for thing in list(pdf.objects):
        if isinstance(thing, dict) and thing.get("Subtype") == "/Link":
            _describe_link(thing, titles)
        elif isinstance(thing, dict) and thing.get("S") == "/LI":
            _give_one_body(thing, pdf)
        elif isinstance(thing, dict) and thing.get("S") == "/TH":
            _say_what_it_heads(thing, pdf)
    _drop_links_in_links(_object(pdf.catalog["StructTreeRoot"], pdf), pdf)
    _set_page_furniture_apart(pdf)


def _describe_link(link: pydyf.Dictionary, titles: Mapping[str, str]) -> None:
    """A link within the book is described by the heading it leads to; every link may be printed."""
    link["F"] = 4
    if "Dest" in link and link["Dest"].string in titles:
        link["Contents"] = pydyf.String(titles[link["Dest"].string])


def _drop_links_in_links(element: pydyf.Dictionary, pdf: pydyf.PDF, within_link: bool = False) -> None:
    """A piece of a link that is, say, bold was made a link again, on the same spot and without a Link tag."""
    kept = []
    for kid in element.get("K", []):
        below = _object(kid, pdf) if isinstance(kid, bytes) else {}
        if within_link and below.get("Type") == "/OBJR":
            _object(below["Pg"], pdf)["Annots"].remove(below["Obj"])
            continue
        kept.append(kid)
        if "S" in below:
            _drop_links_in_links(below, pdf, within_link or element.get("S") == "/Link")
    element["K"] = pydyf.Array(kept)


def _give_one_body(item: pydyf.Dictionary, pdf: pydyf.PDF) -> None:
    """A list item may hold a label and a body only: paragraphs, notes and tables in it go into the body."""
    labels = [kid for kid in item["K"] if _object(kid, pdf)["S"] == "/Lbl"]
    content = [kid for kid in item["K"] if kid not in labels]
    if [_object(kid, pdf)["S"] for kid in content] in ([], ["/LBody"]):
        return
    body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "P": item.reference, "Pg": item["Pg"]})
    body["K"] = pydyf.Array(content)
    pdf.add_object(body)
    for kid in content:
        element = _object(kid, pdf)
        element["P"] = body.reference
        if element["S"] == "/LBody":
            element["S"] = "/NonStruct"
    item["K"] = pydyf.Array([*labels, body.reference])


def _say_what_it_heads(cell: pydyf.Dictionary, pdf: pydyf.PDF) -> None:
    """A heading cell in the head of the table heads its column, any other its row."""
    row = _object(cell["P"], pdf)
    if cell.get("A"):
        cell["A"]["Scope"] = "/Column" if _object(row["P"], pdf)["S"] == "/THead" else "/Row"


def _set_page_furniture_apart(pdf: pydyf.PDF) -> None:
    """Running heads and page numbers are not content: what the tag tree does not reach is an artifact."""
    root = _object(pdf.catalog["StructTreeRoot"], pdf)
    reached = {element.number for element in _elements_below(root, pdf)}
    parents = _object(root["ParentTree"], pdf)["Nums"]
    for owners in parents[1::2]:
        if not isinstance(owners, list):
            continue  # the owner of a link, not of a page's content
        for mcid, reference in enumerate(owners):
            element = _object(reference, pdf)
            if element.number not in reached:
                _make_artifact(_object(_object(element["Pg"], pdf)["Contents"], pdf), mcid)
                owners[mcid] = "null"


def _make_artifact(content: pydyf.Stream, mcid: int) -> None:
    """Content marked `/Span <</MCID 7>> BDC` becomes `/Artifact <</Type /Pagination>> BDC`."""
    for position, part in enumerate(content.stream):
        if isinstance(part, dict) and part.get("MCID") == mcid:
            content.stream[position - 1] = "/Artifact"
            content.stream[position] = pydyf.Dictionary({"Type": "/Pagination"})


def _elements_below(element: pydyf.Dictionary, pdf: pydyf.PDF) -> Iterator[pydyf.Dictionary]:
    for kid in element.get("K", []):
        if isinstance(kid, bytes):
            yield (below := _object(kid, pdf))
            yield from _elements_below(below, pdf)


def _object(reference: bytes, pdf: pydyf.PDF) -> Any:
    return pdf.objects[int(reference.split()[0])]
