// What looks like a secret must not pass, and the names of ordinary things must.

import assert from 'node:assert/strict';
import { redactJson, redactText } from '../../shared/model/redact.ts';

const secrets: readonly string[] = [
  'use password=hunter2canary please',
  'password: "hunter2canary and more"',
  'my token is hunter2canary',
  'OS_PASSWORD=hunter2canary openstack server list',
  'https://admin:hunter2canary@registry.example/v2',
  'Authorization: Bearer hunter2canaryhunter2canary',
  'eyJhbGciOiJIUzI1NiJ9.eyJodW50ZXIyY2FuYXJ5IjoxfQ.hunter2canary',
  'gAAAAABhunter2canaryhunter2canaryhunter2canary',
  'ghp_hunter2canaryhunter2canary',
  '-----BEGIN RSA PRIVATE KEY-----\nhunter2canary\n-----END RSA PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----\nhunter2canary',
];
const harmless: readonly string[] = [
  'stop all web servers in staging except the bastion',
  'create vm dev-box with keypair devkey',
  'https://keystone.example:5000/v3 answered 401',
  'untag keys team, env on web-1',
  'the monkey keyed in a passage',
];

describe('shared/redact', () => {
  for (const text of secrets)
    it(`takes the secret out of: ${text.slice(0, 40)}`, () => {
      assert.doesNotMatch(redactText(text), /hunter2canary|eyJodW50/);
      assert.equal(redactText(redactText(text)), redactText(text));
    });
  for (const text of harmless) it(`leaves alone: ${text}`, () => assert.equal(redactText(text), text));

  it('takes out fields by their names, at any depth, and leaves names of keys', () => {
    const out = redactJson({
      name: 'dev-box',
      keypair: 'devkey',
      keys: ['team'],
      adminPass: 'x1',
      nested: [{ clientSecret: { value: 'x2' }, 'private-key': 'x3' }],
      user_data: 'x4',
      token: null,
    });
    assert.deepEqual(out, {
      name: 'dev-box',
      keypair: 'devkey',
      keys: ['team'],
      adminPass: '[redacted]',
      nested: [{ clientSecret: '[redacted]', 'private-key': '[redacted]' }],
      user_data: '[redacted]',
      token: null,
    });
  });
});
