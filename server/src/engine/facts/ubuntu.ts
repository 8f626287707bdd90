/** Reader of the table `ubuntu-libraries`: Ubuntu and the Debian releases that have no index here. */
import { lazy, linesOf, memo, sectionsOf } from './table.ts';

export interface ReleaseFacts {
  readonly id: string;
  readonly release: string;
  readonly versionId: string;
  /** The Debian release whose index stands in; its own name when it has one. */
  readonly index: string;
  readonly approximate: boolean;
  readonly python3: { readonly minor: string; readonly distutils: boolean };
}

export class ReleaseTable {
  /** `undefined` for a release that the table does not name. */
  readonly release: (release: string) => ReleaseFacts | undefined;
  private readonly lines: () => ReadonlyMap<string, string>;

  constructor(text: string) {
    const sections = sectionsOf(text);
    const named = (title: string): string[] =>
      linesOf(
        text,
        sections.find((one) => one.title === title),
      );
    const releases = lazy(() => new Map(named('release').map((line) => [line.split('\t')[1] ?? '', line])));
    this.lines = lazy(() => new Map(named('runtime').map((line) => [line.slice(0, line.indexOf('\t')), line])));
    this.release = memo((release: string) => {
      const line = releases().get(release);
      return line === undefined ? undefined : releaseOf(line);
    });
  }

  /** Run-time packages of a -dev package; [] when header-only, `undefined` when not known for this release. */
  runtimeOf(release: string, name: string): readonly string[] | undefined {
    const [, common = '-', exceptions = ''] = this.lines().get(name)?.split('\t') ?? [];
    const own = exceptions.split(' ').find((one) => one.startsWith(`${release}:`));
    const field = own === undefined ? common : own.slice(release.length + 1);
    if (field === '-') return undefined;
    return field === '=' ? [] : field.split(',');
  }
}

function releaseOf(line: string): ReleaseFacts {
  const [id = '', release = '', versionId = '', index = '=', minor = '', distutils = ''] = line.split('\t');
  return {
    id,
    release,
    versionId,
    index: index === '=' ? release : index,
    approximate: index !== '=',
    python3: { minor, distutils: distutils === 'distutils' },
  };
}
