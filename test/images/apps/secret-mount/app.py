import os

import requests

print(requests.__name__, os.path.exists("/run/token"))
