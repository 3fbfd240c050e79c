// Settings of the editor that `npm start` opens, written before its first start and the person's from then on: the
// Pilothouse view stands open, and nothing else asks for attention.

import fs from 'node:fs';
import path from 'node:path';

const firstSettings = {
  'pilothouse.openAtStart': true,
  'workbench.startupEditor': 'readme',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'window.autoDetectColorScheme': true,
};

/** @param {string} userData */
export function writeFirstSettings(userData) {
  const file = path.join(userData, 'User', 'settings.json');
  if (fs.existsSync(file)) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify(firstSettings, null, 2));
}
