// Stands for the list of host tests until `../runHost.ts` bundles them and puts the real one in its place.

export async function loadTests(): Promise<void> {
  throw new Error('The host tests run from their bundle; see test/vscode/runHost.ts.');
}
