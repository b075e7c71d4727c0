"""The verifier for outsiders: shares no code with the log it checks, and is handed out as one file (ledger.verify).

Imports nothing but the standard library, `cryptography` and its own modules.
"""
