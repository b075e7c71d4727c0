"""One contracting process: its ocid, its team with roles and declared interests, its state and its documents.

Who acts: a procurer begins it, its lead gives roles, everybody on the team declares interests.
Guideline step 4.1.1 (work as a team); OCDS ocid.
"""
