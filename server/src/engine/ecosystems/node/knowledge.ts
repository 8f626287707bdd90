/**
 * npm packages that need more than JavaScript. Sources: each project's
 * installation page and the files it publishes (prebuilt binaries, install scripts).
 * Debian names: a -dev name stands for its run-time libraries.
 */
export interface NodeKnowledge {
  /** Its install script compiles when no prebuilt binary fits. */
  readonly native?: boolean;
  readonly links?: readonly string[];
  readonly loads?: readonly string[];
  readonly runs?: readonly string[];
  readonly compiles?: boolean;
}

const TABLE = `
bcrypt native
bufferutil native
utf-8-validate native
sharp
better-sqlite3 native
sqlite3 native
argon2 native
canvas native
node-sass native
sass-embedded
grpc native
@grpc/grpc-js
esbuild
@swc/core
@swc/helpers
fsevents
core-js
core-js-pure
core-js-compat
es5-ext
nodemon
protobufjs
@nestjs/core
@apollo/protobufjs
husky
postinstall-postinstall
styled-components
msgpackr-extract native
cpu-features native
ssh2
re2 native
zeromq native
leveldown native
node-pty native
deasync native
bigint-buffer native
farmhash native
libpq native links=libpq-dev
pg-native native links=libpq-dev
libxmljs native
libxmljs2 native
mmmagic native
gm runs=convert,gm
imagemagick runs=convert
fluent-ffmpeg runs=ffmpeg
ffmpeg-static
simple-git runs=git
nodegit native
puppeteer runs=chromium
puppeteer-core runs=chromium
playwright
prisma loads=openssl
@prisma/client loads=openssl
@prisma/engines loads=openssl
oracledb
ibm_db native
usb native
serialport native
@serialport/bindings-cpp native
ref-napi native
ffi-napi native
robotjs native
snyk
aws-sdk
cypress
electron
node-expat native
microtime native
unix-dgram native
heapdump native
dtrace-provider native
segfault-handler native
iltorb native
hiredis native
kerberos native
snappy
`;

let table: Map<string, NodeKnowledge> | undefined;

/** What is known of a package by its name; `undefined`: nothing beyond what its lock file says. */
export function knowledgeOf(name: string): NodeKnowledge | undefined {
  if (table === undefined) {
    table = new Map();
    for (const line of TABLE.trim().split('\n')) {
      const [key, ...words] = line.split(' ') as [string, ...string[]];
      const entry: Record<string, unknown> = {};
      for (const word of words) {
        const [flag, list] = word.split('=') as [string, string?];
        entry[flag] = list === undefined ? true : list.split(',');
      }
      table.set(key, entry);
    }
  }
  return table.get(name);
}
