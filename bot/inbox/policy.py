"""The one table that says what becomes of every kind of update: a turn, a change of contact, ignored on purpose, or parked.

`docs/whatsapp.md` explains it to people; a test holds page and table together.
"""

from dataclasses import dataclass
from enum import StrEnum


class Treatment(StrEnum):
    """What is done with an update."""

    TEXT = "text"
    CHOICE = "choice"
    DOCUMENTS = "documents"
    OTHER = "other"
    SYSTEM = "system"
    CHANGED = "changed"
    STATUS = "status"
    ALARM = "alarm"
    IGNORE = "ignore"
    PARK = "park"


@dataclass(frozen=True)
class Rule:
    """A treatment and why."""

    treatment: Treatment
    why: str


T = Treatment

MESSAGES: dict[str, Rule] = {
    "text": Rule(T.TEXT, "what the person wrote"),
    "button": Rule(T.CHOICE, "a tap on a template's quick reply"),
    "interactive:button_reply": Rule(T.CHOICE, "a tap on a button"),
    "interactive:list_reply": Rule(T.CHOICE, "a row chosen from a list"),
    "interactive:nfm_reply": Rule(T.OTHER, "a form that we sent (a Flow), filled in"),
    "interactive:call_permission_reply": Rule(T.IGNORE, "we never ask to call"),
    "image": Rule(T.DOCUMENTS, "a photo of a document, or of anything else: the document check says which"),
    "document": Rule(T.DOCUMENTS, "a file: PDF, or a photo sent as a file"),
    "audio": Rule(T.OTHER, "we can't listen, and say so"),
    "voice": Rule(T.OTHER, "the former name of a voice note"),
    "video": Rule(T.OTHER, "we can't watch, and say so"),
    "sticker": Rule(T.OTHER, "no document"),
    "location": Rule(T.OTHER, "where the KIA shall go"),
    "contacts": Rule(T.OTHER, "a contact card, our request for a number included"),
    "order": Rule(T.OTHER, "we sell nothing, and say so"),
    "unsupported": Rule(T.OTHER, "something that WhatsApp does not hand over"),
    "edit": Rule(T.OTHER, "a message that was changed after it was sent"),
    "revoke": Rule(T.OTHER, "a message that was deleted after it was sent"),
    "reaction": Rule(T.OTHER, "a thumb on a message of ours; it may be meant as an answer"),
    "reaction:taken_away": Rule(T.IGNORE, "nothing was said"),
    "request_welcome": Rule(T.IGNORE, "the chat was opened; nothing is said yet, and a reply would be charged"),
    "system:user_changed_number": Rule(T.SYSTEM, "the same person on another number"),
    "system:user_changed_user_id": Rule(T.SYSTEM, "the same person under another BSUID"),
    "system:customer_identity_changed": Rule(T.CHANGED, "a new phone or reinstalled app: papers wait until the applicant is sure"),
    "system:customer_changed_number": Rule(T.SYSTEM, "the former name of user_changed_number"),
}
"""By the message's type, and by what is inside for `interactive`, `system` and `reaction`. What is not here is parked."""

TAKEN_AWAY = "taken_away"
INSIDE = frozenset({"interactive", "system"})

UPDATES: dict[str, Rule] = {
    "status": Rule(T.STATUS, "what became of a message of ours"),
    "error": Rule(T.ALARM, "an error of account, app or system"),
    "call": Rule(T.OTHER, "a person calls; we can't answer the phone, and say so"),
    "call_status": Rule(T.IGNORE, "we never call"),
    "account_update": Rule(T.ALARM, "restrictions, bans and partners of the account"),
    "account_alerts": Rule(T.ALARM, "limits and verification of the account"),
    "account_review_update": Rule(T.ALARM, "Meta's review of the account"),
    "business_capability_update": Rule(T.ALARM, "messaging limits of the account"),
    "phone_number_quality_update": Rule(T.ALARM, "quality and throughput of the number"),
    "phone_number_name_update": Rule(T.ALARM, "the display name's review"),
    "security": Rule(T.ALARM, "the two-step PIN was changed"),
    "message_template_status_update": Rule(T.ALARM, "a template approved, paused or rejected"),
    "message_template_quality_update": Rule(T.ALARM, "a template's quality"),
    "message_template_components_update": Rule(T.ALARM, "a template was edited"),
    "template_category_update": Rule(T.ALARM, "a template's price category changed"),
    "user_preferences": Rule(T.IGNORE, "marketing preferences; we send none"),
    "smb_message_echoes": Rule(T.IGNORE, "sent from the phone app beside us (coexistence)"),
    "smb_app_state_sync": Rule(T.IGNORE, "address book of the phone app (coexistence)"),
    "history": Rule(T.IGNORE, "old chats of the phone app (coexistence)"),
    "flows": Rule(T.ALARM, "a Flow of ours was blocked or throttled"),
    "group_lifecycle_update": Rule(T.IGNORE, "the service has no groups"),
    "group_participants_update": Rule(T.IGNORE, "the service has no groups"),
    "group_settings_update": Rule(T.IGNORE, "the service has no groups"),
    "group_status_update": Rule(T.IGNORE, "the service has no groups"),
}
"""By kind of update other than a message. An ALARM is kept whole, counted and logged for the operator. What is not here is parked."""


def rule_of_message(type_: str, inner: str | None) -> Rule:
    """The row for a message of that type; parked where there is none."""
    parted = type_ in INSIDE or (type_, inner) == ("reaction", TAKEN_AWAY)
    return MESSAGES.get(f"{type_}:{inner}" if parted else type_, Rule(T.PARK, "unknown_type"))


def rule_of_update(kind: str) -> Rule:
    """The row for an update that is no message; parked where there is none."""
    return UPDATES.get(kind, Rule(T.PARK, "unknown_field"))
