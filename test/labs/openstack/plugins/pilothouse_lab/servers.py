"""Nova's own fake driver, plus three things: a snapshot gives an active image (stock: queued for ever),
a restarted nova-compute remembers its instances (stock: forgets them; stop/delete then misbehave), and a
serial console has something at its other end (stock: a host that is not there)."""
import io
from nova.compute import power_state
from nova.console import type as ctype
from nova import context as nova_context
from nova.image import glance
from nova import objects
from nova.virt import fake
from pilothouse_lab.serial import SerialLines


class LabComputeDriver(fake.FakeDriver):
    lines = SerialLines()

    def init_host(self, host):
        super().init_host(host)
        ctx = nova_context.get_admin_context()
        for i in objects.InstanceList.get_by_host(ctx, host, expected_attrs=[]):
            self.instances[i.uuid] = fake.FakeInstance(
                i.name, power_state.NOSTATE if i.power_state is None else i.power_state, i.uuid)
            self.resources.claim(vcpus=i.vcpus, mem=i.memory_mb, disk=i.root_gb)

    def get_serial_console(self, context, instance):
        return ctype.ConsoleSerial('127.0.0.1', self.lines.port_of(instance))

    def snapshot(self, context, instance, image_id, update_task_state):
        super().snapshot(context, instance, image_id, update_task_state)
        api = glance.API()
        meta = api.get(context, image_id)
        api.update(context, image_id, {'disk_format': 'raw', 'container_format': 'bare',
                                       'name': meta['name'], 'status': 'active', 'properties': meta.get('properties', {})},
                   io.BytesIO(b'snapshot of ' + instance.uuid.encode()), purge_props=False)
