"""The command line: click commands over the services. Must not decide, draw, say SQL or HTTP."""
