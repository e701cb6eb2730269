"""The tables of the report: every row proves itself, tiles cover the country once."""

from collections import Counter

from extractor.ground.places import provinces, today
from extractor.ground.tables import table
from extractor.report.national import campaign_of, campaigns, national_themes
from extractor.report.payload import Tile


def test_campaigns_catch_their_yes_and_leave_their_no() -> None:
    for row in campaigns():
        assert row.yes, row.campaign
        for title in row.yes:
            assert campaign_of(title) == row.campaign
        for title in row.no:
            assert campaign_of(title) != row.campaign


def test_national_themes_are_of_known_campaigns_and_stand_once() -> None:
    rows = national_themes()
    names = {row.campaign for row in campaigns()}
    assert {row.campaign for row in rows} <= names
    assert max(Counter((row.campaign, row.year, row.theme) for row in rows).values()) == 1
    assert {row.standing for row in rows} == {"national", "local", "memory"}


def test_tiles_cover_every_province_once() -> None:
    tiles = table("tiles.tsv", Tile).rows
    named = set(provinces().values())
    for name, wanted in (("34", {today(one) for one in named}), ("63", named - {"Hà Tây"})):
        own = [tile for tile in tiles if tile.map == name]
        assert len(own) == int(name)
        assert {tile.province for tile in own} == wanted
        assert len({(tile.column, tile.row) for tile in own}) == len({tile.code for tile in own}) == int(name)
