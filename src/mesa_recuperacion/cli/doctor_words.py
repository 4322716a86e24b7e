"""What the doctor found, in words: what it is, and what to do."""

from __future__ import annotations

from mesa_recuperacion.domain.health import Finding
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.i18n.words import Words, later

SAID: dict[str, str] = {
    "program": later("mesa {version}, Python {python}, {system}."),
    "sqlite": later("SQLite {version} ({module}); journal {journal}, every saving forced to the disk."),
    "sqlite.old": later(
        "SQLite {version} ({module}) is not one whose write-ahead log is safe, so the journal is {journal}: "
        "as safe, and slower."
    ),
    "settings": later("The settings are in order: {path}"),
    "settings.faults": later(
        "The settings have faults ({n}), and nothing opens until they are put right; the first: {first}"
    ),
    "disk": later("The disk of {path} has {free_mib} MiB free."),
    "disk.low": later("The disk of {path} has only {free_mib} MiB left. Free some space."),
    "disk.full": later("The disk of {path} has {free_mib} MiB left: saving may fail any moment. Free some space now."),
    "terminal": later("The terminal can draw the desk: {term}, {columns}x{lines}, {encoding}."),
    "terminal.none": later("There is no terminal here to look at."),
    "terminal.dumb": later("This terminal says it cannot draw (TERM is “{term}”). Try another window."),
    "terminal.encoding": later(
        "This terminal writes {encoding}, and names have letters that it has not: set it to UTF-8."
    ),
    "terminal.small": later("This window has {columns}x{lines}; the desk wants 80x24. Make it larger."),
    "zones": later("The time zones are known ({n})."),
    "zones.none": later("No time zone is known here, so no hour can be promised: install mesa again, with tzdata."),
    "log": later("The log can be written: {path}"),
    "log.unwritable": later(
        "The log cannot be written: {path}. Check the rights of its folder; the desk works without it."
    ),
    "windows": later("No window has it open."),
    "windows.open": later("A window has it open."),
    "rights": later("Only its owner can read {path}."),
    "rights.unwritable": later("{path} or its folder cannot be written: nothing can be saved. Check their rights."),
    "rights.owner": later(
        "{path} belongs to another user of this PC. Use the desk from that account, or change its owner."
    ),
    "rights.file": later("Others on this PC can read {path} ({mode}): chmod 600 puts it right."),
    "rights.folder": later("Others on this PC can look into {folder} ({folder_mode}): chmod 700 puts it right."),
    "beside": later("Nothing unfinished lies beside it."),
    "beside.unfinished": later(
        "A program was cut short while it saved. Open mesa once: it takes up what was saved, and nothing is lost."
    ),
    "beside.long": later("The write-ahead log has grown to {wal_bytes} bytes: close every window once."),
    "leftovers": later("Nothing was set aside or left behind."),
    "leftovers.kept": later("What a restore replaced is kept: {first}"),
    "leftovers.replaced": later(
        "{first} was replaced more than {days} days ago and still holds customers' data: delete it."
    ),
    "leftovers.practice": later("Folders of practices were left in {folder} ({practice}); opening mesa removes them."),
    "keys": later("The keys are there, for their owner alone: {path}. Keep a copy of them apart."),
    "keys.missing": later(
        "There is no {path}. If this branch comes from another PC, copy keys.json from it: without it PINs "
        "cannot be checked, and the chain cannot be proved."
    ),
    "keys.unreadable": later(
        "{path} cannot be read. Put back the copy of keys.json; without it PINs cannot be checked."
    ),
    "keys.other": later(
        "{path} is of another branch: the key of this chain is not in it. Copy keys.json from the old PC."
    ),
    "keys.rights": later("Others on this PC can read {path} ({mode}): chmod 600 puts it right."),
    "backup": later("The last backup is {hours} hours old: {name}, in {folder}."),
    "backup.none": later("There is no backup in {folder}. mesa backup makes one."),
    "backup.old": later(
        "The last backup is {days} days old: {name}, in {folder}. mesa backup makes one, or says why not."
    ),
    "backup_sound": later("That backup was proved now: it is whole."),
    "backup_sound.quick": later("That backup is one of ours; without --quick it is proved."),
    "backup_sound.unsound": later("{path} is not sound and cannot be restored. mesa backup makes another."),
    "backup_ahead.ahead": later(
        "{ahead} backups in {folder} are dated ahead of the clock, and are never removed by themselves. Put "
        "the clock right, or delete them by hand."
    ),
    "database": later("{path} is a branch of this version (tables {version})."),
    "database.missing": later("There is no branch at {path}. Run mesa to begin one, or mesa restore with a backup."),
    "database.empty": later("{path} is empty: something emptied it. Run mesa restore with the last backup."),
    "database.foreign": later(
        "{path} is not a file of this program. Name another one in the settings, or restore a backup."
    ),
    "database.newer": later("A newer version of mesa made {path}. Update mesa here."),
    "database.older": later("An older version of mesa made {path}. Open it with that version."),
    "database.readonly": later("{path} cannot be read. Check the rights of the file and its folder."),
    "database.corrupt": later("{path} is damaged. Keep a copy of it, and run mesa restore with the last backup."),
    "integrity": later("Its pages are in order."),
    "integrity.damaged": later(
        "Its pages are damaged. Keep a copy of the file, and run mesa restore with the last backup."
    ),
    "integrity.quick": later("Its pages are in order, at a quick look."),
    "journal_mode": later("The file is kept in the mode {mode}."),
    "people": later("Who works here: {supervisors} in supervision, {agents} at the desk."),
    "people.no_supervisor": later(
        "Nobody here is a supervisor, so nothing can be authorised. Restore a backup of before."
    ),
    "people.pinless": later("Without a PIN: {names}. mesa person pin sets one."),
    "locked": later("Nobody is waiting after wrong PINs."),
    "locked.waiting": later("Waiting after wrong PINs: {names}. If it was not they, ask who tried."),
    "clock": later("The clock of this PC is not behind what was saved last."),
    "clock.behind": later("The clock of this PC is {seconds} seconds behind what was saved last. Put it right."),
    "branch": later("Branch {branch}, station {stream}, zone {zone}, cases: {cases}."),
    "branch.zone": later("The branch's zone {zone} is not known here: install mesa again, with tzdata."),
    "policy": later("Version {number} of the policy is in force."),
    "policy.missing": later(
        "There is no policy in force that this version can read. Update mesa, or restore a backup."
    ),
    "chain": later("The chain holds: {lines} lines, the last {stream} {seq} {hash}."),
    "chain.skipped": later("The chain was not looked at; without --quick it is."),
    "chain.unproved": later(
        "The chain is in order, but {unproved} of its {lines} lines are tied with a key that is not in keys.json: "
        "whether somebody wrote them anew cannot be told. Put back the keys of the computer where they were written."
    ),
    "chain.touched": later(
        "The journal was touched at line {at} of {of}; faults: {faults}. Keep a copy of the file, and call "
        "whoever audits. mesa journal verify names every line."
    ),
    "projections": later("What the screens read is what the journal says."),
    "projections.differ": later(
        "What the screens read is not what the journal says, in {rows} rows at least. mesa journal rebuild "
        "makes it again."
    ),
    "forgotten": later("No backup holds a customer who was forgotten since."),
    "forgotten.held": later(
        "{backups} backups still hold customers who were forgotten since; the last of them goes on {until}."
    ),
}
"""A sentence or two for each code, and for each of its cases after a point."""

_FAILED = later("This check could not be carried out: {code} ({error}).")


def said(words: Words, finding: Finding) -> str:
    """One or two sentences for a finding."""
    what = f"{finding.code}.{finding.why}" if finding.why else finding.code
    facts = {name: clean(value, 300) if isinstance(value, str) else value for name, value in finding.facts.items()}
    if what not in SAID:
        return words.t(_FAILED, code=finding.code, error=facts.get("error", finding.why))
    return words.t(SAID[what], **facts)
