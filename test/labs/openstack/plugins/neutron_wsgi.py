"""Neutron's API for uwsgi. Debian's own neutron-api is not used: it monkey-patches, and uwsgi's threads then break."""
from neutron import server
from neutron.server import api_eventlet

application = server.boot_server(api_eventlet.eventlet_api_server)
