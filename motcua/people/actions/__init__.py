"""Changes to persons, posts, delegations and accounts; the only writers of this app."""

from motcua.people.actions.accounts import (
    accept_invitation,
    close_account,
    invite,
    open_account,
    set_password,
    set_preferences,
    sweep_sessions,
)
from motcua.people.actions.codes import AskedCode, ask_code, enter_code, sweep_codes
from motcua.people.actions.moving import move_post, move_posts
from motcua.people.actions.persons import (
    correct_person,
    find_or_register,
    person_from_provider,
    register_business,
    register_citizen,
    register_official,
)
from motcua.people.actions.posts import appoint, delegate, end_post, revoke_delegation

__all__ = [
    "AskedCode",
    "accept_invitation",
    "appoint",
    "ask_code",
    "close_account",
    "correct_person",
    "delegate",
    "end_post",
    "enter_code",
    "find_or_register",
    "invite",
    "move_post",
    "move_posts",
    "open_account",
    "person_from_provider",
    "register_business",
    "register_citizen",
    "register_official",
    "revoke_delegation",
    "set_password",
    "set_preferences",
    "sweep_codes",
    "sweep_sessions",
]
