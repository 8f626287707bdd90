import mimetypes
import os

import requests

status = os.stat("/etc/mime.types")
print(
    requests.__name__,
    *(mimetypes.guess_type(f"file.{ending}")[0] for ending in ("dwg", "odt", "7z")),
    os.path.getsize("/etc/mime.types"),
    status.st_uid,
    oct(status.st_mode),
)
