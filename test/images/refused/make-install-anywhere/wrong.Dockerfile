FROM debian:bookworm-slim AS builder
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make && make install
FROM debian:bookworm-slim
WORKDIR /src
COPY --from=builder /src /src
COPY --from=builder /usr/local /usr/local
CMD ["word"]
