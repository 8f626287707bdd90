FROM debian:bookworm-slim AS builder
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make && rm -rf /var/lib/apt/lists/*
COPY . /usr/src/word
RUN cd /usr/src/word && ./configure --prefix=/usr/local --sysconfdir=/etc && make && make install && rm -rf /usr/src/word
FROM debian:bookworm-slim
COPY --from=builder /usr/local /usr/local
CMD ["/usr/local/bin/word"]
