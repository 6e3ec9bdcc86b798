"""The shelf of presets, and trying one out without sending."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateways.setups import MINIMAL, NOW, PACKAGED, a_config, acme, packaged, packaged_text
from shopbell.domain.gateway import GatewayConfig
from shopbell.errors import BadInput
from shopbell.gateways.preset_reader import MAX_FILE_CHARS
from shopbell.gateways.rehearsal import HOSTILE, rehearse
from shopbell.gateways.shelf import Shelf, check_preset


def shelf(folder: Path | None = None) -> Shelf:
    return Shelf(now=lambda: NOW, folder=folder)


def test_the_packaged_presets_are_on_the_shelf_in_order() -> None:
    full = shelf()
    assert [preset.id for preset in full.presets()] == sorted(PACKAGED)
    assert full.refused() == ()
    assert full.preset("twilio").name == "Twilio"


def test_a_preset_that_is_not_there_is_named_harmless_with_those_that_are() -> None:
    with pytest.raises(BadInput) as caught:
        shelf().preset("\x1b[31mtwillio" + "o" * 500)
    assert "\x1b" not in caught.value.message
    assert len(caught.value.message) < 120
    assert "twilio" in caught.value.hint


def test_an_own_file_joins_them_and_a_bad_one_is_kept_off_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(MINIMAL)
    (tmp_path / "broken.toml").write_text("schema = 1\nnmae = 'x'")
    (tmp_path / "twilio.toml").write_text(packaged_text("twilio").replace("api.twilio", "evil"))
    (tmp_path / "latin.toml").write_bytes(b"name = '\xff'")
    (tmp_path / "huge.toml").write_text("#" * (MAX_FILE_CHARS + 5))
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "notes.txt").write_text("not a preset")
    full = shelf(tmp_path)
    assert [preset.id for preset in full.presets()] == sorted([*PACKAGED, "acme"])
    reasons = {refused.file: refused.reason for refused in full.refused()}
    assert set(reasons) == {
        "broken.toml",
        "twilio.toml",
        "latin.toml",
        "huge.toml",
        "folder.toml",
    }
    assert "already" in reasons["twilio.toml"]
    assert "id: is missing" in reasons["broken.toml"]
    example = next(field for field in full.preset("twilio").fields if field.key == "address")
    assert example.example == "https://api.twilio.com"


def test_a_folder_that_is_not_there_is_an_empty_one(tmp_path: Path) -> None:
    assert len(shelf(tmp_path / "nowhere").presets()) == len(PACKAGED)


def test_connecting_checks_the_account_and_keeps_one_connection_per_set_up() -> None:
    full = shelf()
    config = a_config(packaged("practice"), {"token": "t"})
    gateway = full.connect(config)
    assert gateway.info == full.preset("practice")
    assert full.connect(a_config(packaged("practice"), {"token": "t"})) is gateway
    assert full.connect(a_config(packaged("practice"), {"token": "u"})) is not gateway
    with pytest.raises(BadInput, match="sid"):
        full.connect(a_config(packaged("twilio"), {}))
    with pytest.raises(BadInput, match="no gateway preset"):
        full.connect(
            GatewayConfig(name="x", preset_id="gone", account={}, price_micros=None, currency=None)
        )
    full.check_account("practice", {"token": "t"})
    with pytest.raises(BadInput):
        full.check_account("practice", {"url": "http://192.0.2.1", "token": "t"})


@pytest.mark.parametrize("name", PACKAGED)
def test_every_packaged_preset_carries_hostile_texts_unharmed(name: str) -> None:
    assert check_preset(packaged_text(name), f"{name}.toml") == ()


def test_the_hostile_texts_hold_what_breaks_requests() -> None:
    together = "".join(HOSTILE)
    for dangerous in ("&", "+", "\n", "\r", "👍", '"', "\\", "{", "#", "%26", "="):
        assert dangerous in together
    assert max(map(len, HOSTILE)) == 1600


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('text = "{text}"', 'text = "{text|digits}"', "does not arrive as it is"),
        ('text = "{text}"', 'text = "hello"', "does not arrive as it is"),
        ('ref = "{ref}"', 'ref = "{account.token}x{valid_until|seconds_left}"', None),
        ('base_url = "{account.url}"', 'base_url = "http://8.8.8.8"', "base_url may use http://"),
        ('path = "/send"', 'path = "@evil.example/"', "a value changes the address"),
        ("[send]", "[snd]", "send: is missing"),
    ],
)
def test_a_preset_that_would_mangle_a_text_is_found_out(
    old: str, new: str, complaint: str | None
) -> None:
    text = MINIMAL.replace(old, new).replace(
        '{ key = "url" }', '{ key = "url", example = "http://127.0.0.1" }'
    )
    problems = check_preset(text, "acme.toml")
    assert bool(problems) is (complaint is not None)
    assert complaint is None or complaint in problems[0]


def test_a_preset_that_can_not_be_filled_in_is_found_out() -> None:
    preset = acme("[auth]\ntype = 'header'\nname = 'X'\nvalue = '{account.url}ä'")
    assert "X holds a character" in rehearse(preset)[0] or "address" in rehearse(preset)[0]
