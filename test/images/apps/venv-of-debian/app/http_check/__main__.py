import cffi
import pycurl

print(pycurl.version.split()[0].split("/")[0], cffi.FFI().cast("int", 3))
