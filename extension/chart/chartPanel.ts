// The chart panel in the editor's area: a page that draws, and this side that reads series for it, reads them again
// while it is seen, and hands figures and pictures to the save dialog. It can change nothing.

import * as vscode from 'vscode';
import { problemOf } from '../../shared/model/problem.ts';
import { seriesTitle } from '../../shared/model/series.ts';
import {
  chartSeriesMax,
  type FromChart,
  type PanelChart,
  parseFromChart,
  type ToChart,
} from '../../shared/panel/chart.ts';
import type { DaemonState } from '../../shared/panel/chat.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { openPage } from '../panels/page.ts';
import type { ConnectionStore } from '../state/connections.ts';
import { nameOf, type ResourceStore } from '../state/resources.ts';
import { csvOf } from './csv.ts';
import { type ChartView, type ChartWish, createChartView, seriesOf } from './view.ts';

/** How often a chart that is seen is read again: most sources measure as often. */
const refreshMs = 15_000;
/** Names that are remembered of what may be gone. */
const namesMax = 4 * chartSeriesMax;

export interface ChartPanel extends vscode.Disposable {
  /** Shows series, all series of resources, or an incident, in a given time or the last hours. */
  show(wish: ChartWish): Promise<void>;
}

export interface ChartPorts {
  readonly extensionUri: vscode.Uri;
  readonly daemon: Pick<DaemonLink, 'request' | 'state' | 'onDidChangeState'>;
  readonly connections: Pick<ConnectionStore, 'list' | 'onDidChange'>;
  readonly resources: ResourceStore;
  openDetails(id: string): Promise<void>;
  reveal(id: string): Promise<boolean>;
  openPlan(id: string): Promise<void>;
}

export function createChartPanel(ports: ChartPorts): ChartPanel {
  const { daemon, connections, resources } = ports;
  const view = createChartView(daemon, {
    nameOf: rememberingNames(resources),
    connections: connections.list,
  });
  let panel: vscode.WebviewPanel | undefined;
  let timer: NodeJS.Timeout | undefined;
  let wanted: () => Promise<PanelChart> = view.refresh;
  let isReady = false;
  let isFailed = false;
  let faring = '';
  const post = (message: ToChart) => void panel?.webview.postMessage(message);

  /** The last that was wanted wins; what fails is said on the page, and tried again by `again`. */
  let turn = 0;
  async function draw(read: () => Promise<PanelChart>, again = view.refresh): Promise<void> {
    wanted = again;
    if (!isReady) return;
    clearTimeout(timer);
    const mine = ++turn;
    try {
      const chart = await read();
      if (mine !== turn) return;
      wanted = view.refresh;
      post(chart);
      if (panel) panel.title = `Chart: ${chart.title}`;
      isFailed = false;
    } catch (error) {
      if (mine === turn) fail(error);
    }
    if (mine === turn) follow();
  }
  const fail = (error: unknown) => {
    isFailed = true;
    const { message, fix } = problemOf(error);
    post({ type: 'problem', problem: { message, ...(fix && { fix }) } });
    // What broke off a reading says less than where the daemon is.
    tell(daemon.state);
  };

  /** Reads again after a while, as long as somebody sees it and time moves it, or the last reading failed. */
  function follow(): void {
    clearTimeout(timer);
    if (!panel?.visible || !isReady || !mayChange()) return;
    timer = setTimeout(() => void draw(wanted, wanted), refreshMs);
  }
  const mayChange = () => view.isLive || isFailed;

  /** A daemon that goes away is said at once, not when a reading happens to fail; one that is back is asked at once. */
  function tell(state: DaemonState): void {
    if (state.kind === 'ready') return;
    const fix = state.kind === 'failed' ? state.fix : undefined;
    isFailed = true;
    post({ type: 'daemon', problem: { message: state.message, ...(fix && { fix }) } });
  }
  const stops = [
    daemon.onDidChangeState((state) => {
      if (!isReady) return;
      tell(state);
      if (state.kind === 'ready') void draw(wanted, wanted);
    }),
    connections.onDidChange(() => {
      if (isReady && panel?.visible && daemon.state.kind === 'ready' && hasMoved()) void draw(wanted, wanted);
    }),
  ];
  /** Whether connections came, went or fare otherwise than when they were looked at last. */
  function hasMoved(): boolean {
    const now = connections
      .list()
      .map(({ id, state }) => `${id} ${state}`)
      .join('\n');
    const before = faring;
    faring = now;
    return now !== before;
  }

  function open(): void {
    panel = vscode.window.createWebviewPanel('pilothouse.chart', 'Chart', vscode.ViewColumn.Active, {
      retainContextWhenHidden: true,
    });
    const icon = (theme: string) => vscode.Uri.joinPath(ports.extensionUri, 'media', `wheel-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.onDidReceiveMessage((value: unknown) => {
      const message = parseFromChart(value);
      if (message) void receive(message).catch(fail);
    });
    panel.onDidChangeViewState(() => {
      if (panel?.visible && isReady && mayChange()) void draw(wanted, wanted);
    });
    panel.onDidDispose(() => {
      panel = undefined;
      isReady = false;
      clearTimeout(timer);
    });
    openPage(panel.webview, ports.extensionUri, 'chart', 'Pilothouse Chart');
  }

  async function receive(message: FromChart): Promise<void> {
    if (message.type === 'ready') {
      isReady = true;
      return draw(wanted, wanted);
    }
    const read = readingOf(message, view);
    return read ? draw(read) : act(message);
  }

  async function act(message: FromChart): Promise<void> {
    switch (message.type) {
      case 'pick': {
        const chosen = await pickSeries(ports, view.series);
        if (chosen) await draw(() => view.setSeries(chosen));
        return;
      }
      case 'resource':
        if (!(await ports.reveal(message.id))) await ports.openDetails(message.id);
        return;
      case 'plan':
        return ports.openPlan(message.id);
      case 'csv':
        return view.last && save('csv', Buffer.from(csvOf(view.last.series), 'utf8'));
      case 'png':
        return save('png', Buffer.from(message.data, 'base64'));
    }
  }
  return {
    async show(wish) {
      if (panel) panel.reveal();
      else open();
      const read = () => view.show(wish);
      await draw(read, read);
    },
    dispose: () => {
      for (const stop of stops) stop();
      clearTimeout(timer);
      panel?.dispose();
    },
  };
}

/** What a chart shows keeps its name when it goes away while it is shown. */
function rememberingNames(resources: ResourceStore): (id: string) => string {
  const names = new Map<string, string>();
  return (id) => {
    const name = resources.get(id)?.name ?? names.get(id) ?? nameOf(resources, id);
    names.delete(id);
    names.set(id, name);
    for (const oldest of names.keys()) {
      if (names.size <= namesMax) break;
      names.delete(oldest);
    }
    return name;
  };
}

/** What has to be read for a message; undefined where it wants something else. */
function readingOf(message: FromChart, view: ChartView): (() => Promise<PanelChart>) | undefined {
  switch (message.type) {
    case 'refresh':
      return view.refresh;
    case 'back':
      return () => view.back();
    case 'span':
      return () => view.setHours(message.hours);
    case 'zoom':
      return () => view.zoom(message.fromMs, message.toMs);
    case 'forecast':
      return () => view.setForecast(message.on);
    case 'remove':
      return () => view.setSeries(view.series.filter((id) => id !== message.id));
    default:
      return undefined;
  }
}

/** Lets a person choose among all stored series; undefined where they go away. */
async function pickSeries(
  { daemon, resources }: ChartPorts,
  shown: readonly string[],
): Promise<readonly string[] | undefined> {
  const all = await seriesOf(daemon);
  if (all.length === 0) {
    void vscode.window.showInformationMessage('No series are stored yet.');
    return undefined;
  }
  const items = all.map((series) => ({
    label: seriesTitle(series, nameOf(resources, series.resource)),
    description: series.resource,
    picked: shown.includes(series.id),
    id: series.id,
  }));
  const chosen = await vscode.window.showQuickPick(
    items.sort((a, b) => Number(b.picked) - Number(a.picked) || a.label.localeCompare(b.label)),
    {
      title: 'Series in the chart',
      placeHolder: `Choose up to ${chartSeriesMax}; those of one unit share a plot`,
      canPickMany: true,
      matchOnDescription: true,
    },
  );
  return chosen?.map(({ id }) => id);
}

async function save(format: 'csv' | 'png', data: Uint8Array): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `chart.${format}`) }),
    filters: { [format.toUpperCase()]: [format] },
    saveLabel: format === 'csv' ? 'Save figures' : 'Save picture',
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, data);
  void vscode.window.showInformationMessage(
    `The chart was saved as ${vscode.workspace.asRelativePath(target)}.`,
  );
}
