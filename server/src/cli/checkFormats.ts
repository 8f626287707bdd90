/** How `check` prints: text for people, JSON, SARIF 2.1.0, and GitHub's workflow commands. */
import type { Severity, Status } from '../engine/model/analysis.ts';
import { codePage, source } from '../host/links.ts';
import type { FindingReport } from './findings.ts';

export interface CheckedFile {
  readonly file: string;
  readonly status: Status;
  readonly diagnostics: readonly FindingReport[];
}

export type CheckFormat = 'text' | 'json' | 'sarif' | 'github';

export const checkFormats: Readonly<Record<CheckFormat, (files: readonly CheckedFile[], version: string) => string>> = {
  text,
  json: (files) => `${JSON.stringify({ files }, null, 2)}\n`,
  sarif,
  github,
};

function text(files: readonly CheckedFile[]): string {
  const lines = files.flatMap(({ file, diagnostics }) =>
    diagnostics.map(
      ({ range: { start }, severity, message, code }) =>
        `${file}:${start.line + 1}:${start.character + 1}: ${severity}: ${message} [${code}]`,
    ),
  );
  const findings = files.reduce((sum, file) => sum + file.diagnostics.length, 0);
  return [...lines, `${count(findings, 'finding')} in ${count(files.length, 'file')}`, ''].join('\n');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

const sarifLevels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

function sarif(files: readonly CheckedFile[], version: string): string {
  const codes = [...new Set(files.flatMap((file) => file.diagnostics.map((finding) => finding.code)))].sort();
  const results = files.flatMap(({ file, diagnostics }) =>
    diagnostics.map(({ code, severity, message, range: { start, end } }) => ({
      ruleId: code,
      ruleIndex: codes.indexOf(code),
      level: sarifLevels[severity],
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: file.split('\\').join('/').split('/').map(encodeURIComponent).join('/') },
            region: {
              startLine: start.line + 1,
              startColumn: start.character + 1,
              endLine: end.line + 1,
              endColumn: end.character + 1,
            },
          },
        },
      ],
    })),
  );
  const rules = codes.map((id) => ({ id, helpUri: codePage(id) }));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: source, version, rules } }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const githubLevels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

function github(files: readonly CheckedFile[]): string {
  return files
    .flatMap(({ file, diagnostics }) =>
      diagnostics.map(({ code, severity, message, range: { start, end } }) => {
        const place = `line=${start.line + 1},endLine=${end.line + 1},col=${start.character + 1},endColumn=${end.character + 1}`;
        const title = property(`${source} ${code}`);
        return `::${githubLevels[severity]} file=${property(file)},${place},title=${title}::${data(message)}\n`;
      }),
    )
    .join('');
}

/** Escapes of GitHub's workflow commands (actions/toolkit, `escapeData` and `escapeProperty`). */
function data(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function property(value: string): string {
  return data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
