"""Organisations, the people who act for them, their roles and the tokens of their programs.

Who acts: anybody who signs in (registers a supplier), an organisation's admin (adds members), the operator
(registers buyers and review bodies). Guideline step 4.1.1 (work as a team).
"""
