import type { Family } from './family.ts';

/** Libraries that only the loader's cache finds (ldconfig(8)), and a loader that has none. */
export const loader: readonly Family[] = [
  {
    name: 'two libraries below /usr/local/lib',
    files: { 'a.c': '', 'b.so': '' },
    original: `FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
COPY b.so /usr/local/lib/b.so
COPY a.c /src/a.c
RUN gcc -shared -o /usr/local/lib/a.so /src/a.c
RUN ldconfig
RUN gcc -o /usr/local/bin/main /src/a.c
CMD ["main"]
`,
    right: `FROM debian:bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
COPY b.so /usr/local/lib/b.so
COPY a.c /src/a.c
RUN gcc -shared -o /usr/local/lib/a.so /src/a.c
RUN ldconfig
RUN gcc -o /usr/local/bin/main /src/a.c

FROM debian:bookworm
COPY b.so /usr/local/lib/b.so
COPY a.c /src/a.c
COPY --from=build /usr/local/lib/a.so /usr/local/lib/a.so
COPY --from=build /usr/local/bin/main /usr/local/bin/main
RUN ldconfig
CMD ["main"]
`,
    harmless: [
      [
        'the program after it',
        'COPY --from=build /usr/local/bin/main /usr/local/bin/main\nRUN ldconfig',
        'RUN ldconfig\nCOPY --from=build /usr/local/bin/main /usr/local/bin/main',
      ],
      [
        'an installation renews it',
        'RUN ldconfig\nCMD',
        'COPY --from=build /etc/ld.so.cache /etc/ld.so.cache\nRUN apt-get update && apt-get install -y --no-install-recommends libxml2\nCMD',
      ],
    ],
    wrong: [
      ['nothing renews the cache', 'RUN ldconfig\nCMD', 'CMD', 'lost-path 6: /etc/ld.so.cache', 'missing-ldconfig 3'],
      [
        'before the library that is copied',
        'COPY --from=build /usr/local/lib/a.so /usr/local/lib/a.so\nCOPY --from=build /usr/local/bin/main /usr/local/bin/main\nRUN ldconfig',
        'COPY --from=build /usr/local/bin/main /usr/local/bin/main\nRUN ldconfig\nCOPY --from=build /usr/local/lib/a.so /usr/local/lib/a.so',
        'missing-ldconfig 3: below /usr/local/lib/a.so',
      ],
      [
        'before the library of the context',
        'COPY b.so /usr/local/lib/b.so\nCOPY a.c /src/a.c\nCOPY --from=build /usr/local/lib/a.so /usr/local/lib/a.so\nCOPY --from=build /usr/local/bin/main /usr/local/bin/main\nRUN ldconfig\n',
        'COPY a.c /src/a.c\nCOPY --from=build /usr/local/lib/a.so /usr/local/lib/a.so\nCOPY --from=build /usr/local/bin/main /usr/local/bin/main\nRUN ldconfig\nCOPY b.so /usr/local/lib/b.so\n',
        'missing-ldconfig 3: below /usr/local/lib/b.so',
      ],
    ],
  },
  {
    name: 'what a command brings and makes known itself',
    files: {},
    original: `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl gcc
RUN (curl -fsSL -o /usr/local/lib/a.so https://example.com/a.so && ldconfig)
RUN curl -fsSL -o /opt/main https://example.com/main
CMD ["/opt/main"]
`,
    right: `FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends curl gcc
RUN (curl -fsSL -o /usr/local/lib/a.so https://example.com/a.so && ldconfig)
RUN curl -fsSL -o /opt/main https://example.com/main

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl
RUN (curl -fsSL -o /usr/local/lib/a.so https://example.com/a.so && ldconfig)
COPY --from=build /opt/main /opt/main
CMD ["/opt/main"]
`,
    harmless: [
      [
        'copied again, and made known again',
        'COPY --from',
        'COPY --from=build /usr/local/lib /usr/local/lib\nRUN ldconfig\nCOPY --from',
      ],
    ],
    wrong: [
      [
        'copied over it',
        'COPY --from',
        'COPY --from=build /usr/local/lib /usr/local/lib\nCOPY --from',
        'missing-ldconfig 3: below /usr/local/lib',
      ],
    ],
  },
  {
    name: 'a loader without a cache',
    files: { 'a.c': '', 'libs/c.so': '' },
    original: `FROM alpine:3.22
RUN apk add --no-cache gcc musl-dev
COPY a.c /src/a.c
COPY libs /usr/local/lib/more
RUN gcc -shared -o /usr/local/lib/a.so /src/a.c
RUN ldconfig /usr/local/lib
RUN gcc -o /usr/local/bin/main /src/a.c
CMD ["main"]
`,
    right: `FROM alpine:3.22 AS build
RUN apk add --no-cache gcc musl-dev
COPY a.c /src/a.c
COPY libs /usr/local/lib/more
RUN gcc -shared -o /usr/local/lib/a.so /src/a.c
RUN ldconfig /usr/local/lib
RUN gcc -o /usr/local/bin/main /src/a.c

FROM alpine:3.22
COPY a.c /src/a.c
COPY libs /usr/local/lib/more
RUN ldconfig /usr/local/lib
COPY --from=build /usr/local/lib/a.so /usr/local/lib/a.so
COPY --from=build /usr/local/bin/main /usr/local/bin/main
CMD ["main"]
`,
    wrong: [],
  },
];
