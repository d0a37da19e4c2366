"""Abstract frameworks in the formats of the competition: read, written, and refused with a line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leagues import theorymap
from theorymap.argue.framework import Framework
from theorymap.errors import SourceError
from theorymap.formats import frameworks as formats

APX = b"""% a = the first
arg(a). arg(b).
arg( "c d" ).   att(a,b).
att("c d", a).
"""
TGF = b"1 first\r\n2\r\n3 the third\r\n#\r\n1 2\r\n3 1\r\n"
AF = b"p af 3\n# 1 = first\n# a comment\n1 2\n3 1\n"


def test_apx_is_read_with_several_facts_a_line_quoted_names_and_comments() -> None:
    framework = formats.read_apx(APX, "x.apx")
    assert framework.names == ("the first", "b", "c d")
    assert framework.attacks == ((0, 1), (2, 0))


def test_tgf_is_read_with_labels_and_any_line_ends() -> None:
    framework = formats.read_tgf(TGF, "x.tgf")
    assert framework.names == ("first", "2", "the third")
    assert framework.attacks == ((0, 1), (2, 0))


def test_af_is_read_with_names_in_comments() -> None:
    framework = formats.read_af(AF, "x.af")
    assert framework.names == ("first", "2", "3")
    assert framework.attacks == ((0, 1), (2, 0))


@pytest.mark.parametrize(
    ("read", "data", "place", "reason"),
    [
        (formats.read_apx, b"arg(a).\narg(b)\n", "2:1", "is no fact"),
        (formats.read_apx, b"arg(a).\natt(a,z).\n", "2:1", "'z' is not entered"),
        (formats.read_apx, b"arg(a,b).\n", "1:1", "is no fact"),
        (formats.read_apx, b"arg(\xe4).\n", "1:1", "not UTF-8"),
        (formats.read_tgf, b"1\n2\n", "1:1", "no line '#'"),
        (formats.read_tgf, b"1\n#\n1\n", "3:1", "no pair"),
        (formats.read_tgf, b"1\n#\n1 4\n", "3:1", "'4' is not entered"),
        (formats.read_af, b"1 2\n", "1:1", "before the first line"),
        (formats.read_af, b"", "1:1", "no line 'p af N'"),
        (formats.read_af, b"p af 1\n1 2 3\n", "2:1", "is no attack"),
        (formats.read_af, b"p af 1\n1 2\n", "2:1", "'2' is not entered"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(
    read: Callable[[bytes, str], Framework], data: bytes, place: str, reason: str
) -> None:
    with pytest.raises(SourceError, match=reason) as told:
        read(data, "x")
    assert f"x:{place}:" in str(told.value)


@pytest.mark.parametrize(
    ("read", "write"),
    [
        (formats.read_apx, formats.write_apx),
        (formats.read_tgf, formats.write_tgf),
        (formats.read_af, formats.write_af),
    ],
)
@settings(deadline=None)
@given(st.data())
def test_what_is_written_is_read_back(
    read: Callable[[bytes, str], Framework], write: Callable[[Framework], bytes], data: st.DataObject
) -> None:
    """Names that begin or end with a space, or hold two together or a line break, keep one space in their place."""
    name = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
    words = data.draw(st.lists(name.map(lambda text: " ".join(text.split())).filter(bool), unique=True, max_size=6))
    places = st.integers(0, len(words) - 1) if words else st.nothing()
    pairs = data.draw(st.lists(st.tuples(places, places), unique=True, max_size=8)) if words else []
    framework = Framework(tuple(words), tuple(pairs))
    again = read(write(framework), "x")
    assert again.names == framework.names
    assert set(again.attacks) == set(framework.attacks)


def test_a_framework_becomes_a_map_that_means_the_same() -> None:
    from theorymap.argue.translation import translate

    reading = formats.map_of(formats.read_apx(APX, "x.apx"))
    assert reading.read == {"arguments": 3, "attacks": 2} and not reading.left
    labels = translate(reading.map).grounded()
    assert [label.value if label else "" for label in labels.values()][:3] == ["out", "in", "in"]


@pytest.mark.parametrize(("suffix", "data"), [(".apx", APX), (".tgf", TGF), (".af", AF)])
def test_a_file_is_read_by_its_suffix(suffix: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"debate{suffix}"
    path.write_bytes(data)
    framework, numbers = formats.framework_of(path)
    assert len(framework.names) == 3 and numbers == (suffix == ".af")


def test_a_file_is_weighed_from_the_command_line(tmp_path: Path) -> None:
    """Without a task each element is labelled; with one, the answer is the competition's, and NO is no failure."""
    path = tmp_path / "debate.apx"
    path.write_bytes(APX)
    done = theorymap("argue", "--file", str(path), "--format", "csv", cwd=tmp_path)
    assert [line.partition(",")[0] for line in done.stdout.splitlines()] == ["standing", "out", "in", "in"]
    done = theorymap("argue", "--file", str(path), "--task", "DC-CO", "-a", "the first", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "NO\n")
    done = theorymap("argue", "--file", str(path), "--task", "DC-CO", "-a", "the frist", cwd=tmp_path)
    assert done.returncode == 2 and "the first" in done.stderr
    odd = tmp_path / "odd.af"
    odd.write_text("p af 1\n1 1\n")
    done = theorymap("argue", "--file", str(odd), "--semantics", "stable", cwd=tmp_path)
    assert done.returncode == 0 and "no such extension" in done.stdout
    even = tmp_path / "even.tgf"
    even.write_text("".join(f"{n}\n" for n in range(8)) + "#\n" + "".join(f"{n} {n ^ 1}\n" for n in range(8)))
    done = theorymap("argue", "--file", str(even), "--task", "EE-PR", "--limit", "3", cwd=tmp_path)
    assert done.returncode == 3 and "more than 3" in done.stderr
