import type { Judged } from './family.ts';

const FILES = { 'requirements.txt': 'flask==3.0.0\n', 'app.py': 'import flask\n', Makefile: 'all:\n\techo x\n' };
const PIP = 'WORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n';
const LIBRARIES =
  'RUN apt-get update && apt-get install -y --no-install-recommends media-types libpq5 libgomp1 libatomic1';

/** A Python application on a full image, whose last stage is a slim one with all of /usr/local. */
function full(
  name: string,
  more: string,
  said: readonly string[],
  steps = '',
  command = '["python", "app.py"]',
): Judged {
  const last = `COPY . .\n${steps}CMD ${command}\n`;
  return {
    name: `on a full image: ${name}`,
    files: FILES,
    original: `FROM python:3.11-bookworm\n${PIP}${last}`,
    result: `FROM python:3.11-bookworm AS build\n${PIP}
FROM python:3.11-slim-bookworm
${LIBRARIES}${more}\nWORKDIR /app\nCOPY --from=build /usr/local /usr/local\n${last}`,
    said,
  };
}

/** The same on a slim one, where a compiler is installed. */
function slim(
  name: string,
  packages: string,
  last: string,
  said: readonly string[],
  files: Record<string, string> = {},
): Judged {
  const tools = `RUN apt-get update && apt-get install -y --no-install-recommends ${packages}\n`;
  return {
    name: `on a slim image: ${name}`,
    files: { ...FILES, ...files },
    original: `FROM python:3.11-slim-bookworm\n${tools}${PIP}COPY . .\n${last}`,
    result: `FROM python:3.11-slim-bookworm AS build\n${tools}${PIP}
FROM python:3.11-slim-bookworm\nWORKDIR /app\nCOPY --from=build /usr/local /usr/local\nCOPY . .\n${last}`,
    said,
  };
}

const git = 'RUN git rev-parse HEAD > /app/version\n';

/** Tools that commands of the last stage call, where a directory on PATH was copied. */
export const tools: readonly Judged[] = [
  full('nothing but the application', '', []),
  full('a tool of the base', '', ['missing-build-tool 11: `git` needs git'], git),
  full('a tool of the base, installed', ' git', [], git),
  full('another one', '', ['missing-build-tool 11: `unzip` needs unzip'], 'RUN unzip /app/x.zip\n'),
  full('a command that pip installed', '', [], 'RUN flask --version\n'),
  slim('a tool that was installed', 'gcc git', `${git}CMD ["python", "app.py"]\n`, ['missing-build-tool 11']),
  slim('make', 'gcc make', 'RUN make\nCMD ["python", "app.py"]\n', ['missing-build-tool 11']),
  slim('what may be compiled again', 'gcc', 'RUN pip install uwsgi\nCMD ["python", "app.py"]\n', [
    'missing-build-tool 11: `pip` needs cc',
  ]),
  slim('an extension is compiled again', 'gcc', 'RUN python setup.py build_ext\nCMD ["python", "app.py"]\n', [
    'missing-library -: libgomp1 is needed at run time (what nobody has read may link it)',
    'missing-library -: libatomic1',
    'missing-library -: libquadmath0',
    'missing-build-tool 11',
  ]),
  slim('what is not compiled', 'gcc', 'RUN pip install flask==3.0.0\nCMD ["python", "app.py"]\n', []),
];

/** What is compiled when the container runs. */
export const compiling: readonly Judged[] = [
  full(
    'packages are installed at the start',
    '',
    ['missing-executable 6: `g++` runs in the container'],
    '',
    'pip install -r plugins.txt && python app.py',
  ),
  full(
    'packages are installed at the start, with a compiler',
    ' g++',
    [],
    '',
    'pip install -r plugins.txt && python app.py',
  ),
  slim('packages are installed at the start', 'gcc', 'CMD pip install -r plugins.txt && python app.py\n', [
    'lost-package 2: gcc',
  ]),
  slim('a library that compiles', 'gcc', 'CMD ["python", "app.py"]\n', ['lost-package 2: gcc'], {
    'requirements.txt': 'triton\n',
  }),
  slim('nothing is compiled', 'gcc', 'CMD ["python", "app.py"]\n', []),
];
