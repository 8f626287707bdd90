/** Package managers of releases that no table lists: what is installed is known by name, and no split comes of it. */
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { Facts } from '../../server/src/engine/facts/index.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { simulate } from '../../server/src/engine/simulate/index.ts';
import { engine, fileFacts } from './engine.ts';

/** What one RUN of a Fedora image leaves of packages, and whether somebody could follow it. */
function after(command: string, image = 'fedora:43'): { packages: string[]; opaque: string | undefined } {
  const file = parseDockerfile(`FROM ${image}\nRUN ${command}\nCMD ["x"]\n`);
  const { atoms, stages } = simulate(file, new Facts(fileFacts), undefined);
  const state = stages[0]?.state;
  return {
    packages: [...(state?.packages.keys() ?? [])],
    opaque: atoms.find(({ effect }) => effect.opaque !== undefined)?.effect.opaque?.name,
  };
}

describe('packages by name', () => {
  it.each([
    ['dnf -y --setopt=install_weak_deps=False install gcc gcc-c++', ['gcc', 'gcc-c++']],
    ['yum install -y --enablerepo epel gcc-4.8.5-44.el7.x86_64 && yum clean all', ['gcc']],
    ['yum -y groupinstall "Development Tools"', ['Development Tools']],
    ['dnf group install -y development-tools', ['development-tools']],
    ['dnf module install -y nodejs:18', ['nodejs:18']],
    ['microdnf install -y --nodocs python3.12 && microdnf clean all', ['python3.12']],
    ['tdnf -y install python3 python3-pip', ['python3', 'python3-pip']],
    ['dnf install -y gcc curl && dnf remove -y gcc', ['curl']],
    ['yum install -y curl && yum install -y gcc make && yum history -y undo last', ['curl']],
    ['dnf swap -y curl-minimal curl', ['curl']],
    ['rpm -ivh https://example.org/tool.rpm && dnf install -y ./local.rpm', []],
    ['rpm -e --nodeps tzdata && rpm -qa', []],
    ['zypper --non-interactive install -t pattern devel_basis && zypper in -y python311', ['devel_basis', 'python311']],
    ['pacman -Syu --noconfirm base-devel python && pacman -Scc --noconfirm', ['base-devel', 'python']],
  ] as const)('%s', (command, names) => {
    expect(after(command)).toEqual({ packages: names, opaque: undefined });
  });

  it('what another system is filled with is not this image’s', () => {
    expect(after('dnf install -y --installroot /mnt/sys bash').packages).toEqual([]);
  });

  it('build dependencies and lists that are not in the file are not known', () => {
    expect(after('dnf builddep -y python3').opaque).toBe('dnf builddep');
    expect(after('dnf install -y $LIST').opaque).toBe('a package list that is not known');
  });
});

describe('no split comes of them', () => {
  const file = (install: string, run: string): string => `FROM fedora:43
RUN dnf install -y ${install}
${run}
CMD ["/usr/local/bin/tool"]
`;
  const outcome = (text: string): string => {
    const { status, reasons } = engine.analyse(text, defaultSettings, undefined);
    return `${status} ${reasons[0]?.code ?? ''}`;
  };

  it('where something builds with them, the reason is told', () => {
    const build = 'RUN curl -fsSL https://example.org/tool.tar.gz | tar xz && cd tool && ./configure && make install';
    expect(outcome(file('gcc make', build))).toBe('refused unlisted-packages');
    expect(outcome(file('"@Development Tools"', build))).toBe('refused unlisted-packages');
    expect(outcome(file('zlib-devel', 'RUN pip install psycopg2'))).toBe('refused unlisted-packages');
  });

  it('where nothing does, nothing is said', () => {
    expect(outcome(file('gcc', 'RUN mkdir -p /srv'))).toBe('nothing-to-gain nothing-to-gain');
    expect(outcome(file('curl', 'RUN pip install requests'))).toBe('nothing-to-gain nothing-to-gain');
  });

  it('the verifier takes no package of theirs for a tool that may leave', () => {
    const build = 'RUN mkdir /opt/x && gcc -o /opt/x/tool tool.c';
    const before = `FROM fedora:43\nRUN dnf install -y gcc libpq-devel\n${build}\nCMD ["/opt/x/tool"]\n`;
    const split = `FROM fedora:43 AS builder
RUN dnf install -y gcc libpq-devel
${build}

FROM fedora:43 AS runtime
COPY --from=builder /opt/x /opt/x
CMD ["/opt/x/tool"]
`;
    const rules = engine.verify(before, split, undefined).map((one) => `${one.rule} ${one.message}`);
    expect(rules.some((rule) => rule.startsWith('lost-package') && rule.includes('libpq-devel'))).toBe(true);
  });
});
