FROM debian:bookworm-slim AS builder
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN ./setup
FROM debian:bookworm-slim
WORKDIR /app
COPY --from=builder /app /app
CMD ["./answer"]
