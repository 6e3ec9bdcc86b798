"""A till with a practice shop, alone or with a practice gateway that is running."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopbell.gateways.practice import PracticeGateway
from shopbell.gateways.practice_script import Script
from shopbell.services.clock import SystemClock
from till import PASSPHRASE, Till


@pytest.fixture(scope="session")
def fresh_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice shop that nobody has used yet; copied for each test."""
    file = tmp_path_factory.mktemp("shop") / "shop.db"
    till = Till(file=file)
    made = till.run(
        *("new", str(file), "--name", "Fern & Finch", "--country", "US"),
        *("--timezone", "America/New_York", "--phone", "212-555-0100", "--practice", "--json"),
    )
    assert made.code == 0, made
    return file


@pytest.fixture
def till(tmp_path: Path, fresh_shop: Path) -> Till:
    """A till over a practice shop of its own."""
    file = tmp_path / "shop.db"
    shutil.copyfile(fresh_shop, file)
    return Till(file=file, passphrase=PASSPHRASE)


@pytest.fixture
def practice() -> Iterator[PracticeGateway]:
    """A practice gateway that delivers at once."""
    gateway = PracticeGateway(now=SystemClock().now, script=Script(delay_s=0))
    gateway.start()
    yield gateway
    gateway.stop()


@pytest.fixture
def counter(till: Till, practice: PracticeGateway) -> Till:
    """A till whose shop can send."""
    till.use(practice.account)
    return till
