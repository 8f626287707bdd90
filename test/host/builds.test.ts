/** Who builds a Dockerfile: compose, bake, tasks and CI files, whole and broken. */
import { beforeAll, describe, expect, test } from 'vitest';
import { bakeBuilds, bakeTable } from '../../server/src/host/builds/bake.ts';
import { gitlab, workflow } from '../../server/src/host/builds/ci.ts';
import { readScript } from '../../server/src/host/builds/commandLine.ts';
import { composeBuilds } from '../../server/src/host/builds/compose.ts';
import { Discoverer } from '../../server/src/host/builds/discover.ts';
import { readHcl } from '../../server/src/host/builds/hcl.ts';
import { loadParsers, parsers } from '../../server/src/host/builds/parsers.ts';
import { taskBuilds } from '../../server/src/host/builds/tasks.ts';
import { ContextSnapshot } from '../../server/src/host/contextSnapshot.ts';
import { tree } from './tree.ts';

beforeAll(loadParsers);
const yaml = (path: string, text: string) => ({ path, content: parsers()?.yaml(text) });
const hcl = (path: string, text: string) => ({ path, content: bakeTable(readHcl(text)) });
const places = (builds: readonly { name: string; context: string; dockerfile: string; target: string | undefined }[]) =>
  builds.map(({ name, context, dockerfile, target }) => `${name}: ${context} ${dockerfile} ${target ?? '-'}`);

describe('compose', () => {
  const read = (text: string, path = 'compose.yaml') => composeBuilds([yaml(path, text)]);
  test.each([
    ['services: {a: {build: .}}', 'service a:  Dockerfile -'],
    ['services: {a: {build: ./api}}', 'service a: api api/Dockerfile -'],
    ['services: {a: {build: {context: api, dockerfile: ../docker/D, target: dev}}}', 'service a: api docker/D dev'],
    ['services: {a: {build: {dockerfile: api/Dockerfile}}}', 'service a:  api/Dockerfile -'],
    ['services: {a: {build: "${ROOT:-api}"}}', 'service a: api api/Dockerfile -'],
    ['x: &b {build: {context: api}}\nservices: {a: {<<: *b}}', 'service a: api api/Dockerfile -'],
  ])('%s', (text, build) => expect(places(read(text))).toEqual([build]));
  test.each([
    '',
    '[]',
    'services: 3',
    'services: {a: {image: postgres}}',
    'services: {a: {build: "${ROOT}"}}',
    'services: {a: {build: https://example.com/x.git}}',
    'services: {a: {build: ../../outside}}',
    'services: {a: {build: /etc}}',
    'services: {a: {build: {context: ., dockerfile_inline: FROM a}}}',
    'services:\n  a: {build: [}',
    'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nservices: {a: {build: *c}}',
  ])('no build is read from %j', (text) => expect(read(text, 'docker/compose.yaml')).toEqual([]));

  test('what the service runs, and what others run in its image', () => {
    const [build] = composeBuilds([
      yaml(
        'compose.yaml',
        'services: {a: {build: ., image: shop, command: serve --port 1, healthcheck: {test: [CMD, curl, x]}}}',
      ),
      yaml(
        'compose.override.yaml',
        'services: {a: {entrypoint: [/e.sh]}, w: {image: shop, command: [work], healthcheck: {test: [CMD-SHELL, "a | b"]}}, o: {image: x, command: no}}',
      ),
    ]);
    expect(build?.runs).toEqual(['serve --port 1', ['curl', 'x'], ['/e.sh'], ['work'], 'a | b']);
  });
});

describe('bake', () => {
  const text = `
variable "TAG" { default = "1" }
variable "DIR" { default = "api" }
group "default" { targets = ["app"] }
// shared
target "_base" {
  context = DIR == "" ? "." : DIR
  dockerfile = "docker/Dockerfile" # beside
  args = { A = "}" , B = upper("x") }
}
target "app" {
  inherits = ["_base"]
  context = "\${DIR}"
  target = "final"
  output = [{ type = "image" }]
}
/* gone: target "old" { context = "old" } */
function "f" { params = [a] result = "\${a}" }
`;
  test('reads targets, inheritance, defaults of variables', () => {
    expect(places(bakeBuilds([hcl('docker-bake.hcl', text)]))).toEqual([
      'target _base:  docker/Dockerfile -',
      'target app: api api/docker/Dockerfile final',
    ]);
  });
  test('JSON says the same', () => {
    const content = parsers()?.json('{"target": {"app": {"context": "api", "target": "final"}}}');
    expect(places(bakeBuilds([{ path: 'docker-bake.json', content }]))).toEqual([
      'target app: api api/Dockerfile final',
    ]);
  });
  test('targets that inherit each other end', () => {
    const loop = 'target "a" { inherits = ["b"] }\ntarget "b" { inherits = ["a"] }';
    expect(bakeBuilds([hcl('docker-bake.hcl', loop)])).toHaveLength(2);
  });
  test.each([
    'target "a" {',
    'target',
    'target "a" { context = ',
    '<<EOF\nx',
    '/* open',
    '}{][',
    '"',
    'target "a" { x { y }',
  ])('a broken text is read to its end: %j', (broken) => expect(() => readHcl(broken)).not.toThrow());
  test.each(['/*', '<<X\n', '"', '{', 'a "', '[('])('a long text of %j is read to its end', (part) => {
    expect(readHcl(part.repeat(200_000 / part.length))).toEqual([]);
  });
});

describe('tasks', () => {
  const read = (text: string) => places(taskBuilds({ path: '.vscode/tasks.json', content: parsers()?.json(text) }));
  test('docker-build and shell tasks, with comments and a trailing comma', () => {
    const text = `{ // tasks
      "tasks": [
        { "type": "docker-build", "label": "image", "dockerBuild": { "context": "\${workspaceFolder}/api", "dockerfile": "\${workspaceFolder}/api/Dockerfile", "target": "dev" } },
        { "type": "docker-build", "label": "plain" },
        { "type": "shell", "label": "sh", "command": "docker build", "args": ["-f", "x/Dockerfile", "."] },
        { "type": "shell", "label": "other", "command": "make" },
      ] }`;
    expect(read(text)).toEqual([
      'task image: api api/Dockerfile dev',
      'task plain:  Dockerfile -',
      'task sh:  x/Dockerfile -',
    ]);
  });
  test.each(['', '{', '[]', '{"tasks": {"a": 1}}', '{"tasks": [null, 3]}'])('nothing in %j', (text) =>
    expect(read(text)).toEqual([]),
  );
});

describe('command lines', () => {
  const builds = (line: string, folder = '') =>
    readScript(line, folder).builds.map((b) => `${b.context} ${b.dockerfile} ${b.target ?? '-'}`);
  test.each([
    ['docker build .', ' Dockerfile -'],
    ['docker build -t a:b --target dev -f docker/Dockerfile api', 'api docker/Dockerfile dev'],
    ['docker buildx build --push --platform linux/amd64 --file=api/D --target=x ./api', 'api api/D x'],
    ['cd x && sudo podman build --no-cache --build-arg A="b c" api', 'api api/Dockerfile -'],
  ])('%s', (line, build) => expect(builds(line)).toEqual([build]));
  test.each([
    'docker build -',
    'docker build',
    'docker build $DIR',
    'docker push a',
    'docker build https://a/b.git',
    'docker build ../..',
    '"',
  ])('no build in %s', (line) => expect(builds(line)).toEqual([]));
  test('starts in its folder', () => expect(builds('docker build .', 'api')).toEqual(['api api/Dockerfile -']));
  test('what is run in an image or a service', () => {
    const { runs } = readScript(
      'docker run --rm -v a:b shop make test\ndocker compose -f x.yml run --rm api npm test\ndocker run shop',
      '',
    );
    expect(runs).toEqual([
      { image: 'shop', service: undefined, argv: ['make', 'test'] },
      { image: undefined, service: 'api', argv: ['npm', 'test'] },
    ]);
  });
});

describe('continuous integration', () => {
  test('workflows', () => {
    const text = `
jobs:
  image:
    steps:
      - uses: docker/build-push-action@v6
        with: { context: ., file: api/Dockerfile, target: test, tags: shop:ci }
      - run: docker run shop:ci pytest
      - run: docker compose exec api sh -c "make"
      - uses: docker/build-push-action@v6
        with: { context: "\${{ matrix.dir }}" }
      - working-directory: web
        run: docker build -t web --target \${{ matrix.target }} .
`;
    const { builds, runs } = workflow(yaml('.github/workflows/ci.yml', text));
    expect(places(builds)).toEqual(['job image:  api/Dockerfile test', 'job image: web web/Dockerfile ${EXPRESSION}']);
    expect(builds[0]?.runs).toEqual([['pytest']]);
    expect(runs.map(({ service, argv }) => [service, ...argv])).toEqual([['api', 'sh', '-c', 'make']]);
  });
  test('.gitlab-ci.yml', () => {
    const text =
      'stages: [build]\nimage: {script: [docker build --target prod api, [docker push x]]}\nother: {script: make}\n';
    expect(places(gitlab(yaml('.gitlab-ci.yml', text)).builds)).toEqual(['job image: api api/Dockerfile prod']);
  });
  test.each(['', 'jobs: 3', 'jobs: {a: {steps: {b: 1}}}', 'jobs:\n - ['])('nothing in %j', (text) =>
    expect(workflow(yaml('w', text))).toEqual({ builds: [], runs: [] }),
  );
});

describe('found beside a Dockerfile', () => {
  const found = (files: Record<string, string>, dockerfile: string) => {
    const snapshot = new ContextSnapshot(tree(files), '/w', undefined);
    const discoverer = new Discoverer(snapshot);
    for (;;) {
      const discovery = discoverer.discover(dockerfile);
      if (snapshot.load(discovery.wants) === false) return discovery;
    }
  };
  test('nearest folder first, compose before bake before tasks before CI; only what builds this file', () => {
    const { builds } = found(
      {
        'api/Dockerfile': '',
        'docker-compose.yml': 'services: {api: {build: api}, web: {build: web}}',
        'api/docker-bake.hcl': 'target "near" {}',
        'deploy/compose.prod.yaml': 'services: {prod: {build: ../api}}',
        '.vscode/tasks.json': '{"tasks": [{"type": "shell", "label": "t", "command": "docker build api"}]}',
        '.github/workflows/ci.yaml':
          'jobs: {j: {steps: [{run: docker build api}, {run: docker compose run api make}]}}',
        'node_modules/x/compose.yml': 'services: {no: {build: ../../api}}',
      },
      'api/Dockerfile',
    );
    expect(builds.map(({ file, name }) => `${file} ${name}`)).toEqual([
      'api/docker-bake.hcl target near',
      'docker-compose.yml service api',
      'deploy/compose.prod.yaml service prod',
      '.vscode/tasks.json task t',
      '.github/workflows/ci.yaml job j',
      '.github/workflows/ci.yaml job j',
    ]);
    expect(builds.at(-1)?.runs).toEqual([['make']]);
  });
  test('a generated file of great length is left alone', () => {
    const long = `services: {api: {build: .}}\n${'# long\n'.repeat(50_000)}`;
    expect(found({ Dockerfile: '', 'compose.yaml': long }, 'Dockerfile').builds).toEqual([]);
  });
  test('an empty folder has no builds', () => expect(found({ Dockerfile: '' }, 'Dockerfile').builds).toEqual([]));
});
