"""Old office files: through LibreOffice where there is one, else a clear refusal."""

import shutil
import time
from pathlib import Path

import pytest
from reading_checks import texts

from extractor.ground.trouble import Missing, Trouble
from extractor.reading import office, read

RTF = b"{\\rtf1\\ansi K\\u7871?  ho\\u7841?ch\\par D\\u242?ng hai\\par}"
needs_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


@pytest.mark.slow
@needs_libreoffice
def test_rtf_is_read_and_keeps_its_type() -> None:
    source = read(RTF, "a.rtf")
    assert [" ".join(text.split()) for text in texts(source)] == ["Kế hoạch", "Dòng hai"]
    assert source.media_type == "application/rtf"


@pytest.mark.slow
@needs_libreoffice
def test_a_file_that_libreoffice_cannot_read() -> None:
    with pytest.raises(Trouble) as caught:
        read(b"{\\rtf1 \x00\x01")
    assert caught.value.code in ("damaged", "empty")


def test_without_libreoffice_the_remedy_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "PROGRAMS", ("no-such-program",))
    with pytest.raises(Missing) as caught:
        read(RTF)
    assert caught.value.code == "no_libreoffice"
    assert "apt-get install" in caught.value.remedy


def test_a_program_that_hangs_is_killed(tmp_path: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(Trouble) as caught:
        office._run(["sleep", "60"], str(tmp_path), 0.2)
    assert caught.value.code == "timeout"
    assert time.monotonic() - begun < 10
