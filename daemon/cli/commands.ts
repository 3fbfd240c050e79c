// All commands of the terminal, in the order of the help.

import type { Command } from './command.ts';
import { ask } from './commands/ask.ts';
import { audit } from './commands/audit.ts';
import { bench } from './commands/bench.ts';
import { console } from './commands/console.ts';
import { corrections } from './commands/corrections.ts';
import { detect } from './commands/detect.ts';
import { exec } from './commands/exec.ts';
import { failures } from './commands/failures.ts';
import { forecast } from './commands/forecast.ts';
import { forward, forwards } from './commands/forward.ts';
import { graph } from './commands/graph.ts';
import { interpret } from './commands/interpret.ts';
import { metrics } from './commands/metrics.ts';
import { neo4j } from './commands/neo4j.ts';
import { networks } from './commands/networks.ts';
import { plan, plans } from './commands/plan.ts';
import { connections, resources } from './commands/resources.ts';
import { backup, restore } from './commands/state.ts';
import { daemon, status } from './commands/status.ts';
import { incidents, mutes, series } from './commands/watch.ts';

export const commands: readonly Command[] = [
  ask,
  resources,
  graph,
  neo4j,
  connections,
  exec,
  forward,
  forwards,
  console,
  plans,
  plan,
  audit,
  incidents,
  failures,
  mutes,
  series,
  metrics,
  networks,
  corrections,
  status,
  daemon,
  backup,
  restore,
  interpret,
  detect,
  forecast,
  bench,
];
