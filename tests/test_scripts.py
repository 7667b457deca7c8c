"""Run the commands of scripts/ as an editor does: what they say, how they end, and what they leave
alone.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import publish as script
from building import ROOT, SITE, environment, files, pages, publish
from kennisplatform.cli import main
from kennisplatform.loading import CACHE
from kennisplatform.site.earlier import keep, spare_of

PATIENCE = 90
"""Seconds; how long a slow machine may take to build the site."""


def run(script: str, *arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "scripts" / script, *arguments],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
    )


def wait_for(happened: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "this takes too long"
        time.sleep(0.05)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the invented content to break."""
    return Path(shutil.copytree(SITE, tmp_path / "content"))


@pytest.fixture
def output(tmp_path: Path, site: Path) -> Path:
    """A site that was published before."""
    return Path(shutil.copytree(site, tmp_path / "site"))


def break_pages(content: Path) -> None:
    for name, old, new in (
        ("practices/stille-avond-in-de-raadzaal", "titel:", "tietel:"),
        ("instruments/praatplaat", "pijler: [", "pijler: [Onbekend, "),
    ):
        page = content / f"{name}.md"
        page.write_text(page.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    (content / "events" / "leeg.md").write_text("", encoding="utf-8")


def check(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Do what scripts/check does, in this process; give its exit status and what it says to
    both.
    """
    try:
        status = main(["check", *arguments])
    except SystemExit as stopped:
        status = int(str(stopped.code))
    return status, *capsys.readouterr()


def test_check_finds_nothing_in_sound_content() -> None:
    done = run("check", "--content", SITE)
    assert done.returncode == 0
    assert "Geen fouten in 40 pagina’s en 2 concepten." in done.stdout


def test_who_reads_no_further_hears_no_more(content: Path) -> None:
    break_pages(content)
    command = [sys.executable, "-m", "kennisplatform", "check", "--content", str(content)]
    ends = subprocess.PIPE
    with subprocess.Popen(command, stdout=ends, stderr=ends, env=environment()) as check:
        assert check.stdout and check.stderr
        check.stdout.close()
        assert check.stderr.read() == b""


def test_check_reports_all_files_at_once(content: Path, tmp_path: Path) -> None:
    break_pages(content)
    done = run("check", "--content", "content", cwd=tmp_path)
    assert done.returncode == 1
    for start in (
        "practices/stille-avond-in-de-raadzaal.md:2: fout: ",
        "instruments/praatplaat.md:5: fout: ",
        "events/leeg.md:1: fout: ",
    ):
        assert any(line.startswith(f"content/{start}") for line in done.stdout.splitlines()), (
            start,
            done.stdout,
        )
    assert "in 3 bestanden" in done.stdout.splitlines()[-1]


def test_check_of_one_file_speaks_only_of_that_file(
    content: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    break_pages(content)
    status, said, _ = check("--content", "content", "content/events/leeg.md", capsys=capsys)
    assert status == 1
    assert [line.split(":")[0] for line in said.splitlines() if ": fout: " in line] == [
        "content/events/leeg.md"
    ]
    assert check("--content", "content", "content/publications", capsys=capsys)[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [["--content", "er-is-niets"], ["er-is-niets.md"], ["--onbekend"], ["--format", "onbekend"]],
    ids=" ".join,
)
def test_check_ends_with_2_when_used_wrongly(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    status, _, said = check(*arguments, capsys=capsys)
    assert status == 2
    assert said


def test_check_finds_what_would_stop_a_build(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A draft is not published, so a reference to it leads nowhere."""
    page = content / "instruments" / "praatplaat.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("datum:", "concept: ja\ndatum:", 1),
        encoding="utf-8",
    )
    status, said, _ = check("--content", str(content), capsys=capsys)
    assert status == 1
    assert "[verwijst-naar-concept]" in said


def test_a_failed_build_leaves_the_previous_site(
    content: Path, output: Path, tmp_path: Path
) -> None:
    before = files(output)
    break_pages(content)
    done = run("build", "--content", content, "--output", output)
    assert done.returncode == 1
    assert "leeg.md:1: fout: " in done.stdout
    assert files(output) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["content", "site"]


def test_a_killed_build_leaves_the_previous_site_and_the_next_one_cleans_up(
    output: Path, tmp_path: Path
) -> None:
    before = files(output)
    killed = subprocess.Popen(
        [ROOT / "scripts" / "build", "--content", SITE, "--output", output],
        env=environment(),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for(lambda: next(tmp_path.glob(".site-new-*/site/praktijken"), None))
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait(PATIENCE)
    assert files(output) == before
    assert list(tmp_path.glob(".site-new-*"))
    assert run("build", "--content", SITE, "--output", output).returncode == 0
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def start_build(output: Path, content: Path = SITE) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, ROOT / "scripts" / "publish.py", "--content", content, "--output", output],
        env=environment(),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_a_build_that_is_asked_to_stop_leaves_the_previous_site_and_nothing_else(
    output: Path, tmp_path: Path
) -> None:
    before = files(output)
    stopped = start_build(output)
    wait_for(lambda: next(tmp_path.glob(".site-new-*/site/praktijken"), None))
    stopped.terminate()
    assert stopped.wait(PATIENCE) == 130
    assert files(output) == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_two_builds_at_once_both_end_well(
    output: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (output / "oud.html").write_text("x", encoding="utf-8")
    content = pages(tmp_path_factory.mktemp("klein") / "content", {})
    builds = [start_build(output, content), start_build(output, content)]
    assert [build.wait(2 * PATIENCE) for build in builds] == [0, 0]
    assert (output / "praktijken" / "index.html").is_file() and not (output / "oud.html").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_site_is_swapped_in_two_steps_where_one_cannot_be(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS. What a kill between the two leaves is put back by the next build."""
    monkeypatch.setattr(script, "exchange", lambda one, other: False)
    before, new = files(output), tmp_path / ".site-new-x"
    new.mkdir()
    (new / "index.html").write_text("nieuw", encoding="utf-8")
    old = script.swap(new, output)
    assert (list(files(output)), files(old)) == (["index.html"], before)
    shutil.rmtree(output)
    script.clean_up(output)
    assert files(output) == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_build_after_an_edit_is_that_of_a_clean_one(
    content: Path, output: Path, tmp_path: Path
) -> None:
    """Whatever lies in the spare, which is the site of two builds ago."""
    page = content / "practices" / "stille-avond-in-de-raadzaal.md"
    for number in range(3):
        with page.open("a", encoding="utf-8") as text:
            text.write(f"\nZin {number} erbij.\n")
        assert publish(output, "--content", content).returncode == 0
        with suppress(FileNotFoundError):  # a build elsewhere may have put it away
            (spare_of(output, ROOT / CACHE) / "van-een-ander.html").write_bytes(b"x")
    clean = tmp_path / "schoon"
    assert publish(clean, "--content", content).returncode == 0
    assert files(output) == files(clean)
    assert {output.stat().st_mode, (output / "data").stat().st_mode} == {content.stat().st_mode}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["content", "schoon", "site"]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB with a small site on it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"only an administrator can make a disk to fill: {mounted.stderr.strip()}")
    for name in ("index.html", "404.html"):
        (folder / "site").mkdir(exist_ok=True)
        (folder / "site" / name).write_text("oud", encoding="utf-8")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_full_disk_leaves_the_previous_site(disk: Path) -> None:
    before = files(disk)
    done = publish(disk / "site", "--content", SITE)
    assert done.returncode == 1
    assert "De schijf is vol." in done.stderr and "de vorige site staat er nog" in done.stderr
    assert "Traceback" not in done.stderr and "Geen fouten" not in done.stdout
    assert files(disk) == before


def test_a_spare_that_cannot_be_brought_up_to_date_costs_no_build(
    tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as one with something of another account in it."""
    spare, folders = spare_of(output, ROOT / CACHE), list[Path]()
    shutil.copytree(output, spare, dirs_exist_ok=True)

    def built(content: Path, folder: Path, *more: object) -> tuple[int, str]:
        folders.append(folder)
        if spare.exists():
            spare.rename(folder)
            return 1, "[Errno 13] Permission denied: 'x'"
        shutil.copytree(output, folder)
        (folder / "nieuw.html").touch()
        return 0, ""

    monkeypatch.setattr(script, "build", built)
    monkeypatch.setattr(signal, "signal", lambda *given: None)
    monkeypatch.setattr(sys, "argv", ["build", "--output", str(output)])
    assert script.main() == 0
    assert len({*folders}) == 2 and (output / "nieuw.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == [output.name]
    shutil.rmtree(spare)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can be another account")
def test_a_site_of_another_account_is_replaced() -> None:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o777)
        (home / "site").mkdir()
        (home / "site" / "oud.html").touch()
        child = os.fork()
        if not child:
            with suppress(BaseException):
                os.setuid(65534)
                (home / ".site-new-x" / "site").mkdir(parents=True)
                old = script.swap(home / ".site-new-x" / "site", home / "site")
                keep(old, home / "cache" / "sites" / "x", home / ".site-new-x")
                os._exit(not (old / "oud.html").exists())
            os._exit(2)
        assert os.waitpid(child, 0)[1] == 0
        assert [*(home / "site").iterdir()] == []


def test_on_another_disk_no_spare_is_kept(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
    for _ in range(2):
        assert publish(disk / "site", "--content", SITE).returncode == 0
    assert [p.name for p in disk.iterdir()] == ["site"]
    assert not spare_of(disk / "site", ROOT / CACHE).exists()
    assert script.is_whole(disk / "site")


def test_a_disk_that_cannot_be_written_leaves_the_previous_site(disk: Path) -> None:
    before = files(disk)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    done = publish(disk / "site", "--content", SITE)
    assert done.returncode == 1
    assert (
        "Dit account mag daar niet lezen of schrijven." in done.stderr
        and "Er is niets gepubliceerd" in done.stderr
    )
    assert files(disk) == before


def test_a_file_that_cannot_be_written_whole_leaves_the_previous_site(
    output: Path, tmp_path: Path
) -> None:
    """A limit on the size of a file, which everyone can set, fails as a full disk does: half
    way.
    """
    before = files(output)
    command = (
        f"ulimit -f 40 && exec '{sys.executable}' '{ROOT / 'scripts' / 'publish.py'}' --content "
        f"'{SITE}' --output '{output}'"
    )
    done = subprocess.run(
        ["bash", "-c", command], env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "File too large" in done.stderr and "de vorige site staat er nog" in done.stderr
    assert files(output) == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_disk_itself_is_not_replaced(disk: Path) -> None:
    shutil.copytree(disk / "site", disk, dirs_exist_ok=True)
    done = publish(disk, "--content", SITE)
    assert done.returncode == 2
    assert "is een aangekoppelde schijf" in done.stderr


def test_report_writes_where_it_is_told(tmp_path: Path) -> None:
    done = run(
        "report", "--content", SITE, "--from", "2019-01-01", "--output", "rapport.md", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert (
        (tmp_path / "rapport.md")
        .read_text(encoding="utf-8")
        .startswith("# Voortgang dorpskracht\n")
    )


@pytest.mark.parametrize(
    "output", [ROOT, ROOT / "content", ROOT / "src"], ids=["root", "content", "src"]
)
def test_a_build_does_not_overwrite_what_is_no_site(
    output: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(output.iterdir())
    monkeypatch.setattr(sys, "argv", ["scripts/build", "--output", str(output)])
    assert script.main() == 2
    assert "Kies met --output" in capsys.readouterr().err
    assert sorted(output.iterdir()) == before


@pytest.fixture
def served(content: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve the copy with its broken pages; give the address, and the process that is stopped in
    the end if it still runs.
    """
    break_pages(content)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [ROOT / "scripts" / "serve", "--port", str(port), "--content", content],
        env=environment(),
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        # It ends what it started only when it is asked to.
        process.terminate()
        process.wait(PATIENCE)


def get(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            found: str = answer.read().decode()
            return found
    except (urllib.error.URLError, ConnectionError):
        return ""


def test_serving_shows_a_broken_page_beside_the_others_and_ends_when_it_is_asked_to(
    content: Path, served: tuple[str, subprocess.Popen[bytes]]
) -> None:
    """What changes while it serves, test_serve_browser.py looks at."""
    address, process = served
    wait_for(
        lambda: (
            "stille-avond-in-de-raadzaal.md:2"
            in get(f"{address}/praktijken/stille-avond-in-de-raadzaal/")
        )
    )
    assert "data-page-slug" in get(f"{address}/instrumenten/wandelkaart/")
    assert process.poll() is None
    process.terminate()
    process.wait(PATIENCE)
    wait_for(lambda: get(address) == "")


def test_serve_says_so_when_the_port_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "is al in gebruik" in done.stderr
