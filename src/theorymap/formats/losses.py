"""What does not survive in each format, in words; `tests/test_losses.py` holds every sentence to examples."""

from __future__ import annotations

GRAPHS = ("the file in which a statement stands (its named graph)",)
RDFXML = (*GRAPHS, "carriage returns")

FRAMEWORK = (
    "everything but what attacks what: texts, sources, premises and steps become arguments that attack each other",
    "line breaks and repeated white space in names",
)


AIF = (
    "titles, groups, scopes, tags, sources and data, but for a scheme that is not ours; the text of an inference",
    "that a statement is denied or implicit, and that an inference is only entertained",
    "that a statement without an inference to it is not asserted; the holders of one that is not asserted",
    "a contradiction is two attacks, one each way, and a contrary is one; other links, but for the support of one "
    "inference by another, and the links of attacks; the order of links",
    "repetitions among premises, attackers, holders and makers; white space around schemes, and in names but for "
    "single spaces",
    "the title and the data of the map",
)

ARGDOWN = ("the order of links", "the scopes of statements, and who says so in a source")

_SORTS = "which of several BibTeX types of one sort a work has"
_BODY = "which of publisher, school and institution the publisher is"
BIBTEX = (
    "everything but the works and their fields",
    "of a file that was read: comments, abbreviations and @preamble, the order of entries and fields, braces around "
    "capital letters, commands for letters, and the fields abstract and file",
)
RIS = (
    "everything but the works; of works the fields language, rights, annote and those without a tag of their own",
    f"{_SORTS}: every thesis is THES, every report RPRT",
    "whether a name is that of an organisation",
    f"line breaks and repeated white space; {_BODY}; whether a number is an ISBN or an ISSN",
    "what separates keywords, the dash of pages, and the words of a year but for its four digits",
)
CSL = (
    "everything but the works",
    f"{_SORTS}, but for the sort of a thesis",
    f"{_BODY}; the year beside a date, and whether there is a year or a date",
    "whether a work stands in a journal or a book, and the journal of one that stands in both",
)

_HEADS = "the question, the headings, the notes and what no answer means"
_HEADS_OF_ROWS = (
    "the question, the headings and the notes, but for a comparison; what no answer means, and the heading of "
    "dimensions"
)
_COLUMNS = "the names of the columns"
_NAMES = "identifiers behind the names of things, and whether a value is a number, a truth value or a text"
_SHARED = (
    "which value of a row, and which of several values of a cell, has which source and status, but for a comparison"
)
_NUMBERED = (
    "which value of a row has which source, and which of several values of a cell which source and status, but for a "
    "comparison"
)
_CELLS = "which of several values of a cell of a comparison has which source"
_OPPOSED = "which of several values of a cell exclude each other"
_SAID = "who says so, but for a comparison"
_SEARCHED = "the places that were searched for a blank of a comparison"
_SOURCES = "where one of several sources ends"
_PLACES = "where one of several places ends, and of which class a document is"
_ROW = "what a row rests on as a whole"
_BLANK_ROW = f"{_ROW}, unless it is a blank and the table no comparison"
_COUNTS = "the counts of a comparison"
_CALLED = f"{_COUNTS}, and how its documents are called"
_EMPTY = "whether an empty cell has nothing to say or holds an empty text, but for a comparison"
_NONE = "whether a value that does not apply is a blank or has nothing to say, but for a comparison"
_BLANKS = "whether words in brackets are a blank, but for a comparison"
_LINES = "white space but for single spaces, and characters that are not printed"
WIDE = (_HEADS, _NAMES, _SHARED, _CELLS, "who says so", _SEARCHED, _SOURCES, _BLANK_ROW, _CALLED, _EMPTY, _OPPOSED)
TSV = (*WIDE, _LINES)
LONG = (
    _HEADS,
    _NAMES,
    "that values of a cell are in conflict, and which, but for a comparison",
    f"{_SAID}, and there in which of several sources",
    _SEARCHED,
    _SOURCES,
    _ROW,
    _CALLED,
    _NONE,
)
JSON = (
    _HEADS_OF_ROWS,
    "the words of a value that has an identifier, but of a comparison the identifier",
    _SHARED,
    _SAID,
    f"{_SOURCES}, but for a comparison",
    _BLANK_ROW,
    f"{_OPPOSED}, but for a comparison",
)
MARKDOWN = (_COLUMNS, _NAMES, _SHARED, _SAID, _BLANKS, _PLACES, _ROW, _COUNTS, _LINES, _OPPOSED)
TEXT = (
    *MARKDOWN,
    "in a comparison, whether words in brackets are a status",
    "where the heading of a blank ends; the heading of the dimensions of more than four things",
)
PAGE = (_COLUMNS, _NAMES, _NUMBERED, _PLACES, _ROW, _COUNTS, _LINES, _OPPOSED)
LATEX = (
    _COLUMNS,
    _NAMES,
    _NUMBERED,
    "where one of several places ends",
    _ROW,
    f"{_CALLED}; the heading of the dimensions of more than four things",
    _LINES,
    _OPPOSED,
)
_LINKS = "links that may be scripts"
_XML = "characters that XML cannot hold, and carriage returns"
_DRAWN = (
    "text for which a node with a tooltip has no room, and whether a tooltip is the text again",
    "white space in texts but for single spaces",
    "the group of a node without edges, and whether a word is that of an edge or a node",
    _LINKS,
    _XML,
)
SVG = (
    "the names of nodes, and what an edge joins but by where it is drawn",
    "where a note ends",
    *_DRAWN,
    "hedges and conditions that no label and no tooltip says",
)
PNG = ("everything but what is seen",)
DOT = ("the notes, and line breaks of the title", *_DRAWN)
GRAPHML = ("how nodes and edges look, and the legend", "where a note ends", _LINKS, _XML)
