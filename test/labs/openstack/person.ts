// A person with a project of their own in the lab: a clouds.yaml in a folder of their own and a state folder, for the
// suites that use the product from outside, in a terminal or in the editor. Nothing of it survives `dispose`.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endDaemon } from '../../vscode/endDaemon.ts';
import type { OpenstackLab } from './openstackLab.ts';
import { openProject, type ScratchProject } from './resetProject.ts';

export interface Person {
  readonly project: ScratchProject;
  readonly state: string;
  readonly cloudsYaml: string;
  /** What the product's process is told: where the clouds are, and no sandbox beside them. */
  readonly env: Readonly<Record<string, string>>;
  /** Writes another clouds.yaml, e.g. with a wrong password. */
  writeClouds(change?: { readonly password?: string; readonly authUrl?: string }): Promise<void>;
  servers(): Promise<readonly Server[]>;
  dispose(): Promise<void>;
}

export interface Server {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export async function openPerson(lab: OpenstackLab, name: string): Promise<Person> {
  const project = await openProject(lab, name);
  const folder = await mkdtemp(join(tmpdir(), 'pilothouse-person-'));
  const state = join(folder, 'state');
  const cloudsYaml = join(folder, 'clouds.yaml');
  const person: Person = {
    project,
    state,
    cloudsYaml,
    env: { OS_CLIENT_CONFIG_FILE: cloudsYaml, PILOTHOUSE_SANDBOX: 'off', PILOTHOUSE_LOCAL: 'off' },
    async writeClouds({ password = project.password, authUrl = lab.authUrl } = {}) {
      const auth = `{auth_url: "${authUrl}", username: ${project.user}, password: ${password}, project_name: ${project.project}, user_domain_id: default, project_domain_id: default}`;
      await writeFile(
        cloudsYaml,
        `clouds:\n  dev-lab:\n    auth: ${auth}\n    region_name: ${lab.region}\n`,
        { mode: 0o600 },
      );
    },
    servers: async () =>
      (await project.session.require<{ servers: Server[] }>('compute', 'GET', '/servers/detail')).servers,
    async dispose() {
      await endDaemon(state);
      await project.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await person.writeClouds();
  return person;
}
