/** Text files are imported as their content (esbuild's `text` loader, a plugin in vitest). */
declare module '*.txt' {
  const content: string;
  export default content;
}
