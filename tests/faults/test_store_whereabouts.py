"""A network share or a folder that is copied to the cloud is recognised before anything is made there (rule E4)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.setup import state as setup
from mesa_recuperacion.dialogue.talk import Broken
from mesa_recuperacion.store import whereabouts
from mesa_recuperacion.store.errors import StoreOnShare, StoreSynced
from mesa_recuperacion.store.quick import glance
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.whereabouts import share_among, share_of, synced_by
from mesa_recuperacion.wiring.setup_port import SetupPort

MOUNTS = r"""22 28 0:21 / /proc rw,nosuid shared:12 - proc proc rw
28 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
31 28 0:27 / /dev/shm rw - tmpfs tmpfs rw
40 28 0:40 / /home rw - btrfs /dev/sdb rw,subvol=/home
41 40 0:41 / /home/ana/red rw - nfs4 servidor:/exportado rw,vers=4.2
42 28 0:42 / /mnt/con\040espacio rw - cifs //servidor/ventas rw
43 28 0:43 / /mnt/usb rw - fuseblk /dev/sdc1 rw
44 28 0:44 / /mnt/lejos rw master:1 - fuse.sshfs ana@lejos: rw
45 41 0:45 / /home/ana/red/local rw - xfs /dev/sdd rw
46 28 0:46 / /media/sf_ventas rw - vboxsf ventas rw
47 28 0:47 / /mnt/c rw - 9p drvfs rw
48 28 0:48 / /docker rw - overlay overlay rw
49 28 0:49 / /zpool rw - zfs zpool rw
50 28 0:50 / /two rw - ext4 /dev/sde rw
51 28 0:51 / /two rw - smb3 //servidor/x rw
nonsense
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/mesa.db", ""),
        ("/home/ana/mesa.db", ""),
        ("/home/ana/red/mesa.db", "nfs4"),
        ("/home/ana/redondo/mesa.db", ""),
        ("/home/ana/red/local/mesa.db", ""),
        ("/mnt/con espacio/caja/mesa.db", "cifs"),
        ("/mnt/usb/mesa.db", ""),
        ("/mnt/lejos/mesa.db", "fuse.sshfs"),
        ("/media/sf_ventas/mesa.db", "vboxsf"),
        ("/mnt/c/Users/Ana/mesa.db", "9p"),
        ("/docker/mesa.db", ""),
        ("/zpool/mesa.db", ""),
        ("/dev/shm/mesa.db", ""),
        ("/two/mesa.db", "smb3"),
    ],
)
def test_e4_a_share_is_told_by_the_mount_that_holds_the_file(place: str, kind: str) -> None:
    assert share_among(MOUNTS, place) == kind


@pytest.mark.parametrize(
    ("inside", "cloud"),
    [
        ("Dropbox/mesa/mesa.db", "Dropbox"),
        ("Dropbox (Zapatería Luz)/mesa.db", "Dropbox"),
        ("OneDrive - Zapatería Luz/mesa.db", "OneDrive"),
        ("onedrive/mesa.db", "OneDrive"),
        ("Google Drive/Mi unidad/mesa.db", "Google Drive"),
        ("Library/CloudStorage/Box-Box/mesa.db", "CloudStorage"),
        ("Library/Mobile Documents/com~apple~CloudDocs/mesa.db", "iCloud"),
        ("Nextcloud/mesa.db", "Nextcloud"),
        ("Box/mesa.db", "Box"),
        ("work/Box/mesa.db", ""),
        ("Dropboxes/mesa.db", ""),
        ("Documentos/OneDrive.db", ""),
        ("mesa.db", ""),
    ],
)
def test_e4_a_folder_that_is_copied_to_the_cloud_is_told_by_its_name(tmp_path: Path, inside: str, cloud: str) -> None:
    assert synced_by(tmp_path / inside, {}, tmp_path) == cloud


def test_e4_a_link_into_such_a_folder_is_one_too_and_so_is_what_the_environment_names(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "mesa").symlink_to(tmp_path / "Dropbox")
    assert synced_by(tmp_path / "mesa" / "mesa.db", {}, tmp_path) == "Dropbox"
    named = {"OneDriveCommercial": str(tmp_path / "Empresa")}
    assert synced_by(tmp_path / "Empresa" / "mesa.db", named, tmp_path) == "OneDrive"
    assert synced_by(tmp_path / "Empresas" / "mesa.db", named, tmp_path) == ""


def test_e4_this_disk_is_one_of_this_machine(tmp_path: Path) -> None:
    assert share_of(tmp_path / "mesa.db") == ""


def test_e4_nothing_is_made_or_opened_on_a_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "red" / "mesa.db"
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"{MOUNTS}99 28 0:99 / {os.path.realpath(path.parent)} rw - nfs4 servidor:/x rw\n")
    path.parent.mkdir()
    Store.create(path).close()
    before = path.read_bytes()
    monkeypatch.setattr(whereabouts, "MOUNTS", mounts)
    for act in (Store.open, Store.open_or_read, Store.create, glance):
        with pytest.raises(StoreOnShare):
            act(path)
    assert [found.name for found in path.parent.iterdir()] == ["mesa.db"]
    assert path.read_bytes() == before


def test_e4_the_first_run_makes_nothing_in_a_cloud_folder(tmp_path: Path) -> None:
    path = tmp_path / "Dropbox" / "mesa.db"
    port = SetupPort(path, tmp_path / "config" / "config.toml")
    asked = setup.FoundBranch(
        language="es", business="Luz", branch="Centro", code="CEN", zone="America/Mexico_City", currency="MXN",
        supervisor="Carla Vega", pin="604813", theme="noche", glyphs="", examples=True,
    )  # fmt: skip
    told = port.carry_out(asked)
    assert isinstance(told, Broken)
    assert told.what == "StoreSynced"
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreSynced):
        Store.create(path)
