// The audit page: records newest first, a filter, a check of the whole chain and an export. It reads only.

import './audit.css';
import type { AuditRecord, AuditVerification } from '../../shared/model/audit.ts';
import type { AuditFilter, FromAudit, ToAudit } from '../../shared/panel/audit.ts';
import { button, registerComponents, textField } from '../components.ts';
import { append, type Child, element, icon, redraw } from '../dom.ts';
import { openHost } from '../host.ts';
import { actedAsText, actorText, factsOf, whatText } from './record.ts';

const host = openHost<FromAudit, ToAudit, Record<string, never>>();
registerComponents();

/** Most records on the page; older ones are found with the filter. */
const recordsMax = 1_000;
const typingMs = 250;

let filter: AuditFilter = {};
let records: readonly AuditRecord[] = [];
let hasOlder = false;
let timer: number | undefined;

const status = element('div', { class: 'status', attributes: { role: 'status', 'aria-live': 'polite' } });
const fields = element('div', { class: 'fields' });
const list = element('tbody');
const older = element('div', { class: 'older' });
const actions = element(
  'div',
  { class: 'buttons' },
  button({ label: 'Verify', look: 'primary', icon: 'shield', focusKey: 'verify', onClick: verify }),
  button({
    label: 'Export…',
    look: 'secondary',
    icon: 'export',
    focusKey: 'export',
    onClick: () => host.post({ type: 'export' }),
  }),
  button({
    label: 'Refresh',
    look: 'icon',
    icon: 'refresh',
    focusKey: 'refresh',
    onClick: () => host.post({ type: 'list', filter }),
  }),
);
const head = element(
  'tr',
  {},
  ...['', '#', 'When', 'Who', 'Event', 'What', 'Outcome'].map((title) =>
    element('th', { attributes: { scope: 'col' } }, title),
  ),
);
append(document.body, [
  element('header', {}, element('h2', {}, 'Audit trail'), actions),
  fields,
  status,
  element('main', { class: 'sideways' }, element('table', {}, element('thead', {}, head), list), older),
]);
host.onMessage(receive);
host.post({ type: 'ready' });

function receive(message: ToAudit): void {
  switch (message.type) {
    case 'records':
      hasOlder = message.hasOlder;
      records = message.reset ? message.records : [...records, ...message.records].slice(0, recordsMax);
      drawRecords();
      break;
    case 'filter':
      filter = message.filter;
      drawFields();
      break;
    case 'verified':
      redraw(status, () => [drawVerification(message.verification)]);
      break;
    case 'problem': {
      const { message: text, fix } = message.problem;
      redraw(status, () => [note('error', `${text} ${fix ?? ''}`, 'blocker')]);
      break;
    }
  }
}

function verify(): void {
  redraw(status, () => [note('sync', 'Checking every record…')]);
  host.post({ type: 'verify' });
}

function drawVerification(verification: AuditVerification): HTMLElement {
  return verification.ok
    ? note(
        'pass-filled',
        `Whole: ${verification.records.toLocaleString('en')} records, none changed, removed or reordered. Last hash ${verification.head}.`,
        'whole',
      )
    : note(
        'error',
        `Broken at record ${verification.seq} (${verification.problem}): ${verification.message}`,
        'blocker',
      );
}

function note(iconName: string, text: string, look = ''): HTMLElement {
  return element('p', { class: `note ${look}` }, icon(iconName), element('span', {}, text));
}

function drawFields(): void {
  const field = (name: keyof AuditFilter, label: string) =>
    textField({
      label,
      value: filter[name] ?? '',
      onChange: (value) => {
        filter = { ...filter, [name]: value };
        window.clearTimeout(timer);
        timer = window.setTimeout(() => host.post({ type: 'list', filter }), typingMs);
      },
    });
  redraw(fields, () => [
    field('actor', 'Who'),
    field('operation', 'Operation'),
    field('target', 'Resource id'),
    field('plan', 'Plan id'),
  ]);
}

function drawRecords(): void {
  redraw(list, () =>
    records.length === 0
      ? [element('tr', {}, element('td', { class: 'quiet', attributes: { colspan: 7 } }, 'No records fit.'))]
      : records.flatMap(drawRecord),
  );
  const beforeSeq = records.at(-1)?.seq;
  redraw(older, () =>
    hasOlder && beforeSeq !== undefined && records.length < recordsMax
      ? [
          button({
            label: 'Show earlier',
            look: 'secondary',
            focusKey: 'older',
            onClick: () => host.post({ type: 'list', filter, beforeSeq }),
          }),
        ]
      : [],
  );
}

function drawRecord(record: AuditRecord): readonly Child[] {
  const facts = element(
    'tr',
    { class: 'facts', attributes: { hidden: true } },
    element(
      'td',
      { attributes: { colspan: 7 } },
      element(
        'dl',
        {},
        ...factsOf(record).flatMap(([label, value]) => [element('dt', {}, label), element('dd', {}, value)]),
      ),
    ),
  );
  const glyph = icon('chevron-right');
  const toggle = element(
    'button',
    {
      class: 'toggle',
      focusKey: `record:${record.seq}`,
      attributes: {
        type: 'button',
        'aria-expanded': 'false',
        'aria-label': `Details of record ${record.seq}`,
      },
      on: {
        click: () => {
          facts.hidden = !facts.hidden;
          toggle.setAttribute('aria-expanded', String(!facts.hidden));
          glyph.className = `codicon codicon-chevron-${facts.hidden ? 'right' : 'down'}`;
        },
      },
    },
    glyph,
  );
  const cells = [
    String(record.seq),
    new Date(record.at).toLocaleString(),
    actorText(record),
    record.event,
    [whatText(record), actedAsText(record)].filter((part) => part !== '').join(' — '),
    record.outcome ?? '',
  ];
  return [
    element('tr', {}, element('td', {}, toggle), ...cells.map((text) => element('td', {}, text))),
    facts,
  ];
}
