// Takes known secrets out of a text before it can reach a person, a log or the audit. What to take out is learnt
// while a connection is open: the password or secret of its configuration and every token it was given.

export interface Redactor {
  learn(secret: string): void;
  redact(text: string): string;
}

/** Tokens are renewed; the last so many are remembered. */
const secretsMax = 16;

export function createRedactor(): Redactor {
  const secrets: string[] = [];
  return {
    learn: (secret) => {
      // A secret of one or two characters would blank out half of every sentence.
      if (secret.length < 3 || secrets.includes(secret)) return;
      secrets.push(secret);
      if (secrets.length > secretsMax) secrets.shift();
    },
    redact: (text) => secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text),
  };
}
