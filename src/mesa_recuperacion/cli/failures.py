"""What went wrong with the store or the disk, as one kind sentence: what is safe, and what to do."""

from __future__ import annotations

from pathlib import Path

from mesa_recuperacion.i18n.words import Words

DONE, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: done; refused; usage or configuration; stopped with Ctrl+C, as shells expect it."""


def store_sentence(words: Words, error: Exception, path: Path) -> str:
    """One sentence for an error of ``store.errors``, which is told by its name."""
    known = _of_the_file(words, path) | _of_the_work(words, path)
    name = next((cls.__name__ for cls in type(error).__mro__ if cls.__name__ in known), "")
    if name:
        return known[name]
    return words.t("{path} could not be used. What was saved before is safe; the log has the detail.", path=path)


def _of_the_file(words: Words, path: Path) -> dict[str, str]:
    """What the file is, or is not."""
    t, copy = words.t, _last_copy(words, path)
    return {
        "StoreMissing": t("There is no branch at {path} yet. Run mesa to begin one, or mesa demo to try it out.",
                          path=path),
        "StoreEmpty": t("{path} is empty: something emptied it. Nothing was changed; restore the backup.",
                        path=path) + copy,
        "StoreForeign": t("{path} is not a file of this program. Nothing was changed; name another one in the "
                          "settings.", path=path) + copy,
        "StoreNewer": t("A newer version of mesa made {path}. Nothing was changed; update mesa here, then run it "
                        "again.", path=path),
        "StoreOlder": t("An older version of mesa made {path}. Nothing was changed; open it with that version, or name "
                        "another file in the settings.", path=path),
        "StoreCorrupt": t("{path} is damaged. Nothing more was written; restore the backup.", path=path) + copy,
        "StoreTouched": t("{path} has a line that is not what was written. Nothing more was written; mesa journal "
                          "verify names it.", path=path) + copy,
        "StoreOnShare": t("{path} is on a network share, where databases get damaged. Nothing was touched; write "
                          "database = \"…\" in the settings, with a file on this computer's own disk.", path=path),
        "StoreSynced": t("{path} is in a folder that is copied to the cloud, which damages databases. Nothing was "
                         "touched; write database = \"…\" in the settings, with a file on this computer's own disk.",
                         path=path),
        "StoreExists": t("There is already a file at {path}. It was left as it is; choose another folder.", path=path),
    }  # fmt: skip


def _of_the_work(words: Words, path: Path) -> dict[str, str]:
    """What kept it from being used."""
    t = words.t
    return {
        "StoreMoved": t("{path} was removed or replaced meanwhile. What was saved before is in the old file; "
                        "run it again.", path=path),
        "StoreReadOnly": t("{path} cannot be read or written. Nothing was changed; check the rights of the file and "
                           "its folder.", path=path),
        "StoreBusy": t("Another window is saving in {path} and did not finish. Nothing was lost; run it again.",
                       path=path),
        "StoreFull": t("The disk of {path} is full. What was saved before is safe; free some space and run it again.",
                       path=path),
        "KeysUnfit": t("The keys of this computer (keys.json) cannot be read. Nothing was changed; put back the copy "
                       "that was kept of them."),
        "StoreUntied": t("{path} is tied with a key that is not on this computer. Nothing was changed; put keys.json "
                         "back from the computer where it was, or from the copy that was kept.", path=path),
        "StoreUnsynced": t("The disk of {path} did not confirm the last change. Open it again and look whether it is "
                           "there.", path=path),
        "StoreUnknown": t("It is not certain that the last change to {path} was saved. Look before you repeat it.",
                          path=path),
    }  # fmt: skip


def reading_sentence(words: Words, error: Exception, path: Path) -> str:
    """Why a store is only read, for whoever asked for something that reading is enough for."""
    return words.t("Reading only: {sentence}", sentence=store_sentence(words, error, path))


def _last_copy(words: Words, path: Path) -> str:
    """Which copy there is of a store, and how it is brought back; empty if there is none."""
    copies = sorted(found.name for found in (path.parent / "backups").glob(f"{path.stem}-*.db"))
    return words.t(" The last copy is {name}: mesa restore brings it back.", name=copies[-1]) if copies else ""


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


def unwritten_sentence(words: Words, why: str, place: Path) -> str:
    """One sentence for a copy that could not be written, by the reasons of ``wiring.backups``."""
    t = words.t
    match why:
        case "full":
            return t("The disk of {place} is full: nothing was written there, and what there was is as before. Free "
                     "some space and try again.", place=place)  # fmt: skip
        case "folder":
            return t("There is no folder {place}: nothing was written. Make it, or name another one.", place=place)
        case "rights":
            return t("Nothing can be written in {place}: what there was is as before. Choose another folder.",
                     place=place)  # fmt: skip
        case "exists":
            return t("There is already a file at {path}. It was left as it is; choose another name.", path=place)
    return t("The disk of {place} failed while it was written: nothing half done was left. Try another disk.",
             place=place)  # fmt: skip
