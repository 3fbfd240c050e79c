"""Makes what a person finds in the lab: flavors, images, networks with a router, security groups, keypairs.

It makes only what is missing, so it may run again after it was cut off. Called by up.sh once for a new database.
"""
import openstack

FLAVORS = (  # name, vCPU, MiB, GiB
    ('m1.tiny', 1, 512, 1),
    ('S.1', 1, 2048, 20),
    ('S.2', 2, 4096, 20),
    ('S.4', 4, 8192, 40),
    ('S.8', 8, 16384, 80),
    ('M.8', 8, 32768, 80),
)
IMAGES = ('cirros', 'ubuntu-22.04')

admin = openstack.connect(cloud='admin')
demo = openstack.connect(cloud='demo')


def ensure_networks():
    network = admin.network
    public = network.find_network('public') or network.create_network(
        name='public', is_router_external=True, is_shared=False,
        provider_network_type='flat', provider_physical_network='public')
    network.find_subnet('public-subnet') or network.create_subnet(
        name='public-subnet', network_id=public.id, ip_version=4, cidr='203.0.113.0/24',
        gateway_ip='203.0.113.1', is_dhcp_enabled=False,
        allocation_pools=[{'start': '203.0.113.10', 'end': '203.0.113.200'}])
    private = network.find_network('private') or network.create_network(name='private', is_shared=True)
    subnet = network.find_subnet('private-subnet') or network.create_subnet(
        name='private-subnet', network_id=private.id, ip_version=4, cidr='10.0.0.0/22', dns_nameservers=['9.9.9.9'])
    if not network.find_router('router1'):
        router = network.create_router(name='router1', external_gateway_info={'network_id': public.id})
        network.add_interface_to_router(router, subnet_id=subnet.id)


def ensure_security_group(project):
    if list(admin.network.security_groups(project_id=project.id, name='ssh-icmp')):
        return
    group = admin.network.create_security_group(
        name='ssh-icmp', description='ssh and ping', project_id=project.id)
    for match in ({'protocol': 'tcp', 'port_range_min': 22, 'port_range_max': 22}, {'protocol': 'icmp'}):
        admin.network.create_security_group_rule(
            security_group_id=group.id, direction='ingress', ethertype='IPv4',
            remote_ip_prefix='0.0.0.0/0', project_id=project.id, **match)


for name, vcpus, ram, disk in FLAVORS:
    if not admin.compute.find_flavor(name):
        admin.compute.create_flavor(name=name, vcpus=vcpus, ram=ram, disk=disk)
for name in IMAGES:
    if not admin.image.find_image(name):
        admin.image.create_image(
            name=name, disk_format='raw', container_format='bare', visibility='public',
            data=b'not really a disk image: ' + name.encode(), allow_duplicates=True, validate_checksum=False)
ensure_networks()
for project_name in ('admin', 'demo'):
    ensure_security_group(admin.identity.find_project(project_name, domain_id='default'))
for cloud in (admin, demo):
    if not cloud.compute.find_keypair('devkey'):
        cloud.compute.create_keypair(name='devkey')
if 'fake' not in [kind.name for kind in admin.block_storage.types()]:
    admin.block_storage.create_type(name='fake', extra_specs={'volume_backend_name': 'fake'})
