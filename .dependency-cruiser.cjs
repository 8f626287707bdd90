/** The architecture of design.md section 6, as rules. */
module.exports = {
  forbidden: [
    {
      name: 'engine-is-pure',
      comment: 'The engine runs in a server, a web worker and a command line: no protocol, no editor.',
      severity: 'error',
      from: { path: '^server/src/engine' },
      to: { path: '(^vscode$|node_modules/vscode-)' },
    },
    {
      name: 'engine-has-no-node',
      comment: 'No Node built-in in the engine.',
      severity: 'error',
      from: { path: '^server/src/engine' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'engine-knows-no-host',
      severity: 'error',
      from: { path: '^server/src/engine' },
      to: { path: '^(client/|server/src/(features|host|cli)/|server/src/[^/]+\\.ts$)' },
    },
    {
      name: 'verify-sees-no-plan',
      comment: 'The verifier judges any split; it never sees how one was made.',
      severity: 'error',
      from: { path: '^server/src/engine/verify' },
      to: { path: '^server/src/engine/(plan|emit)' },
    },
    {
      name: 'ecosystems-apart',
      comment: 'One ecosystem is one room (a folder or a file); adding one touches no other.',
      severity: 'error',
      from: { path: '^server/src/engine/ecosystems/([^/.]+)' },
      to: {
        path: '^server/src/engine/ecosystems/',
        pathNot: '^server/src/engine/ecosystems/($1[/.]|shared/|index\\.ts$)',
      },
    },
    {
      name: 'features-apart',
      comment: 'One feature of the server is one file.',
      severity: 'error',
      from: { path: '^server/src/features/([^/.]+)' },
      to: { path: '^server/src/features/', pathNot: '^server/src/features/$1[/.]' },
    },
    {
      name: 'client-knows-no-server',
      severity: 'error',
      from: { path: '^client' },
      to: { path: '^server' },
    },
    {
      name: 'server-knows-no-client',
      severity: 'error',
      from: { path: '^server' },
      to: { path: '(^client|^vscode$|node_modules/vscode-languageclient)' },
    },
    {
      name: 'no-test-code',
      severity: 'error',
      from: { pathNot: '^test' },
      to: { path: '^test' },
    },
    {
      name: 'only-entries-create-the-engine',
      comment: 'Everything else is given an engine.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/(engine/|serveNode\\.ts$|browser\\.ts$|cli/main\\.ts$)' },
      to: { path: '^server/src/engine/index\\.ts$' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^vscode$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Programs of other people's images: what they import is installed there.
    exclude: { path: '^test/(images|fixtures|editor|mutants)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
