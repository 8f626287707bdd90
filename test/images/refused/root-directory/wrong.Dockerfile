FROM debian:bookworm-slim AS builder
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make && rm -rf /var/lib/apt/lists/*
COPY . .
RUN make
FROM debian:bookworm-slim
COPY --from=builder /answer /answer
CMD ["./answer"]
