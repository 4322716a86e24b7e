"""What went wrong with the store or the disk, as one kind sentence: what is safe, and what to do."""

from __future__ import annotations

from pathlib import Path

from mesa_recuperacion.i18n.words import Words

DONE, REFUSED, USAGE = 0, 1, 2
"""Exit codes: done; refused; usage or configuration."""


def store_sentence(words: Words, error: Exception, path: Path) -> str:
    """One sentence for an error of ``store.errors``, which is told by its name."""
    t = words.t
    name = next((cls.__name__ for cls in type(error).__mro__ if cls.__name__ in _KNOWN), "")
    if said := _unfit(words, name, path):
        return said
    match name:
        case "StoreMissing":
            return t("There is no branch at {path} yet. Run mesa to begin one, or mesa demo to try it out.", path=path)
        case "StoreMoved":
            return t("{path} was removed or replaced meanwhile. What was saved before is in the old file; "
                     "run it again.", path=path)  # fmt: skip
        case "StoreNewer" | "StoreOlder":
            return _of_another_version(words, path, newer=name == "StoreNewer")
        case "StoreReadOnly":
            return t("{path} cannot be read or written. Nothing was changed; check the rights of the file and its "
                     "folder.", path=path)  # fmt: skip
        case "StoreBusy":
            return t("Another window is saving in {path} and did not finish. Nothing was lost; run it again.",
                     path=path)  # fmt: skip
        case "StoreFull":
            return t("The disk of {path} is full. What was saved before is safe; free some space and run it again.",
                     path=path)  # fmt: skip
        case "StoreExists":
            return t("There is already a file at {path}. It was left as it is; choose another folder.", path=path)
        case "StoreUnknown":
            return t("It is not certain that the last change to {path} was saved. Look before you repeat it.",
                     path=path)  # fmt: skip
    return t("{path} could not be used. What was saved before is safe; the log has the detail.", path=path)


def _unfit(words: Words, name: str, path: Path) -> str:
    """A file that is none of ours any more, with which copy of it there is; or one in a place where none should be."""
    t = words.t
    gone = {
        "StoreEmpty": t("{path} is empty: something emptied it. Nothing was changed; restore the backup.", path=path),
        "StoreForeign": t(
            "{path} is not a file of this program. Nothing was changed; name another one in the settings.", path=path
        ),
        "StoreCorrupt": t("{path} is damaged. Nothing more was written; restore the backup.", path=path),
        "StoreTouched": t(
            "{path} has a line that is not what was written. Nothing more was written; mesa journal verify names it.",
            path=path,
        ),
    }
    if name in gone:
        return gone[name] + _last_copy(words, path)
    placed = {
        "StoreOnShare": t("{path} is on a network share, where databases get damaged. Nothing was touched; write "
                          "database = \"…\" in the settings, with a file on this computer's own disk.", path=path),
        "StoreSynced": t("{path} is in a folder that is copied to the cloud, which damages databases. Nothing was "
                         "touched; write database = \"…\" in the settings, with a file on this computer's own disk.",
                         path=path),
        "StoreUnsynced": t("The disk of {path} did not confirm the last change. Open it again and look whether it is "
                           "there.", path=path),
    }  # fmt: skip
    return placed.get(name, "")


def reading_sentence(words: Words, error: Exception, path: Path) -> str:
    """Why a store is only read, for whoever asked for something that reading is enough for."""
    return words.t("Reading only: {sentence}", sentence=store_sentence(words, error, path))


def _last_copy(words: Words, path: Path) -> str:
    """Which copy there is of a store, and how it is brought back; empty if there is none."""
    copies = sorted(found.name for found in (path.parent / "backups").glob(f"{path.stem}-*.db"))
    return words.t(" The last copy is {name}: mesa restore brings it back.", name=copies[-1]) if copies else ""


def _of_another_version(words: Words, path: Path, *, newer: bool) -> str:
    t = words.t
    if newer:
        return t("A newer version of mesa made {path}. Nothing was changed; update mesa here, then run it again.",
                 path=path)  # fmt: skip
    return t("An older version of mesa made {path}. Nothing was changed; open it with that version, or name another "
             "file in the settings.", path=path)  # fmt: skip


_KNOWN = frozenset(
    "StoreMissing StoreMoved StoreEmpty StoreForeign StoreNewer StoreOlder StoreReadOnly StoreCorrupt StoreBusy "
    "StoreFull StoreExists StoreUnknown StoreUnsynced StoreOnShare StoreSynced StoreTouched".split()
)


def disk_sentence(words: Words, error: OSError, path: Path) -> str:
    """One sentence for a file or a folder that could not be used."""
    import errno

    t = words.t
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return t("The disk of {path} is full. What was saved before is safe; free some space and run it again.",
                 path=path)  # fmt: skip
    if isinstance(error, FileNotFoundError):
        return t("There is no {path}. Check how the name is written.", path=path)
    if isinstance(error, NotADirectoryError | FileExistsError):
        return t("There is a file where the folder {path} should be. It was left as it is.", path=path)
    if isinstance(error, IsADirectoryError):
        return t("{path} is a folder, and a file is needed.", path=path)
    return t("{path} cannot be read or written. Nothing was changed; check the rights of the file and its folder.",
             path=path)  # fmt: skip
