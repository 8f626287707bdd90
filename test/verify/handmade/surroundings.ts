import type { Family } from './family.ts';
import { lastSteps } from './steps.ts';

const RUN = 'RUN echo $A > /srv/own/x\n';
const PATH = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n';

/** What is set when a command of the last stage runs. */
export const surroundings: readonly Family[] = [
  lastSteps(
    'surroundings: a variable that is set twice',
    `ENV A=1\nENV A=2\n${RUN}`,
    ['once', `ENV A=2\n${RUN}`, 'lost-command 6', 'style changed-text 6'],
    ['turned', `ENV A=2\nENV A=1\n${RUN}`, 'changed-env 12', 'other-surroundings 13: with other ENV A'],
  ),
  lastSteps(
    'surroundings: arguments without a default',
    `ARG A\nARG B\n${RUN}`,
    ['without another one', `ARG A\n${RUN}`, 'lost-command 7', 'style changed-text 7'],
    [
      'without it',
      `ARG B\n${RUN}`,
      'lost-command 6',
      'other-surroundings 12: with other ARG A',
      'style changed-text 6',
    ],
  ),
  lastSteps(
    'surroundings: no variable',
    RUN,
    ['what is inherited is said again', `${PATH}${RUN}`],
    [
      'only for the command it is another one',
      `ENV PATH=/opt:$PATH\n${RUN}${PATH}`,
      'added-command 11',
      'other-surroundings 12: with other ENV PATH',
    ],
    ['one that it reads', `ENV A=1\n${RUN}`, 'added-env 11', 'other-surroundings 12: with other ENV A'],
  ),
  lastSteps('surroundings: flags of RUN', 'RUN --network=none --security=sandbox touch /srv/own/x\n', [
    'turned',
    'RUN --security=sandbox --network=none touch /srv/own/x\n',
  ]),
];
