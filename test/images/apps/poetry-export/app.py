from packaging.version import Version


def app(_environ, start_response):
    start_response("200 OK", [])
    return [f"poetry {Version('1.0') < Version('1.1')}".encode()]
