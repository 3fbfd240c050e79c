// What a click on a chip offers: another operation on the same kind, other targets, another value. It only asks;
// a new plan is made of the answer, shown and confirmed like any other.

import * as vscode from 'vscode';
import type { StepDraft } from '../../shared/model/reading.ts';
import { type Json, parseResourceId } from '../../shared/model/resource.ts';
import { askArgument, itemsOfResources } from '../commands/askArguments.ts';
import type { CatalogueStore } from '../state/catalogue.ts';
import type { ConnectionStore } from '../state/connections.ts';
import type { ResourceStore } from '../state/resources.ts';

export interface CorrectionSources {
  readonly catalogue: CatalogueStore;
  readonly connections: ConnectionStore;
  readonly resources: ResourceStore;
}

/** The new value of a part, or undefined where the person left or nothing can be offered. */
export async function pickCorrection(
  step: StepDraft,
  part: string,
  sources: CorrectionSources,
): Promise<Json | undefined> {
  if (part === 'verb') return pickOperation(step, sources);
  if (part === 'target') return pickTargets(step, sources);
  const name = part.replace(/^args\./, '');
  const operation = sources.catalogue.get(step.operation);
  const spec = operation?.args.find((item) => item.name === name);
  if (!operation || !spec) return undefined;
  const connection = placeOf(step, sources) ?? '';
  const target = step.target?.kind === 'resources' ? step.target.ids[0] : undefined;
  const place = { resources: sources.resources, connection, ...(target !== undefined && { target }) };
  return askArgument(spec, place, operation.title, step.args[name]);
}

/** Operations on the same kind that need no other arguments than the step has. */
async function pickOperation(step: StepDraft, { catalogue }: CorrectionSources): Promise<Json | undefined> {
  const current = catalogue.get(step.operation);
  const fitting = catalogue
    .all()
    .filter(
      (operation) =>
        operation.kind === current?.kind &&
        (operation.target === 'none') === (current.target === 'none') &&
        operation.risk !== 'read' &&
        operation.connections.length > 0 &&
        operation.args.every((spec) => !spec.required || spec.name in step.args) &&
        Object.keys(step.args).every((name) => operation.args.some((spec) => spec.name === name)),
    );
  const items = fitting.map((operation) => ({
    label: operation.title,
    detail: operation.doc,
    id: operation.id,
  }));
  const options = { title: 'Do what instead?', placeHolder: `Now: ${current?.title ?? step.operation}` };
  return (await vscode.window.showQuickPick(items, options))?.id;
}

async function pickTargets(step: StepDraft, sources: CorrectionSources): Promise<Json | undefined> {
  if (step.target?.kind !== 'resources') return undefined;
  const chosen = new Set(step.target.ids);
  const first = parseResourceId(step.target.ids[0] ?? '');
  const kind = first?.kind ?? sources.catalogue.get(step.operation)?.kind;
  const connection = first?.connection ?? placeOf(step, sources);
  if (!kind || !connection) return undefined;
  const items = itemsOfResources(sources.resources.list(connection, kind as never)).map((item) => ({
    ...item,
    picked: chosen.has(item.resource.id),
  }));
  const options = {
    title: `Which ${kind}?`,
    placeHolder: 'A new plan is made for what you choose',
    matchOnDescription: true,
  };
  if (chosen.size > 1) {
    const picked = await vscode.window.showQuickPick(items, { ...options, canPickMany: true });
    return picked && picked.length > 0 ? picked.map((item) => item.resource.id) : undefined;
  }
  return (await vscode.window.showQuickPick(items, options))?.resource.id;
}

function placeOf(step: StepDraft, { connections, catalogue }: CorrectionSources): string | undefined {
  const id = step.target?.kind === 'resources' ? step.target.ids[0] : undefined;
  const operation = catalogue.get(step.operation);
  return (id && parseResourceId(id)?.connection) ?? connections.active?.id ?? operation?.connections[0];
}
