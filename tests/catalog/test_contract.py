"""The catalog and its commands keep to the contracts of their kinds."""

import shutil
from pathlib import Path

import pytest

from argosy.parts.registration import Part
from argosy.plugins.host import PluginHost
from argosy.testing.catalogs import check_catalog
from argosy.testing.commands import check_command
from argosy_catalog import ParquetDataCatalog
from tests.catalog.market import GBPUSD

PARTS = PluginHost.installed().parts_of("catalog")
QUERY = "SELECT ts_init, bid_price FROM quotes WHERE instrument_id = 'GBP/USD.SIM'"


def test_the_catalog_keeps_to_the_contract(market: ParquetDataCatalog, tmp_path: Path) -> None:
    folder = shutil.copytree(str(market.path), tmp_path / "catalog")
    check_catalog(lambda: ParquetDataCatalog(folder), GBPUSD.id, sql=QUERY)


@pytest.mark.parametrize(
    "part", [each for each in PARTS if each.kind == "commands"], ids=lambda part: part.name
)
def test_commands_keep_to_the_contract(part: Part) -> None:
    check_command(part.factory)
