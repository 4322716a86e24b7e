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
    match name:
        case "StoreMissing":
            return t("There is no branch at {path} yet. Run mesa to begin one, or mesa demo to try it out.", path=path)
        case "StoreMoved":
            return t("{path} was removed or replaced meanwhile. What was saved before is in the old file; "
                     "run it again.", path=path)  # fmt: skip
        case "StoreEmpty":
            return t("{path} is empty: something emptied it. Nothing was changed; restore the backup.", path=path)
        case "StoreForeign":
            return t(
                "{path} is not a file of this program. Nothing was changed; name another one in the settings.",
                path=path,
            )
        case "StoreNewer" | "StoreOlder":
            return _of_another_version(words, path, newer=name == "StoreNewer")
        case "StoreReadOnly":
            return t("{path} cannot be read or written. Nothing was changed; check the rights of the file and its "
                     "folder.", path=path)  # fmt: skip
        case "StoreCorrupt":
            return t("{path} is damaged. Nothing more was written; restore the backup.", path=path)
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


def _of_another_version(words: Words, path: Path, *, newer: bool) -> str:
    t = words.t
    if newer:
        return t("A newer version of mesa made {path}. Nothing was changed; update mesa here, then run it again.",
                 path=path)  # fmt: skip
    return t("An older version of mesa made {path}. Nothing was changed; open it with that version, or name another "
             "file in the settings.", path=path)  # fmt: skip


_KNOWN = frozenset(
    "StoreMissing StoreMoved StoreEmpty StoreForeign StoreNewer StoreOlder StoreReadOnly StoreCorrupt StoreBusy "
    "StoreFull StoreExists StoreUnknown".split()
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
