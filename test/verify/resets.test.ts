/** Builders whose COPY --from gives everything to root and drops special modes and capabilities. */
import { expect, it } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine } from '../engine/engine.ts';
import { judge } from './judge.ts';

const resets = { ...defaultSettings, copiesKeepOwners: false };

const original = `FROM python:3.11-bookworm
RUN useradd -u 700 app && mkdir /srv/app && chown app:app /srv/app
WORKDIR /srv/app
USER app
RUN python -m venv /srv/app/venv
ENV PATH=/srv/app/venv/bin:$PATH
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
`;
const builder = `FROM python:3.11-bookworm AS build
RUN useradd -u 700 app && mkdir /srv/app && chown app:app /srv/app
WORKDIR /srv/app
USER app
RUN python -m venv /srv/app/venv
ENV PATH=/srv/app/venv/bin:$PATH
COPY requirements.txt .
RUN pip install -r requirements.txt

`;
const runtime = (copy: string, after = ''): string => `${builder}FROM python:3.11-bookworm
RUN useradd -u 700 app && mkdir /srv/app && chown app:app /srv/app
WORKDIR /srv/app
${copy}
${after}USER app
ENV PATH=/srv/app/venv/bin:$PATH
COPY . .
CMD ["python", "app.py"]
`;
const context = { read: () => 'absent' as const, list: () => [] };
const rules = (result: string, settings?: { copiesKeepOwners: boolean }): string[] =>
  judge(original, result, context, settings).map(({ rule, message }) => `${rule}: ${message}`);

it('a copy without an owner is right where owners are kept, and wrong where they are not', () => {
  const text = runtime('COPY --from=build /srv/app /srv/app');
  expect(rules(text)).toEqual([]);
  expect(rules(text, { copiesKeepOwners: true })).toEqual([]);
  expect(rules(text, resets)).toEqual(['owner: /srv/app/venv has owner or mode `root`, it was `app`.']);
});

it('a named owner, or one that is given afterwards, is right', () => {
  const owner = (text: string): string[] => rules(text, resets).filter((one) => one.endsWith('`root`, it was `app`.'));
  expect(owner(runtime('COPY --from=build --chown=app:app /srv/app /srv/app'))).toEqual([]);
  expect(owner(runtime('COPY --from=build /srv/app /srv/app', 'RUN chown -R app:app /srv/app\n'))).toEqual([]);
  expect(owner(runtime('COPY --from=build /srv/app /srv/app', 'RUN chown app:app /srv/app\n'))).toHaveLength(1);
});

const special = (command: string): string => `FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev libcap2-bin
COPY main.c /src/main.c
RUN gcc -o /opt/main /src/main.c && ${command} /opt/main
CMD ["/opt/main"]
`;

it.each([
  ['setcap cap_net_raw+ep', 'cap:cap_net_raw+ep'],
  ['chmod 4755', '4755'],
  ['chmod 2755', '2755'],
  ['chmod u+s', 'u+s'],
  ['chmod +t', '+t'],
  ['chmod 02755', '02755'],
  ['chmod g=rxs', 'g=rxs'],
])('%s is lost, and set again', (command, mode) => {
  const text = special(command);
  const [from = '', install = '', copy = '', run = '', cmd = ''] = text.split('\n');
  const build = [`${from} AS build`, install, copy, run, ''].join('\n');
  const lost = [build, 'FROM debian:bookworm', 'COPY --from=build /opt/main /opt/main', cmd, ''].join('\n');
  const again = lost.replace(cmd, `RUN ${command} /opt/main\n${cmd}`);
  const wrong = `owner: /opt/main has owner or mode \`root\`, it was \`${mode}\`.`;
  const messages = (result: string): string[] => judge(text, result, context, resets).map((one) => one.message);
  expect(messages(lost)).toContain(wrong.slice('owner: '.length));
  expect(messages(again)).not.toContain(wrong.slice('owner: '.length));
});

it.each(['755', '0644', '00755', 'u+x', 'u-s', 'go-w'])('mode %s is not special', (mode) => {
  const text = special(`chmod ${mode}`);
  const [from = '', install = '', copy = '', run = '', cmd = ''] = text.split('\n');
  const result = [
    `${from} AS build`,
    install,
    copy,
    run,
    '',
    'FROM debian:bookworm',
    'COPY --from=build /opt/main /opt/main',
    cmd,
    '',
  ].join('\n');
  expect(judge(text, result, context, resets).filter((one) => one.rule === 'owner')).toEqual([]);
});

it.each([
  ['USER root', 'USER root', undefined],
  ['USER 0:0', 'USER root', undefined],
  ['USER 700', 'USER root', '700'],
  ['USER rooted', 'USER root', 'rooted'],
])('%s wrote it', (user, end, owner) => {
  const steps = `RUN useradd -u 700 rooted\n${user}\nRUN cp /etc/hostname /srv/name\n${end}\n`;
  const split = `FROM debian:bookworm AS build\n${steps}\nFROM debian:bookworm\nRUN useradd -u 700 rooted\nCOPY --from=build /srv/name /srv/name\n`;
  const said = judge(`FROM debian:bookworm\n${steps}`, split, context, resets).map((one) => one.message);
  const wrong = `/srv/name has owner or mode \`root\`, it was \`${owner}\`.`;
  expect(said.filter((one) => one.includes('owner or mode `root`'))).toEqual(owner === undefined ? [] : [wrong]);
});

it('what is offered names the owner of what it copies, and is proved for such builders', () => {
  const analysis = engine.analyse(original, resets, undefined);
  const best = analysis.best;
  expect(best?.text).toMatch(/COPY --from=builder --chown=app:app \/srv\/app/);
  expect(engine.verify(original, best?.text ?? '', undefined, resets)).toEqual([]);
});

it('nothing is offered where a capability would be lost', () => {
  const text = special('setcap cap_net_raw+ep');
  for (const { split } of engine.analyse(text, resets, undefined).tiers)
    if (split !== undefined) expect(engine.verify(text, split.text, undefined, resets)).toEqual([]);
});
