import subprocess

import markupsafe._speedups

kind = subprocess.run(["file", "-bL", markupsafe._speedups.__file__], capture_output=True, text=True, check=True).stdout
print(kind.split(",")[0])
