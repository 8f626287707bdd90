import subprocess
import zipfile

import requests

with zipfile.ZipFile("/tmp/word.zip", "w") as archive:
    archive.writestr("word.txt", requests.__name__)
print(subprocess.run(["unzip", "-p", "/tmp/word.zip"], capture_output=True, text=True, check=True).stdout)
