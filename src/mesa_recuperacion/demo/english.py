"""Invented people of an invented branch in New York.  Numbers from 555-0100 to 555-0199 are nobody's."""

from __future__ import annotations

from mesa_recuperacion.demo.texts import PINS, Known, Texts, Worker

TEXTS = Texts(
    branch_name="Downtown",
    business="Hearth & Home",
    zone="America/New_York",
    workers=(
        Worker("Anna Turner", "agent", PINS[0]),
        Worker("Brian Díaz", "agent", PINS[1]),
        Worker("Carol Vance", "supervisor", PINS[2]),
    ),
    firsts=(
        "Aaron", "Abigail", "Adele", "Alan", "Amber", "Andrew", "Beatrice", "Brandon", "Caroline", "Charles", "Chloë",
        "Claire", "Daniel", "Deborah", "Dennis", "Dylan", "Edith", "Eleanor", "Ethan", "Florence", "Frank", "Gavin",
        "Grace", "Harold", "Hazel", "Helen", "Isaac", "Ivy", "Jacob", "Janet", "Keith", "Laura", "Leonard", "Lydia",
        "Margaret", "Miles", "Naomi", "Nathan", "Olive", "Owen", "Patricia", "Paul", "Renée", "Ruth", "Samuel",
        "Sophie", "Stuart", "Theresa", "Victor", "Wendy", "Zoë",
    ),
    lasts=(
        "Abbott", "Baker", "Barnes", "Bell", "Bishop", "Brooks", "Carter", "Chapman", "Clarke", "Coleman", "Dawson",
        "Dixon", "Ellis", "Evans", "Fisher", "Fletcher", "Foster", "Garcia", "Gibson", "Graham", "Grant", "Griffin",
        "Harper", "Hayes", "Holmes", "Hughes", "Jensen", "Keller", "Kim", "Lawson", "Mason", "Meyer", "Morgan",
        "Murphy", "Núñez", "O'Brien", "Palmer", "Parker", "Patel", "Porter", "Quinn", "Reed", "Reynolds", "Rhodes",
        "Shaw", "Spencer", "Stone", "Sullivan", "Tucker", "Walsh", "Warren", "Weber", "Whitaker", "Young",
    ),
    last_names=1,
    phone="+1 212 555 01",
    digits=2,
    notes={
        "missing_product": (
            "The lamp was missing; it was a gift", "Ordered three bulbs, two came", "The box was open, no batteries",
            "No manual and no screws", "The second parcel never came",
        ),
        "wrong_delivery": (
            "Got somebody else's order", "Ordered blue, got red", "Left with the neighbour without a word",
            "Ordered a large, got a small",
        ),
        "billing_error": (
            "Charged twice for shipping", "The bill has another name", "The discount was not applied",
            "Charged for insurance not asked for",
        ),
        "service_not_provided": (
            "The technician never came; waited all morning", "Nobody picked up the washer", "No call about the visit",
        ),
        "service_cancelled": ("Found out by calling", "The visit was cancelled without a word"),
        "wrong_service": ("Fitted on the wrong wall", "Checked the oven; it was the stove"),
        "damaged_product": ("The glass was broken", "Does not turn on, tried two sockets", "Lid scratched and dented"),
        "product_return": ("Does not fit; unused", "Bought by mistake, still sealed"),
        "other": ("The music on hold was too loud", "Was hurried along in the shop"),
    },
    others=("The site rejects their password", "An advert said another price", "The driver was rude"),
    reasons=(
        "Only wanted it corrected", "Would rather not; is at ease", "It was a question, no harm done",
        "Said the solution is enough",
    ),
    content=("All arrived fine, thank you", "It is sorted, very kind", "Yes, works perfectly", "Came early"),
    discontent=("It came incomplete again", "Still have not received it", "The new bill is wrong too"),
    repeats=Known("Martha Ross Hill", "+1 212 555 0178"),
    never=Known("Martha Robson", "+1 212 555 0110"),
    refund=Known("Julian Penn", "+1 212 555 0120", "billing_error", "refund_overcharge", "Charged twice: $40"),
    arrival=Known("Rose Medina", "+1 212 555 0116", "missing_product", "send_missing", "Two shelves were missing"),
    visit=Known("Oscar Nunn", "+1 212 555 0149", "service_not_provided", "first_slot", "The technician never came"),
    bill=Known("Ellen Salas", "+1 212 555 0182", "billing_error", "correct_bill", "The bill has another name"),
    waiting=Known("Lucy Meadows", "+1 212 555 0176", "wrong_delivery", "", "Waiting for the warehouse to find it"),
    cut_off=Known("Ivan Soto", "+1 212 555 0157", "damaged_product", "replace_product", "Call dropped; will ring back"),
    second_desk=(
        Known("Nora Fields", "+1 212 555 0113", "wrong_delivery", "deliver_right", "Another colour came"),
        Known("Felix Brooke", "+1 212 555 0140", "damaged_product", "repair_product", "The door does not close"),
    ),
)  # fmt: skip
