/** Whether a Go program calls C: its sources where somebody has read them, else what the file shows. */
import type { SimulatedStage } from '../../model/state.ts';
import type { StagesView } from './view.ts';

/** `net` and `os/user` call the C library's resolver and user database (package documentation of both). */
const CALLS_C = /^\s*(?:import\s+)?(?:[\w.]+\s+)?"(?:C|net|net\/(?:http|rpc|smtp|textproto|http\/\w+)|os\/user)"/m;

/** At most so many files are read. */
const MOST = 40;

/**
 * True when a source imports a package that calls C, when the final image listens on
 * a port (its program imports `net`), or when the stage installs headers of C libraries.
 */
export function goCallsC(view: StagesView, stage: SimulatedStage): boolean {
  const { config } = view.last.state;
  if ([...config.expose.values()].some((port) => port.from !== 'base')) return true;
  const os = stage.state.root.facts?.os;
  for (const { name, by } of stage.state.packages.values())
    if (by === 'asked' && view.facts.classify(os, name).group === 'headers') return true;
  return view.context.present && sourcesCallC(view, stage);
}

function sourcesCallC({ context }: StagesView, { state }: SimulatedStage): boolean {
  const directory = context.sourceOf(state.config.workdir.value.text, state.writes);
  if (directory === undefined) return false;
  const names = context.list(directory);
  if (names === 'unread') return false;
  const files = names.filter((name) => name.endsWith('.go') && !name.endsWith('_test.go')).slice(0, MOST);
  return files.some((name) => {
    const text = context.read(directory === '' ? name : `${directory}/${name}`);
    return text !== 'absent' && text !== 'unread' && CALLS_C.test(text);
  });
}
