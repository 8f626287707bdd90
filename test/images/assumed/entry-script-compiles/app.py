import ctypes

print(ctypes.CDLL("/tmp/answer.so").answer())
