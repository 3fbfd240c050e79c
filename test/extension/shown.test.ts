// What is shown of names that try to be more than names, and how kinds and connections are called where ids would be.

import assert from 'node:assert/strict';
import { kindWords } from '../../daemon/catalogue/kindWords.ts';
import { createConnectionStore, placeOf } from '../../extension/state/connections.ts';
import { operableKinds } from '../../shared/model/kind.ts';
import { nounOfKind, nounsOfKind } from '../../shared/panel/kindText.ts';
import { shownText } from '../../shared/panel/shown.ts';
import { sampleConnection } from './samples.ts';

describe('text of a cloud as it is shown', () => {
  it('writes out what turns letters around or is not seen', () => {
    assert.equal(shownText('\u202egnp.exe'), '[U+202E]gnp.exe');
    assert.equal(shownText('a\u2066b\u2069'), 'a[U+2066]b[U+2069]');
    assert.equal(shownText('pro\u200bd'), 'pro[U+200B]d');
    assert.equal(shownText('bell\x07'), 'bell[U+0007]');
  });

  it('leaves alone what people write', () => {
    for (const text of ['🚀 rocket', '👩‍🚀', 'שלום', 'naïve', 'one\n\ttwo', '<b>"bold"</b>'])
      assert.equal(shownText(text), text);
  });
});

describe('the noun of a kind', () => {
  it('is the one of the catalogue', () => {
    for (const kind of operableKinds) {
      assert.equal(nounOfKind(kind), kindWords[kind].noun);
      assert.equal(nounsOfKind(kind), kindWords[kind].plural);
    }
  });

  it('is there for what cannot be operated, too', () => {
    assert.equal(nounOfKind('hpa'), 'autoscaler');
    assert.equal(nounsOfKind('ingress'), 'ingresses');
    assert.equal(nounOfKind('something-new'), 'something-new');
  });
});

describe('the name of a connection', () => {
  const store = createConnectionStore(undefined, () => {});
  store.replaceAll([
    sampleConnection({ id: 'aws-lab', provider: 'aws', name: 'lab' }),
    sampleConnection({ id: 'k8s-lab', provider: 'kubernetes', name: 'lab' }),
    sampleConnection({ id: 'k8s-a', provider: 'kubernetes', name: 'twice' }),
    sampleConnection({ id: 'k8s-b', provider: 'kubernetes', name: 'twice' }),
    sampleConnection({ id: 'os', provider: 'openstack', name: 'Acme' }),
  ]);

  it('is enough where no other has it, and says more where one has', () => {
    assert.equal(placeOf(store, 'os'), 'Acme');
    assert.equal(placeOf(store, 'aws-lab'), 'lab (aws)');
    assert.equal(placeOf(store, 'k8s-b'), 'twice (k8s-b)');
    assert.equal(placeOf(store, 'gone'), 'gone');
  });
});
