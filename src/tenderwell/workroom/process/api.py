"""What programs may do to begin a process and to form its team."""

from tenderwell.workroom.process import commands as c

COMMANDS = (
    c.begin_process,
    c.assign_role,
    c.end_role,
    c.declare_interest,
    c.add_document,
    c.withhold_document,
)
RESULTS = {
    c.begin_process: lambda process: {"ocid": process.ocid},
    c.add_document: lambda document: {"number": document.number, "version": document.version},
}
