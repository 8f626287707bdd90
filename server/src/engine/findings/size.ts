/** ` (about 12 MB)` for a message; nothing below a megabyte or when it is not known. */
export function sizeText(megabytes: number | undefined): string {
  return megabytes === undefined || megabytes < 1 ? '' : ` (about ${Math.round(megabytes)} MB)`;
}
