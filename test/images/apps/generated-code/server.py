from concurrent import futures

import grpc
import words_pb2
import words_pb2_grpc


class Words(words_pb2_grpc.WordsServicer):
    def Say(self, request, context):
        return words_pb2.Word(text=request.text.upper())


server = grpc.server(futures.ThreadPoolExecutor())
words_pb2_grpc.add_WordsServicer_to_server(Words(), server)
server.add_insecure_port("localhost:8001")
server.start()
with grpc.insecure_channel("localhost:8001") as channel:
    print(words_pb2_grpc.WordsStub(channel).Say(words_pb2.Word(text="said")).text)
