import type { Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Severity } from '../engine/model/analysis.ts';
import type { Client } from './client.ts';
import { codePage, source } from './links.ts';
import { rangeOf } from './ranges.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = { error: 1, warning: 2, information: 3, hint: 4 };

/** A finding as the protocol says it, in the language of `say`; fields the client does not know are left out. */
export function toDiagnostic(
  document: TextDocument,
  finding: Finding,
  client: Pick<Client, 'codeDescription' | 'relatedInformation'>,
  say: (text: string) => string,
): Diagnostic {
  const diagnostic: Diagnostic = {
    range: rangeOf(document, finding.span),
    severity: severities[finding.severity],
    code: finding.code,
    source,
    message: say(finding.message),
  };
  if (client.codeDescription) diagnostic.codeDescription = { href: codePage(finding.code) };
  if (client.relatedInformation && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.map((related) => ({
      location: { uri: document.uri, range: rangeOf(document, related.span) },
      message: say(related.message),
    }));
  }
  return diagnostic;
}
