// Takes out of text and data what looks like a secret, before it reaches an audit record, the journal or a log.
// It is a net under the rule that secrets are never handed around, not a licence to do so: it errs on the side of
// taking out too much, and must never fail. Called wherever words of a person or of a cloud are kept.

import type { Json } from './resource.ts';

export const redacted = '[redacted]';

/**
 * Names under which secrets travel: OpenStack's and AWS's credential fields, kubeconfig's, HTTP headers, cloud-init.
 * `keypair`, `keys` and `key_name` are names of things and stay.
 */
const secretName =
  /pass(?:word|wd|phrase|code)|(?:^|[-_])pass$|secret|token|credential|api[-_]?key|private[-_]?key|access[-_]?key|ssh[-_]?key|client[-_]?key|(?:key|cert)[-_]?data|authorization|cookie|user[-_]?data|adminpass/i;

/** Each pattern with what stays of it. The shapes are those the issuers document. */
const secretShapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g, redacted],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${redacted}@`],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/-]{8,}=*/gi, `$1 ${redacted}`],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?/g, redacted],
  [/\bgAAAAA[A-Za-z0-9_-]{20,}={0,2}/g, redacted],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, redacted],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|sk-|xox[abprs]-)[A-Za-z0-9_-]{10,}/g, redacted],
  [
    /\b((?:[a-z0-9]+[-_])*(?:password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key)["']?\s*(?:[:=]|\bis\b)\s*)("[^"]*"|'[^']*'|[^\s"',;&]+)/gi,
    `$1${redacted}`,
  ],
];

/** Two looks that most text passes, so that the patterns run only where one of them could match. */
const couldName = /pass|secret|token|credential|key|cert|authorization|cookie|user[-_]?data|bearer|basic/i;
const couldShape = /-----BEGIN|:\/\/|eyJ|gAAAAA|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|sk-|xox/;

/** False where neither a field's name nor a value in this text (or JSON) can be taken for a secret. */
export function couldHoldSecret(text: string): boolean {
  return couldName.test(text) || couldShape.test(text);
}

/** True where a field of this name would hold a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** The text without what looks like a secret. */
export function redactText(text: string): string {
  if (!couldHoldSecret(text)) return text;
  return secretShapes.reduce((rest, [shape, stays]) => rest.replace(shape, stays), text);
}

/** The same data with secrets taken out of fields that are named like one and of all text. */
export function redactJson(value: Json): Json {
  if (typeof value === 'string') return redactText(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: Json) => redactJson(item));
  return redactFields(value as { readonly [key: string]: Json });
}

function redactFields(fields: { readonly [key: string]: Json }): { readonly [key: string]: Json } {
  const kept: Record<string, Json> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    kept[name] = isSecretName(name) && value !== null && value !== '' ? redacted : redactJson(value);
  }
  return kept;
}
