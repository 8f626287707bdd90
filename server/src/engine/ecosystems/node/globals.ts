/**
 * Packages that are installed globally for their commands, and compile nothing: neither
 * they nor what they depend on (optional packages aside) runs an install script that
 * compiles. Source: the npm registry on 2026-11-24, latest versions (`bin` of package.json;
 * `hasInstallScript` of the lock file that `npm install --package-lock-only` makes).
 * `build`: by its own page a tool to build, check or format; nothing runs on it.
 */
export interface GlobalPackage {
  readonly commands: readonly string[];
  readonly build: boolean;
}

const TABLE = `
@angular/cli ng build
@babel/cli babel,babel-external-helpers build
@babel/node babel-node
@ionic/cli ionic
@mapbox/node-pre-gyp node-pre-gyp build
@nestjs/cli nest build
@redocly/cli openapi,redocly
@remix-run/serve remix-serve
@vercel/ncc ncc build
autocannon autocannon
aws-cdk cdk
babel-cli babel,babel-doctor,babel-external-helpers,babel-node
bower bower build
browser-sync browser-sync
browserify browserify build
bunyan bunyan
coffee-script cake,coffee
coffeescript cake,coffee
concurrently conc,concurrently
cordova cordova
corepack corepack,pnpm,pnpx,yarn,yarnpkg
create-react-app create-react-app build
cross-env cross-env,cross-env-shell
db-migrate db-migrate
dotenv-cli dotenv
elasticdump elasticdump,multielasticdump
ember-cli ember
env-cmd env-cmd
eslint eslint build
expo-cli expo,expo-cli
express-generator express build
foreman nf
forever forever
ghost-cli ghost
gitbook-cli gitbook
grunt grunt
grunt-cli grunt build
gulp gulp build
gulp-cli gulp build
http-server http-server
ionic ionic
is-ci is-ci
jshint jshint
json-server json-server
knex knex
less lessc build
lighthouse chrome-debug,lighthouse,smokehouse
lite-server lite-server
live-server live-server
local-web-server ws
localtunnel lt
markdownlint-cli markdownlint build
mjml mjml
mocha mocha build
n n
newman newman
next next
node-gyp node-gyp build
node-pre-gyp node-pre-gyp build
node-red node-red,node-red-pi
nodemon nodemon
npm npm,npx
npm-check-updates ncu,npm-check-updates build
npm-run-all npm-run-all,run-p,run-s
pino-pretty pino-pretty
pkg pkg build
pm2 pm2,pm2-dev,pm2-docker,pm2-runtime
pnpm pn,pnpm,pnpx,pnx
postcss-cli postcss
prettier prettier build
pug-cli jade
redoc-cli redoc-cli
rimraf rimraf build
sass sass build
semantic-release semantic-release
sequelize-cli sequelize,sequelize-cli
serve serve
standard standard
static-server static-server
supervisor node-supervisor,supervisor
svgo svgo
swagger-cli swagger-cli
tldr tldr
ts-node ts-node,ts-node-cwd,ts-node-esm,ts-node-script,ts-node-transpile-only,ts-script
ts-node-dev ts-node-dev,tsnd
turbo turbo build
typeorm typeorm,typeorm-ts-node-commonjs,typeorm-ts-node-esm
typescript tsc,tsserver build
uglify-js uglifyjs build
vite vite
wait-on wait-on
webpack webpack build
webpack-cli webpack-cli build
yarn yarn,yarnpkg
`;

let table: Map<string, GlobalPackage> | undefined;

/** What is known of a package that is installed globally; `undefined`: it may compile. */
export function globalPackage(name: string): GlobalPackage | undefined {
  if (table === undefined) {
    table = new Map();
    for (const line of TABLE.trim().split('\n')) {
      const [key = '', commands = '', kind] = line.split(' ');
      table.set(key, { commands: commands.split(','), build: kind === 'build' });
    }
  }
  return table.get(name);
}
