FROM debian:bookworm-slim AS builder
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make && rm -rf /var/lib/apt/lists/*
WORKDIR /work
COPY . .
RUN make answer
FROM debian:bookworm-slim
WORKDIR /work
COPY --from=builder /work /work
ENTRYPOINT ["make", "--silent"]
CMD ["run"]
