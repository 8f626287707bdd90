/** Restricted Mode: what the workspace says of contexts and images is not believed until it is trusted. */
import { expect, files } from '../lib/session.mjs';
import { until } from '../lib/workbench.mjs';

const ownImage = files['shop/Dockerfile'].replace(
  /^FROM .*/m,
  'FROM registry.example.com/base/python:3.12-slim-bookworm',
);

export const host = {
  start: 'shop/Dockerfile',
  own: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
  args: [],
  files: {
    'shop/Dockerfile': files['shop/Dockerfile'],
    'shop/requirements.txt': files['shop/requirements.txt'],
    'shop/shop.py': files['shop/shop.py'],
    'own/Dockerfile': ownImage,
    'own/requirements.txt': files['shop/requirements.txt'],
    'own/shop.py': files['shop/shop.py'],
    '.vscode/settings.json': JSON.stringify({
      'dockerfileStages.contexts': { 'shop/Dockerfile': 'shop' },
      'dockerfileStages.bases': { 'registry.example.com/base/python': 'python:{tag}' },
    }),
  },
};

export const steps = {
  'in Restricted Mode a file is analysed and its context is not read': async ({ workbench, shot }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    const said = await workbench.explained('shop/Dockerfile');
    expect(/No build context is read: the workspace is not trusted/.test(said), `said: ${said}`);
    await shot('restricted');
  },

  'in Restricted Mode the images that the workspace names are not believed': async ({ workbench }) => {
    const said = await workbench.explained('own/Dockerfile');
    expect(/Nothing is known of `?registry\.example\.com/.test(said), `said: ${said}`);
  },

  'in Restricted Mode the workspace is not searched': async ({ workbench }) => {
    await workbench.command('Dockerfile Stages: Check All Dockerfiles in the Workspace');
    await workbench.toast('may not be read').waitFor();
  },

  'trust that is granted is heard of': async ({ page, workbench, shot }) => {
    await workbench.command('Workspaces: Manage Workspace Trust');
    await page.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first().click();
    await workbench.command('View: Close Editor');
    const says = (name, pattern) =>
      until(
        async () => {
          const said = await workbench.explained(name);
          if (!pattern.test(said)) throw new Error(said);
          return true;
        },
        `${name}: ${pattern}`,
        30_000,
      );
    await says('shop/Dockerfile', /Build context: \S*shop \(a setting\)/);
    await says('own/Dockerfile', /Can be split/);
    await shot('trusted');
  },
};
