import type { Family } from './family.ts';

const FILES = { 'requirements.txt': 'flask==3.0.3\n', 'app.py': 'import flask\n', 'own.types': '' };
const COPY = 'COPY --from=build /etc/mime.types /etc/mime.types';
const INSTALL =
  'RUN apt-get update && apt-get install -y --no-install-recommends media-types && rm -rf /var/lib/apt/lists/*';

const original = (step: string): string => `FROM python:3.11-bookworm
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
${step}COPY . .
CMD ["python", "app.py"]
`;
const split = (step: string): string => `FROM python:3.11-bookworm AS build
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
${step}
FROM python:3.11-slim-bookworm
WORKDIR /app
COPY --from=build /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
${COPY}
${step}COPY . .
CMD ["python", "app.py"]
`;

/** A package of the full image that is nothing but a file (media-types), which is copied. */
export const dataFiles: readonly Family[] = [
  {
    name: 'data: a file instead of its package',
    files: FILES,
    original: original(''),
    right: split(''),
    harmless: [['the package', COPY, INSTALL]],
    wrong: [
      ['lost', `${COPY}\n`, '', 'missing-certificates -'],
      ['another mode', COPY, COPY.replace('COPY', 'COPY --chmod=600'), 'missing-certificates -'],
      ['another owner', COPY, COPY.replace('COPY', 'COPY --chown=daemon'), 'missing-certificates -'],
      ['another file', COPY, COPY.replace('/etc/mime.types', '/etc/services'), 'missing-certificates -'],
      ['elsewhere', COPY, `${COPY}.old`, 'missing-certificates -'],
      [
        'of another image',
        COPY,
        COPY.replace('build', 'debian:bookworm'),
        'added-command 10',
        'missing-certificates -',
      ],
      ['a whole directory', COPY, 'COPY --from=build /etc /etc', 'system-copy 10', 'missing-certificates -'],
      [
        'another over it',
        COPY,
        `${COPY}\nCOPY own.types /etc/mime.types`,
        'added-command 11',
        'missing-certificates -',
      ],
      ['deleted again', COPY, `${COPY}\nRUN rm /etc/mime.types`, 'added-command 11', 'missing-certificates -'],
      ['closed', COPY, `${COPY}\nRUN chmod 600 /etc/mime.types`, 'added-command 11', 'missing-certificates -'],
      ['closed from above', COPY, `${COPY}\nRUN chmod -R go-rwx /etc`, 'added-command 11', 'missing-certificates -'],
    ],
  },
  {
    name: 'data: a file that the original has changed',
    files: FILES,
    original: original('COPY own.types /etc/mime.types\n'),
    right: split('COPY own.types /etc/mime.types\n').replace(COPY, INSTALL),
    wrong: [
      ['as the base has it', 'COPY own.types /etc/mime.types\nCOPY . .', 'COPY . .', 'lost-path 5'],
      ['with the file of the builder below it', INSTALL, COPY, 'missing-certificates -'],
    ],
  },
];
