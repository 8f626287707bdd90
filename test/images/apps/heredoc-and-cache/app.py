import requests

print(requests.__name__, open("/app/settings/name.txt").read().strip())
