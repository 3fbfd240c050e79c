// What single events of a vCenter come to, in the server's own XML: who was not let in and from where, whatever the
// stranger typed; templates by their own kind; what nobody did is passed over; nothing but the stated parts is taken.

import assert from 'node:assert/strict';
import { child } from '../../../daemon/executors/vsphere/client/node.ts';
import { parseXml } from '../../../daemon/executors/vsphere/client/parse.ts';
import { activityOf } from '../../../daemon/executors/vsphere/events/eventTypes.ts';

const dc = '<datacenter><name>DC0</name><datacenter type="Datacenter">dc-1</datacenter></datacenter>';
const vm = `${dc}<vm><name>web-1</name><vm type="VirtualMachine">vm-7</vm></vm>`;

function told(type: string, inside: string, user = 'LAB\\ann', images: readonly string[] = []) {
  const xml = `<e xmlns:xsi="i" xsi:type="${type}"><key>5</key><userName>${user}</userName>${inside}</e>`;
  const place = { connection: 'vs', images: new Set(images) };
  const activity = activityOf(child(parseXml(xml), 'e')!, 1_000, place);
  if (!activity) return undefined;
  const { principal, does, outcome, target, address } = activity;
  return [principal, does, outcome, target, address];
}

describe('an event of a vCenter', () => {
  it('is known by the address where somebody was not let in', () => {
    const from = '<ipAddress>10.9.9.9</ipAddress>';
    const refused = ['10.9.9.9', 'sign-in', 'refused', undefined, '10.9.9.9'];
    assert.deepEqual(told('BadUsernameSessionEvent', from), refused);
    assert.deepEqual(told('NoAccessUserEvent', from), refused);
    const sso = (sentence: string) =>
      `<fullFormattedMessage>${sentence}</fullFormattedMessage><eventTypeId>com.vmware.sso.LoginFailure</eventTypeId>`;
    const said = 'Failed login a from 10.0.0.1 at x@LAB from 10.9.9.9 at 11/21/2026 20:00:00 GMT in SSO';
    assert.deepEqual(told('EventEx', sso(said)), refused);
    const argument = '<arguments><key>userIp</key><value>10.9.9.9</value></arguments>';
    assert.deepEqual(told('EventEx', sso('Failed login') + argument), refused);
    assert.deepEqual(told('EventEx', sso('Failed login')), [
      'LAB\\ann',
      'sign-in',
      'refused',
      undefined,
      undefined,
    ]);
  });

  it('names the VM, the template, or who was given what', () => {
    assert.deepEqual(told('VmRemovedEvent', vm), ['LAB\\ann', 'destroy', 'done', 'vs:vm/vm-7', undefined]);
    assert.equal(told('VmRemovedEvent', vm, 'LAB\\ann', ['vs:image/vm-7'])?.[3], 'vs:image/vm-7');
    const entity = '<entity><name>prod</name><entity type="Folder">group-1</entity></entity>';
    const given = told('PermissionAddedEvent', `${entity}<principal>LAB\\bob</principal>`);
    assert.equal(given?.[3], 'LAB\\bob on prod');
    assert.equal(told('AlarmRemovedEvent', `<alarm><name>disk</name></alarm>${entity}`)?.[1], 'silence');
  });

  it('is nobody’s without a user, and nothing where it is about something else', () => {
    assert.equal(told('VmPoweredOffEvent', vm, ''), undefined);
    assert.equal(told('DrsVmMigratedEvent', vm), undefined);
    assert.equal(told('EventEx', '<eventTypeId>esx.problem.net.down</eventTypeId>'), undefined);
  });

  it('does not carry what an account was given', () => {
    const spec = '<spec><id>eve</id><password>canary-9</password></spec>';
    assert.ok(!JSON.stringify(told('AccountCreatedEvent', spec)).includes('canary'));
  });
});
