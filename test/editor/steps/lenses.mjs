/** Code lenses. */
export const steps = {
  'a lens on FROM says what the image ships': async ({ workbench, shot }) => {
    await workbench.open('shop/Dockerfile');
    await (await workbench.lens('Split into builder and runtime')).waitFor();
    await shot('lens');
  },

  'each stage of a finished file says what it is for': async ({ workbench, shot }) => {
    await workbench.open('stages/Dockerfile');
    await (await workbench.lens('left behind')).waitFor();
    await shot('stages');
  },
};
