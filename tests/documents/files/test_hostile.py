"""Every hostile file gets a verdict from a real, confined worker, and none of them ends the pool."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from documents import Kind, Pool, Verdict
from tests.documents import corpus, hostile

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[hostile.HostileFile]]:
    folder = tmp_path_factory.mktemp("hostile")
    return folder, list(hostile.write(folder))


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    async with Pool(workers=1) as pool:
        yield pool


def test_each_hostile_file_is_written_with_its_answer(files: tuple[Path, list[hostile.HostileFile]]) -> None:
    folder, cases = files
    assert len({case.name for case in cases}) == len(cases) > 40
    for case in cases:
        assert (folder / case.name).exists()
        assert case.reasons <= corpus.CONTRACT_REASONS
        assert case.verdicts <= {"ok", "retake", "officer"}


async def test_every_hostile_file_has_its_verdict_and_the_pool_lives_on(pool: Pool, files: tuple[Path, list[hostile.HostileFile]]) -> None:
    folder, cases = files
    faults = []
    for case in cases:
        check = await pool.check((folder / case.name).read_bytes(), expect=Kind.KTP)
        reasons = {reason.value for reason in check.reasons}
        right = check.verdict.value in case.verdicts and (check.verdict is Verdict.OK or not case.reasons or reasons & case.reasons)
        if not right:
            faults.append((case.name, check.verdict.value, reasons, check.quality, case.verdicts, case.reasons))
    assert not faults
    after = await pool.check(hostile.good_jpeg(), expect=Kind.KTP)
    assert after.verdict is Verdict.OK
    assert after.fields["nik"].startswith("331699")
