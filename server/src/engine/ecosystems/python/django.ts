/** Programs of the system that Django's own commands start (docs.djangoproject.com, "django-admin and manage.py"). */
import type { Call } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';
import type { Arg } from '../../simulate/words.ts';
import { staticRoot } from './staticFiles.ts';

const STARTS: Readonly<Record<string, string>> = {
  compilemessages: 'msgfmt',
  makemessages: 'xgettext',
};

/** The program that a command line of Django's starts (`python manage.py compilemessages`, `django-admin …`). */
export function djangoTool(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((word) => /(^|\/)(manage\.py|django-admin(\.py)?)$/.test(word));
  return at < 0 ? undefined : STARTS[argv.slice(at + 1).find((word) => !word.startsWith('-')) ?? ''];
}

/** Records what `manage.py ARGS` needs beside Python, and where it collects files. `manage`: its path. */
export function djangoNeeds(call: Call, args: readonly Arg[], machine: Machine, manage?: string): void {
  const verb = args.find((arg) => !arg.text.startsWith('-'))?.text ?? '';
  if (verb === 'collectstatic' && !args.some(({ text }) => /^(-n|--dry-run)$/.test(text))) {
    const place = staticRoot(manage ?? machine.path('manage.py'), args, machine);
    if (place !== undefined) machine.write(place, { kind: 'tree', class: 'app' });
  }
  const tool = STARTS[verb];
  if (tool === undefined) return;
  machine.need('exe', tool, `Django's ${verb} runs it`, true, call.span);
  // Catalogues are written beside their sources, below the directory it runs in.
  machine.write(machine.cwd, { kind: 'tree', class: 'app' });
}
