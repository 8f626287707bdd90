import os

from wrapt import _wrappers

print(_wrappers.__name__, os.getuid(), os.stat("/var/spool/job").st_uid)
