"""Cinder's own fake driver, with finite capacity and image <-> volume made no-ops."""
from cinder.tests import fake_driver


class LabVolumeDriver(fake_driver.FakeLoggingVolumeDriver):
    def clone_image(self, context, volume, image_location, image_meta, image_service):
        return {}, True

    def copy_image_to_volume(self, context, volume, image_service, image_id, disable_sparse=False):
        pass

    def copy_volume_to_image(self, context, volume, image_service, image_meta):
        import io
        image_service.update(context, image_meta['id'], {}, io.BytesIO(b'a lab volume'))

    def extend_volume(self, volume, new_size):
        pass

    def revert_to_snapshot(self, context, volume, snapshot):
        pass

    def retype(self, context, volume, new_type, diff, host):
        return True, None

    def update_migrated_volume(self, ctxt, volume, new_volume, original_volume_status):
        return {'_name_id': None, 'provider_location': None}

    def _update_volume_stats(self):
        super()._update_volume_stats()
        name = self.configuration.safe_get('volume_backend_name') or 'fake'
        self._stats['volume_backend_name'] = name
        pool = self._stats['pools'][0]
        pool.update(pool_name=name, total_capacity_gb=10000, free_capacity_gb=10000,
                    reserved_percentage=0, thin_provisioning_support=True,
                    thick_provisioning_support=False, max_over_subscription_ratio=20.0,
                    multiattach=True, online_extend_support=True)
