"""Makes what the other services need before they start: service users, the demo project, the catalog.

It makes only what is missing, so it may run again after it was cut off. Called by up.sh once for a new database.
"""
import os

import openstack

SERVICE_USERS = ('nova', 'glance', 'placement', 'neutron', 'cinder')
SERVICES = (
    ('placement', 'placement', 'PLACEMENT_PORT', ''),
    ('glance', 'image', 'IMAGE_PORT', ''),
    ('neutron', 'network', 'NETWORK_PORT', ''),
    ('nova', 'compute', 'COMPUTE_PORT', '/v2.1'),
    ('cinderv3', 'volumev3', 'VOLUME_PORT', '/v3/%(project_id)s'),
)
DOMAIN = 'default'

identity = openstack.connect(cloud='admin').identity


def ensure_project(name):
    return identity.find_project(name, domain_id=DOMAIN) or identity.create_project(name=name, domain_id=DOMAIN)


def ensure_user(name, password, project, *role_names):
    user = identity.find_user(name, domain_id=DOMAIN) or identity.create_user(
        name=name, password=password, domain_id=DOMAIN, default_project_id=project.id)
    for role_name in role_names:
        identity.assign_project_role_to_user(project, user, roles[role_name])


def ensure_service(name, kind, port, path):
    if name in service_names:
        return
    service = identity.create_service(name=name, type=kind)
    url = f'http://{os.environ["HOST"]}:{os.environ[port]}{path}'
    for interface in ('public', 'internal', 'admin'):
        identity.create_endpoint(service_id=service.id, interface=interface, url=url, region_id=os.environ['REGION'])


roles = {role.name: role for role in identity.roles()}
roles.setdefault('service', None)
if roles['service'] is None:
    roles['service'] = identity.create_role(name='service')
service_names = {service.name for service in identity.services()}

service_project, demo_project = ensure_project('service'), ensure_project('demo')
for service_user in SERVICE_USERS:
    ensure_user(service_user, os.environ['SERVICE_PASSWORD'], service_project, 'admin', 'service')
ensure_user('demo', os.environ['DEMO_PASSWORD'], demo_project, 'member')
identity.assign_project_role_to_user(demo_project, identity.find_user('admin', domain_id=DOMAIN), roles['admin'])
for service_row in SERVICES:
    ensure_service(*service_row)
