"""Arguments weighed: labels, extensions, translations and explanations, held to definitions that are tried by force."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from theorymap.argue.change import changes
from theorymap.argue.explain import explain
from theorymap.argue.framework import Framework, Label, grounded
from theorymap.argue.labelling import acceptance, labelling
from theorymap.argue.semantics import Extension, OutOfTime, Semantics, Solver, first
from theorymap.argue.structure import Reception, receptions
from theorymap.argue.tasks import LimitReached, answer
from theorymap.argue.translation import translate
from theorymap.argument_map import ArgumentMap, Attack, Bond, Inference, Link, Statement
from theorymap.errors import UsageError
from theorymap.rdf import Iri, Literal, Solutions
from theorymap.terms import TM


@st.composite
def frameworks(draw: st.DrawFn, largest: int = 7) -> Framework:
    size = draw(st.integers(0, largest))
    pairs = [(a, b) for a in range(size) for b in range(size)]
    attacks = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=2 * size)) if pairs else []
    return Framework(tuple(f"a{number}" for number in range(size)), tuple(attacks))


def subsets(size: int) -> Iterator[Extension]:
    for chosen in range(2**size):
        yield frozenset(number for number in range(size) if chosen >> number & 1)


def defends(framework: Framework, held: Extension, argument: int) -> bool:
    return all(held & set(framework.attackers[attacker]) for attacker in framework.attackers[argument])


def by_force(framework: Framework) -> dict[Semantics, set[Extension]]:
    """All extensions, straight from the definitions of Dung 1995."""
    size = len(framework.names)
    free = [s for s in subsets(size) if not any(a in s and b in s for a, b in framework.attacks)]
    admissible = [s for s in free if all(defends(framework, s, a) for a in s)]
    complete = {s for s in admissible if all(a in s for a in range(size) if defends(framework, s, a))}
    return {
        Semantics.COMPLETE: complete,
        Semantics.PREFERRED: {s for s in admissible if not any(s < other for other in admissible)},
        Semantics.STABLE: {s for s in free if all(a in s or s & set(framework.attackers[a]) for a in range(size))},
        Semantics.GROUNDED: {s for s in complete if all(s <= other for other in complete)},
    }


@settings(deadline=None, max_examples=60)
@given(frameworks())
def test_extensions_are_those_of_the_definitions(framework: Framework) -> None:
    solver = Solver(framework)
    for semantics, expected in by_force(framework).items():
        found = list(solver.extensions(semantics))
        assert len(found) == len(set(found))
        assert set(found) == expected


@settings(deadline=None, max_examples=25)
@given(frameworks(5))
def test_credulous_and_sceptical_acceptance_come_with_proof(framework: Framework) -> None:
    solver = Solver(framework)
    for semantics, expected in by_force(framework).items():
        for argument in range(len(framework.names)):
            held, missed = solver.credulous(semantics, argument), solver.missing(semantics, argument)
            assert (held is None) == all(argument not in extension for extension in expected)
            assert held is None or (held in expected and argument in held)
            assert (missed is None) == all(argument in extension for extension in expected)
            assert missed is None or (missed in expected and argument not in missed)


def test_500_random_frameworks_of_up_to_10_arguments_agree_with_brute_force() -> None:
    chance = random.Random(2011)
    for _ in range(500):
        size = chance.randint(1, 10)
        density = chance.uniform(0.05, 0.4)
        attacks = [(a, b) for a in range(size) for b in range(size) if chance.random() < density]
        framework = Framework(tuple(map(str, range(size))), tuple(attacks))
        solver = Solver(framework)
        for semantics, expected in by_force(framework).items():
            assert set(solver.extensions(semantics)) == expected, (attacks, semantics)


@settings(deadline=None, max_examples=60)
@given(frameworks())
def test_the_grounded_labels_are_consistent_and_within_every_complete_extension(framework: Framework) -> None:
    labels = grounded(framework)
    for argument, label in enumerate(labels):
        around = [labels[attacker] for attacker in framework.attackers[argument]]
        assert (label is Label.IN) == all(other is Label.OUT for other in around)
        assert (label is Label.OUT) == (Label.IN in around)
    held = {argument for argument, label in enumerate(labels) if label is Label.IN}
    assert all(held <= extension for extension in Solver(framework).extensions(Semantics.COMPLETE))


@settings(deadline=None, max_examples=30)
@given(frameworks(), st.randoms())
def test_renaming_and_reordering_change_nothing(framework: Framework, chance: random.Random) -> None:
    order = list(range(len(framework.names)))
    chance.shuffle(order)
    other = framework.part(order)
    named = {framework.names[a]: label for a, label in enumerate(grounded(framework))}
    assert {other.names[a]: label for a, label in enumerate(grounded(other))} == named
    for semantics in Semantics:
        before = {frozenset(framework.names[a] for a in e) for e in Solver(framework).extensions(semantics)}
        after = {frozenset(other.names[a] for a in e) for e in Solver(other).extensions(semantics)}
        assert before == after


# Corner cases


def named(*attacks: str, names: str = "") -> Framework:
    """A framework of single letters: ``ab`` says that a attacks b."""
    return Framework.of(sorted({*names, *"".join(attacks)}), [(pair[0], pair[1]) for pair in attacks])


@pytest.mark.parametrize(
    ("framework", "grounded_labels", "preferred", "stable"),
    [
        pytest.param(named(), "", {""}, {""}, id="empty"),
        pytest.param(named("aa"), "u", {""}, set(), id="self-attack"),
        pytest.param(named("ab", "bc", "ca"), "uuu", {""}, set(), id="odd cycle"),
        pytest.param(named("ab", "ba"), "uu", {"a", "b"}, {"a", "b"}, id="even cycle"),
        pytest.param(named("ab", "bc"), "ioi", {"ac"}, {"ac"}, id="reinstatement"),
        pytest.param(named("aa", "ab", names="c"), "uui", {"c"}, set(), id="self-attacker blocks"),
    ],
)
def test_corner_cases(framework: Framework, grounded_labels: str, preferred: set[str], stable: set[str]) -> None:
    def words(semantics: Semantics) -> set[str]:
        return {"".join(framework.names[a] for a in sorted(e)) for e in Solver(framework).extensions(semantics)}

    assert "".join(label.value[0] for label in grounded(framework)) == grounded_labels
    assert words(Semantics.PREFERRED) == preferred
    assert words(Semantics.STABLE) == stable


# Maps: recursive attacks and linked premises


def afra(map: ArgumentMap) -> Framework:
    """The framework of statements and attacks, straight from definitions 3 to 6 of AFRA (Baroni et al. 2011)."""
    source = {attack.id: attack.attackers[0] for attack in map.attacks}
    target = {attack.id: attack.target for attack in map.attacks}
    names = [*(statement.id for statement in map.statements), *source]
    direct = [(attack, target[attack]) for attack in source]
    indirect = [(attack, other) for attack in source for other in source if source[other] == target[attack]]
    return Framework.of(names, dict.fromkeys(direct + indirect))


@pytest.mark.parametrize("semantics", [Semantics.COMPLETE, Semantics.PREFERRED, Semantics.STABLE, Semantics.GROUNDED])
def test_attacks_on_attacks_are_weighed_as_the_definitions_of_afra_say(semantics: Semantics) -> None:
    chance = random.Random(semantics.value)
    for _ in range(200):
        statements = tuple(Statement(f"s{n}", "text") for n in range(chance.randint(1, 4)))
        attacks: list[Attack] = []
        for number in range(chance.randint(0, 6)):
            aims = [s.id for s in statements] + [a.id for a in attacks]
            attacks.append(Attack(f"k{number}", (chance.choice(statements).id,), chance.choice(aims)))
        map = ArgumentMap(statements, attacks=tuple(attacks))
        reference, translation = afra(map), translate(map)
        expected = {
            frozenset(reference.names[place] for place in extension) for extension in by_force(reference)[semantics]
        }
        found = set()
        for extension in Solver(translation.framework).extensions(semantics):
            labels = translation.labels(labelling(translation.framework, extension))
            found.add(frozenset(id for id, label in labels.items() if label is Label.IN))
        assert found == expected


Tree = tuple[str, tuple["Tree", ...]]


def trees(map: ArgumentMap, statement: str, above: frozenset[str] = frozenset()) -> list[Tree]:
    """Every argument for a statement in the sense of ASPIC+: a premise, or a rule over arguments for its premises."""
    if statement in above:
        return []
    found: list[Tree] = [(statement, ())] if map[statement].asserted else []
    for inference in map.inferences:
        if inference.conclusion == statement:
            below = [trees(map, premise, above | {statement}) for premise in inference.premises]
            found += [(inference.id, combined) for combined in itertools.product(*below)]
    return found


def parts(tree: Tree) -> Iterator[Tree]:
    yield tree
    for other in tree[1]:
        yield from parts(other)


def aspic(map: ArgumentMap) -> dict[str, Label | None]:
    """The grounded label of each statement by way of all its arguments, however many."""
    concluding = {inference.id: inference.conclusion for inference in map.inferences}
    nodes: list[Tree] = [tree for statement in map.statements for tree in trees(map, statement.id)]
    for attack in map.attacks:
        carriers = [[tree for tree in nodes if concluding.get(tree[0], tree[0]) == id] for id in attack.attackers]
        nodes += [(attack.id, combined) for combined in itertools.product(*carriers)]

    def hits(attack: Attack, tree: Tree) -> bool:
        return any(attack.target in (part[0], concluding.get(part[0])) for part in parts(tree))

    by_id = {attack.id: attack for attack in map.attacks}
    pairs = [
        (a, b)
        for a, attacker in enumerate(nodes)
        for b, tree in enumerate(nodes)
        if attacker[0] in by_id and hits(by_id[attacker[0]], tree)
    ]
    labels = grounded(Framework(tuple(map_str(nodes)), tuple(pairs)))
    found: dict[str, Label | None] = {}
    for statement in map.statements:
        own = [labels[n] for n, tree in enumerate(nodes) if concluding.get(tree[0], tree[0]) == statement.id]
        found[statement.id] = best(own)
    return found


def map_str(nodes: Iterable[Tree]) -> list[str]:
    return [f"{number} {node}" for number, node in enumerate(nodes)]


def best(labels: Iterable[Label]) -> Label | None:
    seen = set(labels)
    return next((label for label in (Label.IN, Label.UNDECIDED, Label.OUT) if label in seen), None)


def random_map(chance: random.Random) -> ArgumentMap:
    statements = tuple(Statement(f"s{n}", "text", asserted=chance.random() < 0.6) for n in range(chance.randint(1, 5)))
    ids = [statement.id for statement in statements]
    inferences = tuple(
        Inference(f"i{n}", tuple(dict.fromkeys(chance.choices(ids, k=chance.randint(1, 2)))), chance.choice(ids))
        for n in range(chance.randint(0, 5))
    )
    attacks: list[Attack] = []
    for n in range(chance.randint(0, 4)):
        aims = ids + [inference.id for inference in inferences] + [attack.id for attack in attacks]
        attacks.append(Attack(f"k{n}", (chance.choice(ids),), chance.choice(aims)))
    return ArgumentMap(statements, inferences, tuple(attacks))


def test_the_compact_translation_gives_the_labels_of_all_aspic_arguments() -> None:
    """Also where statements support themselves in a circle."""
    chance = random.Random(2013)
    for _ in range(400):
        map = random_map(chance)
        found = translate(map).grounded()
        for id, label in aspic(map).items():
            assert (found[id] or Label.OUT) == (label or Label.OUT), (map, id)


def linked(*attacks: Attack, links: tuple[Link, ...] = (), **changed: object) -> ArgumentMap:
    """p and q together lead to c; r, s and t are put forward beside them."""
    statements = tuple(Statement(id, f"The text of {id}.", asserted=id != "c") for id in "pqcrst")
    return ArgumentMap(statements, (Inference("i", ("p", "q"), "c"),), attacks, links)


def labels_of(map: ArgumentMap) -> str:
    """The labels of p, q, c and the step, each by its first letter."""
    found = translate(map).grounded()
    return "".join(label.value[0] if (label := found[id]) else "-" for id in "pqci")


@pytest.mark.parametrize(
    ("map", "expected"),
    [
        pytest.param(linked(), "iiii", id="two linked premises"),
        pytest.param(linked(Attack("k", ("r",), "p")), "oioo", id="one premise falls, and with it the step"),
        pytest.param(linked(Attack("k", ("r",), "i")), "iioo", id="an undercut leaves the premises"),
        pytest.param(linked(Attack("k", ("r",), "c")), "iioo", id="a rebuttal meets the step that concludes"),
        pytest.param(linked(Attack("k", ("r",), "i"), Attack("m", ("s",), "k")), "iiii", id="an undercut undercut"),
        pytest.param(linked(Attack("k", ("c",), "p")), "uiuu", id="a conclusion against its own premise"),
        pytest.param(linked(links=(Link(Bond.CONTRADICTS, "r", "p"),)), "uiuu", id="contradictories attack each other"),
        pytest.param(linked(links=(Link(Bond.CONTRARY, "r", "p"),)), "oioo", id="a contrary attacks one way"),
        pytest.param(linked(links=(Link(Bond.CONCEDES, "r", "p"),)), "iiii", id="what is conceded attacks nothing"),
        pytest.param(linked(links=(Link(Bond.RIVAL, "r", "p"),)), "iiii", id="rival explanations do not attack"),
        pytest.param(linked(links=(Link(Bond.LIMITS, "r", "p"),)), "iiii", id="a limit attacks nothing inside it"),
    ],
)
def test_what_each_relation_does(map: ArgumentMap, expected: str) -> None:
    assert labels_of(map) == expected


def test_a_limit_undercuts_a_step_that_leads_outside_of_it() -> None:
    scope = {"c": (("period", "after"),), "r": (("period", "before"),)}
    statements = tuple(Statement(id, id, asserted=id != "c", scope=scope.get(id, ())) for id in "pqcrst")
    links = (Link(Bond.LIMITS, "r", "p"),)
    assert labels_of(ArgumentMap(statements, (Inference("i", ("p", "q"), "c"),), links=links)) == "iioo"


def test_what_is_only_considered_is_weighed_and_carries_nothing() -> None:
    statements = (Statement("p", "p"), Statement("c", "c", asserted=False))
    found = acceptance(translate(ArgumentMap(statements, (Inference("i", ("p",), "c", entertained=True),))))
    assert found == {"p": "in", "c": "not-put-forward", "i": "in"}


def test_no_stable_extension_accepts_nothing() -> None:
    map = ArgumentMap((Statement("s", "s"),), attacks=(Attack("k", ("s",), "s"),))
    assert acceptance(translate(map), Semantics.STABLE) == {}
    assert acceptance(translate(map), Semantics.PREFERRED)["s"] == "undecided"


# Explanations


def sentences(map: ArgumentMap, id: str) -> list[str]:
    return [f"{row[0].value}: {row[1].value}" for row in explain(translate(map), id).rows]


def test_an_explanation_names_objection_answer_and_defence() -> None:
    map = linked(Attack("k", ("r",), "i"), Attack("m", ("s",), "k"))
    told = sentences(map, "c")
    assert told[0] == (
        "verdict: It stands: nobody objects to it with a reason, by argument alone: nobody in the documents asserts it."
    )
    assert any("The text of r." in line and "undercuts the step. The objection falls." in line for line in told)
    assert any("The text of s." in line and "undercuts that objection. The objection stands." in line for line in told)
    assert any(line.startswith("defence: ") and "m" in line for line in sentences(map, "i"))


@pytest.mark.parametrize(
    ("map", "expected"),
    [
        pytest.param(linked(Attack("k", ("r",), "i")), "while the step to it falls", id="the one step falls"),
        pytest.param(
            replace(
                linked(Attack("k", ("r",), "i")), inferences=(Inference("i", ("p",), "c"), Inference("j", ("q",), "c"))
            ),
            "while a step to it falls",
            id="one of two steps falls",
        ),
        pytest.param(
            linked(Attack("k", ("r",), "i"), Attack("m", ("s",), "r"), Attack("n", ("r",), "s")),
            "while the step to it stays open",
            id="the step stays open",
        ),
    ],
)
def test_an_objection_to_a_step_is_not_said_to_be_aimed_at_the_claim(map: ArgumentMap, expected: str) -> None:
    asserted = replace(map, statements=tuple(replace(s, asserted=True) for s in map.statements))
    told = sentences(asserted, "c")
    assert told[0].startswith(f"verdict: It stands: no objection is aimed at the claim itself, {expected}")


@pytest.mark.parametrize(
    ("attacks", "expected"),
    [
        pytest.param((), "It stands, since no argument defeats it. But it is disputed", id="without an objection"),
        pytest.param((Attack("k", ("r",), "p"),), "an objection to it stands. It is disputed", id="defeated"),
        pytest.param(
            (Attack("k", ("r",), "p"), Attack("m", ("s",), "k")),
            "every objection to it falls. But it is disputed",
            id="every objection falls",
        ),
    ],
)
def test_the_verdict_says_that_a_claim_is_disputed(attacks: tuple[Attack, ...], expected: str) -> None:
    table = explain(translate(linked(*attacks)), "p", received={"p": Reception.DISPUTED})
    assert expected in str(table.rows[0][1].value)
    assert str(table.rows[0][1].value).endswith("no document here takes it over.")


def _attributed(*told: tuple[str, str, str]) -> Solutions:
    """Attributions of one claim: the document, what its holder does with the claim, and the stance of its author."""
    rows = [
        ("claim/c", f"_:{number}", key, value if key == "document" else f"{TM}{key}/{value}")
        for number, facts in enumerate(told)
        for key, value in zip(("document", "commitment", "stance"), facts, strict=True)
    ]
    terms = [tuple(Literal(part) if part == row[2] else Iri(part) for part in row) for row in rows]
    return Solutions(("id", "attribution", "key", "value"), terms)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param([("a", "asserts", "neutral")], Reception.ONLY_TOLD, id="told of others"),
        pytest.param([("a", "asserts", "qualifies")], Reception.ONLY_TOLD, id="accepted within limits"),
        pytest.param([("a", "asserts", "disputes"), ("b", "asserts", "uses")], Reception.TAKEN_OVER, id="used by one"),
        pytest.param(
            [("a", "asserts", "disputes"), ("a", "denies", "neutral")], Reception.DISPUTED, id="disputed once"
        ),
        pytest.param(
            [("a", "asserts", "disputes"), ("b", "asserts", "neutral")], Reception.ONLY_TOLD, id="by one of two"
        ),
        pytest.param(
            [("a", "denies", "asserts"), ("b", "asserts", "disputes")], Reception.DISPUTED, id="denied as an own view"
        ),
        pytest.param([("a", "denies", "neutral")], Reception.ONLY_TOLD, id="denied by somebody else"),
    ],
)
def test_what_the_documents_make_of_a_claim(told: list[tuple[str, str, str]], expected: Reception) -> None:
    assert receptions(lambda part: _attributed(*told)) == {"claim/c": expected}


@pytest.mark.parametrize(
    ("scheme", "words"),
    [("abduction", "by inference to the best explanation"), ("modus-ponens", "by modus ponens")],
)
def test_a_scheme_is_told_of_in_words(scheme: str, words: str) -> None:
    step = Inference("i", ("p",), "c", scheme=scheme, makers=("Ada",))
    told = sentences(replace(linked(), inferences=(step,)), "c")
    assert f"argument: Ada argues to it, {words}. The step stands." in told


def test_an_explanation_shows_a_denial_without_a_reason() -> None:
    told = sentences(ArgumentMap((Statement("s", "It is so.", denied=True),)), "s")
    assert "denial: It is denied or doubted without a reason; that is shown and not counted." in told


@pytest.mark.parametrize(
    ("map", "id", "expected"),
    [
        pytest.param(linked(), "c", [("c",), ("i",), ("p",), ("q",)], id="any link of the chain"),
        pytest.param(linked(Attack("k", ("r",), "c")), "c", [("k",), ("r",)], id="an answer to the objection"),
        pytest.param(
            linked(Attack("k", ("r",), "c"), Attack("m", ("s",), "c")),
            "c",
            [("k", "m"), ("k", "s"), ("m", "r"), ("r", "s")],
            id="two objections need two answers",
        ),
    ],
)
def test_what_would_change_a_label_is_found(map: ArgumentMap, id: str, expected: list[tuple[str, ...]]) -> None:
    assert changes(translate(map), id) == expected


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_every_change_that_is_named_changes_the_label(seed: int) -> None:
    translation = translate(random_map(random.Random(seed)))
    for id, label in translation.grounded().items():
        if label is not None:
            for names in changes(translation, id, largest=2):
                hit = [argument for name in names for argument in translation.stands_as(name)]
                assert translation.grounded([n for n in hit if n in translation.place])[id] is not label


# Tasks


@pytest.mark.parametrize(
    ("task", "argument", "expected"),
    [
        ("SE-PR", "", "[a]"),
        ("EE-PR", "", "[[a],[b]]"),
        ("EE-CO", "", "[[],[a],[b]]"),
        ("CE-ST", "", "2"),
        ("SE-GR", "", "[]"),
        ("DC-CO", "a", "YES\n[a]"),
        ("DS-PR", "a", "NO\n[b]"),
        ("DC-GR", "a", "NO"),
    ],
)
def test_tasks_are_answered_in_the_words_of_the_competition(task: str, argument: str, expected: str) -> None:
    framework = named("ab", "ba")
    if task == "SE-PR":
        assert answer(framework, task)[0] in ("[a]", "[b]")
    else:
        assert answer(framework, task, argument)[0] == expected


def test_numbers_are_written_with_w() -> None:
    assert answer(named("ab", "bc"), "SE-PR", numbers=True)[0] == "w 1 3"


def test_what_holds_of_no_extension_is_said_to_be_so() -> None:
    words, note = answer(named("aa"), "DS-ST", "a")
    assert words == "YES" and "no stable extension" in note
    assert answer(named("aa"), "SE-ST") == ("NO", "There is no stable extension.")


def test_a_limit_is_told_of() -> None:
    with pytest.raises(LimitReached) as told:
        answer(named("ab", "ba"), "EE-CO", limit=2)
    assert "more than 2" in str(told.value)
    assert first(iter([frozenset()]), 1) == ([frozenset()], False)


def test_a_search_is_stopped_in_time() -> None:
    size = 60
    attacks = [(a, b) for a in range(size) for b in range(size) if a // 3 == b // 3 and a != b]
    framework = Framework(tuple(map(str, range(size))), tuple(attacks))
    with pytest.raises(OutOfTime):
        sum(1 for _ in Solver(framework, timeout=0.3).extensions(Semantics.PREFERRED))


@pytest.mark.parametrize(("task", "argument"), [("SE-XX", ""), ("DC-CO", ""), ("DS-PR", "z")])
def test_a_task_that_cannot_be_done_is_a_wrong_use(task: str, argument: str) -> None:
    with pytest.raises(UsageError):
        answer(named("ab"), task, argument)
