"""The signed-in home of each person: what to do now, and why something cannot be done yet.

Who acts: everybody who signs in. The desk writes nothing; every button leads to a command's page.
"""
