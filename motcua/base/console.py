"""`motcua journal …`: proving and signing the record of what happened."""

import argparse
import json

from django.utils import timezone

from motcua.base import checkpoints, keyring, verify


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the journal's commands to the console."""
    journal = subparsers.add_parser("journal", help="Sổ nhật ký: kiểm chứng, niêm phong")
    verbs = journal.add_subparsers(dest="verb", required=True)
    verifier = verbs.add_parser("verify", help="Kiểm mọi mục của nhật ký; thoát mã 1 nếu có chỗ sai")
    verifier.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    verifier.set_defaults(run=run_verify, needs_database=True)
    sealer = verbs.add_parser("checkpoint", help="Niêm phong ngay các chuỗi vừa thay đổi")
    sealer.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    sealer.set_defaults(run=run_checkpoint, needs_database=True)
    lister = verbs.add_parser(
        "keys", help="Các khóa niêm phong: đang dùng và đã thay, mỗi khóa ký từ số nào đến số nào"
    )
    lister.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    lister.set_defaults(run=run_keys, needs_database=True)
    changer = verbs.add_parser("change-key", help="Thay khóa niêm phong; niêm phong cũ vẫn kiểm được bằng khóa cũ")
    changer.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    changer.set_defaults(run=run_change_key, needs_database=True)


def run_verify(args: argparse.Namespace) -> int:
    """Print the verdict; 1 when the journal does not hold."""
    verdict = verify.verify_journal()
    if args.json:
        print(json.dumps(verdict.as_json(), ensure_ascii=False))
    elif verdict.first_bad:
        bad = verdict.first_bad
        print(f"SAI: chuỗi {bad.stream}, mục {bad.seq}: {bad.why}. Đã đọc {verdict.entries} mục.")
    else:
        print(f"Đúng: {verdict.entries} mục, mọi chuỗi nối liền, mọi niêm phong còn nguyên.")
    return 0 if verdict.ok else 1


def run_checkpoint(args: argparse.Namespace) -> int:
    """Sign now, and say what was signed."""
    note = checkpoints.take_checkpoint(at=timezone.now())
    answer = {"number": note.number, "heads": note.heads, "root": bytes(note.root).hex()} if note else {"number": None}
    print(
        json.dumps(answer)
        if args.json
        else f"Niêm phong số {note.number}: {note.heads} chuỗi."
        if note
        else "Không có gì mới."
    )
    return 0


def run_keys(args: argparse.Namespace) -> int:
    """Print every key that sealed, with its notes; public halves only."""
    keys = [_told(one) for one in keyring.ring().values()]
    if args.json:
        print(json.dumps(keys))
    else:
        for one in keys:
            until = f"đến số {one['last']}" if one["last"] is not None else "đến nay"
            print(f"{one['key']}: niêm phong từ số {one['first']} {until}; khóa công khai {one['public']}")
    return 0


def run_change_key(args: argparse.Namespace) -> int:
    """Sign what waits with the old key, then seal with a new one from the next note on."""
    at = timezone.now()
    checkpoints.take_checkpoint(at=at)
    told = _told(keyring.change_key(at=at))
    print(
        json.dumps(told)
        if args.json
        else f"Từ niêm phong số {told['first']} ký bằng khóa mới {told['key']}; khóa công khai {told['public']}. "
        "Chép lại thư mục khóa vào bản lưu ngay."
    )
    return 0


def _told(one: keyring.SealKey) -> dict[str, str | int | None]:
    return {
        "key": checkpoints.key_id(one.key),
        "public": checkpoints.public_bytes(one.key).hex(),
        "first": one.first,
        "last": one.last,
    }
