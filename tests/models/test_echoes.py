import numpy as np

from models.bm25 import index_terms
from models.echoes import kept_passages, laid_out, repeating_passages
from models.tokens import tokenise

BRIEF = [
    "month-end close of six entities in SAP",
    "IFRS consolidation and statutory audit",
    "thirteen-week cash forecast for the banks",
    "handover to the permanent controller",
]
PASSAGES = {
    "told": "Closed the month of four plants in SAP, nine days became five. Moved the budget to a "
    "rolling forecast with the plant managers, coached two juniors and calmed the auditors.",
    "pasted": " ".join(BRIEF),
    "edge": "handover to the permanent controller. Hobbies: sailing, chess, choir",
    "other": "Head nurse of a ward with thirty beds; rosters, audits, handover",
    "shuffled": ", ".join(sorted(" ".join(BRIEF).split()) * 5),
}
OWNER = np.array([0, 0, 0, 1, 2])


def repeating(brief: list[str]) -> list[str]:
    index = index_terms(tokenise(text, "en") for text in PASSAGES.values())
    rows = repeating_passages(index, OWNER, brief, "en", ["en"])
    return [list(PASSAGES)[row] for row in rows]


def test_a_passage_of_the_briefs_words_repeats_it_in_any_order_and_number() -> None:
    assert repeating(BRIEF) == ["pasted", "edge", "shuffled"]


def test_work_told_in_the_same_trade_does_not_repeat_a_brief() -> None:
    assert "told" not in repeating(BRIEF)
    assert repeating(["month-end close", "SAP"]) == []


def test_candidates_keep_their_other_passages() -> None:
    bounds = np.array([0, 3, 4, 5])
    kept = kept_passages(np.array([1, 2, 4]), bounds)
    assert {place: rows.tolist() for place, rows in kept.items()} == {0: [0], 2: []}


def test_kept_passages_are_laid_out_one_candidate_after_another() -> None:
    kept, starts, counts = laid_out({4: np.array([9, 7]), 6: np.zeros(0, np.int64)})
    assert (kept.tolist(), starts.tolist(), counts.tolist()) == ([9, 7], [0, 2], [2, 0])
    assert [part.size for part in laid_out({})] == [0, 0, 0]
