/** The Python room: everything the engine knows of Python. */
import { djangoNeeds } from './django.ts';
import type { Handler } from '../../simulate/call.ts';
import type { Arg } from '../../simulate/words.ts';
import { condaCommands, condaInstallers } from './conda.ts';
import { environmentOfShell } from './environment.ts';
import { python } from './interpreter.ts';
import { packagers } from './packagers.ts';
import { pip } from './pip.ts';
import { pyenvCommands } from './pyenv.ts';
import { projectTools } from './tools.ts';

const program: Handler = (call, machine) => {
  machine.role('program');
  machine.need('exe', call.name, `it runs ${call.name}`, true, call.span);
  if (call.name === 'manage.py' || call.name === 'django-admin') djangoNeeds(call, call.args, machine);
};

/** `opentelemetry-bootstrap -a install` runs pip for the instrumentations it finds. */
const bootstrap: Handler = (call, machine) => {
  if (!call.args.some((arg) => arg.text === 'install')) machine.role('query');
  else
    pip(
      {
        ...call,
        args: [
          ...call.args.filter((arg) => arg.text === 'install'),
          { ...(call.args[0] as Arg), text: 'opentelemetry-instrumentation' },
        ],
      },
      machine,
    );
};

const check: Handler = (call, machine) => {
  machine.role('check');
  machine.need('exe', call.name, `it runs ${call.name}`, true, call.span);
};

/** Each of these runs a project's own code, or a tool that came with its dependencies. */
const PROGRAMS =
  'gunicorn uvicorn hypercorn daphne waitress-serve celery flask django-admin alembic manage.py scrapy streamlit dbt playwright nltk huggingface-cli'.split(
    ' ',
  );
const CHECKS = 'pytest py.test tox nox flake8 pylint mypy black isort ruff bandit coverage pre-commit'.split(' ');

/** They compile what lies in the directory (their documentation): maturin, PyInstaller, Cython, Nuitka, cibuildwheel, f2py. */
const BUILDERS = ['maturin', 'pyinstaller', 'cython', 'cythonize', 'nuitka', 'cibuildwheel', 'f2py'];

const builder: Handler = (call, machine) => {
  machine.role('build');
  machine.effect.replayable = false;
  machine.effect.reads.push(machine.path(machine.cwd));
  machine.need('exe', call.name, `it runs ${call.name}`, true, call.span);
  machine.need('compiler', 'cc', `${call.name} compiles`, false, call.span);
  machine.write(machine.cwd, { kind: 'tree', class: 'app' });
};

export const pythonCommands: Readonly<Record<string, Handler>> = {
  pip,
  pypy: python,
  python,
  easy_install: pip,
  'opentelemetry-bootstrap': bootstrap,
  ...projectTools,
  ...packagers,
  ...condaCommands,
  ...pyenvCommands,
  ...Object.fromEntries(PROGRAMS.map((name) => [name, program])),
  ...Object.fromEntries(BUILDERS.map((name) => [name, builder])),
  ...Object.fromEntries(CHECKS.map((name) => [name, check])),
};

export const pythonInstallers = condaInstallers;

export const pythonShells = [environmentOfShell];
