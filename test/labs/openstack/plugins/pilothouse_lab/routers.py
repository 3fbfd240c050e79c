"""The stock L3 plugin, except that nobody waits for an L3 agent to report a floating IP's status."""
from neutron.db import l3_db
from neutron.services.l3_router import l3_router_plugin
from neutron_lib import constants


class LabRouterPlugin(l3_router_plugin.L3RouterPlugin):
    def create_floatingip(self, context, floatingip):
        status = (constants.FLOATINGIP_STATUS_ACTIVE
                  if floatingip['floatingip'].get('port_id') else constants.FLOATINGIP_STATUS_DOWN)
        return super(l3_router_plugin.L3RouterPlugin, self).create_floatingip(
            context, floatingip, initial_status=status)

    def update_floatingip(self, context, id, floatingip):
        res = super().update_floatingip(context, id, floatingip)
        status = (constants.FLOATINGIP_STATUS_ACTIVE
                  if res.get('port_id') else constants.FLOATINGIP_STATUS_DOWN)
        if res.get('status') != status:
            self.update_floatingip_status(context, id, status)
            res['status'] = status
        return res
