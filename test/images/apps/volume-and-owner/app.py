import os

import requests

seed = os.stat("data/seed.txt")
print(requests.__name__, open("data/seed.txt").read().strip(), seed.st_uid, oct(os.stat("data").st_mode), os.access("data", os.W_OK))
