/** What single commands write, by their manuals: the places are those that a shell in a container shows. */
import { describe, expect, it } from 'vitest';
import { Facts } from '../../server/src/engine/facts/index.ts';
import type { Effect, Write } from '../../server/src/engine/model/state.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { simulate } from '../../server/src/engine/simulate/index.ts';
import { fileFacts } from './engine.ts';

const facts = new Facts(fileFacts);

function effectOf(command: string, before: readonly string[], base: string): Effect {
  const text = [`FROM ${base}`, 'WORKDIR /w', ...before, `RUN ${command}`, ''].join('\n');
  const { atoms } = simulate(parseDockerfile(text), facts, undefined);
  const last = atoms.at(-1)?.instruction;
  const effects = atoms.filter(({ instruction }) => instruction === last).map(({ effect }) => effect);
  return { ...(effects[0] as Effect), writes: effects.flatMap(({ writes }) => writes) };
}

function print({ kind, path, sure, below, link, mode, owner }: Write): string {
  const what = [`${kind}${sure ? '' : '?'}`, `${path}${below === true ? '/*' : ''}`];
  if (link !== undefined) what.push(`-> ${link}`);
  if (mode !== undefined) what.push(mode);
  if (owner !== undefined) what.push(`of ${owner}`);
  return what.join(' ');
}

/** What a command writes, after other lines; `?`: perhaps. */
function writes(command: string, before: readonly string[] = [], base = 'debian:bookworm-slim'): readonly string[] {
  return effectOf(command, before, base).writes.map(print);
}

function needs(command: string, base = 'debian:bookworm-slim'): readonly string[] {
  return effectOf(command, [], base)
    .needs.filter(({ kind }) => kind === 'exe')
    .map(({ name }) => name);
}

const made = ['RUN mkdir /d'];

describe('copies and moves', () => {
  it.each([
    ['cp -r a /d', ['tree /d/a']],
    ['cp -r a/. /d', ['tree /d']],
    ['cp -r . /opt', ['tree /opt']],
    ['cp -rT a /d', ['tree /d']],
    ['cp -t /d a b', ['file /d/a', 'file /d/b']],
    ['cp --parents a/b/c /d', ['file /d/a/b/c']],
    ['cp $X /opt/', ['tree /opt']],
    ['rsync -a a/ /d', ['tree /d']],
    ['rsync -a a /d', ['tree /d/a']],
    ['mv a /d', ['tree /d/a', 'gone /w/a']],
    ['mv -n a /d', ['tree /d/a', 'gone? /w/a']],
    ['mv a/* /d', ['tree /d', 'gone /w/a/*']],
    ['mv a/$X /d', ['tree /d', 'gone? /w/a/${X}']],
    ['install -D -m 755 a /d/e/f', ['tree /d/e/f 755']],
    ['install -Dt /d/e a', ['file /d/e/a']],
    ['install -dm 700 /d/e', ['dir /d/e 700']],
  ])('%s', (command, expected) => {
    expect(writes(command, made)).toEqual(expected);
  });
});

describe('links', () => {
  it.each([
    ['ln -s /o/a /o/b /d/', ['link /d/a -> /o/a', 'link /d/b -> /o/b']],
    ['ln -sfn /o/a /usr/local/bin/', ['link /usr/local/bin/a -> /o/a']],
    ['ln -sfn /o/a /usr/local/bin', ['link /usr/local/bin/a -> /o/a']],
    ['ln -sfn /o/a .', ['link /w/a -> /o/a']],
    ['ln -sfT /o/a /d', ['link /d -> /o/a']],
    ['ln -s /o/a', ['link /w/a -> /o/a']],
    ['ln -s /o/a /x', ['link /x -> /o/a']],
    ['ln -s /o/bin/* /usr/local/bin/', ['edit? /usr/local/bin']],
    ['ln -st /d /o/a', ['link /d/a -> /o/a']],
  ])('%s', (command, expected) => {
    expect(writes(command, made)).toEqual(expected);
  });
});

describe('deletions', () => {
  it.each([
    ['rm -rf /d/*', [], ['gone /d/*']],
    ['rm -rf /d/*', ['COPY .env /d/.env'], ['edit? /d']],
    ['rm -rf /d/*', ['COPY . /d'], ['edit? /d']],
    ['rm -rf /d/*/', [], ['edit? /d']],
    ['rm -rf $X/*', [], ['gone? /w/${X}/*']],
    ['rm $X', [], ['gone? /w/${X}']],
    ['touch $X && rm $X', [], ['edit? /w/${X}', 'gone /w/${X}']],
    ['curl -o $(uname -m) x && rm $(uname -m)', [], ['file? /w/$(uname -m)', 'gone /w/$(uname -m)']],
    ['rmdir /d', [], ['gone /d']],
    ['rmdir /d || true', ['COPY a.txt /d/a.txt'], ['gone? /d']],
    ['rmdir --ignore-fail-on-non-empty /d', [], ['gone? /d']],
    ['shred -n 1 /d/a', [], ['edit /d/a']],
    ['shred -u /d/a', [], ['gone /d/a']],
    ['truncate -s 0 /d/a', [], ['edit /d/a']],
  ])('%s after %j', (command, before, expected) => {
    expect(writes(command, [...made, ...before])).toEqual(expected);
  });

  it.each([
    ['[ "$A" = b ] && rm -rf /d', ['gone /d']],
    ['[ "$A" = b ] && rm -rf /d || true', ['gone? /d']],
    ['[ "$A" = b ] && rm -rf /d; true', ['gone? /d']],
    ['(grep -q a b && rm -rf /d; true)', ['gone? /d']],
    ['echo $A | grep -q b && rm -rf /d; true', ['gone? /d']],
    ['! test -f a && rm -rf /d; true', ['gone? /d']],
    ['command -v a && true && rm -rf /d; true', ['gone? /d']],
    ['mkdir /e && rm -rf /d; true', ['dir /e', 'gone /d']],
    ['true; [ "$A" = b ] && rm -rf /d', ['gone /d']],
    ['if [ -f a ] && rm -rf /d; then true; fi', ['gone? /d']],
  ])('under a condition: %s', (command, expected) => {
    expect(writes(command, made)).toEqual(expected);
  });
});

describe('variables and directories of branches', () => {
  it.each([
    ['if [ "$A" = b ]; then D=/a; else D=/b; fi; rm -rf $D', ['gone? /w/${D}']],
    ['case $A in b) D=/a;; *) D=/b;; esac; rm -rf $D', ['gone? /w/${D}']],
    ['D=/a; [ "$A" = b ] && D=/b; rm -rf $D', ['gone? /w/${D}']],
    ['D=/a; if [ "$A" = b ]; then D=/a; fi; rm -rf $D', ['gone /a']],
    ['D=/a; if true; then rm -rf $D; fi; rm -rf $D', ['gone? /a', 'gone /a']],
    ['if [ -d s ]; then cd s; fi; touch x', ['edit /w/${PWD}/x']],
    ['if [ -d s ]; then cd s && cd ..; fi; touch x', ['edit /w/x']],
  ])('%s', (command, expected) => {
    expect(writes(command)).toEqual(expected);
  });
});

describe('brace lists', () => {
  it.each([
    ['debian:bookworm-slim', [], ['gone /d/{a,b}']],
    ['alpine:3.20', [], ['gone /d/{a,b}']],
    ['rockylinux:9', [], ['gone /d/a', 'gone /d/b']],
    ['debian:bookworm-slim', ['SHELL ["/bin/bash", "-c"]'], ['gone /d/a', 'gone /d/b']],
  ])('in the shell of %s after %j', (base, before, expected) => {
    expect(writes('rm -rf /d/{a,b}', before, base)).toEqual(expected);
  });

  it('in a shell that is called', () => {
    expect(writes("bash -c 'rm -rf /d/{a,b}'")).toEqual(['gone /d/a', 'gone /d/b']);
    expect(writes("sh -c 'rm -rf /d/{a,b}'", ['SHELL ["/bin/bash", "-c"]'])).toEqual(['gone /d/{a,b}']);
  });
});

describe('what others find', () => {
  it.each([
    ["find -name '*.pyc' -delete", ['edit? /w']],
    ["find -L /d -name '*.pyc' -exec rm {} +", ['edit? /d']],
    ["find /d -name '*.so' -exec cp {} /usr/local/lib \\;", ['tree? /usr/local/lib']],
    ["find /d -name '*.so' | xargs -I{} cp {} /usr/local/lib", ['tree? /usr/local/lib']],
    ["find /d -name '*.so' | xargs cp -t /usr/local/lib", ['tree? /usr/local/lib']],
    ['find /d -type f -print0 | xargs -0 rm -f', ['edit? /d']],
    ['find /d -type f', []],
    ['cat list | xargs rm -f', ['gone? /w/${XARGS}']],
  ])('%s', (command, expected) => {
    expect(writes(command, made)).toEqual(expected);
  });
});

describe('owner and mode', () => {
  it.each([
    ['chmod -vR 755 /d', ['meta /d 755']],
    ['chmod 755 -R /d', ['meta /d 755']],
    ['chmod -x /d/a', ['meta /d/a -x']],
    ['chown -R app /d/*', ['meta /d/* of app']],
    ['chown app $X', ['meta? /w/${X} of app']],
  ])('%s', (command, expected) => {
    expect(writes(command)).toEqual(expected);
  });
});

describe('edits', () => {
  it.each([
    ["sed -i.orig 's/a/b/' /d/a", ['file /d/a.orig', 'edit /d/a']],
    ["sed -i -e 's/a/b/' -e 's/c/d/' /d/a", ['edit /d/a']],
    ["sed -ie 's/a/b/' /d/a", ['file /d/ae', 'edit /d/a']],
    ["sed 's/a/b/' /d/a", []],
    ["yq -i '.a = 1' /d/a.yaml", ['edit /d/a.yaml']],
    ["yq e -i '.a = 1' /d/a.yaml", ['edit /d/a.yaml']],
    ["gawk -i inplace '{print}' /d/a", ['edit /d/a']],
    ['sort -u -o /d/a /d/b', ['edit /d/a']],
  ])('%s', (command, expected) => {
    expect(writes(command)).toEqual(expected);
  });

  it('sed reads what it prints', () => {
    expect(effectOf("sed 's/a/b/' /d/a > /d/b", [], 'debian:bookworm-slim').reads).toContain('/d/a');
  });
});

describe('archives', () => {
  it.each([
    ['tar xfz a.tgz', ['tree /w']],
    ['tar xzCf /d a.tgz', ['tree /d']],
    ['tar xz -C /d --strip-components=1 x/y/z', ['tree /d/y/z']],
    ['tar -xzf a.tgz -C /d --strip 2 x/y/z', ['tree /d/z']],
    ['tar -xzf a.tgz -C /d ./x', ['tree /d/x']],
    ["tar -xzf a.tgz -C /d --wildcards '*/bin/x'", ['tree /d']],
    ['tar -I zstd -xf a.tar.zst -C /d', ['tree /d']],
    ['tar -xOf a.tar x', []],
    ['unzip a.zip x/y -d /d', ['tree /d/x/y']],
    ['unzip -j a.zip x/y -d /d', ['tree /d/y']],
    ["unzip a.zip 'x/*' -d /d", ['tree /d']],
    ['unzip a.zip -x y z -d /d', ['tree /d']],
    ['unzip -p a.zip x', []],
    ['gzip /d/a', ['file /d/a.gz', 'gone /d/a']],
    ['gzip -dk /d/a.gz', ['file /d/a']],
    ['gunzip /d/a.tgz', ['file /d/a.tar', 'gone /d/a.tgz']],
    ['gzip -c /d/a', []],
    ['gzip -r /d', ['edit? /d']],
    ['zstd -d /d/a.zst', ['file /d/a']],
    ['zstd --rm -d /d/a.zst -o /d/b', ['file /d/b', 'gone /d/a.zst']],
    ['7z x a.7z -o/d/e', ['tree /d/e']],
    ['7z a /d/a.7z x', ['file /d/a.7z']],
  ])('%s', (command, expected) => {
    expect(writes(command)).toEqual(expected);
  });

  it('a pattern decompresses what is known to match', () => {
    expect(writes('gunzip /d/*.gz', ['COPY a.gz /d/a.gz'])).toEqual(['edit? /d', 'file /d/a', 'gone /d/a.gz']);
  });

  it('decompressors that are packages of their own', () => {
    expect(needs('tar xf a.tar.xz')).toEqual(['tar', 'xz']);
    expect(needs('tar xjf a')).toEqual(['tar', 'bzip2']);
    expect(needs('tar xzf a.tgz')).toEqual(['tar']);
    expect(needs('tar xf a.tar.xz', 'alpine:3.20')).toEqual(['tar']);
    expect(needs('bunzip2 a.bz2')).toEqual(['bzip2']);
  });
});

describe('downloads', () => {
  it.each([
    ['curl -o a https://example.com/b', ['file /w/a']],
    ['curl -O https://example.com/b', ['file /w/b']],
    ['curl -o a https://example.com/a -O https://example.com/b', ['file /w/a', 'file? /w/a', 'file? /w/b']],
    ['curl -OJ https://example.com/b', ['tree /w']],
    ['curl --output-dir /d -O https://example.com/b', ['file /d/b']],
    ['curl -O https://example.com/$X', ['file? /w/${X}']],
    ['wget --content-disposition https://example.com/b', ['tree /w']],
    ['wget -i list -P /d', ['tree /d']],
    ['wget -P /d https://example.com/b', ['file /d/b']],
    ['aria2c -x 16 https://example.com/b -d /d -o c', ['file /d/c']],
    ['aria2c -x16 https://example.com/b.bin', ['file /w/b.bin']],
    ['aria2c -i list -d /d', ['tree /d']],
    ['git clone -b v1 https://example.com/a/b.git', ['tree /w/b']],
    ['git -C /d clone https://example.com/a/b.git', ['tree /d/b']],
    ['svn export -r 12 https://example.com/a /d/a', ['tree /d/a']],
    ['hg clone -u stable https://example.com/a', ['tree /w/a']],
  ])('%s', (command, expected) => {
    expect(writes(command)).toEqual(expected);
  });

  it('a key that is fetched into a keyring belongs to a repository', () => {
    const ring = '/usr/share/keyrings/x.gpg';
    const effect = effectOf(`gpg --no-default-keyring --keyring ${ring} --recv-keys AB`, [], 'debian:bookworm-slim');
    expect(effect.writes.map(({ path }) => path)).toContain(ring);
    expect(effect.repository).toBe(true);
  });

  it.each([
    ['gpg --batch --verify a.asc a', ['/w/a.asc', '/w/a']],
    ['gpg --import /k.asc', ['/k.asc']],
    ['gpg --dearmor -o /o.gpg k.asc', ['/w/k.asc']],
    ['gpg --batch --recv-keys AB CD', []],
    ['gpg --verify a.asc -', ['/w/a.asc']],
  ])('%s reads %j', (command, expected) => {
    expect(effectOf(command, [], 'debian:bookworm').reads).toEqual(expected);
  });
});

describe('builds that install', () => {
  const configured = ['RUN ./configure'];
  it.each([
    ['make -j install', ['tree /w', 'tree /usr/local']],
    ['make -j 4 install', ['tree /w', 'tree /usr/local']],
    ['make -j $(nproc) install', ['tree /w', 'tree /usr/local']],
    ['make install DESTDIR=/d', ['tree /w', 'tree /d/usr/local']],
    ['DESTDIR=/d make install', ['tree /w', 'tree /d/usr/local']],
    ['cmake --build . -j --target install', ['tree /w', 'tree /usr/local']],
    ['cmake --build . --target a install', ['tree /w', 'tree /usr/local']],
    ['cmake --install . --prefix /d', ['tree /w', 'tree /d']],
    ['meson install --destdir /d', ['tree /w', 'tree /d/usr/local']],
  ])('%s', (command, expected) => {
    expect(writes(command, configured)).toEqual(expected);
  });

  it('the prefix as a word of its own', () => {
    expect(writes('make install', ['RUN ./configure --prefix /p'])).toContain('tree /p');
    expect(writes('ninja install', ['RUN meson setup . --prefix /p'])).toContain('tree /p');
    expect(writes('cmake --install .', ['RUN cmake . --install-prefix /p'])).toContain('tree /p');
  });
});

describe('as another user', () => {
  const app = ['RUN useradd -m app'];
  it.each([
    ['su - app -c "git clone https://example.com/a/b.git"', ['tree /home/app/b of app']],
    ['su app -c "git clone https://example.com/a/b.git"', ['tree /w/b of app']],
    ['su -s /bin/sh -c "touch ~/a" app', ['edit /home/app/a of app']],
    ['runuser -u app -- mkdir -p /home/app/a', ['dir /home/app/a of app']],
    ['sudo -u app mkdir -p ~/a', ['dir /root/a of app']],
    ['gosu app sh -c "touch ~/a"', ['edit /home/app/a of app']],
    ['sudo mkdir /a', ['dir /a']],
  ])('%s', (command, expected) => {
    expect(writes(command, app)).toEqual(expected);
  });

  it('pip --user installs into their home', () => {
    expect(writes('su - app -c "pip install --user flask"', app, 'python:3.11')).toContain(
      'tree /home/app/.local of app',
    );
  });
});

describe('users and groups', () => {
  const principals = (command: string, base = 'node:22'): readonly string[] => {
    const text = `FROM ${base}\nRUN ${command}\n`;
    const { stages } = simulate(parseDockerfile(text), facts, undefined);
    return [...(stages[0]?.state.principals ?? [])]
      .filter(([, { id }]) => (id ?? 0) >= 1000 && (id ?? 0) < 60000)
      .map(([key, { id, home = '' }]) => `${key} ${String(id)} ${home}`.trim());
  };

  it.each([
    ['groupmod -g 1500 node', ['user:node 1000 /home/node', 'group:node 1500']],
    ['usermod -u 1500 -g 1500 node', ['user:node 1500 /home/node', 'group:node 1000']],
    ['usermod -l app -d /home/app -m node', ['group:node 1000', 'user:app 1000 /home/app']],
    ['groupmod -n app node', ['user:node 1000 /home/node', 'group:app 1000']],
    ['userdel -r node', ['group:node 1000']],
  ])('%s', (command, expected) => {
    expect(principals(command)).toEqual(expected);
  });

  it('useradd makes a home where login.defs says so', () => {
    expect(writes('useradd app', [], 'rockylinux:9')).toContain('dir /home/app of app');
    expect(writes('useradd app')).toEqual([]);
  });
});

describe('alternatives', () => {
  it.each([
    [
      'update-alternatives --install /usr/bin/a a /opt/a 1 --slave /usr/bin/b b /opt/b',
      ['link /usr/bin/a -> /opt/a', 'link? /usr/bin/b -> /opt/b'],
    ],
    ['update-alternatives --set a /opt/a', ['edit /etc/alternatives']],
  ])('%s', (command, expected) => {
    expect(writes(command)).toEqual(expected);
  });

  it('what is set must be there', () => {
    expect(effectOf('update-alternatives --set a /opt/a', [], 'debian:bookworm-slim').reads).toContain('/opt/a');
  });
});

describe('packages for everybody', () => {
  const placed = (command: string, base: string, before: readonly string[] = []): readonly string[] =>
    effectOf(command, before, base)
      .writes.filter((write) => write.class !== 'cache')
      .map(print);

  it.each([
    ['npm install -g x', [], ['tree /usr/local/lib/node_modules', 'tree /usr/local/bin']],
    ['npm install -g --prefix /g x', [], ['tree /g/lib/node_modules', 'tree /g/bin']],
    ['npm install -g x', ['RUN npm config set prefix /g'], ['tree /g/lib/node_modules', 'tree /g/bin']],
    ['npm install -g x', ['RUN npm set prefix=/g'], ['tree /g/lib/node_modules', 'tree /g/bin']],
    ['pnpm add -g x', ['ENV PNPM_HOME=/p'], ['tree /p']],
    ['pnpm add -g turbo', ['ENV PNPM_HOME=/p'], ['tree /p/global', 'file? /p/turbo']],
    ['bun add -g x', [], ['tree /root/.bun']],
    ['npm uninstall -g npm', [], ['edit /usr/local/lib/node_modules', 'edit /usr/local/bin']],
  ])('%s after %j', (command, before, expected) => {
    expect(placed(command, 'node:22', before)).toEqual(expected);
  });

  it.each([
    ['pipx install httpie', ['tree /root/.local']],
    ['pipx install --global httpie', ['tree /opt/pipx', 'tree /usr/local/bin']],
    ['conda config --add channels x', ['edit /root/.condarc']],
    ['conda config --system --add channels x', ['edit /opt/conda/.condarc']],
  ])('%s', (command, expected) => {
    expect(placed(command, 'python:3.12')).toEqual(expected);
  });

  it.each(['pip cache dir', 'uv cache dir', 'yarn cache dir', 'pnpm store path', 'npm cache verify'])(
    '%s takes nothing away',
    (command) => {
      expect(writes(command, [], 'node:22')).toEqual([]);
    },
  );

  it('what a list of conda names is not known before it is read', () => {
    const { unread } = effectOf('conda install --yes --file list.txt', [], 'python:3.12');
    expect(unread.map(({ what }) => what)).toEqual(['list.txt']);
  });
});
