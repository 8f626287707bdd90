import { describe } from 'vitest';
import { cases } from './check.ts';

const build = 'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /exporter\n';
const last = (copy: string, command = 'CMD ["/exporter"]'): string => `FROM alpine:3.20\n${copy}\n${command}\n`;

describe('a command that the last stage does not have', () => {
  cases('missing-command', [
    {
      name: 'another directory was copied',
      text: build + last('COPY --from=build /src /src'),
      says: ['warning /exporter'],
    },
    {
      name: 'a file that no stage is seen to make',
      text: last('RUN apk add --no-cache curl', 'CMD ["/other"]').replace(/^/, build),
    },
    { name: 'nothing was copied', text: build + last('RUN apk add --no-cache curl'), says: ['warning /exporter'] },
    {
      name: 'on an empty base',
      text: `${build}FROM scratch\nCOPY --from=build /src/a /a\nENTRYPOINT ["/exporter"]\n`,
      says: ['warning /exporter'],
    },
    { name: 'it was copied', text: build + last('COPY --from=build /exporter /exporter') },
    { name: 'it was copied to the root', text: build + last('COPY --from=build /exporter /') },
    { name: 'it was copied to the working directory', text: build + last('COPY --from=build /exporter .') },
    { name: 'its directory was copied', text: build + last('COPY --from=build /out /out', 'CMD ["/out/exporter"]') },
    { name: 'from the build context', text: build + last('COPY . /srv', 'CMD ["/srv/run"]') },
    { name: 'by a command that nobody understands', text: build + last('RUN ./install.sh') },
    { name: 'of the base', text: build + last('', 'CMD ["/usr/sbin/crond"]') },
    { name: 'of a base that nobody knows', text: `${build}FROM example.com/team/base\nCMD ["/exporter"]\n` },
    { name: 'looked up by PATH', text: build + last('', 'CMD ["exporter"]') },
    { name: 'in a shell', text: build + last('', 'CMD /exporter') },
    { name: 'an argument of the ENTRYPOINT of the base', text: `${build}FROM postgres:16\nCMD ["/exporter"]\n` },
    {
      name: 'written by a RUN',
      text: build + last('RUN wget -O /exporter https://example.com/e && chmod +x /exporter'),
    },
    { name: 'to a place that a variable names', text: build + last('ARG D\nCOPY --from=build /exporter $D/') },
  ]);
});
