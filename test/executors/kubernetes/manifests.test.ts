// A manifest as text: its objects in the order they can be applied, what is wrong and where, and that an edit stays
// about its object. And what of an object is edited, and when that counts as changed.

import assert from 'node:assert/strict';
import { toEditable, toWhole, versionOf } from '../../../daemon/executors/kubernetes/manifests/editable.ts';
import { checkText, parseManifest } from '../../../daemon/executors/kubernetes/manifests/text.ts';
import { markKey } from '../../../daemon/executors/kubernetes/mapping/place.ts';

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 2
`;

describe('the text of a manifest', () => {
  it('is one object, where there is one', () =>
    assert.deepEqual(checkText(web), {
      objects: [{ title: 'Deployment shop/web', text: web, line: 0 }],
      problems: [],
    }));

  it('has several objects in the order in which they can be applied, each with its own text', () => {
    const { objects, problems } = checkText(
      `# all\n${web}---\nkind: Widget\napiVersion: example.com/v1\nmetadata: {name: w}\n---\n\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n`,
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      objects.map(({ title, line }) => [title, line]),
      [
        ['Namespace shop', 15],
        ['Deployment shop/web', 1],
        ['Widget w', 9],
      ],
    );
    for (const { text, title } of objects) assert.ok(title.startsWith(parseManifest(text).kind));
  });

  const wrong: readonly (readonly [string, string, number, RegExp])[] = [
    ['broken YAML', 'apiVersion: v1\nkind: [a\nmetadata: {name: x}\n', 2, /\]|sequence|,/],
    ['a key twice', `${web}kind: Pod\n`, 7, /unique/],
    ['no object', '# nothing\n', 0, /no object in it/],
    ['something else', 'just words\n', 0, /no manifest/],
    ['no name', 'apiVersion: v1\nkind: Pod\nmetadata: {}\n', 1, /does not say what it is/],
    [
      'a secret',
      `${web}---\napiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata: {a: b}\n`,
      9,
      /no secrets/,
    ],
  ];
  for (const [name, text, line, said] of wrong)
    it(`is refused with its line: ${name}`, () => {
      const [problem] = checkText(text).problems;
      assert.match(problem!.message, said);
      assert.equal(problem!.line, line);
    });

  const moved: readonly (readonly [string, string, number])[] = [
    ['kind: Deployment', 'kind: StatefulSet', 1],
    ['name: web', 'name: web-2', 3],
    ['namespace: shop', 'namespace: other', 4],
    ['apiVersion: apps/v1', 'apiVersion: example.com/v1', 0],
    ['  namespace: shop\n', '', 2],
  ];
  for (const [from, to, line] of moved)
    it(`may not become another object: ${to || 'no namespace'}`, () => {
      const { problems } = checkText(web.replace(from, to), web);
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.match(problems[0]!.message, /cannot be changed here: that would be another object/);
      assert.equal(problems[0]!.line, line);
    });

  it('may change all else, also the version of its API', () =>
    assert.deepEqual(checkText(web.replace('apps/v1', 'apps/v1beta1').replace('2', '3'), web).problems, []));

  it('is about one object where one was opened', () =>
    assert.match(checkText(`${web}---\n${web}`, web).problems[0]!.message, /about one object/));

  it('does not unfold without end', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[at]}`)}]`).join('\n')}\n`;
    assert.match(checkText(bomb).problems[0]!.message, /cannot be read/);
  });
});

describe('what is edited of an object', () => {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: 'u1',
      resourceVersion: '7',
      generation: 2,
      creationTimestamp: '2026-11-21T09:00:00Z',
      managedFields: [{}],
      labels: { app: 'web' },
      annotations: { note: 'x', [markKey]: 'old', 'deployment.kubernetes.io/revision': '3' },
    },
    spec: { replicas: 2 },
    status: { readyReplicas: 2 },
  };

  it('leaves out its state and what is written by machines', () =>
    assert.deepEqual(toEditable(object), {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' }, annotations: { note: 'x' } },
      spec: { replicas: 2 },
    }));

  it('is the same while only its state moves, and another one with any other change', () => {
    const version = versionOf(object);
    const state = {
      ...object,
      status: { readyReplicas: 1 },
      metadata: { ...object.metadata, resourceVersion: '8' },
    };
    assert.equal(versionOf(state), version);
    assert.notEqual(versionOf({ ...object, spec: { replicas: 3 } } as never), version);
    assert.notEqual(versionOf({ ...object, metadata: { ...object.metadata, labels: {} } }), version);
    assert.notEqual(versionOf({ ...object, metadata: { ...object.metadata, uid: 'u2' } }), version);
  });

  it('goes back whole: what was taken out stays out, what was not shown stays', () => {
    const edited = parseManifest(web.replace('2', '5'));
    assert.deepEqual(toWhole(edited, object, 'mark-1'), {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'web',
        namespace: 'shop',
        uid: 'u1',
        resourceVersion: '7',
        annotations: { 'deployment.kubernetes.io/revision': '3', [markKey]: 'mark-1' },
      },
      spec: { replicas: 5 },
      status: { readyReplicas: 2 },
    });
  });
});
