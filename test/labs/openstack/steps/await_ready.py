"""Waits until the lab is really usable: every worker has reported since its own process started, and the demo
user gets server, volume, network and image lists. A restored database holds old heartbeats, hence the comparison.

Usage: await_ready.py RUN_FOLDER SECONDS. Called by up.sh; ends with the reason when the time is up.
"""
import calendar
import os
import sys
import time

import openstack

run_folder, seconds = sys.argv[1], int(sys.argv[2])
COMPUTE = ('nova-scheduler', 'nova-conductor', 'nova-compute1', 'nova-compute2')
VOLUME = ('cinder-scheduler', 'cinder-volume')


def reported(rows):
    """Names of the workers that are up and have reported since they started."""
    names = set()
    for row in rows:
        name = f'nova-{row["host"]}' if row['binary'] == 'nova-compute' else row['binary']
        pid_file = f'{run_folder}/{name}.pid'
        if row['state'] != 'up' or not row['updated_at'] or not os.path.exists(pid_file):
            continue
        at = calendar.timegm(time.strptime(row['updated_at'][:19], '%Y-%m-%dT%H:%M:%S'))
        if at >= int(os.stat(pid_file).st_mtime):
            names.add(name)
    return names


def missing():
    admin = openstack.connect(cloud='admin')
    names = reported(admin.compute.get('/os-services').json()['services'])
    names |= reported(admin.block_storage.get('/os-services').json()['services'])
    return sorted(set(COMPUTE + VOLUME) - names)


def use():
    demo = openstack.connect(cloud='demo')
    for rows in (demo.compute.servers(), demo.block_storage.volumes(), demo.network.networks(), demo.image.images()):
        list(rows)


deadline, reason = time.time() + seconds, ''
while time.time() < deadline:
    try:
        waiting = missing()
        if not waiting:
            use()
            sys.exit(0)
        reason = f'no report yet from {", ".join(waiting)}'
    except Exception as error:  # any refusal while the services start counts as "not yet"
        reason = repr(error)
    time.sleep(0.3)
sys.exit(f'not usable after {seconds} s: {reason}')
