import type { Family } from './family.ts';

export const nodeService: Family = {
  name: 'a Node service, compiled and pruned',
  files: {
    'package.json':
      '{"name":"x","scripts":{"build":"tsc","start":"node dist/index.js"},"dependencies":{"express":"4"},"devDependencies":{"typescript":"5"}}',
    'package-lock.json': '{"lockfileVersion":3,"packages":{"":{},"node_modules/express":{"version":"4.0.0"}}}',
    'src/index.ts': '',
    'tsconfig.json': '{}',
  },
  original: `FROM node:22-bookworm
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev
ENV NODE_ENV=production
EXPOSE 3000
USER node
CMD ["npm", "start"]
`,
  right: `FROM node:22-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates netbase media-types && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app /app
ENV NODE_ENV=production
EXPOSE 3000
USER node
CMD ["npm", "start"]
`,
  wrong: [
    [
      'only what was built',
      '/app /app',
      '/app/dist /app/dist',
      'lost-path 4',
      'lost-path 5',
      'lost-path 6',
      'lost-path 6',
    ],
    [
      'without the modules',
      '--from=build /app',
      '--from=build --exclude=node_modules /app',
      'partial-path 2',
      'partial-path 3',
      'partial-path 3',
      'partial-path 4',
      'partial-path 5',
      'partial-path 6',
      'partial-path 6',
    ],
    [
      'the user owns it',
      '--from=build /app',
      '--from=build --chown=node:node /app',
      'owner 11',
      'owner 11',
      'owner 11',
      'owner 11',
    ],
    [
      'to another directory',
      '/app /app',
      '/app /srv',
      'lost-path 4',
      'lost-path 5',
      'lost-path 6',
      'lost-path 6',
      'other-place 11',
    ],
    ['the sources of the context over it', 'ENV NODE_ENV', 'COPY . .\nENV NODE_ENV', 'order 6', 'order 6'],
    ['the result of the build is deleted', 'ENV NODE_ENV', 'RUN rm -rf /app/dist\nENV NODE_ENV', 'added-command 12'],
    [
      'the variable before the build',
      'RUN npm ci',
      'ENV NODE_ENV=production\nRUN npm ci',
      'other-surroundings 5',
      'other-surroundings 7',
    ],
    [
      'the sources after the build',
      'COPY . .\nRUN npm run build && npm prune --omit=dev\n',
      'RUN npm run build && npm prune --omit=dev\nCOPY . .\n',
      'lost-command 6',
      'order 6',
      'order 6',
    ],
    ['no sources', 'COPY . .\nRUN npm run', 'RUN npm run', 'lost-command 5', 'lost-path 5', 'style changed-text 5'],
    ['no manifest', 'COPY package.json package-lock.json ./\n', '', 'lost-command 3', 'style changed-text 3'],
    ['no installation', 'RUN npm ci\n', '', 'lost-command 4', 'lost-path 4', 'style changed-text 4'],
    ['no build', 'npm run build && ', '', 'lost-command 6', 'lost-path 6', 'style changed-text 6'],
    ['no prune', ' && npm prune --omit=dev', '', 'lost-command 6', 'lost-path 6', 'style changed-text 6'],
    [
      'pruned before it is built',
      'npm run build && npm prune --omit=dev',
      'npm prune --omit=dev && npm run build',
      'order 6',
    ],
    ['installed again', 'ENV NODE_ENV', 'RUN npm ci --omit=dev\nENV NODE_ENV', 'added-command 12'],
    ['no certificates', 'ca-certificates ', '', 'missing-certificates -'],
    ['no protocols', 'netbase ', '', 'missing-certificates -'],
    [
      'no packages',
      'RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates netbase media-types && rm -rf /var/lib/apt/lists/*\n',
      '',
      'missing-certificates -',
      'missing-certificates -',
      'missing-certificates -',
    ],
    ['another version', 'node:22-bookworm-slim', 'node:20-bookworm-slim', 'interpreter-version 8'],
    ['musl', 'node:22-bookworm-slim', 'node:22-alpine', 'release 8', 'unsound-install 9'],
    ['another release', 'node:22-bookworm-slim', 'node:22-bullseye-slim', 'release 8'],
    [
      'no Node',
      'node:22-bookworm-slim',
      'debian:bookworm-slim',
      'entrypoint -',
      'interpreter-version 8',
      'lost-user -',
      'lost-user -',
      'missing-executable -',
      'missing-executable -',
    ],
    [
      'another interpreter',
      'node:22-bookworm-slim',
      'python:3.11-slim-bookworm',
      'added-env -',
      'entrypoint -',
      'interpreter-version 8',
      'lost-user -',
      'lost-user -',
      'missing-executable -',
      'missing-executable -',
    ],
    ['no working directory', 'WORKDIR /app\nCOPY --from', 'COPY --from', 'workdir -'],
    ['another working directory', 'WORKDIR /app\nCOPY --from', 'WORKDIR /srv\nCOPY --from', 'workdir 10'],
    ['no variable', 'ENV NODE_ENV=production\n', '', 'missing-env 7', 'lost-command 7', 'style changed-text 7'],
    [
      'a variable with another value',
      'NODE_ENV=production',
      'NODE_ENV=development',
      'changed-env 12',
      'lost-command 7',
      'style changed-text 7',
    ],
    [
      'another command',
      '["npm", "start"]',
      '["node", "dist/index.js"]',
      'cmd 15',
      'lost-command 10',
      'style changed-text 10',
    ],
    ['the command in a shell', '["npm", "start"]', 'npm start', 'cmd 15', 'lost-command 10', 'style changed-text 10'],
    ['no user', 'USER node\n', '', 'user -', 'lost-command 9', 'style changed-text 9'],
    [
      'a stage that nobody needs',
      'FROM node:22-bookworm AS build',
      'FROM node:22-bookworm AS lint\nRUN npm --version\nFROM node:22-bookworm AS build',
      'style unreachable-stage 1',
    ],
    [
      'from an older stage of another base',
      'FROM node:22-bookworm AS build',
      'FROM node:22-bullseye AS build',
      'builder-base 1',
    ],
    ['a compiler', 'netbase ', 'g++ netbase ', 'kept-build-tool 9'],
  ],
};
