FROM debian:bookworm-slim AS builder
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /work
COPY answer.c .
FROM debian:bookworm-slim
WORKDIR /work
COPY --from=builder /work /work
CMD gcc answer.c -o answer && ./answer
