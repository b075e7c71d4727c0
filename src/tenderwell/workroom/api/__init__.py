"""The write API: an explicit list of commands, one route each, the same rules and reasons as the pages.

Who acts: programs with an access token, and anybody for the steps that are open to the public.
"""
