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
  /** What a browser that it downloads loads, as far as it is there. */
  readonly finds?: readonly string[];
  /** Commands that it starts. */
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
gm runs=convert,identify,gm
imagemagick runs=convert,identify
easyimage runs=convert,identify
pdf2pic runs=gm,convert,gs
fluent-ffmpeg runs=ffmpeg,ffprobe
exiftool-vendored runs=perl
node-exiftool runs=exiftool
libreoffice-convert runs=soffice
node-poppler runs=pdftotext
pdf-to-text runs=pdftotext
wkhtmltopdf runs=wkhtmltopdf
node-tesseract-ocr runs=tesseract
python-shell runs=python3
youtube-dl-exec runs=python3
yt-dlp-exec runs=python3
cross-zip runs=zip,unzip
tree-kill runs=ps
ps-tree runs=ps
ps-node runs=ps
find-process runs=ps,netstat
kill-port runs=lsof
semantic-release runs=git
@semantic-release/git runs=git
degit runs=git
git-rev runs=git
mongodb-memory-server loads=libcurl4,libcurl4t64,openssl
mongodb-memory-server-core loads=libcurl4,libcurl4t64,openssl
ffmpeg-static
simple-git runs=git
nodegit native
puppeteer runs=chromium finds=ca-certificates,fonts-liberation,libasound2,libasound2t64,libatk-bridge2.0-0,libatk-bridge2.0-0t64,libatk1.0-0,libatk1.0-0t64,libcairo2,libcups2,libcups2t64,libdbus-1-3,libexpat1,libfontconfig1,libgbm1,libglib2.0-0,libglib2.0-0t64,libgtk-3-0,libgtk-3-0t64,libnspr4,libnss3,libpango-1.0-0,libpangocairo-1.0-0,libx11-6,libx11-xcb1,libxcb1,libxcomposite1,libxcursor1,libxdamage1,libxext6,libxfixes3,libxi6,libxrandr2,libxrender1,libxss1,libxtst6
puppeteer-core runs=chromium
playwright finds=ca-certificates,fonts-liberation,libasound2,libasound2t64,libatk-bridge2.0-0,libatk-bridge2.0-0t64,libatk1.0-0,libatk1.0-0t64,libcairo2,libcups2,libcups2t64,libdbus-1-3,libexpat1,libfontconfig1,libgbm1,libglib2.0-0,libglib2.0-0t64,libgtk-3-0,libgtk-3-0t64,libnspr4,libnss3,libpango-1.0-0,libpangocairo-1.0-0,libx11-6,libx11-xcb1,libxcb1,libxcomposite1,libxcursor1,libxdamage1,libxext6,libxfixes3,libxi6,libxrandr2,libxrender1,libxss1,libxtst6
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
cypress finds=ca-certificates,fonts-liberation,libasound2,libasound2t64,libatk-bridge2.0-0,libatk-bridge2.0-0t64,libatk1.0-0,libatk1.0-0t64,libcairo2,libcups2,libcups2t64,libdbus-1-3,libexpat1,libfontconfig1,libgbm1,libglib2.0-0,libglib2.0-0t64,libgtk-3-0,libgtk-3-0t64,libnspr4,libnss3,libpango-1.0-0,libpangocairo-1.0-0,libx11-6,libx11-xcb1,libxcb1,libxcomposite1,libxcursor1,libxdamage1,libxext6,libxfixes3,libxi6,libxrandr2,libxrender1,libxss1,libxtst6,libgtk2.0-0,libgtk2.0-0t64,libnotify4,xauth,xvfb
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
pem runs=openssl
gpg runs=gpg,gpg-agent
rsync runs=rsync,ssh
rsyncwrapper runs=rsync,ssh
git-clone runs=git
gitlog runs=git
gh-pages runs=git
hexo-deployer-git runs=git
node-red runs=git,ssh-keygen
ps-list runs=ps
pdf-image runs=convert,pdfinfo
pdftoimage runs=pdftocairo
textract runs=pdftotext,tesseract,antiword,unrtf
graphviz runs=dot
node-plantuml runs=java,dot
phantomjs-prebuilt loads=libfontconfig1
html-pdf loads=libfontconfig1
prism-media runs=ffmpeg
@discordjs/voice runs=ffmpeg
discord-player runs=ffmpeg
ffprobe runs=ffprobe
node-record-lpcm16 runs=rec,sox
ping runs=ping
default-gateway runs=ip
crontab runs=crontab
chrome-launcher runs=chromium
unoconv runs=unoconv
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

/** It needs commands or libraries when it runs, whoever depends on it. */
export function startsOrLoads(name: string): boolean {
  const { links, loads, finds, runs } = knowledgeOf(name) ?? {};
  return (links ?? loads ?? finds ?? runs) !== undefined;
}
