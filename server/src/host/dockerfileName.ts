/** Names of Dockerfiles, as the manifest of the extension has them. */
export const dockerfileName =
  /^(?!.*\.dockerignore$)(?:Dockerfile|Containerfile|Dockerfile\..+|Containerfile\..+|.+\.dockerfile|.+\.containerfile)$/i;

/** Folders in which nobody writes a Dockerfile. */
export const skippedFolders: ReadonlySet<string> = new Set(['node_modules', '.git']);
