// The commands and menus of what the graph says, for package.json (`contributions.ts` puts all together). Data only.

import { whenIs } from './views/contextValue.ts';

const inResources = 'view == pilothouse.resources';
const inPlans = 'view == pilothouse.plans';

/** Kinds whose log or console a cloud may give; one that does not says so when it is asked. */
const kindsWithLogs = [
  'vm',
  'database',
  'node',
  'deployment',
  'statefulset',
  'daemonset',
  'replicaset',
  'pod',
  'service',
  'job',
  'cronjob',
  'container',
  'unit',
];

export const graphCommands = [
  { command: 'pilothouse.resource.topology', title: 'Show Topology', icon: '$(type-hierarchy)' },
  { command: 'pilothouse.resource.chart', title: 'Show Chart', icon: '$(graph-line)' },
  { command: 'pilothouse.resource.blastRadius', title: 'Show What Depends on This' },
  { command: 'pilothouse.resource.logs', title: 'Show Log', icon: '$(output)', palette: false },
  { command: 'pilothouse.resource.history', title: 'Show History' },
  { command: 'pilothouse.resource.record', title: 'Open as JSON' },
  { command: 'pilothouse.resource.compare', title: 'Compare With an Earlier State…' },
  { command: 'pilothouse.connection.changes', title: 'Show Changes Since…' },
  { command: 'pilothouse.plan.blastRadius', title: 'Show Blast Radius', icon: '$(type-hierarchy)' },
  { command: 'pilothouse.graph.query', title: 'Query Graph…' },
  { command: 'pilothouse.neo4j.setServer', title: 'Set Neo4j Server…' },
  { command: 'pilothouse.neo4j.query', title: 'Query Neo4j…' },
  { command: 'pilothouse.neo4j.export', title: 'Export Graph to Neo4j…' },
  { command: 'pilothouse.logs.filter', title: 'Filter Log…', icon: '$(filter)' },
] as const;

/** What the graph says of a resource, a connection or a plan. */
export const graphMenu = [
  {
    command: 'pilothouse.resource.logs',
    when: `${inResources} && viewItem =~ /;kind:(${kindsWithLogs.join('|')});/`,
    group: '1_read@1',
  },
  ...(['topology', 'chart', 'blastRadius', 'history', 'compare', 'record'] as const).map((name, index) => ({
    command: `pilothouse.resource.${name}`,
    when: `${inResources} && ${whenIs('resource')}`,
    group: `7_graph@${index + 1}`,
  })),
  { command: 'pilothouse.resource.copyId', when: `${inResources} && ${whenIs('resource')}`, group: '8_copy' },
  {
    command: 'pilothouse.connection.changes',
    when: `${inResources} && ${whenIs('connection')}`,
    group: '2_graph@1',
  },
  { command: 'pilothouse.plan.blastRadius', when: `${inPlans} && ${whenIs('plan')}`, group: '2_graph@1' },
];

export const editorTitleMenu = [
  {
    command: 'pilothouse.logs.filter',
    when: 'resourceScheme == pilothouse && resourceExtname == .log',
    group: 'navigation@1',
  },
];
