"""The words of the sealing client: English here, translated when a page hands them to the browser."""

from django.utils.translation import gettext


def _(text: str) -> str:
    """Marks a text for the catalogues; Django's own mark asks for settings, which the asset builder has not."""
    return text


TEXTS = {
    "add": _("Add an organisation"),
    "ambiguous": _("Write {typed} without separators between thousands: it could be read in two ways"),
    "back": _("Back to all tasks"),
    "bidderId": _("Your organisation’s number"),
    "bidderName": _("Your organisation’s name"),
    "chooseLot": _("Choose at least one lot"),
    "check": _("Check your answers"),
    "checkHint": _("Compare each amount with your own papers. After sealing nobody can read it before the opening."),
    "committee": _("Your bid is sealed to {n} members. Any {k} of them open it together, after the deadline."),
    "priceCommittee": _("Your prices are sealed to a committee of their own: any {k} of its {n} members open them."),
    "consortium": _("Other members of your consortium"),
    "continue": _("Save and continue"),
    "continueUpload": _("Continue the upload"),
    "csv": _("Your filled price list, XLSX or CSV"),
    "csvHint": _("Download the list, write your unit amounts in a spreadsheet, and choose the saved file"),
    "compared": _("Compare the digits"),
    "digitsBefore": _("Digits before the decimal mark: {count}. We write amounts in words in English only."),
    "digits": _("{typed} has more than 15 digits: a bid with such a number is excluded. Round it"),
    "discard": _("Start again"),
    "download": _("Download {name}"),
    "draft": _("What you type is kept in this browser, encrypted. Files are not kept."),
    "error": _("There is a problem"),
    "failed": _("It did not work: {reason}"),
    "filesHint": _("Plans, references, certificates. They are encrypted on this device"),
    "id": _("Number in its register"),
    "name": _("Name"),
    "noItems": _("Whole lot"),
    "number": _("Write an amount such as 1234.50"),
    "offlineDone": _("Your bid is sealed. Save both files and upload them before the deadline."),
    "part": _("What it does"),
    "perUnit": _("per {unit}, {quantity} asked for"),
    "pricesMissing": _("Give a unit amount"),
    "remove": _("Remove"),
    "replaces": _("header.json of the bid you replace"),
    "replacesHint": _("Only if you have handed in a bid for this tender before"),
    "required": _("Fill in {field}"),
    "resume": _("Your sealed bid is waiting in this browser. It has not arrived yet."),
    "seal": _("Seal and submit"),
    "sealOnly": _("Seal"),
    "sealing": _("Sealing on this device"),
    "spoken": _("In words"),
    "subcontractors": _("Subcontractors"),
    "sum": _("Together"),
    "tenderFile": _("The tender file (tender.json)"),
    "tenderFileHint": _("Download it from the tender’s page before you go offline"),
    "total": _("Total"),
    "unread": _("This is no tender file"),
    "uploading": _("Sending the sealed bid"),
    "waiting": _("The connection is down. We go on by ourselves when it is back; you may also close the lid."),
    "words": _("Compare these words with the notice. If they differ, do not seal."),
    "addFiles": _("Choose files to add"),
    "allTasks": _("Back to all tasks"),
    "answerLong": _("“{title}” has {count} words; {words} are allowed"),
    "answerMissing": _("Answer “{title}”: it is essential"),
    "answersIntro": _(
        "Say for each requirement how you meet it. Evaluators read your words beside those of the other "
        "bids."
    ),
    "bidder": _("Your organisation"),
    "change": _("Change"),
    "checkTaskHint": _("You see every amount again before anything is sealed"),
    "chooseAgain": _("Choose {name} again, or remove it: files are not kept when the page is closed"),
    "consortiumHint": _("Organisations that bid together with you and answer for the whole contract"),
    "copied": _("Copied what fits. Read it again: it was written for another bid."),
    "copyAsk": _("Copy from an earlier bid of yours"),
    "copyFile": _("Your own copy of an earlier bid (bid.json)"),
    "copyFileHint": _("The page and the program keep one for you when you seal"),
    "copyHint": _(
        "Answers to the same questions and your partners are taken over. Prices are taken over only from "
        "a bid for this same tender, declarations never."
    ),
    "copyKept": _(
        "Only this browser can read this copy. It was kept, encrypted, when you sealed; the server has "
        "none."
    ),
    "copyNone": _(
        "This browser holds no copy of what you sealed. Look in the browser in which you sealed, or at "
        "the file bid.json that the program saved."
    ),
    "copySave": _(
        "Save bid.json for yourself as well, and show it to nobody before the opening: it says in the "
        "clear what you bid."
    ),
    "copyThis": _("Copy from the bid for {title}"),
    "copyTitle": _("What you sealed"),
    "copyUnread": _("This is no copy of a bid"),
    "declareAll": _("Tick each of these, or say below why you cannot"),
    "declareMissing": _("Not declared: {text}"),
    "desirable": _("Desirable: you may leave it empty."),
    "doneOf": _("{done} of {total}"),
    "draftNot": _("Nothing that you type here is kept. Leave this page open until your bid is sealed."),
    "eligibilityIntro": _("Tick what is true. A false declaration excludes you, and may end a contract."),
    "essential": _("Essential: a bid without an answer cannot win."),
    "exception": _("What you cannot declare, and why"),
    "exceptionAsk": _("You cannot declare one of these?"),
    "exceptionHint": _("Say what happened and what you have done since. The buyer decides whether you may take part."),
    "fileName": _("Give {name} another name: this one could be misread on another computer"),
    "filesIntro": _(
        "Add what the tender asks you to attach. There is no need to repeat what you have written in the "
        "answers."
    ),
    "filesLarge": _("Your files are too large together. Make pictures smaller or leave something out"),
    "fileTwice": _(
        "Two files have one name, perhaps but for capitals, or one is called bid.json. Give one another "
        "name"
    ),
    "listEmpty": _("The list holds no amount."),
    "listHead": _("The first line of the list must begin with: {names}"),
    "listNumber": _("Line {line}: write {amount} as an amount such as 1234.50."),
    "listQuantity": _("Line {line}: {quantity} are asked for."),
    "listStranger": _("Line {line}: the tender does not ask for {name}."),
    "listUnread": _("This is no spreadsheet that we can read. Save it as XLSX or CSV"),
    "lotsFirst": _("Choose your lots first."),
    "lotsIntro": _("You may bid for one lot, for several or for all."),
    "nothing": _("Nothing"),
    "allLots": _("All your lots"),
    "part_answers": _("Your answers"),
    "part_eligibility": _("What you declare"),
    "part_files": _("Your files"),
    "part_partners": _("Partners and subcontractors"),
    "part_prices": _("Your prices without tax"),
    "partnersCount": _("Organisations named: {count}"),
    "partnersHint": _("Only if you do not bid and work alone"),
    "partnersIntro": _("You bid alone and do all the work yourself? Then continue."),
    "partyTwice": _("This organisation is named already"),
    "pricesIntro": _("Give each amount without tax, in {currency}."),
    "progress": _("You have completed {done} of {total} tasks."),
    "spreadsheet": _("Fill in from a spreadsheet"),
    "state_doing": _("In progress"),
    "state_done": _("Completed"),
    "state_optional": _("Optional"),
    "state_todo": _("Not started"),
    "state_waiting": _("Cannot start yet"),
    "subcontractor": _("Subcontractor"),
    "subcontractorsHint": _("Organisations that do a part of the work for you"),
    "task_answers": _("Answer the requirements"),
    "task_check": _("Check your answers, seal and submit"),
    "task_eligibility": _("Declare that you may take part"),
    "task_files": _("Add files"),
    "task_lots": _("Choose your lots"),
    "task_partners": _("Name partners and subcontractors"),
    "task_prices": _("Give your prices"),
    "tasks": _("Your bid, task by task"),
    "wordsLeft": _("Words left: {count}"),
    "wordsOver": _("Words too many: {count}"),
    "twoEnvelopes": _(
        "Your prices go into an envelope of their own, opened only if the rest of your bid passes. "
        "Write no price into an answer or a file: your bid would be out."
    ),
    "keyMake": _("Make a key on this device"),
    "keyHint": _("A passphrase of five or six words. Without it the key cannot be used, and nobody can reset it"),
    "keyPassphrase": _("Passphrase"),
    "keyAgain": _("Passphrase, once more"),
    "keyDiffers": _("The two passphrases differ"),
    "keyShort": _("A passphrase has at least 12 characters"),
    "keyMade": _("Your key is made. Save the key file and print the recovery sheet before you go on."),
    "keyFile": _("Your key file"),
    "keyByPasskey": _("Make a key and protect it by a passkey of this device"),
    "keyPasskeyHint": _("Nothing to remember: this device opens the key with your fingerprint, face or PIN."),
    "keyOr": _("Or protect it by a passphrase, so that any device can use it:"),
    "passkeyFailed": _("The passkey did not do it: {reason} Use a passphrase instead, or the recovery sheet."),
    "keyStored": _("Leave it empty to use the key that this browser holds for this tender"),
    "keyOpenHint": _("Not needed when a passkey protects the key"),
    "policyFile": _("Your own copy of the ledger’s policy, if you have one"),
    "policyHint": _("Got from the audit office or a witness, not from this site. It is remembered here"),
    "policyOwn": _("Checked with your own copy of the ledger’s policy."),
    "policySite": _("Checked with the ledger’s policy as this site shows it: compare it with that of a witness."),
    "rehearse": _("Open my part of the test envelope"),
    "rehearsed": _("Your key opened your part of the test envelope. Send it below; it holds no bid."),
    "keyWrong": _("This key file does not open with this passphrase"),
    "keySheet": _("Recovery sheet"),
    "keySheetHint": _("Keep it in a sealed envelope in a safe. Whoever has this text has your key."),
    "keyPrint": _("Print the recovery sheet"),
    "keyPublic": _("Your public key"),
    "prove": _("Prove that you hold the key"),
    "proved": _("The proof is filled in below. Send it."),
    "release": _("Take out my shares and send them"),
    "releasing": _("Taking out your share of bid {done} of {total}"),
    "recordOwn": _("The committee’s record names your key, as {member}."),
    "handOver": _("Encrypt my shares to the deputy"),
    "handedOver": _("The shares of {member} are encrypted to the deputy, in the form below. Send them."),
    "deputyOf": _("You are the deputy of {member}, who handed its shares over to you."),
    "recordNot": _("The committee’s record does not name this key. Do not go on; tell the audit office."),
    "closeTooEarly": _("The deadline has not passed by this device’s clock. Nothing was released."),
    "closeBad": _("The proof of the end of the period does not hold: {reason}. Nothing was released."),
    "closeGood": _("The end of the period is in the ledger, signed by the log’s key."),
    "closeSeen": _("Seen and cosigned by these witnesses: {names}."),
    "closeUnseen": _("No witness was asked: that the ledger shows everybody the same was not checked."),
    "listBad": _("The list of bids is not proved: {reason} Nothing was released."),
    "listGood": _("{bids} bids to open, each proved to be in the ledger; {ended} others stay shut."),
    "bidBad": _("Bid {number}: {reason}"),
}


def translated() -> dict[str, str]:
    """The words in the reader's language."""
    return {key: gettext(text) for key, text in TEXTS.items()}
