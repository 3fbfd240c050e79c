// The commands and menus of manifests, for package.json (`contributions.ts` puts all together). Data only.

import { whenIs } from './views/contextValue.ts';

const isManifest = 'resourceScheme == pilothouse-manifest';
const isOtherYaml = 'editorLangId == yaml && resourceScheme != pilothouse-manifest';

/** A `palette` that is text says when the palette offers it. */
export const manifestCommands = [
  { command: 'pilothouse.manifest.open', title: 'Open as YAML' },
  {
    command: 'pilothouse.manifest.compare',
    title: 'Compare With Server',
    icon: '$(diff)',
    palette: isManifest,
  },
  {
    command: 'pilothouse.manifest.apply',
    title: 'Apply…',
    icon: '$(cloud-upload)',
    palette: isManifest,
  },
  {
    command: 'pilothouse.manifest.discard',
    title: 'Discard Edit…',
    icon: '$(discard)',
    palette: isManifest,
  },
  {
    command: 'pilothouse.manifest.applyFile',
    title: 'Apply This File as a Plan…',
    palette: 'editorLangId == yaml || editorLangId == json',
  },
] as const;

export const manifestMenu = [
  {
    command: 'pilothouse.manifest.open',
    when: `view == pilothouse.resources && ${whenIs('yaml')}`,
    group: '1_read@2',
  },
];

export const manifestTitleMenu = [
  { command: 'pilothouse.manifest.compare', when: isManifest, group: 'navigation@1' },
  { command: 'pilothouse.manifest.apply', when: isManifest, group: 'navigation@2' },
  { command: 'pilothouse.manifest.discard', when: isManifest, group: '1_pilothouse@1' },
];

export const manifestContextMenu = [
  { command: 'pilothouse.manifest.applyFile', when: isOtherYaml, group: '9_pilothouse@1' },
];

/**
 * Where the editor saves by itself, there is nothing left to save when a person does, and nobody would be told of it:
 * the key is ours.
 */
export const manifestKeybindings = [
  {
    command: 'pilothouse.manifest.apply',
    key: 'ctrl+s',
    mac: 'cmd+s',
    when: `editorTextFocus && ${isManifest}`,
  },
];
