"""Personal values as they stand in lists: recognisable to their owner, useless to a passer-by."""

from motcua.base.text import squeeze


def mask_identity(number: str) -> str:
    """`051204000114` as `051 ••• ••• 114`."""
    return f"{number[:3]} ••• ••• {number[-3:]}" if len(number) >= 9 else "•" * len(number)


def mask_phone(number: str) -> str:
    """`0905123456` as `0905 ••• 456`."""
    return f"{number[:4]} ••• {number[-3:]}" if len(number) >= 9 else "•" * len(number)


def mask_name(name: str) -> str:
    """`Nguyễn Văn Mẫu` as `N••• V•• Mẫu`: the given name stays, as it is what is called out in the hall."""
    *others, given = squeeze(name).split(" ") if name.strip() else [""]
    return " ".join([*(one[0] + "•" * min(3, max(1, len(one) - 1)) for one in others), given])
