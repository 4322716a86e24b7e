"""x"""


def doctor(as_json: bool, quick: bool) -> int:
    return 0
