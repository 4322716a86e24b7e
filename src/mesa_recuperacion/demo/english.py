"""Invented people of an invented branch in New York.  Numbers from 555-0100 to 555-0199 are nobody's."""

from __future__ import annotations

from mesa_recuperacion.demo.texts import PINS, Idea, Inquiry, Known, Texts, Worker

TEXTS = Texts(
    branch_name="Downtown",
    business="Hearth & Home",
    zone="America/New_York",
    workers=(
        Worker("Anna Turner", "agent", PINS[0]),
        Worker("Brian Díaz", "agent", PINS[1]),
        Worker("Carol Vance", "supervisor", PINS[2]),
        Worker("Dana Price", "agent", PINS[3]),
        Worker("Edgar Holt", "agent", PINS[4], left=True),
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
    phones=tuple(
        f"+1 {area} 555 01" for area in (
            201, 203, 212, 332, 347, 475, 516, 551, 609, 631, 646, 718, 732, 845, 848, 856, 860, 862, 908, 914, 917,
            929, 959, 973,
        )
    ),
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
    others=(
        "The site rejects their password", "Site rejects the password", "Password: rejected by the site",
        "An advert said another price", "The advert says another price", "The driver was rude",
    ),
    reasons=(
        "Only wanted it corrected", "Would rather not; is at ease", "It was a question, no harm done",
        "Said the solution is enough",
    ),
    content=("All arrived fine, thank you", "It is sorted, very kind", "Yes, works perfectly", "Came early"),
    discontent=("It came incomplete again", "Still have not received it", "The new bill is wrong too"),
    waived=("The visit had not been charged", "The shop has given it already"),
    exceptions=(
        "Second failure of the same order", "Lost a day's work waiting for us", "It was a wedding present",
        "Fifteen years with us, and the first time",
    ),
    no_exception=(
        "The voucher covers it well; I will call to explain", "All of it was paid back, as they preferred",
    ),
    stayed=(
        "Was glad of the call; stays with us", "Wanted somebody to listen; is at ease",
        "Asked for a direct contact; has mine", "Gives us another chance; noted how to deliver",
    ),
    asked={
        "warehouse": ("Does it leave today, complete?", "Check it well before closing the box"),
        "transport": ("When do they come? Wants a call before", "Hand it over in person only"),
        "billing": ("Correct it and send it by mail", "Has it been applied? The receipt is at hand"),
        "service": ("First visit of the day, please; has waited once", "Take the part along, not to come twice"),
    },
    answers={
        "warehouse": ("Leaves with the afternoon round", "Ready and checked"),
        "transport": ("Between 10 and 12; they call before", "On the first round"),
        "billing": ("Applied today", "Sent by mail"),
        "service": ("First visit of the day", "They take the part"),
    },
    ideas=(
        Idea("Tell customers when their order leaves, not only when it comes", "try", "For a month. A good idea."),
        Idea("Print the name on the bill as the customer says it", "accept", "Billing has changed it."),
        Idea("Always give the largest voucher", "decline", "Each case says what is due; thank you for thinking of it."),
        Idea("Ask the warehouse for a photo of the box before it is closed", "try", "We begin with what is fragile."),
    ),
    thanks=(
        "Listened to all of it before offering anything. It shows.", "Called before the promised hour. Thank you.",
        "Told the truth about the time it takes, and the customer said so.", "Took up a hard case very calmly.",
    ),
    news="A parked case comes back after 15 minutes. It used to be 30.",
    adopted=Idea(
        "Bring parked cases back sooner: half an hour is long for whoever waits", "accept",
        "It is in the policy from today. Thank you, Anna.",
    ),
    waiting_idea="Have Transport's hours at hand: nearly every delivery asks for them",
    second_idea="Send the voucher by message: many have nothing to write with",
    learned=Inquiry(
        "missing_product",
        (
            "Boxes leave without a check against the order", "The check comes last, and there is no time left",
            "The last round leaves at the very hour at which packing ends",
        ),
        "Packing and the last round share the same half hour", "process",
        "End packing half an hour earlier and check against the order",
        "It ends at 4:30 since Monday; there is time to check.",
        "Fewer parts have been missing since then. It stays.",
    ),
    today=Inquiry(
        "wrong_delivery",
        (
            "The label of one order ends up on another", "They are printed together and stuck on later",
            "The printer is far from the packing table",
        ),
        "Labels are printed far from where they are stuck on", "process", "Put the printer on the packing table",
    ),
    more=("Many deliveries of the season came in", "Covers the afternoons this week"),
    read_thanks="Martha said that somebody listened at last.",
    unread_thanks="Felix wrote: all explained, and no hurry.",
    repeats=Known("Martha Ross Hill", "+1 212 555 0178"),
    never=Known("Martha Robson", "+1 212 555 0110"),
    refund=Known("Julian Penn", "+1 212 555 0120", "billing_error", "refund_overcharge", "Charged twice: $40"),
    arrival=Known("Rose Medina", "+1 212 555 0116", "missing_product", "send_missing", "Two shelves were missing"),
    son=Known(
        "Emil Medina", "+1 212 555 0116", "wrong_delivery", "deliver_right", "Another model; lives with his mother",
    ),
    visit=Known("Oscar Nunn", "+1 212 555 0149", "service_not_provided", "first_slot", "The technician never came"),
    bill=Known("Ellen Salas", "+1 212 555 0182", "billing_error", "correct_bill", "The bill has another name"),
    waiting=Known("Lucy Meadows", "+1 212 555 0176", "wrong_delivery", "", "Waiting for the warehouse to find it"),
    cut_off=Known("Ivan Soto", "+1 212 555 0157", "damaged_product", "replace_product", "Call dropped; will ring back"),
    above=Known(
        "Hugh Belton", "+1 212 555 0193", "service_cancelled", "new_date",
        "Two visits cancelled; lost two mornings of work",
    ),
    offered=Known("Theresa Moon", "+1 212 555 0144", "product_return", "", "Anna helped last time; asks for her"),
    lost=Known("Pearl Rhodes", "+1 212 555 0101", "service_not_provided", "first_slot", "Nobody came, nobody called"),
    unreached=Known(
        "Gabrielle Ochoa", "+1 212 555 0148", "missing_product", "send_missing", "A chair was missing; in after lunch",
    ),
    twin=Known("Gaby Ochoa", "+1 212 555 0148", "billing_error", "correct_bill", "Charged for shipping that was free"),
    second_desk=(
        Known("Nora Fields", "+1 212 555 0113", "wrong_delivery", "deliver_right", "Another colour came"),
        Known("Felix Brooke", "+1 212 555 0140", "damaged_product", "repair_product", "The door does not close"),
    ),
)  # fmt: skip
