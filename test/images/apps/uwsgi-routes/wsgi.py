def application(env, start):
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"wsgi"]
