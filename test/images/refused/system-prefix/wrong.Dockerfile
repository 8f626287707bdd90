FROM debian:bookworm-slim AS builder
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make && make install PREFIX=/usr
FROM debian:bookworm-slim
WORKDIR /src
COPY --from=builder /usr/bin/answer /usr/bin/answer
CMD ["/usr/bin/answer"]
