// All providers, one line each. Called by main.ts, which hands them to discovery; no other room knows their names.

import { awsProvisioner } from './aws/provisioner.ts';
import type { Provisioner } from './contract.ts';
import { kubernetesProvisioner } from './kubernetes/provisioner.ts';
import { localProvisioner } from './local/provisioner.ts';
import { onPremProvisioner } from './onprem/provisioner.ts';
import { openstackProvisioner } from './openstack/provisioner.ts';
import { prometheusProvisioner } from './prometheus/provisioner.ts';
import { tryServer } from './prometheus/trial.ts';
import { sandboxProvisioner } from './sandbox/provisioner.ts';
import { vsphereProvisioner } from './vsphere/provisioner.ts';

/** Asks a server that measures, before anybody keeps it. */
export const tryMetricServer = tryServer;

export const provisioners: readonly Provisioner[] = [
  openstackProvisioner,
  awsProvisioner,
  kubernetesProvisioner,
  vsphereProvisioner,
  localProvisioner,
  onPremProvisioner,
  prometheusProvisioner,
  sandboxProvisioner,
];
