/** Reader of the table `bases`: facts of one base image reference. */
import { Pools, type BaseRecord, type Option } from './baseRecords.ts';
import { tagMap, type TagEntry } from './baseTags.ts';
import { namesRelease, osFromName } from './osNames.ts';
import { type Section, lazy, linesOf, memo, sectionsOf, wordsOf } from './table.ts';
import type { BaseFacts, Counterpart } from './types.ts';

/** A reference as `parseImageRef` gives it; `familiar` is without registry for Docker Hub. */
export interface Reference {
  readonly familiar: string | undefined;
  readonly tag: string | undefined;
  readonly digest?: string | undefined;
}

interface Image {
  readonly records: readonly string[];
  readonly tags: ReadonlyMap<string, TagEntry>;
}

/** A path that ends in `library/NAME` on another registry is a copy of Docker Hub's official image (registry mirrors, pull-through caches). */
const MIRROR = /^.+[.:/].*\/library\/([a-z0-9._-]+)$/;

/** Official images of one architecture (docker-library/official-images, README, "Architectures other than amd64"). */
const ONE_ARCHITECTURE =
  /^(?:amd64|arm32v5|arm32v6|arm32v7|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)\/([a-z0-9._-]+)$/;

export class BaseTable {
  private readonly text: () => string;
  private readonly images = new Map<string, Section>();
  private readonly sections = new Map<string, Section>();
  private readonly pools: Pools;
  private readonly image: (name: string) => Image | undefined;
  private readonly found: (key: string) => BaseFacts | undefined;
  private readonly record: (key: string) => BaseRecord;

  /** Opens the table: only the lines that start sections are read. `text` is asked again for each part that is needed. */
  constructor(text: () => string) {
    this.text = text;
    for (const section of sectionsOf(text())) {
      if (section.title.startsWith('image ')) this.images.set(section.title.slice('image '.length), section);
      else this.sections.set(section.title, section);
    }
    this.pools = new Pools(text, this.sections);
    this.image = memo((name: string) => this.readImage(name));
    this.record = memo((key: string) => {
      const [name = '', at = ''] = key.split(' ');
      return this.pools.record(name, this.image(name)?.records[Number(at)] ?? '');
    });
    this.found = memo((key: string) => {
      const cut = key.indexOf(' ');
      return this.find(key.slice(0, cut), key.slice(cut + 1));
    });
  }

  /**
   * What is known of a reference; `undefined` for an image or tag without facts, and for a
   * digest without a tag. A tag beside a digest may have moved since: confidence is medium at most.
   */
  lookup({ familiar, tag, digest }: Reference): BaseFacts | undefined {
    if (familiar === undefined || (tag === undefined && digest !== undefined)) return undefined;
    const own = this.found(`${familiar} ${tag ?? 'latest'}`);
    const mirrored = own === undefined ? (MIRROR.exec(familiar) ?? ONE_ARCHITECTURE.exec(familiar))?.[1] : undefined;
    const facts = mirrored === undefined ? own : this.found(`${mirrored} ${tag ?? 'latest'}`);
    return facts === undefined || digest === undefined || facts.confidence !== 'high'
      ? facts
      : { ...facts, confidence: 'medium' };
  }

  private readImage(name: string): Image | undefined {
    const section = this.images.get(name);
    if (section === undefined) return undefined;
    const lines = linesOf(this.text(), section);
    return {
      records: lines.filter((line) => line.startsWith('r\t')),
      tags: tagMap(lines.filter((line) => line.startsWith('t\t'))),
    };
  }

  private find(name: string, tag: string): BaseFacts | undefined {
    const entry = this.image(name)?.tags.get(tag);
    if (entry !== undefined) return this.facts(name, tag, entry);
    return this.aliased(name, tag) ?? this.patterned(name, tag);
  }

  private facts(name: string, tag: string, entry: TagEntry): BaseFacts {
    const record = this.record(`${name} ${entry.record}`);
    const os = entry.os === '' ? record.os : this.pools.os(entry.os);
    const sameOs = os.release === record.os.release;
    const version = entry.exact ? record.version : versionOf(entry, record);
    const renamed = (text: string): string => (sameOs ? text : text.replaceAll(record.os.release, os.release));
    const facts = {
      image: name,
      tag,
      canonicalTag: entry.exact ? record.tag : tag,
      floatingOs: !entry.frozen && record.status !== 'retired' && !namesRelease(name, tag, os),
      version,
      tagVersion: tagVersionOf(tag),
      os,
      libc: record.libc,
      kind: record.kind,
      status: entry.frozen ? ('retired' as const) : record.status,
      from: record.from.map(renamed),
      config: this.pools.config(record.config, version, entry.exact),
      users: record.users,
      compilers: record.compilers,
      tools: record.tools,
      sizeMB: record.sizeMB,
      sizeMeasured: entry.exact && record.sizeMeasured,
      confidence: entry.exact || record.confidence === 'low' ? record.confidence : ('medium' as const),
      pattern: false,
    };
    return lazily(facts, () => this.counterparts(record, entry, facts.os, sameOs));
  }

  /** The options of the record, fitted to the tag that was asked for. */
  private counterparts(record: BaseRecord, entry: TagEntry, os: BaseFacts['os'], sameOs: boolean): Counterpart[] {
    const out: Counterpart[] = [];
    record.options.forEach((option, at) => {
      const written = option.ref.replaceAll('{t}', tagVersionOf(record.tag));
      const repository = written.includes(':') ? written.slice(0, written.lastIndexOf(':')) : written;
      const same = repository === record.image;
      let ref = written;
      if (option.aliased && entry.counterpart !== undefined) ref = `${repository}:${entry.counterpart}`;
      else if (!entry.exact) {
        // Another build: what was published with it, or an image of the same OS release that the table has.
        if (same) {
          if (option.aliased || entry.counterpart === undefined) return;
          ref = `${repository}:${entry.counterpart}`;
        } else if (!sameOs) {
          ref = written.replaceAll(record.os.release, os.release);
          if (ref === written && ref !== 'scratch') return;
          if (ref !== 'scratch' && !this.isListed(ref, os)) return;
        }
      }
      out.push(
        counterpartOf(
          option,
          { ref, same, os: sameOs ? option.os : option.os.replaceAll(record.os.release, os.release) },
          () => this.losses(record, at, ref, sameOs),
        ),
      );
    });
    return out;
  }

  private isListed(ref: string, os: BaseFacts['os']): boolean {
    const cut = ref.lastIndexOf(':');
    return this.found(`${ref.slice(0, cut)} ${ref.slice(cut + 1)}`)?.os.release === os.release;
  }

  private losses(
    record: BaseRecord,
    at: number,
    ref: string,
    sameOs: boolean,
  ): Pick<Counterpart, 'toolsLost' | 'libsLost'> {
    const libsLost = at === 0 && sameOs ? record.libsLost : undefined;
    if (at === 0 && record.toolsLost !== undefined) return { toolsLost: record.toolsLost, libsLost };
    const cut = ref.lastIndexOf(':');
    const other = cut < 0 ? this.found(`${ref} latest`) : this.found(`${ref.slice(0, cut)} ${ref.slice(cut + 1)}`);
    return { toolsLost: record.tools.filter((tool) => other?.tools.includes(tool) !== true), libsLost };
  }

  /** Dated and patched tags of OS images, and tools laid over a base. */
  private aliased(name: string, tag: string): BaseFacts | undefined {
    for (const line of linesOf(this.text(), this.sections.get('alias'))) {
      const [image, pattern = '', targetImage = '', targetTag = '', counterpartTag = ''] = line.split('\t');
      if (image !== name) continue;
      const match = new RegExp(`^(?:${pattern})$`).exec(tag);
      const target = match === null ? undefined : this.found(`${targetImage} ${filled(targetTag, match, null)}`);
      if (match === null || target === undefined || (targetImage === name && target.tag === tag)) continue;
      const counterparts = target.counterparts.flatMap((one) => {
        if (!one.sameRepository) return [one];
        return counterpartTag === '' ? [] : [{ ...one, ref: `${name}:${filled(counterpartTag, match, null)}` }];
      });
      const floatingOs = target.status !== 'retired' && !namesRelease(name, tag, target.os);
      const confidence = target.confidence === 'high' ? 'medium' : target.confidence;
      const tagVersion = tagVersionOf(tag);
      // A tag of the same image is another build of it.
      const version = targetImage === name ? tagVersion || undefined : target.version;
      return { ...target, image: name, tag, floatingOs, version, tagVersion, counterparts, confidence };
    }
    return undefined;
  }

  private patterned(name: string, tag: string): BaseFacts | undefined {
    for (const line of linesOf(this.text(), this.sections.get('pattern'))) {
      const [
        image = '',
        pattern = '',
        osName = '',
        libc = '',
        kind = '',
        status = '',
        config = '',
        compilers = '',
        tools = '',
        options,
        confidence = '',
      ] = line.split('\t');
      const imageMatch = new RegExp(`^(?:${image})$`).exec(name);
      const match = imageMatch === null ? null : new RegExp(`^(?:${pattern})$`).exec(tag);
      if (imageMatch === null || match === null) continue;
      const os = osFromName(filled(osName, match, imageMatch)) ?? {
        id: 'other' as const,
        release: 'unknown',
        versionId: '',
      };
      return {
        image: name,
        tag,
        canonicalTag: tag,
        floatingOs: !namesRelease(name, tag, os),
        version: undefined,
        tagVersion: tagVersionOf(tag),
        os,
        libc: this.pools.libc(libc),
        kind,
        status: this.pools.status(status),
        from: [],
        config: this.pools.config(config, undefined, true),
        users: {},
        compilers: this.pools.tools(compilers),
        tools: this.pools.tools(tools),
        counterparts: wordsOf(options).map((number) => {
          const option = this.pools.option(number);
          const ref = filled(option.ref, match, imageMatch);
          const same = ref.slice(0, ref.lastIndexOf(':')) === name;
          return counterpartOf(
            option,
            { ref, same, os: `${os.id}:${os.id === 'ubuntu' ? os.versionId : os.release}` },
            () => ({
              toolsLost: [],
              libsLost: undefined,
            }),
          );
        }),
        sizeMB: undefined,
        sizeMeasured: false,
        confidence: this.pools.confidence(confidence),
        pattern: true,
      };
    }
    return undefined;
  }
}

/** The leading version of a tag: `3.12` of `3.12-slim`, '' of `latest`. */
function tagVersionOf(tag: string): string {
  return /^v?\d+(?:[._u]\d+)*(?:(?:a|b|rc)\d+)?(?![a-z0-9])/.exec(tag)?.[0].replace(/^v/, '') ?? '';
}

/** The version of a build that the facts only know by its tag; `undefined` when the tag leaves parts of it open. */
function versionOf(entry: TagEntry, record: BaseRecord): string | undefined {
  const parts = (text: string): number => text.split(/[._]/).length;
  return entry.version !== '' && parts(entry.version) >= parts(record.version ?? '0.0.0') ? entry.version : undefined;
}

function counterpartOf(
  option: Option,
  fitted: { ref: string; same: boolean; os: string },
  losses: () => Pick<Counterpart, 'toolsLost' | 'libsLost'>,
): Counterpart {
  const once = lazy(() => losses());
  return {
    ref: fitted.ref,
    sameRepository: fitted.same,
    relation: option.relation,
    os: fitted.os,
    containsToolchain: option.containsToolchain,
    osDiffers: option.osDiffers,
    condition: option.condition,
    note: option.note,
    get toolsLost() {
      return once().toolsLost;
    },
    get libsLost() {
      return once().libsLost;
    },
  };
}

function lazily(facts: Omit<BaseFacts, 'counterparts'>, make: () => Counterpart[]): BaseFacts {
  const once = lazy(() => make());
  return {
    ...facts,
    get counterparts() {
      return once();
    },
  };
}

/** `$1`: group of the tag, `$&`: the tag, `#1`: group of the image. */
function filled(template: string, tag: RegExpExecArray, image: RegExpExecArray | null): string {
  return template.replace(/([$#])(&|\d)/g, (_, from: string, at: string) => {
    const match = from === '$' ? tag : image;
    return match?.[at === '&' ? 0 : Number(at)] ?? '';
  });
}

/** True for images in which docker-library's Python lies in /usr/local. */
export function isPythonImage(image: string, from: readonly string[]): boolean {
  return /^(python|pypy)$/.test(image) || from.some((ref) => /^(docker\.io\/)?(library\/)?(python|pypy)[:@]/.test(ref));
}

/** docker-library's Python has these in /usr/local/bin, whatever the distribution installs beside it. */
export function hasOwnPython({ image, from }: Pick<BaseFacts, 'image' | 'from'>, executable: string): boolean {
  return isPythonImage(image, from) && /^(python|pip|pydoc|idle)3?$/.test(executable);
}
